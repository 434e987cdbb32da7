#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/keys.h"
#include "base/time.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::wire {

/// One device as its account vouches for it.
struct DeviceRecord {
  DeviceId device;
  Ed25519PublicKey signing_key;
  X25519PublicKey identity_key;
  UnixMillis added_at;

  static constexpr auto describe() {
    return message("DeviceRecord", "One device of an account.", field(1, "device", &DeviceRecord::device, "Its id."),
                   field(2, "signing_key", &DeviceRecord::signing_key, "Ed25519 key that signs its prekeys."),
                   field(3, "identity_key", &DeviceRecord::identity_key, "X25519 key of its sessions."),
                   field(4, "added_at", &DeviceRecord::added_at, "When the account added it, by the adder's clock."));
  }
};

/// The devices of an account. Its canonical encoding is what the account key signs, so a list travels as those
/// octets and never as fields (`SignedDeviceList`).
struct DeviceList {
  AccountId account;
  std::uint64_t version = 0;
  std::optional<Sha256Digest> previous;
  std::vector<DeviceRecord> devices;

  static constexpr auto describe() {
    return message("DeviceList", "The devices of an account, in ascending order of id.",
                   field(1, "account", &DeviceList::account, "Whose devices."),
                   field(2, "version", &DeviceList::version, "1 for the first list, then one more for each."),
                   field(3, "previous", &DeviceList::previous, "SHA-256 of the encoding of version - 1; absent in 1."),
                   field(4, "devices", &DeviceList::devices, at_most(max_devices), "Without repeats; at least one."));
  }
};

/// `list` is the canonical encoding of a `DeviceList`; `signature` is the account key's under the context
/// "sotto device list v1".
struct SignedDeviceList {
  Bytes list;
  Ed25519Signature signature;

  static constexpr auto describe() {
    return message(
        "SignedDeviceList", "A device list as its account signed it.",
        field(1, "list", &SignedDeviceList::list, at_most(max_device_list_size), "Canonical encoding of a DeviceList."),
        field(2, "signature", &SignedDeviceList::signature,
              "Ed25519 by the account key, context 'sotto device list v1'."));
  }
};

/// What the directory says of an account. Believed only after the list's signature, version and predecessor check.
struct AccountRecord {
  AccountId account;
  std::string name;
  Ed25519PublicKey account_key;
  SignedDeviceList device_list;

  static constexpr auto describe() {
    return message("AccountRecord", "An account as the directory shows it.",
                   field(1, "account", &AccountRecord::account, "Its id."),
                   field(2, "name", &AccountRecord::name, at_most(max_name_size), "Its name, unique on the server."),
                   field(3, "account_key", &AccountRecord::account_key, "Its Ed25519 account key."),
                   field(4, "device_list", &AccountRecord::device_list, "Its newest device list."));
  }
};

/// Looks an account up by name.
struct FindAccount {
  std::string name;

  static constexpr auto describe() {
    return message("FindAccount", "Looks an account up by its name.",
                   field(1, "name", &FindAccount::name, at_most(max_name_size), "Compared in lower case."));
  }
};

struct GetAccount {
  AccountId account;

  static constexpr auto describe() {
    return message("GetAccount", "Looks an account up by its id.",
                   field(1, "account", &GetAccount::account, "Its id."));
  }
};

/// Looks several accounts up by their ids.
struct GetAccounts {
  std::vector<AccountId> accounts;

  static constexpr auto describe() {
    return message("GetAccounts", "Looks accounts up by their ids.",
                   field(1, "accounts", &GetAccounts::accounts, at_most(max_accounts_at_once), "Which."));
  }
};

struct Accounts {
  std::vector<AccountRecord> accounts;

  static constexpr auto describe() {
    return message("Accounts", "Accounts in the order asked; those that are not there are left out.",
                   field(1, "accounts", &Accounts::accounts, at_most(max_accounts_at_once), "One for each."));
  }
};

/// Replaces the caller's device list by its successor.
struct PublishDeviceList {
  SignedDeviceList device_list;

  static constexpr auto describe() {
    return message("PublishDeviceList", "Replaces the caller's device list by its successor.",
                   field(1, "device_list", &PublishDeviceList::device_list, "Version is the stored one plus 1."));
  }
};

}  // namespace sotto::wire
