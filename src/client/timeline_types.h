#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/keys.h"
#include "base/time.h"
#include "client/client_error.h"
#include "wire/content.h"
#include "wire/limits.h"

namespace sotto::client {

using wire::at_most;
using wire::field;

/// What a conversation is to its user.
enum class ConversationKind : std::uint8_t { direct, self, group, channel };

constexpr auto describe(std::type_identity<ConversationKind>) {
  using enum ConversationKind;
  using Value = wire::EnumValue<ConversationKind>;
  return wire::enumeration("ConversationKind", "What a conversation is.",
                           Value{direct, "direct", "With one other account."},
                           Value{self, "self", "The account's own: notes, and what its devices tell one another."},
                           Value{group, "group", "Members write."},
                           Value{channel, "channel", "Owners and administrators write, everybody reads."});
}

/// How far a message has come. For messages of others it is `received` or `undecryptable`.
enum class MessageState : std::uint8_t { pending, sent, delivered, read, failed, received, undecryptable };

constexpr auto describe(std::type_identity<MessageState>) {
  using enum MessageState;
  using Value = wire::EnumValue<MessageState>;
  return wire::enumeration("MessageState", "How far a message has come.",
                           Value{pending, "pending", "Own; waits in the outbox of this device."},
                           Value{sent, "sent", "Own; the server has it durably."},
                           Value{delivered, "delivered", "Own; a device of the other side has opened it."},
                           Value{read, "read", "Own; the other side has read it."},
                           Value{failed, "failed", "Own; it will not be sent, `reason` says why."},
                           Value{received, "received", "From somebody else, opened and authentic."},
                           Value{undecryptable, "undecryptable", "It cannot be shown, `cause` says why."});
}

/// Why an entry of the log cannot be shown. `none` for all that can.
enum class UndecryptableCause : std::uint8_t {
  none,
  no_session,
  key_used_up,
  tampered,
  not_for_this_device,
  sender_unknown,
  wrong_place,
  repeated,
  reordered,
  unsupported,
  sent_before_restore,
  removed,
  sender_key_missing,
  forked,
  unanswered,
  history_key_missing,
  not_shared,
};

constexpr auto describe(std::type_identity<UndecryptableCause>) {
  using enum UndecryptableCause;
  using Value = wire::EnumValue<UndecryptableCause>;
  return wire::enumeration(
      "UndecryptableCause", "Why an entry of the log cannot be shown.", Value{none, "none", "It can be shown."},
      Value{no_session, "no_session", "The two devices' session was lost; its key is asked for over a new one."},
      Value{key_used_up, "key_used_up", "Its key was used or discarded before, and is asked for again."},
      Value{tampered, "tampered", "It was altered on the way, or is garbage."},
      Value{not_for_this_device, "not_for_this_device", "It was encrypted before this device was added."},
      Value{sender_unknown, "sender_unknown", "It names a sending device that its account does not vouch for."},
      Value{wrong_place, "wrong_place", "It was written for another conversation or under another id."},
      Value{repeated, "repeated", "The server delivered the same message a second time."},
      Value{reordered, "reordered", "The server delivered it after a message that its device sent later."},
      Value{unsupported, "unsupported", "It needs a newer version of this program."},
      Value{sent_before_restore, "sent_before_restore", "Sent by this device, whose data were later put back."},
      Value{removed, "removed", "The server no longer holds it, and this device had not read it."},
      Value{sender_key_missing, "sender_key_missing", "The key of its sender's chain has not come yet."},
      Value{forked, "forked", "Its sender saw another membership of the group than this device."},
      Value{unanswered, "unanswered", "The device that sent it did not give its key again."},
      Value{history_key_missing, "history_key_missing",
            "Written before this account came to the group; its key has not come yet."},
      Value{not_shared, "not_shared", "Written before this account came to the group; its key was not shared."});
}

/// Whether something that cannot be shown may yet become readable by itself.
enum class Readability : std::uint8_t { readable, waiting, no_access };

constexpr auto describe(std::type_identity<Readability>) {
  using enum Readability;
  using Value = wire::EnumValue<Readability>;
  return wire::enumeration("Readability", "Whether a line can be read.", Value{readable, "readable", "It can."},
                           Value{waiting, "waiting", "Waiting for this message: it repairs itself."},
                           Value{no_access, "no_access", "This account's device has no access to it, for good."});
}

/// In which of the two states the cause leaves a line.
[[nodiscard]] constexpr Readability readability_of(UndecryptableCause cause) {
  switch (cause) {
    case UndecryptableCause::none:
      return Readability::readable;
    case UndecryptableCause::no_session:
    case UndecryptableCause::key_used_up:
    case UndecryptableCause::sender_key_missing:
    case UndecryptableCause::history_key_missing:
      return Readability::waiting;
    default:
      return Readability::no_access;
  }
}

/// What a line is.
enum class LineKind : std::uint8_t {
  text,
  typed,
  timer_change,
  group_profile,
  group_event,
  unsupported,
  deleted,
  direct_profile,
};

constexpr auto describe(std::type_identity<LineKind>) {
  using enum LineKind;
  using Value = wire::EnumValue<LineKind>;
  return wire::enumeration("LineKind", "What a line is.", Value{text, "text", "Something written; Markdown."},
                           Value{typed, "typed", "A message of a kind of its own; the text is its fallback."},
                           Value{timer_change, "timer_change", "The time for which messages stay was changed."},
                           Value{group_profile, "group_profile", "What the group is called was changed."},
                           Value{group_event, "group_event", "Members, roles or policies were changed."},
                           Value{unsupported, "unsupported", "A kind that this version does not know."},
                           Value{deleted, "deleted", "It was deleted for everyone."},
                           Value{direct_profile, "direct_profile",
                                 "What a direct conversation is about was changed; the text is the subject."});
}

inline constexpr std::size_t max_shown_reactions = 64;
inline constexpr std::size_t max_shown_reactors = 64;

/// One kind of reaction to a message and who chose it.
struct ShownReaction {
  std::string emoji;
  std::uint32_t count = 0;
  bool own = false;
  std::vector<AccountId> accounts;

