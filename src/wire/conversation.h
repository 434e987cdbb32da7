#pragma once

#include "wire/group.h"

namespace sotto::wire {

/// Opens the direct conversation with an account; both sides get the same one. Its id is the first 16 octets of
/// SHA-256("sotto direct conversation v1" || smaller account id || larger account id).
struct OpenDirect {
  AccountId peer;

  static constexpr auto describe() {
    return message("OpenDirect", "Opens the direct conversation with an account, or returns it.",
                   field(1, "peer", &OpenDirect::peer, "The other account; not one's own."));
  }
};

/// One member of a conversation. Both marks are sequence numbers up to and including which all is delivered or read.
struct Member {
  AccountId account;
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;

  static constexpr auto describe() {
    return message("Member", "A member and how far it has come.", field(1, "account", &Member::account, "Who."),
                   field(2, "delivered", &Member::delivered, "A device of it has opened all up to here."),
                   field(3, "read", &Member::read, "It has read all up to here."));
  }
};

/// A conversation as one of its members is shown it.
struct Conversation {
  ConversationId conversation;
  std::uint64_t epoch = 0;
  std::uint64_t head = 0;
  std::vector<Member> members;
  ConversationKind kind = ConversationKind::direct;
  std::uint64_t log_start = 0;
  std::uint64_t chain_length = 0;
  std::uint32_t member_count = 0;

  static constexpr auto describe() {
    return message("Conversation", "A conversation as the server sees it.",
                   field(1, "conversation", &Conversation::conversation, "Its id."),
                   field(2, "epoch", &Conversation::epoch, "Grows with every change of members or their devices."),
                   field(3, "head", &Conversation::head, "The newest entry's sequence number; 0 when empty."),
                   field(4, "members", &Conversation::members, at_most(max_watched_members),
                         "Everybody in it; of more than 64 only the caller."),
                   field(5, "kind", &Conversation::kind, "What it is."),
                   field(6, "log_start", &Conversation::log_start,
                         "The caller reads entries after this one only: those since it was added."),
                   field(7, "chain_length", &Conversation::chain_length, "Events of its chain; 0 for a direct one."),
                   field(8, "member_count", &Conversation::member_count, "How many are in it."));
  }
};

struct ListConversations {
  static constexpr auto describe() { return message("ListConversations", "Lists the caller's conversations."); }
};

struct Conversations {
  std::vector<Conversation> conversations;

  static constexpr auto describe() {
    return message("Conversations", "The caller's conversations, newest activity first.",
                   field(1, "conversations", &Conversations::conversations, at_most(max_cursors), "All of them."));
  }
};

/// Appends to a conversation. `message` is unique for (conversation, device): a repeat gets the first answer.
struct Send {
  ConversationId conversation;
  std::uint64_t epoch = 0;
  MessageId message;
  Bytes body;
  UnixMillis expires_at = {};

  static constexpr auto describe() {
    return wire::message(
        "Send", "Appends an encrypted message to a conversation.",
        field(1, "conversation", &Send::conversation, "Where."),
        field(2, "epoch", &Send::epoch, "The epoch that the body was encrypted for."),
        field(3, "message", &Send::message, "Chosen by the sender; makes the request repeatable."),
        field(4, "body", &Send::body, at_most(max_body_size), "Opaque to the server; not empty."),
        field(5, "expires_at", &Send::expires_at, "The server drops the body then and keeps the entry; 0 for never."));
  }
};

/// Sent only after the entry is durable.
struct Sent {
  std::uint64_t seq = 0;
  UnixMillis sent_at;

  static constexpr auto describe() {
    return message("Sent", "The entry is stored durably.", field(1, "seq", &Sent::seq, "Its sequence number."),
                   field(2, "sent_at", &Sent::sent_at, "When the server took it."));
  }
};

/// What an entry of a log is.
enum class EntryKind : std::uint8_t { message, group_event };

constexpr auto describe(std::type_identity<EntryKind>) {
  using Value = EnumValue<EntryKind>;
  return enumeration("EntryKind", "What an entry of a log is.",
                     Value{EntryKind::message, "message", "An encrypted message; the body is opaque."},
                     Value{EntryKind::group_event, "group_event", "The body encodes a SignedGroupEvent."});
}

struct LogEntry {
  ConversationId conversation;
  std::uint64_t seq = 0;
  AccountId sender;
  DeviceId sender_device;
  MessageId message;
  UnixMillis sent_at;
  Bytes body;
  EntryKind kind = EntryKind::message;
  UnixMillis expires_at = {};
  bool redacted = false;

  static constexpr auto describe() {
    return wire::message("LogEntry", "One entry of a conversation's log.",
                         field(1, "conversation", &LogEntry::conversation, "Which conversation."),
                         field(2, "seq", &LogEntry::seq, "1, 2, 3 and so on without a gap."),
                         field(3, "sender", &LogEntry::sender, "The sending account."),
                         field(4, "sender_device", &LogEntry::sender_device, "The sending device."),
                         field(5, "message", &LogEntry::message, "The sender's id for it."),
                         field(6, "sent_at", &LogEntry::sent_at, "When the server took it."),
                         field(7, "body", &LogEntry::body, at_most(max_body_size), "As `kind` says."),
                         field(8, "kind", &LogEntry::kind, "What it is."),
                         field(9, "expires_at", &LogEntry::expires_at, "As the sender said; 0 for never."),
                         field(10, "redacted", &LogEntry::redacted,
                               "The body was dropped: it expired, or was redacted. The number stays."));
  }
};

struct ReadLog {
  ConversationId conversation;
  std::uint64_t after = 0;
  std::uint32_t limit = 0;

