// A client's frame is a request of this protocol or is turned down with its number, as far as that can be read, in
// both forms.
#include "gateway/frame_form.h"

#include <gtest/gtest.h>

#include "wire/frame_codec.h"

namespace sotto::gateway {
namespace {

using wire::ErrorCode;

TEST(DecodeFrame, ReadsBothForms) {
  const wire::ClientFrame frame{.id = 7, .request = wire::ListLogins{}};
  const auto binary = decode_frame(wire::encode(frame), Form::binary);
  const auto json = decode_frame(as_bytes(wire::to_json(frame)), Form::json);
  for (const auto& read : {binary, json}) {
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, 7u);
    EXPECT_TRUE(std::holds_alternative<wire::ListLogins>(read->request));
  }
}

TEST(DecodeFrame, KeepsTheNumberOfWhatItTurnsDown) {
  // Field 1 is 7, field 16 (send) has the wire type of a number.
  const auto binary = decode_frame(Bytes{0x08, 0x07, 0x88, 0x01, 0x01}, Form::binary);
  ASSERT_FALSE(binary);
  EXPECT_EQ(binary.error().frame_id, 7u);
  EXPECT_EQ(binary.error().error.code, ErrorCode::malformed);
  const auto json = decode_frame(as_bytes(R"({"id":7,"find_account":{"name":5}})"), Form::json);
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().frame_id, 7u);
  EXPECT_EQ(json.error().error.field, "find_account.name");
}

TEST(DecodeFrame, WantsANumberAndARequest) {
  EXPECT_EQ(decode_frame(as_bytes(R"({"list_logins":{}})"), Form::json).error().error.field, "id");
  EXPECT_EQ(decode_frame(as_bytes(R"({"id":3,"fly":{}})"), Form::json).error().error.code,
            ErrorCode::unknown_operation);
  EXPECT_EQ(decode_frame(Bytes{}, Form::binary).error().error.code, ErrorCode::malformed);
  EXPECT_EQ(decode_frame(Bytes{0x08, 0x05}, Form::binary).error().error.code, ErrorCode::unknown_operation);
}

TEST(DecodeFrame, ATooLongFieldIsTooLarge) {
  const wire::ClientFrame frame{.id = 1, .request = wire::FindAccount{.name = std::string(65, 'a')}};
  EXPECT_EQ(decode_frame(wire::encode(frame), Form::binary).error().error.code, ErrorCode::too_large);
  EXPECT_EQ(decode_frame(as_bytes(wire::to_json(frame)), Form::json).error().error.code, ErrorCode::too_large);
}

TEST(EncodeFrame, IsAWebSocketMessageOfTheForm) {
  const wire::ServerFrame frame{.id = 7, .answer = wire::Done{}};
  const auto binary = encode_frame(frame, Form::binary);
  EXPECT_EQ((*binary)[0], 0x82);
  EXPECT_EQ(Bytes(binary->begin() + 2, binary->end()), wire::encode(frame));
  const auto json = encode_frame(frame, Form::json);
  EXPECT_EQ((*json)[0], 0x81);
  EXPECT_EQ(as_text(ByteView(*json).subspan(2)), R"({"id":7,"done":{}})");
}

}  // namespace
}  // namespace sotto::gateway