  static constexpr auto describe() {
    using Self = ShownReaction;
    return wire::message("ShownReaction", "One kind of reaction to a message.",
                         field(1, "emoji", &Self::emoji, at_most(wire::max_emoji_size), "Which."),
                         field(2, "count", &Self::count, "How many accounts chose it."),
                         field(3, "own", &Self::own, "Whether this account did."),
                         field(4, "accounts", &Self::accounts, at_most(max_shown_reactors), "The first of them."));
  }
};

/// What an event of a group was.
enum class GroupChange : std::uint8_t {
  created,
  members_added,
  members_removed,
  left,
  role_changed,
  profile_changed,
  policies_changed,
  invitation_created,
  invitation_revoked,
  joined,
  closed,
};

constexpr auto describe(std::type_identity<GroupChange>) {
  using enum GroupChange;
  using Value = wire::EnumValue<GroupChange>;
  return wire::enumeration(
      "GroupChange", "What an event of a group was.", Value{created, "created", "The group began."},
      Value{members_added, "members_added", "`accounts` were added."},
      Value{members_removed, "members_removed", "`accounts` were removed."}, Value{left, "left", "Its actor left."},
      Value{role_changed, "role_changed", "`accounts` became `role`."},
      Value{profile_changed, "profile_changed", "What the group is called was changed."},
      Value{policies_changed, "policies_changed", "What holds was changed, to `policies`."},
      Value{invitation_created, "invitation_created", "An invitation was made."},
      Value{invitation_revoked, "invitation_revoked", "An invitation was revoked."},
      Value{joined, "joined", "Its actor joined by invitation."}, Value{closed, "closed", "The group was closed."});
}

/// An account as far as this device knows it.
struct KnownAccount {
  AccountId account;
  std::string name;

  static constexpr auto describe() {
    return wire::message("KnownAccount", "An account.", field(1, "account", &KnownAccount::account, "Its id."),
                         field(2, "name", &KnownAccount::name, at_most(wire::max_name_size), "Its name, if known."));
  }
};

inline constexpr std::size_t max_shown_accounts = 8;

/// An event of a group, for a user interface to put into words of its own.
struct ShownGroupEvent {
  GroupChange change = GroupChange::created;
  KnownAccount actor;
  std::vector<KnownAccount> accounts;
  std::uint32_t more = 0;
  std::optional<wire::Role> role;
  std::optional<wire::GroupPolicies> policies;

