#pragma once

#include "client/timeline_types.h"
#include "wire/report.h"

namespace sotto::client {

// What a user may do to messages, and how an account keeps its conversations. Who may do it is checked here and by
// every reader again: an event that is not its author's right changes nothing.

/// The target need not be sent yet.
struct React {
  using Answer = struct Queued;
  ConversationId conversation;
  wire::MessageReference target;
  std::string emoji;
  bool removed = false;

  static constexpr auto describe() {
    return wire::message("React", "Adds a reaction to a message, or takes it back.",
                         field(1, "conversation", &React::conversation, "Where."),
                         field(2, "target", &React::target, "To which message."),
                         field(3, "emoji", &React::emoji, at_most(wire::max_emoji_size), "UTF-8, not empty."),
                         field(4, "removed", &React::removed, "Takes it back."));
  }
};

/// Of a text of this account, from whichever of its devices.
struct EditMessage {
  using Answer = struct Queued;
  ConversationId conversation;
  wire::MessageReference target;
  std::string text;

  static constexpr auto describe() {
    return wire::message("EditMessage", "Replaces the text of an own message.",
                         field(1, "conversation", &EditMessage::conversation, "Where."),
                         field(2, "target", &EditMessage::target, "Which message."),
                         field(3, "text", &EditMessage::text, at_most(wire::max_text_size), "The new text."));
  }
};

/// For everyone: of an own message, or by an administrator of the group; the server drops it too. For oneself: of any
/// message, on all own devices, never undone.
struct DeleteMessage {
  using Answer = struct Done;
  ConversationId conversation;
  wire::MessageReference target;
  bool for_everyone = false;

  static constexpr auto describe() {
    return wire::message("DeleteMessage", "Deletes a message.",
                         field(1, "conversation", &DeleteMessage::conversation, "Where."),
                         field(2, "target", &DeleteMessage::target, "Which message."),
                         field(3, "for_everyone", &DeleteMessage::for_everyone, "Else for this account alone."));
  }
};

struct StarMessage {
  using Answer = struct Done;
  ConversationId conversation;
  wire::MessageReference target;
  bool starred = false;

  static constexpr auto describe() {
    return wire::message("StarMessage", "Keeps a message to find it again.",
                         field(1, "conversation", &StarMessage::conversation, "Where."),
                         field(2, "target", &StarMessage::target, "Which message."),
                         field(3, "starred", &StarMessage::starred, "Keeps it, or no longer."));
  }
};

/// In a direct conversation, for both sides; groups have it among their policies.
struct SetTimer {
  using Answer = struct Queued;
  ConversationId conversation;
  std::uint64_t expires_after_ms = 0;

  static constexpr auto describe() {
    return wire::message(
        "SetTimer", "Sets how long messages of a direct conversation stay.",
        field(1, "conversation", &SetTimer::conversation, "Where."),
        field(2, "expires_after_ms", &SetTimer::expires_after_ms, "After sending, at most 10 years; 0 for ever."));
  }
};

/// In a direct conversation, for both sides; groups have it in their profile.
struct DescribeConversation {
  using Answer = struct Queued;
  ConversationId conversation;
  wire::DirectProfile profile;

  static constexpr auto describe() {
    return wire::message("DescribeConversation", "Says what a direct conversation is about.",
                         field(1, "conversation", &DescribeConversation::conversation, "Which."),
                         field(2, "profile", &DescribeConversation::profile, "In place of what was said before."));
  }
};

/// Tells those who run the server; what was written stays unknown to them. The conversation counts as reported on all
/// own devices, until `keep_conversation` says otherwise. Answered when the server has it.
struct ReportConversation {
  using Answer = struct Done;
  ConversationId conversation;
  wire::ReportReason reason = wire::ReportReason::other;

  static constexpr auto describe() {
    return wire::message("ReportConversation", "Reports a conversation to those who run the server.",
                         field(1, "conversation", &ReportConversation::conversation, "Which."),
                         field(2, "reason", &ReportConversation::reason, "Why."));
  }
};

struct SendTyped {
  using Answer = struct Queued;
  ConversationId conversation;
  wire::TypedContent content;
  std::optional<wire::MessageReference> reply_to;
  std::optional<wire::MessageReference> thread;

