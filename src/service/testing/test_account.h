#pragma once

#include <string>
#include <vector>

#include "crypto/ed25519.h"
#include "crypto/x25519.h"
#include "wire/account.h"

namespace sotto::service::testing {

// Valid accounts, devices and prekeys for tests and load generators. They hold real keys, so everything that the
// server checks is true; a test then spoils one thing.

struct TestDevice {
  DeviceId device;
  crypto::Ed25519KeyPair signing_key;
  crypto::X25519KeyPair identity_key;
  /// The id of the next prekey.
  std::uint32_t next_prekey_id = 1;

  static TestDevice make(Random& random);
  [[nodiscard]] wire::DeviceRecord record() const;
};

/// How many prekeys of each kind an upload holds.
struct PrekeyCounts {
  std::size_t one_time = 2;
  std::size_t kem = 2;
};

[[nodiscard]] wire::SignedDeviceList sign_device_list(const wire::DeviceList& list,
                                                      const crypto::Ed25519KeyPair& account_key);

class TestAccount {
 public:
  TestAccount(std::string name, Random& random);

  AccountId account;
  std::string name;
  std::string password = "correct horse battery staple";
  crypto::Ed25519KeyPair account_key;
  /// The first one registers.
  std::vector<TestDevice> devices;

  /// A registration with the first device, a signed and a last-resort prekey and some one-time prekeys.
  [[nodiscard]] wire::Register registration(Random& random, PrekeyCounts counts = {});
  [[nodiscard]] wire::SignIn sign_in(std::size_t device_index = 0) const;

  /// A list of all devices, sorted.
  [[nodiscard]] wire::DeviceList list_of_devices(std::uint64_t version,
                                                 const wire::SignedDeviceList* previous = nullptr) const;
  [[nodiscard]] wire::SignedDeviceList sign(const wire::DeviceList& list) const;

  /// Signed, last-resort and one-time prekeys with the device's next ids.
  [[nodiscard]] wire::PublishPrekeys prekeys(TestDevice& device, Random& random, PrekeyCounts counts) const;
  /// The first list that the account published, as `registration` signed it.
  [[nodiscard]] wire::SignedDeviceList first_list() const { return sign(first_list_); }

 private:
  wire::DeviceList first_list_;
};

}  // namespace sotto::service::testing
