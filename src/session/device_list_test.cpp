// A device list counts only if the account key signed it, its content is in order, and it follows the known one.

#include "session/device_list.h"

#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::make_person;
using testing::Person;
using testing::start_of_time;

class DeviceListTest : public ::testing::Test {
 protected:
  DeviceListTest() {
    if (third_.address.device < second_.address.device) std::swap(second_, third_);
  }

  static wire::DeviceRecord record(const LocalDevice& device) {
    return {device.address.device, device.signing_key.public_key, device.identity_key.public_key, start_of_time};
  }

  wire::DeviceList list_of(std::vector<wire::DeviceRecord> devices) const {
    return {.account = person_.account.account, .version = 1, .previous = {}, .devices = std::move(devices)};
  }

  std::expected<VerifiedDeviceList, DeviceListError> verify(const wire::SignedDeviceList& list) const {
    return verify_device_list(list, person_.account.account, person_.account.account_key.public_key);
  }

  DeviceListError error_of(const wire::DeviceList& list) const {
    const auto verified = verify(sign_device_list(list, person_.account));
    EXPECT_FALSE(verified.has_value());
    return verified.has_value() ? DeviceListError{} : verified.error();
  }

  VerifiedDeviceList verified(std::uint64_t version, std::optional<Sha256Digest> previous,
                              std::vector<wire::DeviceRecord> devices) const {
    wire::DeviceList list = list_of(std::move(devices));
    list.version = version;
    list.previous = previous;
    return verify(sign_device_list(list, person_.account)).value();
  }

  crypto::DeterministicRandom random_{1};
  Person person_ = make_person(random_);
  LocalDevice second_ = generate_device(person_.account, random_);
  LocalDevice third_ = generate_device(person_.account, random_);
};

TEST_F(DeviceListTest, AcceptsTheFirstListAndFindsItsDevice) {
  const auto list = verify(first_device_list(person_.account, second_, start_of_time));
  ASSERT_TRUE(list.has_value());
  const auto device = remote_device(*list, second_.address.device);
  ASSERT_TRUE(device.has_value());
  EXPECT_EQ(device->address, second_.address);
  EXPECT_EQ(device->identity_key, second_.identity_key.public_key);
  EXPECT_EQ(device->signing_key, second_.signing_key.public_key);
  EXPECT_FALSE(remote_device(*list, third_.address.device).has_value());
}

