#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "session/device.h"
#include "wire/directory.h"

namespace sotto::session {

// Device lists (design section 5). An account key vouches for the account's devices; whatever is not on the newest
// verified list is not encrypted to and not listened to.

/// A list whose signature, account, order and keys were checked. Only `verify_device_list` makes one.
struct VerifiedDeviceList {
  wire::DeviceList list;
  /// SHA-256 of the list's canonical encoding; the next list's `previous`.
  Sha256Digest digest;
  Ed25519PublicKey account_key;
};

enum class DeviceListError : std::uint8_t {
  /// Not the canonical encoding of a device list.
  malformed,
  /// Not signed by the account key.
  bad_signature,
  /// Names another account than the one asked for.
  wrong_account,
  /// Version 0, a first list with a predecessor, or a later one without.
  bad_version,
  /// No device at all, devices out of order, or one named twice.
  bad_devices,
  /// A device with an identity key of low order, with a key that is not canonical, or with the key of another device.
  unacceptable_key,
  /// Successor check: older than the list already known.
  older,
  /// Successor check: the same version with other content, or a next version that does not follow the known one.
  forked,
  /// Successor check: the account key differs from the one known for this account.
  account_key_changed,
};

/// Encodes `list` canonically and signs it with the account key. The caller has put the devices in ascending order.
[[nodiscard]] wire::SignedDeviceList sign_device_list(const wire::DeviceList& list, const AccountIdentity& account);

/// The first list of an account, holding `device` alone, signed.
[[nodiscard]] wire::SignedDeviceList first_device_list(const AccountIdentity& account, const LocalDevice& device,
                                                       UnixMillis now);

/// What the next list of an account changes.
struct DeviceListChange {
  std::optional<wire::DeviceRecord> added = std::nullopt;
  std::vector<DeviceId> removed = {};
};

enum class DeviceListChangeError : std::uint8_t {
  /// The list would hold more devices than it can.
  too_many,
  /// A device with that id, or with one of its keys, is listed already.
  already_listed,
  /// A device to be removed is not on the list.
  not_listed,
  /// No device would be left.
  none_left,
};

/// The list that follows `known`, with the change made, signed. `account` is whose list it is.
[[nodiscard]] std::expected<wire::SignedDeviceList, DeviceListChangeError> sign_next_device_list(
    const VerifiedDeviceList& known, const DeviceListChange& change, const AccountIdentity& account);

/// Checks one list by itself. Whether it may replace a list that is known already is for `accept_successor`.
[[nodiscard]] std::expected<VerifiedDeviceList, DeviceListError> verify_device_list(
    const wire::SignedDeviceList& signed_list, AccountId account, const Ed25519PublicKey& account_key);

enum class Succession : std::uint8_t {
  /// The offered list is the known one.
  unchanged,
  /// The offered list is the next version and names the known one as its predecessor.
  next,
  /// The offered list is more than one version ahead. The lists in between are not at hand, so it is the account key
  /// alone that vouches for it. A fork inside the gap is not detectable here, but it stays bounded: whoever holds both
  /// branches sees two lists of one version (`forked`), and only a holder of the account key can make them.
  jump,
};

/// Whether `offered` may replace `known`. Nothing older, nothing forked, no other account key.
[[nodiscard]] std::expected<Succession, DeviceListError> accept_successor(const VerifiedDeviceList& known,
                                                                          const VerifiedDeviceList& offered);

/// The device on `list` with this id, ready to be talked to; nothing if it is not listed.
[[nodiscard]] std::optional<RemoteDevice> remote_device(const VerifiedDeviceList& list, DeviceId device);

}  // namespace sotto::session
