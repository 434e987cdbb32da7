// What is sealed of a line is read again over all versions: the first kept a text alone, later ones all that was said
// (golden files).

#include "client/store/stored_body.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "base/text_encoding.h"
#include "wire/binary.h"

namespace sotto::client {
namespace {

/// With SOTTO_WRITE_GOLDEN set it writes the file instead.
void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(SOTTO_GOLDEN_FOLDER) + "/" + name;
  if (std::getenv("SOTTO_WRITE_GOLDEN") != nullptr) {
    std::ofstream(path) << text << '\n';
    return;
  }
  std::ifstream file(path);
  std::stringstream held;
  held << file.rdbuf();
  EXPECT_EQ(held.str(), text + "\n") << path;
}

StoredBody full_body() {
  wire::Content content;
  content.version = 1;
  content.counter = 7;
  content.sent_at = UnixMillis{1'800'000'000'000};
  content.kind = wire::TextContent{"**hello**"};
  content.reply_to = wire::MessageReference{};
  content.forwarded = true;
  content.expires_after_ms = 60'000;
  return {.text = {}, .content = std::move(content)};
}

TEST(StoredBodyTest, IsReadAsItWasWritten) {
  const SecretBuffer octets = wire::encode_secret(full_body());
  expect_golden("stored_body.hex", to_hex(octets.reveal()));
  const auto read = wire::decode<StoredBody>(octets.reveal());
  ASSERT_TRUE(read && read->content);
  EXPECT_EQ(std::get<wire::TextContent>(read->content->kind).text, "**hello**");
  EXPECT_EQ(read->content->expires_after_ms, 60'000U);
}

TEST(StoredBodyTest, TextOfTheFirstVersionIsStillRead) {
  const SecretBuffer octets = wire::encode_secret(StoredBody{.text = "from before", .content = std::nullopt});
  expect_golden("stored_body_first.hex", to_hex(octets.reveal()));
  const auto read = wire::decode<StoredBody>(octets.reveal());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text, "from before");
  EXPECT_FALSE(read->content);
}

}  // namespace
}  // namespace sotto::client
