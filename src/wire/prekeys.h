#pragma once

#include "wire/directory.h"

namespace sotto::wire {

// Prekeys after Signal's PQXDH specification, section 2.2. Ids are chosen by the device, start at 1 and only grow.

/// Medium-lived X25519 prekey. `signature` is the device signing key's over the canonical encoding of a
/// `PrekeyStatement`, context "sotto signed prekey v1".
struct SignedPrekey {
  std::uint32_t id = 0;
  X25519PublicKey key;
  Ed25519Signature signature;

  static constexpr auto describe() {
    return message("SignedPrekey", "A device's current X25519 prekey.", field(1, "id", &SignedPrekey::id, "Grows."),
                   field(2, "key", &SignedPrekey::key, "X25519 public key."),
                   field(3, "signature", &SignedPrekey::signature,
                         "Ed25519 by the device over a PrekeyStatement, context 'sotto signed prekey v1'."));
  }
};

/// X25519 prekey that the server hands out once.
struct OneTimePrekey {
  std::uint32_t id = 0;
  X25519PublicKey key;

  static constexpr auto describe() {
    return message("OneTimePrekey", "An X25519 prekey that is handed out once.",
                   field(1, "id", &OneTimePrekey::id, "Grows."),
                   field(2, "key", &OneTimePrekey::key, "X25519 public key."));
  }
};

/// ML-KEM-768 prekey: one-time, or the last resort that is handed out when the one-time ones are used up.
struct KemPrekey {
  std::uint32_t id = 0;
  MlKem768PublicKey key;
  Ed25519Signature signature;

  static constexpr auto describe() {
    return message("KemPrekey", "An ML-KEM-768 prekey.", field(1, "id", &KemPrekey::id, "Grows."),
                   field(2, "key", &KemPrekey::key, "ML-KEM-768 encapsulation key."),
                   field(3, "signature", &KemPrekey::signature,
                         "Ed25519 by the device over a PrekeyStatement, context 'sotto kem prekey v1' or "
                         "'sotto last resort kem prekey v1'."));
  }
};

/// What a prekey's signature covers; never sent.
struct PrekeyStatement {
  AccountId account;
  DeviceId device;
  std::uint32_t id = 0;
  Bytes key;

  static constexpr auto describe() {
    return message("PrekeyStatement", "What a prekey's signature covers; never sent.",
                   field(1, "account", &PrekeyStatement::account, "The device's account."),
                   field(2, "device", &PrekeyStatement::device, "The device."),
                   field(3, "id", &PrekeyStatement::id, "The prekey's id."),
                   field(4, "key", &PrekeyStatement::key, at_most(MlKem768PublicKey::size), "The prekey."));
  }
};

/// Adds to and replaces parts of the caller's prekeys.
struct PublishPrekeys {
  std::optional<SignedPrekey> signed_prekey;
  std::optional<KemPrekey> last_resort_kem_prekey;
  std::vector<OneTimePrekey> one_time_prekeys;
  std::vector<KemPrekey> kem_prekeys;

  static constexpr auto describe() {
    return message(
        "PublishPrekeys", "Adds to the calling device's prekeys. Repeating it changes nothing.",
        field(1, "signed_prekey", &PublishPrekeys::signed_prekey, "Replaces the current one."),
        field(2, "last_resort_kem_prekey", &PublishPrekeys::last_resort_kem_prekey, "Replaces the current one."),
        field(3, "one_time_prekeys", &PublishPrekeys::one_time_prekeys, at_most(max_prekeys_per_upload),
              "Added to the stock."),
        field(4, "kem_prekeys", &PublishPrekeys::kem_prekeys, at_most(max_prekeys_per_upload), "Added to the stock."));
  }
};

struct GetPrekeyStock {
  static constexpr auto describe() {
    return message("GetPrekeyStock", "Asks how many prekeys the calling device has left.");
  }
};

/// Also pushed when a stock falls below 20.
struct PrekeyStock {
  std::uint32_t one_time_prekeys = 0;
  std::uint32_t kem_prekeys = 0;

  static constexpr auto describe() {
    return message("PrekeyStock", "One-time prekeys that the server still holds for the device.",
                   field(1, "one_time_prekeys", &PrekeyStock::one_time_prekeys, "X25519."),
                   field(2, "kem_prekeys", &PrekeyStock::kem_prekeys, "ML-KEM-768."));
  }
};

/// Takes one bundle for each named device of one account. Each one-time prekey is handed out once.
struct ClaimPrekeys {
  AccountId account;
  std::vector<DeviceId> devices;

  static constexpr auto describe() {
    return message("ClaimPrekeys", "Takes a prekey bundle for each named device of an account.",
                   field(1, "account", &ClaimPrekeys::account, "Whose devices."),
                   field(2, "devices", &ClaimPrekeys::devices, at_most(max_devices), "Devices on its list."));
  }
};

struct PrekeyBundle {
  DeviceId device;
  SignedPrekey signed_prekey;
  KemPrekey kem_prekey;
  bool kem_prekey_is_last_resort = false;
  std::optional<OneTimePrekey> one_time_prekey;

  static constexpr auto describe() {
    return message("PrekeyBundle", "What it takes to start a session with a device that may be offline.",
                   field(1, "device", &PrekeyBundle::device, "The device."),
                   field(2, "signed_prekey", &PrekeyBundle::signed_prekey, "Its current signed prekey."),
                   field(3, "kem_prekey", &PrekeyBundle::kem_prekey, "A one-time KEM prekey, else the last resort."),
                   field(4, "kem_prekey_is_last_resort", &PrekeyBundle::kem_prekey_is_last_resort,
                         "Decides the signature's context."),
                   field(5, "one_time_prekey", &PrekeyBundle::one_time_prekey, "Absent when the stock is used up."));
  }
};

struct PrekeyBundles {
  std::vector<PrekeyBundle> bundles;

  static constexpr auto describe() {
    return message("PrekeyBundles", "Bundles in the order asked; a device without prekeys is left out.",
                   field(1, "bundles", &PrekeyBundles::bundles, at_most(max_devices), "One for each device."));
  }
};

}  // namespace sotto::wire
