#pragma once

#include "base/ids.h"
#include "base/keys.h"
#include "base/random.h"
#include "crypto/ed25519.h"
#include "crypto/x25519.h"

namespace sotto::session {

/// Names one device of one account. A device id alone names nobody: another account may choose the same one.
struct DeviceAddress {
  AccountId account;
  DeviceId device;

  friend auto operator<=>(const DeviceAddress&, const DeviceAddress&) = default;
};

/// The long-lived key of an account (design section 5). Held by its devices and its encrypted backup only.
struct AccountIdentity {
  AccountId account;
  crypto::Ed25519KeyPair account_key;

  [[nodiscard]] AccountIdentity copy() const { return {account, account_key.copy()}; }
};

/// This device, with its private keys.
struct LocalDevice {
  DeviceAddress address;
  /// Public half of the account key that vouches for this device.
  Ed25519PublicKey account_key;
  /// Signs prekeys.
  crypto::Ed25519KeyPair signing_key;
  /// Takes part in session set-up.
  crypto::X25519KeyPair identity_key;

  [[nodiscard]] LocalDevice copy() const { return {address, account_key, signing_key.copy(), identity_key.copy()}; }
};

/// Another device, with the keys that its account vouches for. Made by `remote_device` from a verified list, never
/// from what a server says.
struct RemoteDevice {
  DeviceAddress address;
  Ed25519PublicKey account_key;
  Ed25519PublicKey signing_key;
  X25519PublicKey identity_key;

  friend bool operator==(const RemoteDevice&, const RemoteDevice&) = default;
};

/// A fresh account: random id, random account key.
[[nodiscard]] AccountIdentity generate_account(Random& random);

/// A fresh device of `account`: random id, random keys. It counts for others only once a signed list names it.
[[nodiscard]] LocalDevice generate_device(const AccountIdentity& account, Random& random);

}  // namespace sotto::session
