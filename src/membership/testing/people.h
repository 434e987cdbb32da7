#pragma once

#include <string_view>
#include <vector>

#include "base/random.h"
#include "membership/group.h"
#include "membership/own_event.h"

namespace sotto::membership::testing {

inline constexpr UnixMillis start_of_time{1'700'000'000'000};

/// An account with the devices that sign for it, the first of which acts unless another is named.
class Person {
 public:
  explicit Person(Random& random);

  /// The same account on another machine, as a thief of everything would have it.
  [[nodiscard]] Person copy() const;

  [[nodiscard]] AccountId account() const { return account_; }
  [[nodiscard]] const crypto::Ed25519KeyPair& account_key() const { return account_key_; }
  [[nodiscard]] const wire::SignedDeviceList& device_list() const { return signed_list_; }
  [[nodiscard]] const wire::DeviceList& devices() const { return list_; }

  void add_device(Random& random);
  /// The keys stay, as a thief would have them.
  void drop_device(std::size_t position);

  [[nodiscard]] wire::GroupMember as(wire::Role role) const;
  [[nodiscard]] Actor actor(std::size_t device = 0) const;
  /// Signs with the device that the event names.
  [[nodiscard]] wire::SignedGroupEvent sign(const wire::GroupEvent& event) const;
  /// Signs the next event of `group`.
  [[nodiscard]] wire::SignedGroupEvent change(const Group& group, wire::GroupChange change,
                                              UnixMillis now = start_of_time) const;

 private:
  struct Device {
    DeviceId id;
    crypto::Ed25519KeyPair signing_key;
  };

  Person() = default;

  void publish(std::vector<wire::DeviceRecord> records);

  AccountId account_;
  crypto::Ed25519KeyPair account_key_;
  std::vector<Device> devices_;
  wire::DeviceList list_;
  wire::SignedDeviceList signed_list_;
};

/// Members in ascending order of account.
[[nodiscard]] std::vector<wire::GroupMember> in_order(std::vector<wire::GroupMember> members);
[[nodiscard]] std::vector<AccountId> in_order(std::vector<AccountId> accounts);

/// The first event of a group whose owner signs.
[[nodiscard]] wire::SignedGroupEvent founding(const Person& owner, std::vector<wire::GroupMember> others,
                                              Random& random,
                                              wire::ConversationKind kind = wire::ConversationKind::group);

/// The profile's digest; any octets do.
[[nodiscard]] Sha256Digest profile_named(std::string_view name);

}  // namespace sotto::membership::testing
