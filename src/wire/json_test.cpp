// Property: what to_json prints, from_json reads back as an equal message, for every message without secrets; and
// from_json reads every way in which JSON may write the same message.

#include "wire/json.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"
#include "wire/equality.h"
#include "wire/frame_codec.h"
#include "wire/random_message.h"
#include "wire/schema_roots.h"
#include "wire/testing/sample_messages.h"

namespace sotto::wire {
namespace {

using sample::Colour;
using sample::EveryKind;
using sample::Named;
using sample::Point;
using sample::Tree;

template <DescribedMessage T>
void expect_round_trips() {
  if constexpr (!holds_secret<T>()) {
    SCOPED_TRACE(description_of<T>.name);
    crypto::DeterministicRandom random(11);
    for (int made = 0; made < 100; ++made) {
      const T message = random_message<T>(random);
      const std::string text = to_json(message);
      const auto decoded = from_json<T>(text);
      ASSERT_TRUE(decoded.has_value()) << explain(decoded.error().fault) << " at " << decoded.error().path;
      ASSERT_TRUE(equal(*decoded, message)) << text;
      ASSERT_EQ(to_json(*decoded), text);
    }
  }
}

template <class... Roots>
void expect_all_round_trip(TypeList<Roots...>) {
  (expect_round_trips<Roots>(), ...);
}

template <class T>
concept HasJsonForm = requires(const T& value) { to_json(value); } || requires { from_json<T>("{}"); };
static_assert(HasJsonForm<EveryKind>);
static_assert(!HasJsonForm<sample::Sealed> && !HasJsonForm<sample::Vault> && !HasJsonForm<DirectKey>);

TEST(Json, RoundTripsEveryMessageOfTheProtocol) { expect_all_round_trip(SchemaRoots{}); }

TEST(Json, RoundTripsEveryKindOfField) { expect_all_round_trip(TypeList<EveryKind, Tree>{}); }

TEST(Json, PrintsAFrame) {
  ClientFrame frame;
  frame.id = 300;
  Send& send = frame.request.emplace<Send>();
  send.conversation.bytes.fill(1);
  send.message.bytes.fill(0xab);
  send.epoch = 7;
  send.body = Bytes(5, 9);
  EXPECT_EQ(to_json(frame), R"({"id":300,"send":{"conversation":"01010101010101010101010101010101","epoch":7,)"
                            R"("message":"abababababababababababababababab","body":"CQkJCQk=","expires_at":0}})");
}

TEST(Json, PrintsDefaultsAndLeavesAbsentMembersOut) {
  EXPECT_EQ(to_json(EveryKind{}),
            R"({"truth":false,"number32":0,"number64":0,"time":0,"colour":"none","octets":"","text":"",)"
            R"("point":{"x":0,"y":0},"numbers":[],"colours":[],"ids":[],"texts":[],"points":[],"last":0})");
}

TEST(Json, PrintsEveryKind) {
  EveryKind message;
  message.truth = true;
  message.colour = Colour::blue;
  message.octets = {0xff};
  message.text = "a\"\n";
  message.optional_number = 0;
  message.numbers = {1, 2};
  message.colours = {Colour::red};
  message.texts = {"x", ""};
  message.points = {{1, 2}, {3, 4}};
  message.choice = Point{5, 6};
  EXPECT_EQ(to_json(message),
            R"({"truth":true,"number32":0,"number64":0,"time":0,"colour":"blue","octets":"/w==","text":"a\"\n",)"
            R"("point":{"x":0,"y":0},"optional_number":0,"numbers":[1,2],"colours":["red"],"ids":[],)"
            R"("texts":["x",""],"points":[{"x":1,"y":2},{"x":3,"y":4}],"chosen_point":{"x":5,"y":6},"last":0})");
}

TEST(Json, EscapesOnlyWhatMustBe) {
  std::string text;
  append_json_string(text, std::string_view("\0\x1f\x7f \"\\/é🎭\b\f\n\r\t", 18));
  EXPECT_EQ(text, R"("\u0000\u001f\u007f \"\\/é🎭\u0008\u000c\n\r\t")");
}

template <DescribedMessage T = EveryKind>
T read(std::string_view text) {
  auto decoded = from_json<T>(text);
  EXPECT_TRUE(decoded.has_value()) << text << ": " << explain(decoded.error().fault) << " at " << decoded.error().path;
  return decoded ? std::move(*decoded) : T{};
}

TEST(Json, ReadsAbsentMembersAsDefaults) {
  EXPECT_TRUE(equal(read("{}"), EveryKind{}));
  EXPECT_TRUE(equal(read(R"({"optional_number":null,"optional_named":null})"), EveryKind{}));
}

TEST(Json, ReadsMembersInAnyOrderWithSpaces) {
  const EveryKind message = read("\t{ \"text\" : \"b\" ,\r\n \"number32\" : 3 , \"numbers\" : [ 1 , 2 ] } \n");
  EXPECT_EQ(message.text, "b");
  EXPECT_EQ(message.number32, 3u);
  EXPECT_EQ(message.numbers.size(), 2u);
}

TEST(Json, ReadsEscapes) {
  EXPECT_EQ(read(R"({"text":"\"\\\/\b"})").text, "\"\\/\b");
  EXPECT_EQ(read(R"({"text":"\f\n\r\t"})").text, "\f\n\r\t");
  EXPECT_EQ(read(R"({"text":"\u00e9\u00E9"})").text, "éé");
  EXPECT_EQ(read(R"({"text":"\ud83c\udfad"})").text, "🎭");
  EXPECT_EQ(read(R"({"text":"\u20ac"})").text, "€");
  EXPECT_EQ(read(R"({"text":"\u0000"})").text, std::string(1, '\0'));
  EXPECT_EQ(read(R"({"t\u0065xt":"x"})").text, "x") << "in a name";
  EXPECT_EQ(read(R"({"colour":"r\u0065d"})").colour, Colour::red) << "in an enum";
}

TEST(Json, ReadsHexadecimalOfEitherCase) {
  const auto named = read<Named>(R"({"id":"ABcdef00000000000000000000000000","name":"é"})");
  EXPECT_EQ(named.id.bytes[0], 0xab);
  EXPECT_EQ(named.id.bytes[2], 0xef);
}

TEST(Json, ReadsTheLargestNumbers) {
  const EveryKind message = read(R"({"number32":4294967295,"number64":9007199254740991,"time":9007199254740991})");
  EXPECT_EQ(message.number32, 0xffffffffu);
  EXPECT_EQ(message.number64, max_json_integer);
  EXPECT_EQ(message.time.value, max_json_integer);
}

TEST(Json, ReadsOneChoice) {
  const EveryKind message = read(R"({"chosen_point":{"x":4}})");
  ASSERT_TRUE(std::holds_alternative<Point>(message.choice));
  EXPECT_EQ(std::get<Point>(message.choice).x, 4u);
}

TEST(Json, SkipsUnknownMembersOfEveryKind) {
  const EveryKind message =
      read(R"({"a":null,"b":[true,false,{"c":-1.5e+10,"d":[[]],"e":{}}],"f":"\ud83c\udfad","g":0.0E-1,"number32":9})");
  EXPECT_EQ(message.number32, 9u);
  EXPECT_TRUE(equal(read<GetPrekeyStock>(R"({"text":1,"text":2})"), GetPrekeyStock{})) << "even repeated ones";
}

}  // namespace
}  // namespace sotto::wire
