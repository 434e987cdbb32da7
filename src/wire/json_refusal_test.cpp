// Property: the JSON decoder refuses what is not JSON or not a message, for the reason that is documented, and names
// the member exactly, so that whoever sent it finds it.

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"
#include "wire/equality.h"
#include "wire/frame_codec.h"
#include "wire/random_message.h"
#include "wire/testing/sample_messages.h"

namespace sotto::wire {
namespace {

using sample::EveryKind;
using sample::Named;
using sample::Tree;

template <DescribedMessage T = EveryKind>
void expect_refused(std::string_view text, JsonFault fault, std::string_view path) {
  const auto decoded = from_json<T>(text);
  ASSERT_FALSE(decoded.has_value()) << text;
  EXPECT_EQ(explain(decoded.error().fault), explain(fault)) << text;
  EXPECT_EQ(decoded.error().path, path) << text;
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t index = 0; index < count; ++index) all += text;
  return all;
}

const std::string id_hex = repeated("ab", 16);

TEST(JsonRefusal, Malformed) {
  for (const std::string_view text : {"",
                                      " ",
                                      "{",
                                      "}",
                                      "{}x",
                                      "{}{}",
                                      "{,}",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{\"a\":1 \"b\":2}",
                                      "{a:1}",
                                      "{'a':1}",
                                      "{\"a\":1]",
                                      "{\"a\":01}",
                                      "{\"a\":-}",
                                      "{\"a\":1.}",
                                      "{\"a\":.5}",
                                      "{\"a\":1e}",
                                      "{\"a\":1e+}",
                                      "{\"a\":+1}",
                                      "{\"a\":0x1}",
                                      "{\"a\":tru}",
                                      "{\"a\":True}",
                                      "{\"a\":nul}",
                                      "{\"a\":NaN}",
                                      "{\"a\":[1,]}",
                                      "{\"a\":[1 2]}",
                                      "{\"a\":[}",
                                      "{\"a\":\"\\x\"}",
                                      "{\"a\":\"\\u12g4\"}",
                                      "{\"a\":\"\\u12\"}",
                                      "{\"a\":\"x}",
                                      "{\"a\":\"\n\"}",
                                      "{\"a\":\"\\\"}",
                                      "{\"a\":1}/**/",
                                      "\xef\xbb\xbf{}",
                                      "{\"a\":\"\\u+123\"}",
                                      "{\"a\":\"\\u-123\"}",
                                      "{\"a\":\"\\u 123\"}",
                                      "{\"a\":\"\\u0x12\"}"}) {
    expect_refused(text, JsonFault::malformed, "");
  }
  expect_refused(R"({"point":{"x":01}})", JsonFault::malformed, "point.x");
}

TEST(JsonRefusal, BadUtf8) {
  expect_refused("{\"text\":\"\xff\"}", JsonFault::bad_utf8, "text");
  expect_refused(R"({"text":"\ud83c"})", JsonFault::bad_utf8, "text");
  expect_refused(R"({"text":"\ud83cx"})", JsonFault::bad_utf8, "text");
  expect_refused(R"({"text":"\ud83c\u0041"})", JsonFault::bad_utf8, "text");
  expect_refused(R"({"text":"\udfad"})", JsonFault::bad_utf8, "text");
  expect_refused("{\"unknown\":\"\xff\"}", JsonFault::bad_utf8, "");
  expect_refused("{\"\xff\":1}", JsonFault::bad_utf8, "");
}

/// A tree with `depth` messages inside one another below its root.
std::string nested(std::size_t depth) { return repeated(R"({"children":[)", depth) + "{}" + repeated("]}", depth); }

TEST(JsonRefusal, TooDeep) {
  EXPECT_TRUE(from_json<Tree>(nested(max_depth)).has_value());
  const auto decoded = from_json<Tree>(nested(max_depth + 1));
  ASSERT_FALSE(decoded.has_value());
  EXPECT_EQ(decoded.error().fault, JsonFault::too_deep);
  EXPECT_TRUE(decoded.error().path.starts_with("children.0.children.0.")) << decoded.error().path;

  const auto unknown = [](std::size_t depth) { return R"({"a":)" + repeated("[", depth) + repeated("]", depth) + "}"; };
  EXPECT_TRUE(from_json<EveryKind>(unknown(2 * max_depth)).has_value());
  expect_refused(unknown(2 * max_depth + 1), JsonFault::too_deep, "");
  expect_refused(unknown(100'000), JsonFault::too_deep, "");
}

TEST(JsonRefusal, WrongType) {
  expect_refused("[]", JsonFault::wrong_type, "");
  expect_refused("null", JsonFault::wrong_type, "");
  expect_refused("7", JsonFault::wrong_type, "");
  expect_refused(R"({"truth":1})", JsonFault::wrong_type, "truth");
  expect_refused(R"({"truth":"true"})", JsonFault::wrong_type, "truth");
  expect_refused(R"({"number32":"1"})", JsonFault::wrong_type, "number32");
  expect_refused(R"({"number32":true})", JsonFault::wrong_type, "number32");
  expect_refused(R"({"number32":null})", JsonFault::wrong_type, "number32");
  expect_refused(R"({"time":"2026-01-01"})", JsonFault::wrong_type, "time");
  expect_refused(R"({"colour":1})", JsonFault::wrong_type, "colour");
  expect_refused(R"({"octets":[1]})", JsonFault::wrong_type, "octets");
  expect_refused(R"({"text":5})", JsonFault::wrong_type, "text");
  expect_refused(R"({"point":[]})", JsonFault::wrong_type, "point");
  expect_refused(R"({"point":{"y":"2"}})", JsonFault::wrong_type, "point.y");
  expect_refused(R"({"optional_id":7})", JsonFault::wrong_type, "optional_id");
  expect_refused(R"({"numbers":1})", JsonFault::wrong_type, "numbers");
  expect_refused(R"({"numbers":[1,"2"]})", JsonFault::wrong_type, "numbers.1");
  expect_refused(R"({"points":[{},{"x":{}}]})", JsonFault::wrong_type, "points.1.x");
  expect_refused(R"({"chosen_point":null})", JsonFault::wrong_type, "chosen_point");
  expect_refused<ClientFrame>(R"({"id":1,"send":{"body":5}})", JsonFault::wrong_type, "send.body");
  expect_refused<ClientFrame>(R"({"id":1,"resume":{"cursors":[{"conversation":")" + id_hex + R"(","seq":"x"}]}})",
                              JsonFault::wrong_type, "resume.cursors.0.seq");
}

TEST(JsonRefusal, NotAnInteger) {
  for (const std::string_view number : {"-1", "-0", "1.0", "0.5", "1e3", "1E3", "0e0"}) {
    expect_refused(std::string(R"({"number32":)").append(number) + "}", JsonFault::not_an_integer, "number32");
  }
}

TEST(JsonRefusal, OutOfRange) {
  expect_refused(R"({"number32":4294967296})", JsonFault::out_of_range, "number32");
  expect_refused(R"({"number64":9007199254740992})", JsonFault::out_of_range, "number64");
  expect_refused(R"({"number64":99999999999999999999999999})", JsonFault::out_of_range, "number64");
  expect_refused(R"({"numbers":[1,2,9007199254740992]})", JsonFault::out_of_range, "numbers.2");
}

TEST(JsonRefusal, TooLarge) {
  EXPECT_TRUE(from_json<EveryKind>(R"({"text":"abcd","octets":"AAAAAA==","numbers":[1,2,3]})").has_value());
  expect_refused(R"({"text":"abcde"})", JsonFault::too_large, "text");
  expect_refused(R"({"text":"éé\u00e9"})", JsonFault::too_large, "text");
  expect_refused(R"({"optional_text":"abcde"})", JsonFault::too_large, "optional_text");
  expect_refused(R"({"octets":"AAAAAAA="})", JsonFault::too_large, "octets");
  expect_refused(R"({"octets":"AAAAAAAAAAAA"})", JsonFault::too_large, "octets");
  expect_refused(R"({"numbers":[1,2,3,4]})", JsonFault::too_large, "numbers");
  expect_refused(R"({"points":[{},{},{},{}]})", JsonFault::too_large, "points");
  expect_refused(R"({"texts":["","abcde"]})", JsonFault::too_large, "texts.1");
}

TEST(JsonRefusal, BadHex) {
  expect_refused<Named>(R"({"id":""})", JsonFault::bad_hex, "id");
  expect_refused<Named>(R"({"id":")" + id_hex.substr(2) + "\"}", JsonFault::bad_hex, "id");
  expect_refused<Named>(R"({"id":")" + id_hex + "00\"}", JsonFault::bad_hex, "id");
  expect_refused<Named>(R"({"id":"g)" + id_hex.substr(1) + "\"}", JsonFault::bad_hex, "id");
  expect_refused(R"({"ids":[")" + id_hex + R"(","x"]})", JsonFault::bad_hex, "ids.1");
}

TEST(JsonRefusal, BadBase64) {
  expect_refused(R"({"octets":"AA"})", JsonFault::bad_base64, "octets");
  expect_refused(R"({"octets":"AB=="})", JsonFault::bad_base64, "octets");
  expect_refused(R"({"octets":"_w=="})", JsonFault::bad_base64, "octets");
  expect_refused(R"({"octets":"A A="})", JsonFault::bad_base64, "octets");
}

TEST(JsonRefusal, UnknownEnumValue) {
  expect_refused(R"({"colour":"green"})", JsonFault::unknown_enum_value, "colour");
  expect_refused(R"({"colour":"RED"})", JsonFault::unknown_enum_value, "colour");
  expect_refused(R"({"colours":["red",""]})", JsonFault::unknown_enum_value, "colours.1");
}

TEST(JsonRefusal, MissingMember) {
  expect_refused<Named>("{}", JsonFault::missing_member, "id");
  expect_refused(R"({"optional_named":{"name":"x"}})", JsonFault::missing_member, "optional_named.id");
  expect_refused(R"({"chosen_named":{}})", JsonFault::missing_member, "chosen_named.id");
  expect_refused<ClientFrame>(R"({"publish_device_list":{}})", JsonFault::missing_member,
                              "publish_device_list.device_list");
  expect_refused<ClientFrame>(R"({"send":{"conversation":")" + id_hex + R"("}})", JsonFault::missing_member,
                              "send.message");
}

TEST(JsonRefusal, RepeatedMember) {
  expect_refused(R"({"text":"a","text":"a"})", JsonFault::repeated_member, "text");
  expect_refused(R"({"optional_number":null,"optional_number":1})", JsonFault::repeated_member, "optional_number");
  expect_refused(R"({"numbers":[1],"numbers":[2]})", JsonFault::repeated_member, "numbers");
  expect_refused(R"({"text":"a","te\u0078t":"a"})", JsonFault::repeated_member, "text");
}

TEST(JsonRefusal, SeveralChoices) {
  expect_refused(R"({"chosen_point":{},"chosen_point":{}})", JsonFault::several_choices, "chosen_point");
  expect_refused<ClientFrame>(R"({"id":1,"sign_out":{},"list_logins":{}})", JsonFault::several_choices, "list_logins");
}

TEST(JsonRefusal, NoticesTruncationAtEveryCharacter) {
  crypto::DeterministicRandom random(5);
  for (int made = 0; made < 10; ++made) {
    const std::string text = to_json(random_message<ServerFrame>(random));
    for (std::size_t size = 0; size < text.size(); ++size) {
      ASSERT_FALSE(from_json<ServerFrame>(std::string_view(text).substr(0, size)).has_value()) << size;
    }
  }
}

template <DescribedMessage T>
void expect_limits_hold() {
  for_each_field<T>([]<class Field>(const Field& field) {
    if constexpr (requires { field.limits; }) {
      T message;
      if constexpr (requires { (message.*field.member).resize(1); }) {
        (message.*field.member).resize(field.limits.size + 1);
        expect_refused<T>(to_json(message), JsonFault::too_large, field.name);
      }
    }
  });
}

TEST(JsonRefusal, HoldsLimitsOfRequests) {
  expect_limits_hold<Send>();
  expect_limits_hold<PostMailbox>();
  expect_limits_hold<SignIn>();
  expect_limits_hold<Authenticate>();
  expect_limits_hold<SignedDeviceList>();
  expect_limits_hold<PublishPrekeys>();
  expect_limits_hold<ClaimPrekeys>();
  expect_limits_hold<Resume>();
}

TEST(JsonRefusal, ExplainsEveryFaultDifferently) {
  std::vector<std::string_view> texts;
  for (int value = 0; value <= static_cast<int>(JsonFault::several_choices); ++value) {
    texts.push_back(explain(static_cast<JsonFault>(value)));
  }
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(std::adjacent_find(texts.begin(), texts.end()), texts.end());
}

}  // namespace
}  // namespace sotto::wire