  static constexpr auto describe() {
    return wire::message("SendTyped", "Writes a message of a kind of its own.",
                         field(1, "conversation", &SendTyped::conversation, "Where."),
                         field(2, "content", &SendTyped::content, "Type, data and fallback."),
                         field(3, "reply_to", &SendTyped::reply_to, "The message that it answers."),
                         field(4, "thread", &SendTyped::thread, "The first message of its thread."));
  }
};

/// Takes back a message that was not sent yet, such as a scheduled one.
struct CancelMessage {
  using Answer = struct Done;
  ConversationId conversation;
  MessageId message;

  static constexpr auto describe() {
    return wire::message("CancelMessage", "Takes back a message that was not sent yet.",
                         field(1, "conversation", &CancelMessage::conversation, "Where."),
                         field(2, "message", &CancelMessage::message, "Its id, as `queued` named it."));
  }
};

struct ReadEdits {
  using Answer = struct EditHistory;
  ConversationId conversation;
  wire::MessageReference target;

  static constexpr auto describe() {
    return wire::message("ReadEdits", "Asks what a message said before it was changed.",
                         field(1, "conversation", &ReadEdits::conversation, "Where."),
                         field(2, "target", &ReadEdits::target, "Which message."));
  }
};

/// Answer: `messages`, the first message of the thread before the others.
struct ReadThread {
  using Answer = struct Messages;
  ConversationId conversation;
  wire::MessageReference root;

  static constexpr auto describe() {
    return wire::message("ReadThread", "Reads the newest 200 messages of a thread.",
                         field(1, "conversation", &ReadThread::conversation, "Where."),
                         field(2, "root", &ReadThread::root, "Its first message."));
  }
};

/// Answer: `messages`, newest first.
struct ListStarred {
  using Answer = struct Messages;
  std::uint32_t limit = 0;

  static constexpr auto describe() {
    return wire::message("ListStarred", "Lists the messages that this account keeps.",
                         field(1, "limit", &ListStarred::limit, "At most this many; 0 or above 200 means 200."));
  }
};

struct GetStatistics {
  using Answer = struct Statistics;
  ConversationId conversation;

  static constexpr auto describe() {
    return wire::message("GetStatistics", "Counts what this home holds of a conversation.",
                         field(1, "conversation", &GetStatistics::conversation, "Of which conversation."));
  }
};

/// Mutes, pins, archives, marks as unread or keeps a draft, on all own devices; what is absent stays.
struct KeepConversation {
  using Answer = struct Done;
  wire::ConversationSetting setting;

  static constexpr auto describe() {
    return wire::message("KeepConversation", "Sets how this account keeps a conversation.",
                         field(1, "setting", &KeepConversation::setting, "What is to be set."));
  }
};

/// Deletes what this home holds of a conversation, and the same on all own devices, for good; others keep theirs. What
/// comes afterwards begins it anew. Of a group only after leaving it, and not of the account's own conversation:
/// `not_allowed`. What waited to be sent is not sent.
struct DeleteConversation {
  using Answer = struct Done;
  ConversationId conversation;

  static constexpr auto describe() {
    return wire::message("DeleteConversation", "Deletes a conversation from all own devices.",
                         field(1, "conversation", &DeleteConversation::conversation, "Which."));
  }
};

struct SetApplicationSetting {
  using Answer = struct Done;
  wire::ApplicationSetting setting;

  static constexpr auto describe() {
    return wire::message("SetApplicationSetting", "Keeps a setting of an application on all own devices.",
                         field(1, "setting", &SetApplicationSetting::setting, "Name and value; empty forgets it."));
  }
};

struct ListApplicationSettings {
  using Answer = struct ApplicationSettings;

  static constexpr auto describe() {
    return wire::message("ListApplicationSettings", "Lists the settings of applications.");
  }
};

}  // namespace sotto::client
