// Property: the protocol documents say what the code does; each worked example is regenerated and must stand in the
// text.
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "base/text_encoding.h"
#include "wire/binary.h"
#include "wire/frame.h"
#include "wire/json.h"
#include "wire/operations.h"
#include "wire/schema.h"

namespace sotto {
namespace {

std::string read_document(const std::string& path) {
  std::ifstream file(std::string(SOTTO_SOURCE_DIR) + "/docs/" + path);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Fixed>
Fixed counting_from(std::uint8_t first) {
  Fixed value;
  for (std::uint8_t& octet : value.bytes) octet = first++;
  return value;
}

template <class Frame>
void expect_example(const Frame& frame) {
  const std::string text = to_hex(wire::encode(frame)) + "\n" + wire::to_json(frame);
  EXPECT_NE(read_document("protocol.md").find("```\n" + text + "\n```"), std::string::npos) << text;
}

TEST(ProtocolDocument, ShowsTheFramesAsTheyAre) {
  expect_example(wire::ClientFrame{1, wire::Authenticate{"t0k3n"}});
  expect_example(wire::ClientFrame{
      2, wire::Send{counting_from<ConversationId>(0), 3, counting_from<MessageId>(16), Bytes{0xc0, 0xff, 0xee}}});
  expect_example(wire::ServerFrame{2, wire::Sent{5, UnixMillis{1'767'323'045'678}}});
}

TEST(ProtocolDocument, ListsEveryOperation) {
  const std::string document = read_document("protocol.md");
  const auto expect_listed = [&](std::string_view name) {
    EXPECT_NE(document.find("`" + std::string(name) + "`"), std::string::npos) << name;
  };
  wire::unpack([&](const auto&... operation) { (expect_listed(operation.name), ...); }, wire::operations);
}

TEST(ProtocolDocument, ListsEveryErrorWithItsNumber) {
  const std::string document = read_document("protocol.md");
  for (const auto& value : describe(std::type_identity<wire::ErrorCode>{}).values) {
    if (value.value == wire::ErrorCode::unspecified) continue;
    const std::string row =
        "| `" + std::string(value.name) + "` | " + std::to_string(static_cast<unsigned>(value.value)) + " |";
    EXPECT_NE(document.find(row), std::string::npos) << row;
  }
}

TEST(ProtocolDocument, FieldReferenceIsWhatTheSchemaPrinterPrints) {
  EXPECT_EQ(read_document("protocol/messages.proto"), wire::print_proto())
      << "run: build/release/bin/sottod schema proto > docs/protocol/messages.proto";
}

}  // namespace
}  // namespace sotto
