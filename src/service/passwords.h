#pragma once

#include <optional>
#include <string>

#include "crypto/argon2id.h"
#include "service/context.h"

namespace sotto::service {

/// What the password pool has to find out: the hash of a new account's password, or whether a password belongs to a
/// stored hash. For an unknown name it holds a hash of the same cost that no password belongs to, so that neither the
/// answer nor its time tells that the name is unknown.
class PasswordTask {
 private:
  friend class AccountReset;
  friend class Recovery;
  friend class Registration;
  friend class SigningIn;
  friend class Passwords;
  enum class Kind : std::uint8_t { hash, compare };
  Kind kind_ = Kind::hash;
  std::string stored_hash_;
  std::optional<AccountId> account_;
};

/// That the pool has done its task and the password was right.
class PasswordProof {
 private:
  friend class AccountReset;
  friend class Recovery;
  friend class Registration;
  friend class SigningIn;
  friend class Passwords;
  /// The account whose hash was compared; absent for a new one.
  std::optional<AccountId> account_;
  /// The hash that the password was compared with; empty for a new account.
  std::string compared_hash_;
  /// To be stored: the new account's, or one of today's cost for an account whose hash is of another cost.
  std::optional<std::string> new_hash_;
};

/// Argon2id, away from the units of work. Immutable; may be used from any thread.
class Passwords {
 public:
  /// `random` makes the hash that stands in for unknown names; it is borrowed for this call only.
  Passwords(crypto::Argon2idCost cost, Random& random);

  /// Takes the time and memory of one or two hashes; call it on the password pool, of which the gateway caps the size.
  [[nodiscard]] std::expected<PasswordProof, Refusal> prove(const PasswordTask& task, std::string_view password,
                                                            const Moment& moment) const;

  /// What an unknown name's password is compared with.
  [[nodiscard]] const std::string& nobodys_hash() const { return nobodys_hash_; }

 private:
  friend class AccountReset;
  friend class Recovery;
  friend class Registration;
  friend class SigningIn;
  [[nodiscard]] PasswordTask compare_with(const StoredAccount* account) const;
  /// Whether the proof was made for this account and its password is still the same; then stores a hash of today's
  /// cost if there is one.
  [[nodiscard]] static bool accept(UnitOfWork& unit, const StoredAccount& account, const PasswordProof& proof);

  crypto::Argon2idCost cost_;
  std::string nobodys_hash_;
};

}  // namespace sotto::service
