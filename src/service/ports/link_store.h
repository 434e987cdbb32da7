#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/keys.h"
#include "base/time.h"
#include "wire/link.h"

namespace sotto::service {

/// The two devices of a linking.
enum class LinkSide : std::uint8_t { new_device, linked_device };

/// A linking that is open. Of the claim only the digest is stored.
struct StoredLink {
  LinkId link;
  /// SHA-256 of the new device's claim.
  Sha256Digest claim;
  UnixMillis ends_at;
  /// The signed-in side, once there is one: account and device together.
  std::optional<AccountId> account;
  std::optional<DeviceId> linked_device;
  /// The new device, once the linked one approved it.
  std::optional<DeviceId> approved;
  /// The login that the new device opened last.
  std::optional<LoginId> login;
};

/// Linkings and the boxes that their two sides leave for each other. Called and failing as the stores of `stores.h`.
class LinkStore {
 public:
  virtual ~LinkStore() = default;
  [[nodiscard]] virtual std::optional<StoredLink> find(LinkId link) = 0;
  /// The link must not exist.
  virtual void insert(const StoredLink& link) = 0;
  /// The link must exist; its claim and end do not change.
  virtual void update(const StoredLink& link) = 0;
  [[nodiscard]] virtual std::size_t count() = 0;
  /// Adds a box to those that `from` left. The link must exist.
  virtual void add_box(LinkId link, LinkSide from, const Bytes& box) = 0;
  /// What `from` left, in order.
  [[nodiscard]] virtual std::vector<Bytes> boxes(LinkId link, LinkSide from) = 0;
  /// Removes the links that end at `now` or before, with their boxes; returns how many.
  virtual std::size_t remove_ended(UnixMillis now) = 0;
  /// Removes the links whose signed-in side is this device, with their boxes.
  virtual void remove_device(AccountId account, DeviceId linked_device) = 0;
};

}  // namespace sotto::service
