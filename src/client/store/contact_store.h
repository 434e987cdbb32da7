#pragma once

#include <optional>
#include <string>

#include "client/store/store_context.h"
#include "client/timeline_types.h"
#include "session/device_list.h"

namespace sotto::client {

/// An identity that the directory showed instead of the verified one.
struct ChangedIdentity {
  Ed25519PublicKey account_key;
  wire::SignedDeviceList device_list;

  static constexpr auto describe() {
    return wire::message("ChangedIdentity", "An identity shown instead of the verified one.",
                         field(1, "account_key", &ChangedIdentity::account_key, "Its account key."),
                         field(2, "device_list", &ChangedIdentity::device_list, "Its device list."));
  }
};

/// What is pinned of an account, the own one included.
struct ContactRecord {
  Ed25519PublicKey account_key;
  wire::SignedDeviceList device_list;
  Verification verification = Verification::unverified;
  /// Set while `verification` is `changed`.
  std::optional<ChangedIdentity> changed;

  static constexpr auto describe() {
    return wire::message("ContactRecord", "What is pinned of an account.",
                         field(1, "account_key", &ContactRecord::account_key, "Its account key."),
                         field(2, "device_list", &ContactRecord::device_list, "The newest list that verified."),
                         field(3, "verification", &ContactRecord::verification, "What is known of it."),
                         field(4, "changed", &ContactRecord::changed, "Set while it is `changed`."));
  }
};

struct Contact {
  AccountId account;
  std::string name;
  ContactRecord record;

  /// The pinned list. It was verified before it was stored, and the vault vouches that it is the same.
  [[nodiscard]] session::VerifiedDeviceList devices() const;
};

/// The table `contacts`. All calls inside a transition.
class ContactStore {
 public:
  explicit ContactStore(const StoreContext& context) : context_(context) {}

  [[nodiscard]] std::optional<Contact> find(AccountId account);
  /// By the name under which the directory showed it last, in lower case.
  [[nodiscard]] std::optional<Contact> find_by_name(std::string_view name);
  /// Only the name; empty if the account is not known.
  [[nodiscard]] std::string name_of(AccountId account);
  void save(const Contact& contact);
  /// Of an account that never came to be.
  void forget(AccountId account);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
