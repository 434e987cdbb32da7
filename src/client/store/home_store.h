#pragma once

#include <optional>
#include <string>

#include "client/events.h"
#include "client/store/store_context.h"
#include "session/stored_state.h"
#include "wire/account.h"

namespace sotto::client {

/// Who this home is. Ids are zero while `state` is `empty`.
struct Home {
  LoginState state = LoginState::empty;
  std::string name;
  AccountId account;
  DeviceId device;
  Ed25519PublicKey account_key;
  LoginId login;
  /// Server's clock minus this device's, in milliseconds.
  std::int64_t clock_skew = 0;
};

/// The tokens of the present login, with the time of expiry by the server's clock.
struct StoredTokens {
  SecretBuffer access_token;
  SecretBuffer refresh_token;
  UnixMillis access_expires_at;

  static constexpr auto describe() {
    return wire::message(
        "StoredTokens", "The tokens of the present login.",
        field(1, "access_token", &StoredTokens::access_token, at_most(wire::max_token_size), "Shown to the server."),
        field(2, "refresh_token", &StoredTokens::refresh_token, at_most(wire::max_token_size), "Exchanged for new."),
        field(3, "access_expires_at", &StoredTokens::access_expires_at, "By the server's clock."));
  }
};

/// How far the device's mailbox was read and acknowledged.
struct MailboxCursors {
  std::uint64_t read = 0;
  std::uint64_t acknowledged = 0;
};

/// The table `home`: one row. All calls inside a transition.
class HomeStore {
 public:
  explicit HomeStore(const StoreContext& context) : context_(context) {}

  [[nodiscard]] Home load();

  /// What a registration made: kept until the server confirmed it, so that it can be repeated identically.
  struct NewAccount {
    const session::AccountIdentity& identity;
    const session::LocalDevice& device;
    const session::PrivatePrekeys& prekeys;
    /// Without the password.
    const wire::Register& request;
  };
  void begin_registration(const NewAccount& account);
  [[nodiscard]] std::optional<wire::Register> registration();
  void forget_registration();

  /// A device that another one took in, or that a backup gave its account back.
  struct JoinedDevice {
    const session::AccountIdentity& identity;
    const session::LocalDevice& device;
    const session::PrivatePrekeys& prekeys;
    const std::string& name;
  };
  /// The home is this device now, without a login.
  void join(const JoinedDevice& joined);
  /// The account has no backup that would bring its history: what is in the logs already was never for this device.
  /// Holds until the logs' ends are known.
  void begin_at_linking();
  void linking_ends_are_known();
  [[nodiscard]] bool begins_at_linking();
  /// The account's own key pair; only for a home that is not `empty`.
  [[nodiscard]] session::AccountIdentity identity();

  /// The home's account has a login now; a registration that was under way is over.
  void sign_in(LoginId login, const StoredTokens& tokens);
  void replace_tokens(const StoredTokens& tokens);
  void sign_out();
  /// Nothing when logged out.
  [[nodiscard]] std::optional<StoredTokens> tokens();

  [[nodiscard]] UnixMillis refresh_lease_until();
  void set_refresh_lease(UnixMillis until);
  void set_clock_skew(std::int64_t milliseconds);

  /// Only for a home that is not `empty`.
  [[nodiscard]] session::LocalDevice device();
  [[nodiscard]] session::PrivatePrekeys prekeys();
  void save_prekeys(const session::PrivatePrekeys& prekeys);
  [[nodiscard]] UnixMillis next_rotation();
  [[nodiscard]] UnixMillis stock_checked_at();
  void set_stock_checked_at(UnixMillis now);

  [[nodiscard]] MailboxCursors mailbox();
  void set_mailbox(MailboxCursors cursors);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
