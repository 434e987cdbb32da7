#include "session/safety_number.h"

#include <algorithm>

#include "crypto/hash.h"
#include "session/labels.h"

namespace sotto::session {
namespace {

constexpr int iterations = 5'200;
constexpr std::uint8_t code_version = 1;
constexpr std::size_t fingerprint_size = AccountId::size + Ed25519PublicKey::size;
constexpr std::size_t code_size = 1 + 2 * fingerprint_size;

Bytes octets_of(const AccountFingerprint& fingerprint) {
  Bytes out;
  append(out, fingerprint.account.view());
  append(out, fingerprint.account_key.view());
  return out;
}

/// Five digits, the big-endian value of five octets modulo 100,000.
std::string five_digits(ByteView octets) {
  std::uint64_t value = 0;
  for (const std::uint8_t octet : octets) value = value << 8 | octet;
  std::string digits = std::to_string(value % 100'000);
  return std::string(5 - digits.size(), '0') + digits;
}

std::string thirty_digits(const AccountFingerprint& fingerprint) {
  Bytes hashed;
  append(hashed, as_bytes(label::safety_number));
  append(hashed, octets_of(fingerprint));
  for (int round = 0; round < iterations; ++round) {
    append(hashed, fingerprint.account_key.view());
    const Sha512Digest digest = crypto::sha512(hashed);
    hashed.assign(digest.bytes.begin(), digest.bytes.end());
  }
  std::string digits;
  for (std::size_t group = 0; group < 6; ++group) digits += five_digits(ByteView(hashed).subspan(group * 5, 5));
  return digits;
}

AccountFingerprint fingerprint_at(ByteView octets) {
  AccountFingerprint fingerprint;
  std::ranges::copy(octets.first(AccountId::size), fingerprint.account.bytes.begin());
  std::ranges::copy(octets.subspan(AccountId::size, Ed25519PublicKey::size), fingerprint.account_key.bytes.begin());
  return fingerprint;
}

}  // namespace

std::string safety_number(const AccountPair& accounts) {
  const std::string own = thirty_digits(accounts.own);
  const std::string peer = thirty_digits(accounts.peer);
  return own < peer ? own + peer : peer + own;
}

std::string in_groups(const std::string& safety_number) {
  std::string grouped;
  for (std::size_t position = 0; position < safety_number.size(); position += 5) {
    if (position > 0) grouped += ' ';
    grouped += safety_number.substr(position, 5);
  }
  return grouped;
}

Bytes safety_code(const AccountPair& accounts) {
  Bytes code{code_version};
  append(code, octets_of(accounts.own));
  append(code, octets_of(accounts.peer));
  return code;
}

std::expected<void, SafetyCodeError> compare_safety_code(const AccountPair& accounts, ByteView scanned) {
  if (scanned.empty()) return std::unexpected(SafetyCodeError::malformed);
  if (scanned[0] > code_version) return std::unexpected(SafetyCodeError::unsupported_version);
  if (scanned[0] != code_version || scanned.size() != code_size) return std::unexpected(SafetyCodeError::malformed);
  // The peer's own end is this side's peer.
  const AccountFingerprint theirs = fingerprint_at(scanned.subspan(1, fingerprint_size));
  const AccountFingerprint ours = fingerprint_at(scanned.subspan(1 + fingerprint_size));
  if (theirs.account != accounts.peer.account || ours.account != accounts.own.account) {
    return std::unexpected(SafetyCodeError::other_accounts);
  }
  if (theirs != accounts.peer || ours != accounts.own) return std::unexpected(SafetyCodeError::keys_differ);
  return {};
}

}  // namespace sotto::session