TEST_F(DeviceListTest, RefusesEveryFlippedBit) {
  const wire::SignedDeviceList good = first_device_list(person_.account, second_, start_of_time);
  for (std::size_t bit = 0; bit < good.list.size() * 8; bit += 7) {
    wire::SignedDeviceList bad = good;
    bad.list[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    const auto result = verify(bad);
    ASSERT_FALSE(result.has_value()) << bit;
    EXPECT_EQ(result.error(), DeviceListError::bad_signature);
  }
  wire::SignedDeviceList bad = good;
  bad.signature.bytes[3] ^= 1;
  EXPECT_EQ(verify(bad).error(), DeviceListError::bad_signature);
}

TEST_F(DeviceListTest, RefusesAnotherAccountsKeyAndAnotherAccountsList) {
  const Person stranger = make_person(random_);
  const auto list = first_device_list(person_.account, second_, start_of_time);
  EXPECT_EQ(verify_device_list(list, person_.account.account, stranger.account.account_key.public_key).error(),
            DeviceListError::bad_signature);
  EXPECT_EQ(verify_device_list(list, stranger.account.account, person_.account.account_key.public_key).error(),
            DeviceListError::wrong_account);
  EXPECT_EQ(verify_device_list(list, person_.account.account, Ed25519PublicKey{}).error(),
            DeviceListError::bad_signature);
}

TEST_F(DeviceListTest, RefusesASignedListThatIsNotCanonical) {
  Bytes padded = wire::encode(list_of({record(second_)}));
  padded.insert(padded.end(), {0x78, 0x00});  // Field 15, which nobody knows.
  const wire::SignedDeviceList list{
      .list = padded, .signature = crypto::sign(person_.account.account_key, "sotto device list v1", padded)};
  EXPECT_EQ(verify(list).error(), DeviceListError::malformed);
}

TEST_F(DeviceListTest, RefusesDevicesOutOfOrderRepeatedOrMissing) {
  EXPECT_EQ(error_of(list_of({})), DeviceListError::bad_devices);
  EXPECT_EQ(error_of(list_of({record(third_), record(second_)})), DeviceListError::bad_devices);
  EXPECT_EQ(error_of(list_of({record(second_), record(second_)})), DeviceListError::bad_devices);
  wire::DeviceRecord nobody = record(second_);
  nobody.device = {};
  EXPECT_EQ(error_of(list_of({nobody})), DeviceListError::bad_devices);
}

TEST_F(DeviceListTest, RefusesKeysOfLowOrderNotCanonicalOrSharedByTwoDevices) {
  std::vector<X25519PublicKey> bad_keys(4);
  bad_keys[1].bytes[0] = 1;
  bad_keys[2].bytes.fill(0xff);  // Not canonical: above the prime.
  bad_keys[3] = second_.identity_key.public_key;
  bad_keys[3].bytes[31] |= 0x80;  // Not canonical: the top bit.
  for (const X25519PublicKey& key : bad_keys) {
    wire::DeviceRecord bad = record(second_);
    bad.identity_key = key;
    EXPECT_EQ(error_of(list_of({bad})), DeviceListError::unacceptable_key);
  }
  wire::DeviceRecord twin = record(third_);
  twin.identity_key = second_.identity_key.public_key;
  EXPECT_EQ(error_of(list_of({record(second_), twin})), DeviceListError::unacceptable_key);
  twin = record(third_);
  twin.signing_key = second_.signing_key.public_key;
  EXPECT_EQ(error_of(list_of({record(second_), twin})), DeviceListError::unacceptable_key);
}

TEST_F(DeviceListTest, RefusesVersionsThatContradictTheirPredecessor) {
  wire::DeviceList list = list_of({record(second_)});
  list.version = 0;
  EXPECT_EQ(error_of(list), DeviceListError::bad_version);
  list.version = 2;
  EXPECT_EQ(error_of(list), DeviceListError::bad_version);
  list.version = 1;
  list.previous = Sha256Digest{};
  EXPECT_EQ(error_of(list), DeviceListError::bad_version);
}

TEST_F(DeviceListTest, FollowsTheChainAndRefusesOlderAndForked) {
  const VerifiedDeviceList first = verified(1, {}, {record(second_)});
  const VerifiedDeviceList next = verified(2, first.digest, {record(second_), record(third_)});
  EXPECT_EQ(accept_successor(first, first).value(), Succession::unchanged);
  EXPECT_EQ(accept_successor(first, next).value(), Succession::next);
  EXPECT_EQ(accept_successor(next, first).error(), DeviceListError::older);

  const VerifiedDeviceList sibling = verified(2, first.digest, {record(third_)});
  EXPECT_EQ(accept_successor(next, sibling).error(), DeviceListError::forked);
  const VerifiedDeviceList other_first = verified(1, {}, {record(third_)});
  const VerifiedDeviceList other_next = verified(2, other_first.digest, {record(third_)});
  EXPECT_EQ(accept_successor(first, other_next).error(), DeviceListError::forked);
}

TEST_F(DeviceListTest, AcceptsAJumpThatTheSameAccountKeySigned) {
  const VerifiedDeviceList first = verified(1, {}, {record(second_)});
  const VerifiedDeviceList fifth = verified(5, Sha256Digest{}, {record(third_)});
  EXPECT_EQ(accept_successor(first, fifth).value(), Succession::jump);
}

TEST_F(DeviceListTest, RefusesASuccessorUnderAnotherAccountKey) {
  const VerifiedDeviceList first = verified(1, {}, {record(second_)});
  AccountIdentity impostor = generate_account(random_);
  impostor.account = person_.account.account;
  wire::DeviceList list = list_of({record(second_)});
  list.version = 2;
  list.previous = first.digest;
  const auto offered =
      verify_device_list(sign_device_list(list, impostor), impostor.account, impostor.account_key.public_key);
  ASSERT_TRUE(offered.has_value());
  EXPECT_EQ(accept_successor(first, *offered).error(), DeviceListError::account_key_changed);
}

}  // namespace
}  // namespace sotto::session
