#pragma once

#include "client/timeline_types.h"
#include "wire/privacy.h"

namespace sotto::client {

// What the engine tells of messages beyond their coming, and the answers to the commands of `message_commands.h` and
// `privacy_commands.h`.

/// A message of somebody else is not what it was: edited, deleted, reacted to, starred, or readable at last.
struct MessageChanged {
  TimelineMessage message;

  static constexpr auto describe() {
    return wire::message("MessageChanged", "A message of somebody else is not what it was.",
                         field(1, "message", &MessageChanged::message, "It, as it is now."));
  }
};

/// A line is gone: it expired, or this account deleted it for itself.
struct MessageRemoved {
  ConversationId conversation;
  wire::MessageReference message;
  std::uint64_t seq = 0;

  static constexpr auto describe() {
    return wire::message("MessageRemoved", "A line is gone.",
                         field(1, "conversation", &MessageRemoved::conversation, "Where."),
                         field(2, "message", &MessageRemoved::message, "Which message it was."),
                         field(3, "seq", &MessageRemoved::seq, "Its place in the log; 0 if it was never sent."));
  }
};

/// Answers `read_thread` and `list_starred`.
struct Messages {
  std::vector<TimelineMessage> messages;

  static constexpr auto describe() {
    return wire::message("Messages", "The messages that were asked for.",
                         field(1, "messages", &Messages::messages, at_most(201), "In the order asked for."));
  }
};

struct MessageVersion {
  std::string text;
  UnixMillis written_at;

  static constexpr auto describe() {
    return wire::message("MessageVersion", "What a message said at a time.",
                         field(1, "text", &MessageVersion::text, at_most(wire::max_text_size), "What it said."),
                         field(2, "written_at", &MessageVersion::written_at, "When the server took it."));
  }
};

/// Answers `read_edits`.
struct EditHistory {
  std::vector<MessageVersion> versions;

  static constexpr auto describe() {
    return wire::message("EditHistory", "What a message said, from the first to the present text.",
                         field(1, "versions", &EditHistory::versions, at_most(200), "In order; of more, the last."));
  }
};

struct MemberStatistics {
  AccountId account;
  std::string name;
  std::uint64_t messages = 0;

  static constexpr auto describe() {
    using Self = MemberStatistics;
    return wire::message("MemberStatistics", "How much one member wrote.", field(1, "account", &Self::account, "Who."),
                         field(2, "name", &Self::name, at_most(wire::max_name_size), "Its name, if known."),
                         field(3, "messages", &Self::messages, "Messages of it that are held here."));
  }
};

/// Answers `get_statistics`.
struct Statistics {
  ConversationId conversation;
  std::uint64_t messages = 0;
  std::uint64_t starred = 0;
  UnixMillis first_at;
  UnixMillis last_at;
  std::vector<MemberStatistics> members;

  static constexpr auto describe() {
    using Self = Statistics;
    return wire::message("Statistics", "What this home holds of a conversation.",
                         field(1, "conversation", &Self::conversation, "Of which."),
                         field(2, "messages", &Self::messages, "Messages that can be read."),
                         field(3, "starred", &Self::starred, "Of them, those that this account keeps."),
                         field(4, "first_at", &Self::first_at, "Time of the first; 0 if there is none."),
                         field(5, "last_at", &Self::last_at, "Time of the last."),
                         field(6, "members", &Self::members, at_most(wire::max_members), "Most messages first."));
  }
};

/// Answers `list_application_settings`.
struct ApplicationSettings {
  std::vector<wire::ApplicationSetting> settings;

  static constexpr auto describe() {
    return wire::message("ApplicationSettings", "What applications keep for this account.",
                         field(1, "settings", &ApplicationSettings::settings, at_most(500), "By name."));
  }
};

/// How a conversation is kept changed: its settings, its timer, or what is unread, here or on another device.
struct ConversationChanged {
  ConversationSummary conversation;

  static constexpr auto describe() {
    return wire::message("ConversationChanged", "A conversation is kept differently.",
                         field(1, "conversation", &ConversationChanged::conversation, "It, as it is now."));
  }
};

/// Answers `change_privacy`.
struct PrivacyShown {
  wire::Privacy privacy;

  static constexpr auto describe() {
    return wire::message("PrivacyShown", "What others are shown.",
                         field(1, "privacy", &PrivacyShown::privacy, "All of it."));
  }
};

struct PresenceChanged {
  AccountId account;
  std::string name;
  bool online = false;
  UnixMillis last_seen;

  static constexpr auto describe() {
    using Self = PresenceChanged;
    return wire::message("PresenceChanged", "Whether a watched account is online.",
                         field(1, "account", &Self::account, "Who."),
                         field(2, "name", &Self::name, at_most(wire::max_name_size), "Its name."),
                         field(3, "online", &Self::online, "Has a live stream now."),
                         field(4, "last_seen", &Self::last_seen, "When it last had one; 0 if that is not known."));
  }
};

/// Answers `list_blocked_accounts`.
struct BlockedAccounts {
  std::vector<KnownAccount> accounts;

  static constexpr auto describe() {
    return wire::message("BlockedAccounts", "Whom this account has blocked.",
                         field(1, "accounts", &BlockedAccounts::accounts, at_most(wire::max_members), "In no order."));
  }
};

}  // namespace sotto::client
