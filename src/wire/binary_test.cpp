// Property: what encode writes, decode reads back as an equal message, for every message of the protocol; equal
// messages have equal octets, and decode_canonical accepts no other octets for them.

#include "wire/binary.h"

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
using sample::Sealed;
using sample::Tree;
using sample::Vault;

template <DescribedMessage T>
void expect_round_trips() {
  SCOPED_TRACE(description_of<T>.name);
  crypto::DeterministicRandom random(7);
  for (int made = 0; made < 200; ++made) {
    const T message = random_message<T>(random);
    const SecretBuffer octets = encode_secret(message);
    ASSERT_EQ(octets.size(), encoded_size(message));
    const auto decoded = decode_canonical<T>(octets.reveal());
    ASSERT_TRUE(decoded.has_value()) << explain(decoded.error());
    ASSERT_TRUE(equal(*decoded, message));
    ASSERT_EQ(encode_secret(*decoded), octets);
  }
}

template <class... Roots>
void expect_all_round_trip(TypeList<Roots...>) {
  (expect_round_trips<Roots>(), ...);
}

TEST(Binary, RoundTripsEveryMessageOfTheProtocol) { expect_all_round_trip(SchemaRoots{}); }

TEST(Binary, RoundTripsEveryKindOfField) { expect_all_round_trip(TypeList<EveryKind, Tree, Sealed, Vault>{}); }

TEST(Binary, TellsUnequalMessagesApart) {
  crypto::DeterministicRandom random(8);
  const auto first = random_message<EveryKind>(random);
  const auto second = random_message<EveryKind>(random);
  EXPECT_FALSE(equal(first, second));
  EXPECT_NE(encode(first), encode(second));
}

TEST(Binary, KeepsTheLargestNumbers) {
  EveryKind message;
  message.number32 = 0xffffffff;
  message.number64 = ~std::uint64_t{0};
  message.time = {~std::uint64_t{0}};
  message.numbers = {0, 127, 128, ~std::uint64_t{0}};
  message.numbers.erase(message.numbers.begin());
  const auto decoded = decode_canonical<EveryKind>(encode(message));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_TRUE(equal(*decoded, message));
}

TEST(Binary, TellsAbsentFromDefault) {
  EveryKind message;
  message.optional_number = 0;
  message.optional_text.emplace();
  message.choice = Point{};
  const Bytes octets = encode(message);
  EXPECT_EQ(to_hex(octets),
            "42004800"
            "5200"
            "920100");
  const auto decoded = decode_canonical<EveryKind>(octets);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_TRUE(equal(*decoded, message));
  EXPECT_FALSE(equal(*decoded, EveryKind{}));
}

template <class T>
concept EncodesInClear = requires(const T& value, Bytes& out) {
  encode(value);
  encode_to(value, out);
};
static_assert(EncodesInClear<EveryKind> && EncodesInClear<ClientFrame>);
static_assert(!EncodesInClear<Sealed> && !EncodesInClear<Vault> && !EncodesInClear<DirectKey>);

TEST(Binary, WritesSecretsAsTheyAre) {
  Sealed message;
  message.key.writable()[31] = 0xff;
  message.note = SecretBuffer(as_bytes("hi"));
  message.chain_keys.emplace_back();
  message.next_key.emplace().writable()[0] = 1;
  const std::string zeros(64, '0');
  EXPECT_EQ(to_hex(encode_secret(message).reveal()), "0a20" + zeros.substr(2) +
                                                         "ff"
                                                         "12026869"
                                                         "1a10" +
                                                         zeros.substr(32) + "221001" + zeros.substr(34));
}

TEST(Binary, AppendsToWhatIsThere) {
  Bytes out = {1, 2};
  encode_to(Point{3, 4}, out);
  EXPECT_EQ(to_hex(out),
            "0102"
            "08031004");
}

template <class T>
T id(std::uint8_t octet) {
  T value;
  value.bytes.fill(octet);
  return value;
}

ClientFrame send_frame() {
  ClientFrame frame;
  frame.id = 300;
  Send& send = frame.request.emplace<Send>();
  send.conversation = id<ConversationId>(0x0c);
  send.epoch = 2;
  send.message = id<MessageId>(0x0d);
  send.body = {1, 2, 3};
  return frame;
}

