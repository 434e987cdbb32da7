#pragma once

#include <optional>
#include <string>

#include "base/ids.h"
#include "base/keys.h"
#include "base/time.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::client {

using wire::at_most;
using wire::field;

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
};

constexpr auto describe(std::type_identity<UndecryptableCause>) {
  using enum UndecryptableCause;
  using Value = wire::EnumValue<UndecryptableCause>;
  return wire::enumeration(
      "UndecryptableCause", "Why an entry of the log cannot be shown.", Value{none, "none", "It can be shown."},
      Value{no_session, "no_session", "The two devices' session was lost; a new one was started."},
      Value{key_used_up, "key_used_up", "Its key was used or discarded before; a new session was started."},
      Value{tampered, "tampered", "It was altered on the way, or is garbage."},
      Value{not_for_this_device, "not_for_this_device", "It was encrypted before this device was added."},
      Value{sender_unknown, "sender_unknown", "It names a sending device that its account does not vouch for."},
      Value{wrong_place, "wrong_place", "It was written for another conversation or under another id."},
      Value{repeated, "repeated", "The server delivered the same message a second time."},
      Value{reordered, "reordered", "The server delivered it after a message that its device sent later."},
      Value{unsupported, "unsupported", "It needs a newer version of this program."},
      Value{sent_before_restore, "sent_before_restore", "Sent by this device, whose data were later put back."});
}

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
              "English, for people: why it is `failed`, `undecryptable`, or still held back. Else empty."));
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
        field(9, "last_message", &ConversationSummary::last_message, "Absent while there is none."));
  }
};

}  // namespace sotto::client
