#include "service/passwords.h"

#include "base/text_encoding.h"

namespace sotto::service {
namespace {

std::string unpadded_base64(ByteView octets) {
  std::string text = to_base64(octets);
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

/// Of the form of a hash at this cost, but of random octets, so that no password belongs to it.
std::string random_hash(crypto::Argon2idCost cost, Random& random) {
  ByteArray<16> salt{};
  ByteArray<32> hash{};
  random.fill(salt);
  random.fill(hash);
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) +
         ",p=" + std::to_string(cost.lanes) + "$" + unpadded_base64(salt) + "$" + unpadded_base64(hash);
}

Refusal wrong_password(std::optional<AccountId> account, UnixMillis now) {
  Refusal refusal = refuse(wire::ErrorCode::wrong_credentials, "no account has this name and password").error();
  refusal.events.push_back({.kind = SecurityEventKind::sign_in_failed,
                            .at = now,
                            .account = account,
                            .device = std::nullopt,
                            .login = std::nullopt,
                            .address = {}});
  return refusal;
}

}  // namespace

Passwords::Passwords(crypto::Argon2idCost cost, Random& random)
    : cost_(cost), nobodys_hash_(random_hash(cost, random)) {}

PasswordTask Passwords::compare_with(const StoredAccount* account) const {
  PasswordTask task;
  task.kind_ = PasswordTask::Kind::compare;
  task.stored_hash_ = account != nullptr ? account->password_hash : nobodys_hash_;
  if (account != nullptr) task.account_ = account->account;
  return task;
}

std::expected<PasswordProof, Refusal> Passwords::prove(const PasswordTask& task, std::string_view password,
                                                       const Moment& moment) const {
  PasswordProof proof;
  const bool compares = task.kind_ == PasswordTask::Kind::compare;
  if (compares) {
    if (!crypto::verify_password(task.stored_hash_, as_bytes(password)) || !task.account_) {
      return std::unexpected(wrong_password(task.account_, moment.now));
    }
    proof.account_ = task.account_;
    proof.compared_hash_ = task.stored_hash_;
    if (!crypto::needs_rehash(task.stored_hash_, cost_)) return proof;
  }
  auto hash = crypto::hash_password(as_bytes(password), cost_, moment.random);
  if (!hash) return refuse(wire::ErrorCode::unavailable, "no memory to hash a password; try again");
  proof.new_hash_ = *std::move(hash);
  return proof;
}

bool Passwords::accept(UnitOfWork& unit, const StoredAccount& account, const PasswordProof& proof) {
  if (proof.account_ != account.account || proof.compared_hash_ != account.password_hash) return false;
  if (proof.new_hash_) unit.accounts().replace_password_hash(account.account, *proof.new_hash_);
  return true;
}

}  // namespace sotto::service