ServerFrame log_entry_frame() {
  ServerFrame frame;
  LogEntry& entry = frame.answer.emplace<LogEntry>();
  entry.conversation = id<ConversationId>(0x0c);
  entry.seq = 129;
  entry.sender = id<AccountId>(0x0a);
  entry.sender_device = id<DeviceId>(0x0b);
  entry.message = id<MessageId>(0x0d);
  entry.sent_at = {1'700'000'000'000};
  entry.body = {0xff};
  return frame;
}

ServerFrame error_frame() {
  ServerFrame frame;
  frame.id = 1;
  Error& error = frame.answer.emplace<Error>();
  error.code = ErrorCode::rate_limited;
  error.message = "später";
  error.retry_after_ms = 1'500;
  return frame;
}

DeviceList device_list() {
  DeviceList list;
  list.account = id<AccountId>(0x0a);
  list.version = 1;
  DeviceRecord& device = list.devices.emplace_back();
  device.device = id<DeviceId>(0x0b);
  device.signing_key = id<Ed25519PublicKey>(0x55);
  device.identity_key = id<X25519PublicKey>(0x66);
  device.added_at = {1'700'000'000'000};
  return list;
}

Content content() {
  Content value;
  value.version = content_version;
  value.counter = 5;
  value.sent_at = {1'700'000'000'000};
  value.kind = TextContent{"Hi"};
  return value;
}

template <DescribedMessage T>
void expect_octets(const T& message, std::string_view hex) {
  ASSERT_EQ(to_hex(encode(message)), hex) << description_of<T>.name;
  const auto decoded = decode_canonical<T>(*from_hex(hex));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_TRUE(equal(*decoded, message));
}

// These octets are a contract with every client that is already out there: a change here breaks them.
TEST(Binary, WritesTheOctetsThatOthersRelyOn) {
  expect_octets(send_frame(),
                "08ac028a012b0a100c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c10021a100d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d2203010203");
  expect_octets(log_entry_frame(),
                "8a01550a100c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c1081011a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a22100b0b0b0b0b0b0b"
                "0b0b0b0b0b0b0b0b0b2a100d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d3080d095ffbc313a01ff");
  expect_octets(error_frame(), "0801120e081e12077370c3a474657220dc0b");
  expect_octets(device_list(),
                "0a100a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a1001225d0a100b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b1220555555555555555555"
                "55555555555555555555555555555555555555555555551a206666666666666666666666666666666666666666666666666666"
                "6666666666662080d095ffbc31");
  expect_octets(content(), "080110051880d095ffbc3122040a024869");
}

/// Octets that are an EveryKind, but not as the encoder writes it.
void expect_only_not_canonical(std::string_view hex) {
  const auto octets = from_hex(hex);
  ASSERT_TRUE(octets.has_value());
  EXPECT_TRUE(decode<EveryKind>(*octets).has_value()) << hex;
  const auto canonical = decode_canonical<EveryKind>(*octets);
  ASSERT_FALSE(canonical.has_value()) << hex;
  EXPECT_EQ(canonical.error(), DecodeError::not_canonical) << hex;
}

TEST(Binary, RefusesOtherEncodingsOfTheSameMessage) {
  EXPECT_TRUE(decode_canonical<EveryKind>(*from_hex("10014200")).has_value());
  expect_only_not_canonical("1001");          // `point` is always written
  expect_only_not_canonical("42001001");      // fields in another order
  expect_only_not_canonical("1081004200");    // a number longer than needed
  expect_only_not_canonical("9000014200");    // a tag longer than needed
  expect_only_not_canonical("10004200");      // a default that is written
  expect_only_not_canonical("100210014200");  // a field written twice
  expect_only_not_canonical("420032003a00");  // empty octets and text that are written
  expect_only_not_canonical(
      "4200"
      "68016802");  // numbers that are not packed
  expect_only_not_canonical(
      "4200"
      "6a01016a0102");  // numbers packed in two parts
  expect_only_not_canonical(
      "4200"
      "6a00");  // an empty list that is written
  expect_only_not_canonical(
      "42040801"
      "1000");  // a default inside a message
  expect_only_not_canonical(
      "4200"
      "c81f01");  // a field that nobody knows
}

}  // namespace
}  // namespace sotto::wire