  static constexpr auto describe() {
    using Self = ShownGroupEvent;
    return wire::message("ShownGroupEvent", "An event of a group.", field(1, "change", &Self::change, "What happened."),
                         field(2, "actor", &Self::actor, "Who did it."),
                         field(3, "accounts", &Self::accounts, at_most(max_shown_accounts), "To whom."),
                         field(4, "more", &Self::more, "To how many others besides."),
                         field(5, "role", &Self::role, "Of a changed role: the new one."),
                         field(6, "policies", &Self::policies, "Of changed policies: the new ones."));
  }
};

inline constexpr std::size_t max_quote_size = 160;

/// What a reply answers, as far as this device can show it.
struct QuotedMessage {
  std::string sender_name;
  bool own = false;
  std::string text;

  static constexpr auto describe() {
    using Self = QuotedMessage;
    return wire::message("QuotedMessage", "What a reply answers.",
                         field(1, "sender_name", &Self::sender_name, at_most(wire::max_name_size), "Who wrote it."),
                         field(2, "own", &Self::own, "Whether this account did."),
                         field(3, "text", &Self::text, at_most(max_quote_size),
                               "How it begins, on one line; empty if it cannot be shown or was deleted."));
  }
};

/// One line of a conversation.
struct TimelineMessage {
  ConversationId conversation;
  std::uint64_t seq = 0;
  MessageId message;
  AccountId sender;
  std::string sender_name;
  bool own = false;
  MessageState state = MessageState::pending;
  UndecryptableCause cause = UndecryptableCause::none;
  std::string text;
  UnixMillis sent_at;
  std::string reason;
  DeviceId sender_device = {};
  LineKind kind = LineKind::text;
  Readability readability = Readability::readable;
  std::string type = {};
  std::string data = {};
  std::optional<wire::MessageReference> reply_to = std::nullopt;
  std::optional<wire::MessageReference> thread = std::nullopt;
  std::vector<AccountId> mentions = {};
  bool forwarded = false;
  std::uint32_t edits = 0;
  std::vector<ShownReaction> reactions = {};
  bool starred = false;
  UnixMillis expires_at = {};
  std::uint64_t timer_ms = 0;
  UnixMillis not_before = {};
  std::optional<QuotedMessage> quoted = std::nullopt;
  std::optional<ShownGroupEvent> group_event = std::nullopt;
  std::uint32_t replies = 0;
  ClientErrorCode failure = ClientErrorCode::none;

  static constexpr auto describe() {
    return wire::message(
        "TimelineMessage", "One line of a conversation.",
        field(1, "conversation", &TimelineMessage::conversation, "Where."),
        field(2, "seq", &TimelineMessage::seq, "Its place in the log; 0 until the server has it."),
        field(3, "message", &TimelineMessage::message, "Its id, chosen by the sender."),
        field(4, "sender", &TimelineMessage::sender, "The sending account."),
        field(5, "sender_name", &TimelineMessage::sender_name, at_most(wire::max_name_size), "Its name, if known."),
        field(6, "own", &TimelineMessage::own, "Whether the sender is this account."),
        field(7, "state", &TimelineMessage::state, "How far it has come."),
        field(8, "cause", &TimelineMessage::cause, "Set if it is `undecryptable`."),
        field(9, "text", &TimelineMessage::text, at_most(wire::max_text_size), "Empty if it is `undecryptable`."),
        field(10, "sent_at", &TimelineMessage::sent_at, "When the server took it; while pending, when it was written."),
        field(11, "reason", &TimelineMessage::reason, at_most(512),
              "English, for people: why it is `failed`, `undecryptable`, or still held back. Else empty."),
        field(12, "sender_device", &TimelineMessage::sender_device, "The sending device; names it in a reference."),
        field(13, "kind", &TimelineMessage::kind, "What it is."),
        field(14, "readability", &TimelineMessage::readability, "Whether it may yet become readable."),
        field(15, "type", &TimelineMessage::type, at_most(64), "Of a typed message."),
        field(16, "data", &TimelineMessage::data, at_most(wire::max_typed_size), "Of a typed message: JSON."),
        field(17, "reply_to", &TimelineMessage::reply_to, "The message that it answers."),
        field(18, "thread", &TimelineMessage::thread, "The first message of its thread."),
        field(19, "mentions", &TimelineMessage::mentions, at_most(wire::max_mentions), "Whom the text names."),
        field(20, "forwarded", &TimelineMessage::forwarded, "Written elsewhere first."),
        field(21, "edits", &TimelineMessage::edits, "How often its author changed it; `read_edits` shows them."),
        field(22, "reactions", &TimelineMessage::reactions, at_most(max_shown_reactions), "In order of arrival."),
        field(23, "starred", &TimelineMessage::starred, "Whether this account keeps it to find it again."),
        field(24, "expires_at", &TimelineMessage::expires_at, "When it is deleted everywhere; 0 for never."),
        field(25, "timer_ms", &TimelineMessage::timer_ms, "Of a change of the timer: how long messages stay; 0 ever."),
        field(26, "not_before", &TimelineMessage::not_before, "While pending: when it is to be sent; 0 for now."),
        field(27, "quoted", &TimelineMessage::quoted, "Of a reply: what it answers; absent if that is not here."),
        field(28, "group_event", &TimelineMessage::group_event, "Of a group_event: what `text` says in English."),
        field(29, "replies", &TimelineMessage::replies, "How many messages its thread has besides it."),
        field(30, "failure", &TimelineMessage::failure, "Set if it is `failed` or held back; `reason` explains it."));
  }
};

/// What is known of a contact's identity.
enum class Verification : std::uint8_t { unverified, verified, changed };

constexpr auto describe(std::type_identity<Verification>) {
  using enum Verification;
  using Value = wire::EnumValue<Verification>;
  return wire::enumeration("Verification", "What is known of a contact's identity.",
                           Value{unverified, "unverified", "Taken as first seen; nobody compared safety numbers."},
                           Value{verified, "verified", "The user compared safety numbers."},
                           Value{changed, "changed", "Was verified, then changed: nothing is sent until decided."});
}

/// One line of the conversation list.
struct ConversationSummary {
  ConversationId conversation;
  AccountId peer;
  std::string peer_name;
  Verification verification = Verification::unverified;
  std::uint64_t head = 0;
  std::uint64_t unread = 0;
  std::uint64_t pending = 0;
  UnixMillis last_activity;
  std::optional<TimelineMessage> last_message;
  ConversationKind kind = ConversationKind::direct;
  UnixMillis muted_until = {};
  bool pinned = false;
  bool archived = false;
  bool marked_unread = false;
  std::string draft;
  std::uint64_t timer_ms = 0;
  std::string title;
  std::string subject;
  std::string context;
  UnixMillis reported_at = {};
  bool deleted = false;

