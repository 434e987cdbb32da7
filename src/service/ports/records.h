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
};

struct StoredConversation {
  ConversationId conversation;
  std::uint64_t epoch = 0;
  std::uint64_t head = 0;
  UnixMillis last_activity;
  std::vector<wire::Member> members;
};

/// The first answer to a message id, given again to a repeat.
struct StoredReceipt {
  std::uint64_t seq = 0;
  UnixMillis sent_at;
};

}  // namespace sotto::service
