#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/keys.h"
#include "base/time.h"
#include "wire/conversation.h"
#include "wire/mailbox.h"
#include "wire/prekeys.h"

namespace sotto::service {

// What the server keeps, as plain values. No layout of any database shows here.

struct StoredAccount {
  AccountId account;
  /// In lower case, unique.
  std::string name;
  /// libsodium's `crypto_pwhash_str` form of Argon2id.
  std::string password_hash;
  Ed25519PublicKey account_key;
  wire::SignedDeviceList device_list;
  /// Version inside `device_list`.
  std::uint64_t device_list_version = 0;
  UnixMillis created_at;
};

/// What a login may do: everything, or only restore a backup (`wire::Recover`).
enum class LoginScope : std::uint8_t { full, recovery };

/// A login and the hashes of its refresh tokens; the tokens themselves are never stored.
struct StoredLogin {
  LoginId login;
  AccountId account;
  DeviceId device;
  /// SHA-256 of the refresh token that was issued last and not yet shown.
  Sha256Digest current_token;
  /// SHA-256 of the token that was exchanged for `current_token`, which may be shown again until that is used.
  std::optional<Sha256Digest> previous_token;
  UnixMillis created_at;
  UnixMillis last_used_at;
  LoginScope scope = LoginScope::full;
};

/// A conversation without its members.
struct StoredConversation {
  ConversationId conversation;
  wire::ConversationKind kind = wire::ConversationKind::direct;
  std::uint64_t epoch = 0;
  std::uint64_t head = 0;
  UnixMillis last_activity;
  /// Events of its membership chain; 0 for a direct one.
  std::uint64_t chain_length = 0;
  /// Nothing is sent or changed any more.
  bool closed = false;
  /// How many are in it now.
  std::uint32_t member_count = 0;
};

/// Up to where somebody who left a group may read.
struct Departure {
  /// The entry of its log that removed the member.
  std::uint64_t seq = 0;
  /// The number of that event.
  std::uint64_t chain_length = 0;

  friend bool operator==(const Departure&, const Departure&) = default;
};

/// Somebody who is in a conversation, or was.
struct StoredMember {
  AccountId account;
  /// Of a direct conversation always `member`.
  wire::Role role = wire::Role::member;
  /// It reads the entries after this one.
  std::uint64_t log_start = 0;
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;
  /// Set if it is no member any more.
  std::optional<Departure> departure = std::nullopt;

  friend bool operator==(const StoredMember&, const StoredMember&) = default;
};

/// A conversation and one of its members.
struct StoredMembership {
  StoredConversation conversation;
  StoredMember member;
};

/// What the server may tell of an entry without its body.
struct EntryOutline {
  std::uint64_t seq = 0;
  AccountId sender;
  wire::EntryKind kind = wire::EntryKind::message;
  bool redacted = false;
};

/// The first answer to a message id, given again to a repeat.
struct StoredReceipt {
  std::uint64_t seq = 0;
  UnixMillis sent_at;
};

}  // namespace sotto::service
