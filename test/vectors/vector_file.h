#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace sotto::crypto {

/// One file of Wycheproof vectors, read whole.
class VectorFile {
 public:
  /// Nothing if there is no such file where the vectors are looked for (see README.md).
  static std::optional<VectorFile> open(const std::string& name);

  /// What a skipped test says.
  static std::string where_looked_for(const std::string& name);

  /// How many tests the file says it holds.
  [[nodiscard]] std::size_t announced() const { return content_.at("numberOfTests"); }

  /// Calls `check(group, test)` for each test of the file; gives how many there were.
  template <class Check>
  std::size_t for_each(Check check) const {
    std::size_t count = 0;
    for (const auto& group : content_.at("testGroups")) {
      for (const auto& test : group.at("tests")) {
        check(group, test);
        ++count;
      }
    }
    return count;
  }

 private:
  explicit VectorFile(nlohmann::json content) : content_(std::move(content)) {}

  nlohmann::json content_;
};

/// The octets of a hexadecimal member.
Bytes octets(const nlohmann::json& object, const char* member);

bool is_valid(const nlohmann::json& test);

bool has_flag(const nlohmann::json& test, const std::string& flag);

/// Names a vector in a failure.
std::string label(const nlohmann::json& test);

}  // namespace sotto::crypto
