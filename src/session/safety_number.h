#pragma once

#include <expected>
#include <string>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/keys.h"

namespace sotto::session {

// How two people make sure that no server stands between them (design section 5).

struct AccountFingerprint {
  AccountId account;
  Ed25519PublicKey account_key;

  friend bool operator==(const AccountFingerprint&, const AccountFingerprint&) = default;
};

/// The two ends as one of them sees them.
struct AccountPair {
  AccountFingerprint own;
  AccountFingerprint peer;
};

/// 60 decimal digits, the same on both sides: 30 for each account, the smaller 30 first. Each 30 are six times five
/// digits of SHA-512 iterated 5,200 times over "sotto safety number v1", account id and key (after Signal's numeric
/// fingerprint).
[[nodiscard]] std::string safety_number(const AccountPair& accounts);

/// The number as people read it: twelve groups of five with single spaces.
[[nodiscard]] std::string in_groups(const std::string& safety_number);

/// What the QR code holds: one octet of version (1), own account id and key, the peer's account id and key. 97 octets.
[[nodiscard]] Bytes safety_code(const AccountPair& accounts);

enum class SafetyCodeError : std::uint8_t {
  /// Not a safety code at all.
  malformed,
  /// Made by a newer version.
  unsupported_version,
  /// The code belongs to another pair of accounts: perhaps another contact was scanned.
  other_accounts,
  /// The accounts are right and a key differs: somebody stands between, or an account was made anew.
  keys_differ,
};

/// Checks the code that the peer shows against what this side knows.
[[nodiscard]] std::expected<void, SafetyCodeError> compare_safety_code(const AccountPair& accounts, ByteView scanned);

}  // namespace sotto::session
