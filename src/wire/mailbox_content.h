#pragma once

#include "wire/backup_content.h"
#include "wire/content.h"
#include "wire/session_message.h"

namespace sotto::wire {

// What one device tells another outside of any conversation: the plaintext of mailbox items.

/// Says that the sender could not open something and has begun the session that carries this message. The peer goes
/// over to that session by opening it; nothing else is to be done.
struct SessionRepair {
  static constexpr auto describe() {
    return message("SessionRepair", "The sender begins a new session because it could not open a message.");
  }
};

/// Gives the recipient the sender's chain in a group, and the group's profile to who does not have it.
struct SenderKeyShare {
  SenderKey key;
  std::optional<GroupProfile> profile;

  static constexpr auto describe() {
    return message("SenderKeyShare", "The sender's chain in a group.",
                   field(1, "key", &SenderKeyShare::key, "The chain."),
                   field(2, "profile", &SenderKeyShare::profile, "For a device that is new in the group."));
  }
};

inline constexpr std::size_t max_resend = 50;

/// Asks for the keys of messages that the sender of this item could not open. Only the device that sent them answers,
/// for its own messages, to the asking device if that is still listed and was entitled to them.
struct ResendRequest {
  ConversationId conversation;
  std::vector<MessageId> messages;

  static constexpr auto describe() {
    return message("ResendRequest", "Asks for keys of own messages once more.",
                   field(1, "conversation", &ResendRequest::conversation, "Where."),
                   field(2, "messages", &ResendRequest::messages, at_most(max_resend), "Which; at least one."));
  }
};

inline constexpr std::size_t max_message_keys = 300;

/// Keys of messages: the sender's own again, or what was written in a group that shares its history before the
/// recipient was added.
struct MessageKeys {
  ConversationId conversation;
  std::vector<MessageKey> keys;

  static constexpr auto describe() {
    return message("MessageKeys", "Keys of messages that the server still holds.",
                   field(1, "conversation", &MessageKeys::conversation, "Where."),
                   field(2, "keys", &MessageKeys::keys, at_most(max_message_keys), "Of which messages."));
  }
};

/// From a device that began a backup to the account's other devices, so that all of them pack and read. From a device
/// of another account it counts for nothing.
struct BackupKeyShare {
  BackupId backup;
  Secret<32> backup_key;
  BackupLock lock = BackupLock::recovery_key;

  static constexpr auto describe() {
    return message("BackupKeyShare", "Makes an own device one that keeps the account's backup.",
                   field(1, "backup", &BackupKeyShare::backup, "Which generation; not zero."),
                   field(2, "backup_key", &BackupKeyShare::backup_key, "Seals its packs."),
                   field(3, "lock", &BackupKeyShare::lock, "What opens its header."));
  }
};

using MailboxContentKind =
    std::variant<std::monostate, SessionRepair, SenderKeyShare, ResendRequest, MessageKeys, BackupKeyShare>;

/// What one device tells another outside of any conversation.
struct MailboxContent {
  std::uint32_t version = 0;
  UnixMillis sent_at;
  MailboxContentKind kind;

  static constexpr auto describe() {
    return message(
        "MailboxContent", "What one device tells another outside of any conversation.",
        field(1, "version", &MailboxContent::version, "1."),
        field(2, "sent_at", &MailboxContent::sent_at, "By the sender's clock."),
        one_of("kind", &MailboxContent::kind, "What it is; a kind that is not known is skipped.",
               alternative<SessionRepair>(3, "session_repair"), alternative<SenderKeyShare>(4, "sender_key_share"),
               alternative<ResendRequest>(5, "resend_request"), alternative<MessageKeys>(6, "message_keys"),
               alternative<BackupKeyShare>(7, "backup_key_share")));
  }
};

}  // namespace sotto::wire
