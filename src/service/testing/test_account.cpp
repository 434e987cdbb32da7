#include "service/testing/test_account.h"

#include <algorithm>

#include "crypto/hash.h"
#include "crypto/mlkem768.h"
#include "wire/binary.h"

namespace sotto::service::testing {
namespace {

constexpr UnixMillis added_at{1'700'000'000'000};

/// Signs prekeys for one device.
class PrekeySigner {
 public:
  PrekeySigner(AccountId account, const TestDevice& device) : account_(account), device_(device) {}

  template <class Prekey>
  [[nodiscard]] Prekey sign(std::uint32_t id, const auto& key, std::string_view context) const {
    const wire::PrekeyStatement statement{account_, device_.device, id, Bytes(key.bytes.begin(), key.bytes.end())};
    return {id, key, crypto::sign(device_.signing_key, context, wire::encode(statement))};
  }

 private:
  AccountId account_;
  const TestDevice& device_;
};

}  // namespace

TestDevice TestDevice::make(Random& random) {
  return {random.next<DeviceId>(), crypto::generate_ed25519(random), crypto::generate_x25519(random)};
}

wire::DeviceRecord TestDevice::record() const {
  return {device, signing_key.public_key, identity_key.public_key, added_at};
}

wire::SignedDeviceList sign_device_list(const wire::DeviceList& list, const crypto::Ed25519KeyPair& account_key) {
  Bytes octets = wire::encode(list);
  const Ed25519Signature signature = crypto::sign(account_key, "sotto device list v1", octets);
  return {std::move(octets), signature};
}

TestAccount::TestAccount(std::string account_name, Random& random)
    : account(random.next<AccountId>()), name(std::move(account_name)), account_key(crypto::generate_ed25519(random)) {
  devices.push_back(TestDevice::make(random));
  first_list_ = list_of_devices(1);
}

wire::Register TestAccount::registration(Random& random, PrekeyCounts counts) {
  return {.name = name,
          .password = password,
          .account = account,
          .account_key = account_key.public_key,
          .device_list = first_list(),
          .device = devices.front().device,
          .prekeys = prekeys(devices.front(), random, counts)};
}

wire::SignIn TestAccount::sign_in(std::size_t device_index) const {
  return {name, password, devices.at(device_index).device};
}

wire::DeviceList TestAccount::list_of_devices(std::uint64_t version, const wire::SignedDeviceList* previous) const {
  wire::DeviceList list{.account = account, .version = version, .previous = std::nullopt, .devices = {}};
  if (previous != nullptr) list.previous = crypto::sha256(previous->list);
  for (const TestDevice& device : devices) list.devices.push_back(device.record());
  std::ranges::sort(list.devices, {}, &wire::DeviceRecord::device);
  return list;
}

wire::SignedDeviceList TestAccount::sign(const wire::DeviceList& list) const {
  return sign_device_list(list, account_key);
}

wire::PublishPrekeys TestAccount::prekeys(TestDevice& device, Random& random, PrekeyCounts counts) const {
  const PrekeySigner signer(account, device);
  const auto x25519_key = [&] { return crypto::generate_x25519(random).public_key; };
  const auto kem_key = [&] { return crypto::generate_mlkem768(random).public_key; };
  const auto id = [&] { return device.next_prekey_id++; };
  wire::PublishPrekeys prekeys;
  prekeys.signed_prekey = signer.sign<wire::SignedPrekey>(id(), x25519_key(), "sotto signed prekey v1");
  prekeys.last_resort_kem_prekey = signer.sign<wire::KemPrekey>(id(), kem_key(), "sotto last resort kem prekey v1");
  for (std::size_t count = 0; count < counts.one_time; ++count) {
    prekeys.one_time_prekeys.push_back({id(), x25519_key()});
  }
  for (std::size_t count = 0; count < counts.kem; ++count) {
    prekeys.kem_prekeys.push_back(signer.sign<wire::KemPrekey>(id(), kem_key(), "sotto kem prekey v1"));
  }
  return prekeys;
}

}  // namespace sotto::service::testing
