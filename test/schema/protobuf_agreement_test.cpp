// Property: protobuf's own compiler, given the printed .proto, reads every message that the codec writes without an
// unknown field, and writes the same octets back; and the codec reads those octets as the message it wrote.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sstream>
#include <unistd.h>

#include "crypto/testing/deterministic_random.h"
#include "wire/binary.h"
#include "wire/equality.h"
#include "wire/random_message.h"
#include "wire/schema.h"
#include "wire/schema_roots.h"

namespace sotto::wire {
namespace {

constexpr std::size_t batch_size = 400;

/// Many messages in one file, so that protoc need not be started for each.
template <DescribedMessage T>
struct Batch {
  std::vector<T> items;

  static constexpr auto describe() {
    return message("Batch", "Messages.", field(1, "items", &Batch::items, at_most(batch_size), "Messages."));
  }
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

/// protoc prints a field that the .proto does not name by its number.
bool has_unknown_field(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(' ');
    if (first != std::string::npos && line[first] >= '0' && line[first] <= '9') return true;
  }
  return false;
}

/// A folder with the .proto that is printed, and a batch message for each root.
class ProtobufAgreement : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string_view(PROTOC).empty()) GTEST_SKIP() << "protoc is not installed (package protobuf-compiler)";
    folder_ = std::filesystem::path(testing::TempDir()) / ("sotto_schema_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    write_file(folder_ / "sotto.proto", proto_of(SchemaRoots{}));
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  template <class... Roots>
  static std::string proto_of(TypeList<Roots...>) {
    std::string text = print_proto();
    ((text += "message BatchOf" + std::string(description_of<Roots>.name) + " { repeated " +
              std::string(description_of<Roots>.name) + " items = 1; }\n"),
     ...);
    return text;
  }

  /// Turns a file into another one by `mode`, --encode or --decode.
  void run_protoc(std::string_view mode, std::string_view message, std::string_view input, std::string_view output) {
    std::string command = std::string(PROTOC) + " --proto_path=" + folder_.string();
    command += std::string(" ").append(mode).append("=sotto.wire.BatchOf").append(message);
    command += " sotto.proto <" + (folder_ / input).string() + " >" + (folder_ / output).string();
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  template <DescribedMessage T>
  void check_root() {
    SCOPED_TRACE(description_of<T>.name);
    crypto::DeterministicRandom random(description_of<T>.name.size());
    Batch<T> batch;
    for (std::size_t made = 0; made < batch_size; ++made) batch.items.push_back(random_message<T>(random));
    const SecretBuffer ours = encode_secret(batch);
    write_file(folder_ / "ours", as_text(ours.reveal()));

    run_protoc("--decode", description_of<T>.name, "ours", "text");
    EXPECT_FALSE(has_unknown_field(read_file(folder_ / "text")))
        << "the .proto does not name a field that the codec writes";
    run_protoc("--encode", description_of<T>.name, "text", "theirs");

    const std::string theirs = read_file(folder_ / "theirs");
    EXPECT_TRUE(theirs == as_text(ours.reveal())) << "the encodings differ";
    const auto decoded = decode<Batch<T>>(as_bytes(theirs));
    ASSERT_TRUE(decoded.has_value()) << explain(decoded.error());
    EXPECT_TRUE(equal(*decoded, batch));
  }

  template <class... Roots>
  void check_roots(TypeList<Roots...>) {
    (check_root<Roots>(), ...);
  }

  std::filesystem::path folder_;
};

TEST_F(ProtobufAgreement, HoldsForEveryRoot) { check_roots(SchemaRoots{}); }

TEST_F(ProtobufAgreement, NoticesAFieldThatTheSchemaLacks) {
  // A Content whose only field has number 15.
  const Bytes octets = {0x0a, 0x02, 0x78, 0x01};
  write_file(folder_ / "ours", as_text(octets));
  run_protoc("--decode", "Content", "ours", "text");
  EXPECT_TRUE(has_unknown_field(read_file(folder_ / "text")));
}

TEST_F(ProtobufAgreement, ReadsWhatProtobufWritesInOtherOrder) {
  // protoc keeps the last of repeated scalars and takes fields in any order, as the decoder must.
  write_file(folder_ / "text", "items { counter: 3 version: 1 text { text: \"caf\\303\\251\" } }");
  run_protoc("--encode", "Content", "text", "theirs");
  const auto decoded = decode<Batch<Content>>(as_bytes(read_file(folder_ / "theirs")));
  ASSERT_TRUE(decoded.has_value());
  ASSERT_EQ(decoded->items.size(), 1u);
  EXPECT_EQ(decoded->items[0].counter, 3u);
  const auto* text = std::get_if<TextContent>(&decoded->items[0].kind);
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(text->text, "café");
}

}  // namespace
}  // namespace sotto::wire