  static constexpr auto describe() {
    return message("ReadLog", "Reads a conversation's log forward.",
                   field(1, "conversation", &ReadLog::conversation, "Which conversation."),
                   field(2, "after", &ReadLog::after, "The last sequence number already held."),
                   field(3, "limit", &ReadLog::limit, "Entries wanted, 1 to 200; 0 means 200."));
  }
};

struct LogPage {
  std::vector<LogEntry> entries;
  std::uint64_t head = 0;

  static constexpr auto describe() {
    return message("LogPage", "Consecutive entries; more follow while the last is before `head`.",
                   field(1, "entries", &LogPage::entries, at_most(max_page_entries), "Ascending, without a gap."),
                   field(2, "head", &LogPage::head, "The newest entry's sequence number."));
  }
};

/// Drops the bodies of entries: the sender of each, or an administrator of the group, may. Group events stay.
struct Redact {
  ConversationId conversation;
  std::vector<std::uint64_t> seqs;

  static constexpr auto describe() {
    return message("Redact", "Drops the bodies of messages for good.",
                   field(1, "conversation", &Redact::conversation, "Where."),
                   field(2, "seqs", &Redact::seqs, at_most(max_page_entries), "Which entries; at least one."));
  }
};

/// Pushed to the members when bodies are dropped by `redact`.
struct Redacted {
  ConversationId conversation;
  std::vector<std::uint64_t> seqs;

  static constexpr auto describe() {
    return message("Redacted", "Bodies of a conversation were dropped.",
                   field(1, "conversation", &Redacted::conversation, "Where."),
                   field(2, "seqs", &Redacted::seqs, at_most(max_page_entries), "Which entries."));
  }
};

/// Raises the caller's own marks. A mark never falls and never exceeds the head.
struct Mark {
  ConversationId conversation;
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;

  static constexpr auto describe() {
    return message("Mark", "Raises the caller's delivered and read marks.",
                   field(1, "conversation", &Mark::conversation, "Which conversation."),
                   field(2, "delivered", &Mark::delivered, "0 leaves it."),
                   field(3, "read", &Mark::read, "0 leaves it; raises `delivered` too."));
  }
};

/// Pushed to the members when a mark rises, unless there are more than 64. Read marks of who does not share them are
/// shown to the account's own devices only.
struct Marked {
  ConversationId conversation;
  Member member;

  static constexpr auto describe() {
    return message("Marked", "A member's marks rose.", field(1, "conversation", &Marked::conversation, "Where."),
                   field(2, "member", &Marked::member, "Whose, and to where."));
  }
};

struct Cursor {
  ConversationId conversation;
  std::uint64_t seq = 0;

  static constexpr auto describe() {
    return message("Cursor", "How far a device has read a log.",
                   field(1, "conversation", &Cursor::conversation, "Which log."),
                   field(2, "seq", &Cursor::seq, "The last sequence number held."));
  }
};

/// Makes a stream live and catches it up in one round trip.
struct Resume {
  std::vector<Cursor> cursors;

  static constexpr auto describe() {
    return message("Resume", "Starts live pushes and tells what the device has missed.",
                   field(1, "cursors", &Resume::cursors, at_most(max_cursors),
                         "The caller's cursors; a conversation not named counts from 0."));
  }
};

struct Resumed {
  std::vector<Conversation> conversations;
  std::vector<LogEntry> entries;
  std::uint64_t mailbox_items = 0;

  static constexpr auto describe() {
    return message("Resumed", "The state of every conversation, and the first of what was missed.",
                   field(1, "conversations", &Resumed::conversations, at_most(max_cursors), "All of the caller's."),
                   field(2, "entries", &Resumed::entries, at_most(max_page_entries),
                         "Missed entries, consecutive within each conversation, as many as fit a page."),
                   field(3, "mailbox_items", &Resumed::mailbox_items, "Items waiting in the device's mailbox."));
  }
};

/// Tells the other members that the caller types. Never stored; lasts 3 seconds.
struct SetTyping {
  ConversationId conversation;
  bool typing = false;

  static constexpr auto describe() {
    return message("SetTyping", "Tells the other members whether the caller is typing.",
                   field(1, "conversation", &SetTyping::conversation, "Where."),
                   field(2, "typing", &SetTyping::typing, "Started or stopped."));
  }
};

struct Typing {
  ConversationId conversation;
  AccountId account;
  bool typing = false;

  static constexpr auto describe() {
    return message("Typing", "A member started or stopped typing.",
                   field(1, "conversation", &Typing::conversation, "Where."),
                   field(2, "account", &Typing::account, "Who."),
                   field(3, "typing", &Typing::typing, "Started or stopped; stops by itself after 3 seconds."));
  }
};

/// Pushed to the members when the epoch rises.
struct EpochRaised {
  ConversationId conversation;
  std::uint64_t epoch = 0;
  AccountId account;

  static constexpr auto describe() {
    return message("EpochRaised", "Members or devices of a conversation changed.",
                   field(1, "conversation", &EpochRaised::conversation, "Where."),
                   field(2, "epoch", &EpochRaised::epoch, "The new epoch."),
                   field(3, "account", &EpochRaised::account, "Whose devices changed."));
  }
};

}  // namespace sotto::wire
