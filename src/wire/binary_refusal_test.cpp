// Property: the binary decoder refuses what is not a message, for the reason that is documented, and reads around what
// it does not know; every limit holds at its edge.

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"
#include "wire/equality.h"
#include "wire/frame_codec.h"
#include "wire/random_message.h"
#include "wire/schema_roots.h"
#include "wire/testing/sample_messages.h"

namespace sotto::wire {

void PrintTo(DecodeError error, std::ostream* out) { *out << explain(error); }

namespace {

using sample::EveryKind;
using sample::Named;
using sample::Point;
using sample::Sealed;
using sample::Tree;

template <DescribedMessage T>
std::optional<DecodeError> error_of(ByteView octets) {
  const auto decoded = decode<T>(octets);
  if (decoded) return std::nullopt;
  return decoded.error();
}

template <DescribedMessage T = EveryKind>
std::optional<DecodeError> error_of_hex(std::string_view hex) {
  const auto octets = from_hex(hex);
  EXPECT_TRUE(octets.has_value()) << hex;
  return error_of<T>(*octets);
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t index = 0; index < count; ++index) all += text;
  return all;
}

const std::string id_hex = repeated("ab", 16);

TEST(BinaryRefusal, Truncated) {
  EXPECT_EQ(error_of_hex("10"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("1080"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("80"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("3202ff"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("32ffffffffffffffffff01"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("420308018a"), DecodeError::truncated) << "a length that reaches past its message";
  EXPECT_EQ(error_of_hex("6a0180"), DecodeError::truncated) << "a packed number that is cut";
}

TEST(BinaryRefusal, BadVarint) {
  EXPECT_EQ(error_of_hex("18ffffffffffffffffff01"), std::nullopt) << "2^64 - 1";
  EXPECT_EQ(error_of_hex("18ffffffffffffffffff02"), DecodeError::bad_varint) << "65 bits";
  EXPECT_EQ(error_of_hex("1880808080808080808080"
                         "00"),
            DecodeError::bad_varint)
      << "eleven octets";
}

TEST(BinaryRefusal, OutOfRange) {
  EXPECT_EQ(error_of_hex("10ffffffff0f"), std::nullopt) << "2^32 - 1";
  EXPECT_EQ(error_of_hex("108080808010"), DecodeError::out_of_range) << "2^32";
  EXPECT_EQ(error_of_hex("0801"), std::nullopt);
  EXPECT_EQ(error_of_hex("0802"), DecodeError::out_of_range) << "a bool of 2";
}

TEST(BinaryRefusal, WrongType) {
  EXPECT_EQ(error_of_hex("120101"), DecodeError::wrong_type) << "a number as octets";
  EXPECT_EQ(error_of_hex("3001"), DecodeError::wrong_type) << "octets as a number";
  EXPECT_EQ(error_of_hex("4001"), DecodeError::wrong_type) << "a message as a number";
  EXPECT_EQ(error_of_hex("1500000000"), DecodeError::wrong_type) << "a number as fixed32";
  EXPECT_EQ(error_of_hex("6d00000000"), DecodeError::wrong_type) << "a list element as fixed32";
  EXPECT_EQ(error_of_hex("900101"), DecodeError::wrong_type) << "a choice as a number";
}

TEST(BinaryRefusal, BadTag) {
  EXPECT_EQ(error_of_hex("0001"), DecodeError::bad_tag) << "field 0";
  EXPECT_EQ(error_of_hex("13"), DecodeError::bad_tag) << "a group begins";
  EXPECT_EQ(error_of_hex("14"), DecodeError::bad_tag) << "a group ends";
  EXPECT_EQ(error_of_hex("16"), DecodeError::bad_tag) << "wire type 6";
  EXPECT_EQ(error_of_hex("17"), DecodeError::bad_tag) << "wire type 7";
  EXPECT_EQ(error_of_hex("f8ffffff0f01"), std::nullopt) << "field 2^29 - 1";
  EXPECT_EQ(error_of_hex("808080801001"), DecodeError::bad_tag) << "field 2^29";
}

TEST(BinaryRefusal, TooLarge) {
  EXPECT_EQ(error_of_hex("320400000000"), std::nullopt);
  EXPECT_EQ(error_of_hex("32050000000000"), DecodeError::too_large) << "octets";
  EXPECT_EQ(error_of_hex("3a0461626364"), std::nullopt);
  EXPECT_EQ(error_of_hex("3a056162636465"), DecodeError::too_large) << "text";
  EXPECT_EQ(error_of_hex("52056162636465"), DecodeError::too_large) << "optional text";
  EXPECT_EQ(error_of_hex("6a03010203"), std::nullopt);
  EXPECT_EQ(error_of_hex("6a0401020304"), DecodeError::too_large) << "packed numbers";
  EXPECT_EQ(error_of_hex("6a03010203"
                         "6804"),
            DecodeError::too_large)
      << "packed and unpacked numbers";
  EXPECT_EQ(error_of_hex(repeated("7a10" + id_hex, 3)), std::nullopt);
  EXPECT_EQ(error_of_hex(repeated("7a10" + id_hex, 4)), DecodeError::too_large) << "ids";
  EXPECT_EQ(error_of_hex(repeated("820100", 4)), DecodeError::too_large) << "texts";
  EXPECT_EQ(error_of_hex("8201056162636465"), DecodeError::too_large) << "a text in a list";
  EXPECT_EQ(error_of_hex(repeated("8a0100", 4)), DecodeError::too_large) << "messages";
}

/// A tree of `depth` messages inside one another below its root.
Bytes nested(std::size_t depth) {
  Bytes octets;
  for (std::size_t level = 0; level < depth; ++level) {
    Bytes outer = {0x12, static_cast<std::uint8_t>(octets.size())};
    outer.insert(outer.end(), octets.begin(), octets.end());
    octets = std::move(outer);
  }
  return octets;
}

TEST(BinaryRefusal, TooDeep) {
  EXPECT_EQ(error_of<Tree>(nested(max_depth)), std::nullopt);
  EXPECT_EQ(error_of<Tree>(nested(max_depth + 1)), DecodeError::too_deep);
  EXPECT_EQ(error_of<Tree>(nested(60)), DecodeError::too_deep);
}

TEST(BinaryRefusal, WrongLength) {
  EXPECT_EQ(error_of_hex("5a10" + id_hex), std::nullopt);
  EXPECT_EQ(error_of_hex("5a0f" + id_hex.substr(2)), DecodeError::wrong_length);
  EXPECT_EQ(error_of_hex("5a11" + id_hex + "00"), DecodeError::wrong_length);
  EXPECT_EQ(error_of_hex("7a00"), DecodeError::wrong_length) << "in a list";
  EXPECT_EQ(error_of_hex<Sealed>("0a01ff"), DecodeError::wrong_length) << "a secret";
}

TEST(BinaryRefusal, MissingField) {
  EXPECT_EQ(error_of_hex<Named>("0a10" + id_hex), std::nullopt);
  EXPECT_EQ(error_of_hex<Named>(""), DecodeError::missing_field);
  EXPECT_EQ(error_of_hex("6200"), DecodeError::missing_field) << "inside an optional message";
  EXPECT_EQ(error_of_hex("9a0100"), DecodeError::missing_field) << "inside a choice";
  EXPECT_EQ(error_of_hex<Sealed>(""), DecodeError::missing_field) << "a secret";
  EXPECT_EQ(error_of_hex<PublishDeviceList>(""), DecodeError::missing_field) << "a message that holds one";
  EXPECT_EQ(error_of_hex(""), std::nullopt) << "a message that holds none counts as empty";
}

TEST(BinaryRefusal, RepeatedField) {
  EXPECT_EQ(error_of_hex("4200"
                         "4200"),
            DecodeError::repeated_field)
      << "a message";
  EXPECT_EQ(error_of_hex(repeated("6212"
                                  "0a10" +
                                      id_hex,
                                  2)),
            DecodeError::repeated_field)
      << "an optional message";
  EXPECT_EQ(error_of_hex("920100"
                         "920100"),
            DecodeError::repeated_field)
      << "a choice";
  EXPECT_EQ(error_of_hex("9a01120a10" + id_hex + "920100"), DecodeError::repeated_field) << "another choice";
}

TEST(BinaryRefusal, BadUtf8) {
  EXPECT_EQ(error_of_hex("3a02c3a9"), std::nullopt);
  EXPECT_EQ(error_of_hex("3a01e9"), DecodeError::bad_utf8);
  EXPECT_EQ(error_of_hex("3a02c080"), DecodeError::bad_utf8) << "an overlong form";
  EXPECT_EQ(error_of_hex("3a03eda080"), DecodeError::bad_utf8) << "a surrogate";
  EXPECT_EQ(error_of_hex("820101ff"), DecodeError::bad_utf8) << "in a list";
}

TEST(BinaryRefusal, UnknownEnumValue) {
  EXPECT_EQ(error_of_hex("2807"), std::nullopt);
  EXPECT_EQ(error_of_hex("2802"), DecodeError::unknown_enum_value);
  EXPECT_EQ(error_of_hex("288702"), DecodeError::unknown_enum_value) << "263 is not 7";
  EXPECT_EQ(error_of_hex("72020102"), DecodeError::unknown_enum_value) << "in a list";
}

TEST(BinaryRefusal, SkipsUnknownFieldsOfEveryWireType) {
  const auto decoded =
      decode<EveryKind>(*from_hex("c81f05"
                                  "c91f0102030405060708"
                                  "ca1f03616263"
                                  "cd1f01020304"
                                  "1009"));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->number32, 9u);
  EXPECT_EQ(error_of_hex("c91f01020304050607"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("cd1f010203"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("ca1f0461"), DecodeError::truncated);
  EXPECT_EQ(error_of_hex("c81f80"), DecodeError::truncated);
}

TEST(BinaryRefusal, TakesTheLastOfRepeatedScalarsAndEveryFormOfLists) {
  const auto decoded =
      decode<EveryKind>(*from_hex("1001"
                                  "1002"
                                  "3a0161"
                                  "3a0162"
                                  "6801"
                                  "6a0202"
                                  "03"));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->number32, 2u);
  EXPECT_EQ(decoded->text, "b");
  EXPECT_EQ(decoded->numbers, (std::vector<std::uint64_t>{1, 2, 3}));
}

template <DescribedMessage T>
void expect_no_prefix_is_mistaken(Random& random) {
  const T message = random_message<T>(random);
  const SecretBuffer octets = encode_secret(message);
  for (std::size_t size = 0; size < octets.size(); ++size) {
    // A prefix that ends between two fields is a message of its own, but never the same one.
    const auto decoded = decode<T>(octets.reveal().first(size));
    if (decoded) {
      ASSERT_FALSE(equal(*decoded, message)) << size;
      continue;
    }
    ASSERT_TRUE(decoded.error() == DecodeError::truncated || decoded.error() == DecodeError::missing_field)
        << explain(decoded.error());
  }
}

TEST(BinaryRefusal, NoticesTruncationAtEveryOctet) {
  crypto::DeterministicRandom random(3);
  for (int made = 0; made < 40; ++made) {
    expect_no_prefix_is_mistaken<ServerFrame>(random);
    expect_no_prefix_is_mistaken<ClientFrame>(random);
    expect_no_prefix_is_mistaken<DirectMessage>(random);
  }
}

TEST(BinaryRefusal, SurvivesEveryFlippedOctet) {
  crypto::DeterministicRandom random(4);
  for (int made = 0; made < 40; ++made) {
    Bytes octets = encode(random_message<ServerFrame>(random));
    for (std::size_t index = 0; index < octets.size(); ++index) {
      const std::uint8_t kept = octets[index];
      octets[index] = static_cast<std::uint8_t>(kept ^ 0x81);
      const auto decoded = decode<ServerFrame>(octets);
      octets[index] = kept;
      if (decoded) {
        ASSERT_TRUE(decode_canonical<ServerFrame>(encode(*decoded)).has_value());
      }
    }
  }
}

/// A value one above the field's limit.
template <class Owner, class Member>
void exceed(const Field<Owner, Member>& field, Owner& owner) {
  Member& value = owner.*field.member;
  if constexpr (std::same_as<Member, std::string>) {
    value.assign(field.limits.size + 1, 'x');
  } else {
    value.resize(field.limits.size + 1);
  }
}

template <DescribedMessage T>
void expect_limits_hold() {
  for_each_field<T>([]<class Field>(const Field& field) {
    if constexpr (requires { field.limits; }) {
      if (field.limits.size == 0) return;
      T message;
      if constexpr (requires { (message.*field.member).resize(1); }) {
        exceed(field, message);
        EXPECT_EQ(error_of<T>(encode(message)), DecodeError::too_large) << description_of<T>.name << '.' << field.name;
      }
    }
  });
}

template <class... Choices>
void expect_limits_of_choices_hold(std::type_identity<std::variant<std::monostate, Choices...>>) {
  (expect_limits_hold<Choices>(), ...);
}

TEST(BinaryRefusal, HoldsEveryLimitOfEveryRequestAndAnswer) {
  expect_limits_of_choices_hold(std::type_identity<Request>{});
  expect_limits_of_choices_hold(std::type_identity<Answer>{});
  expect_limits_hold<DeviceList>();
  expect_limits_hold<SignedDeviceList>();
  expect_limits_hold<StaleEpoch>();
  expect_limits_hold<PrekeyStatement>();
  expect_limits_hold<SessionMessage>();
  expect_limits_hold<DirectMessage>();
  expect_limits_hold<DirectSlot>();
  expect_limits_hold<TextContent>();
}

TEST(BinaryRefusal, ExplainsEveryReasonDifferently) {
  std::vector<std::string_view> texts;
  for (int value = 0; value <= static_cast<int>(DecodeError::not_canonical); ++value) {
    texts.push_back(explain(static_cast<DecodeError>(value)));
  }
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(std::adjacent_find(texts.begin(), texts.end()), texts.end());
}

}  // namespace
}  // namespace sotto::wire
