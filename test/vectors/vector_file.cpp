#include "vectors/vector_file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "base/text_encoding.h"

namespace sotto::crypto {
namespace {

std::string path_of(const std::string& name) {
  const char* const chosen = std::getenv("SOTTO_TEST_VECTORS");
  return std::string(chosen != nullptr ? chosen : SOTTO_DEFAULT_VECTORS) + "/wycheproof/" + name;
}

}  // namespace

std::optional<VectorFile> VectorFile::open(const std::string& name) {
  std::ifstream stream(path_of(name));
  if (!stream) return std::nullopt;
  return VectorFile(nlohmann::json::parse(stream));
}

std::string VectorFile::where_looked_for(const std::string& name) {
  return "NOT CHECKED: no vectors at " + path_of(name) +
         "; set SOTTO_TEST_VECTORS to the folder that holds wycheproof/";
}

Bytes octets(const nlohmann::json& object, const char* member) {
  return from_hex(object.at(member).get<std::string>()).value();
}

bool is_valid(const nlohmann::json& test) { return test.at("result") == "valid"; }

bool has_flag(const nlohmann::json& test, const std::string& flag) {
  const auto& flags = test.at("flags");
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

std::string label(const nlohmann::json& test) {
  return "vector " + std::to_string(test.at("tcId").get<int>()) + " " + test.value("comment", "");
}

}  // namespace sotto::crypto