  static constexpr auto describe() {
    return wire::message(
        "ConversationSummary", "One line of the conversation list.",
        field(1, "conversation", &ConversationSummary::conversation, "Its id."),
        field(2, "peer", &ConversationSummary::peer, "The other account."),
        field(3, "peer_name", &ConversationSummary::peer_name, at_most(wire::max_name_size), "Its name, if known."),
        field(4, "verification", &ConversationSummary::verification, "What is known of the peer's identity."),
        field(5, "head", &ConversationSummary::head, "The newest entry that this device has dealt with."),
        field(6, "unread", &ConversationSummary::unread, "Messages of the peer that are not marked read."),
        field(7, "pending", &ConversationSummary::pending, "Own messages still in the outbox."),
        field(8, "last_activity", &ConversationSummary::last_activity, "Time of the last message."),
        field(9, "last_message", &ConversationSummary::last_message, "Absent while there is none."),
        field(10, "kind", &ConversationSummary::kind, "What it is."),
        field(11, "muted_until", &ConversationSummary::muted_until, "0 for not muted."),
        field(12, "pinned", &ConversationSummary::pinned, "Kept at the top of the list."),
        field(13, "archived", &ConversationSummary::archived, "Out of the list until something comes."),
        field(14, "marked_unread", &ConversationSummary::marked_unread, "Shown as unread although it is not."),
        field(15, "draft", &ConversationSummary::draft, at_most(wire::max_text_size), "Not sent yet."),
        field(16, "timer_ms", &ConversationSummary::timer_ms, "How long its messages stay; 0 for ever."),
        field(17, "title", &ConversationSummary::title, at_most(wire::max_group_name_size), "Of a group: its name."),
        field(18, "subject", &ConversationSummary::subject, at_most(wire::max_subject_size), "What it is about."),
        field(19, "context", &ConversationSummary::context, at_most(wire::max_subject_size),
              "What it belongs to elsewhere."),
        field(20, "reported_at", &ConversationSummary::reported_at,
              "When this account reported it to those who run the server; 0 for never."),
        field(21, "deleted", &ConversationSummary::deleted,
              "This account deleted it and nothing came since: it is not in the list."));
  }
};

}  // namespace sotto::client
