#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "wire/group.h"

namespace sotto::wire {

// What people say to one another, and what an account tells its own devices: the plaintext that only devices see.

/// The version written. A later version adds fields and kinds; what is here keeps its meaning, so an older client
/// reads a newer content as far as it knows it.
inline constexpr std::uint32_t content_version = 1;

inline constexpr std::size_t max_mentions = 50;
inline constexpr std::size_t max_emoji_size = 64;
inline constexpr std::size_t max_fallback_size = 1'024;
inline constexpr std::size_t max_typed_size = 8 * 1024;
inline constexpr std::size_t max_group_name_size = 128;
inline constexpr std::size_t max_subject_size = 256;
inline constexpr std::size_t max_description_size = 2'048;
inline constexpr std::size_t max_picture_size = 8 * 1024;
inline constexpr std::size_t max_device_name_size = 64;

/// Names a message of the same conversation, whatever its place in the log.
struct MessageReference {
  AccountId sender;
  DeviceId sender_device;
  MessageId message;

  friend auto operator<=>(const MessageReference&, const MessageReference&) = default;
  static constexpr auto describe() {
    using Self = MessageReference;
    return wire::message("MessageReference", "Names a message of the same conversation.",
                         field(1, "sender", &Self::sender, "Who sent it."),
                         field(2, "sender_device", &Self::sender_device, "From which device."),
                         field(3, "message", &Self::message, "Its id."));
  }
};

struct TextContent {
  std::string text;

  static constexpr auto describe() {
    return message("TextContent", "Something written.",
                   field(1, "text", &TextContent::text, at_most(max_text_size), "UTF-8, Markdown, not empty."));
  }
};

/// One account has any number of different reactions to a message, each once.
struct Reaction {
  MessageReference target;
  std::string emoji;
  bool removed = false;

  static constexpr auto describe() {
    return message("Reaction", "A reaction to a message.", field(1, "target", &Reaction::target, "To which."),
                   field(2, "emoji", &Reaction::emoji, at_most(max_emoji_size), "UTF-8, not empty."),
                   field(3, "removed", &Reaction::removed, "Takes it back."));
  }
};

/// Counts if it comes from the account that wrote the target.
struct Edit {
  MessageReference target;
  std::string text;

  static constexpr auto describe() {
    return message("Edit", "Replaces the text of an own message; readers may see what it was before.",
                   field(1, "target", &Edit::target, "Which."),
                   field(2, "text", &Edit::text, at_most(max_text_size), "The new text, not empty."));
  }
};

/// Counts if it comes from the account that wrote the target or from an administrator of the group.
struct Deletion {
  MessageReference target;

  static constexpr auto describe() {
    return message("Deletion", "Deletes a message for everyone.", field(1, "target", &Deletion::target, "Which."));
  }
};

/// In a direct conversation; groups have it among their policies.
struct TimerChange {
  std::uint64_t expires_after_ms = 0;

  static constexpr auto describe() {
    return message("TimerChange", "Sets how long messages of a direct conversation stay.",
                   field(1, "expires_after_ms", &TimerChange::expires_after_ms, "After sending; 0 for ever."));
  }
};

/// A message of a kind of its own: an interview invitation, a status update, an embedder's card.
struct TypedContent {
  std::string type;
  std::string data;
  std::string fallback;

  static constexpr auto describe() {
    return message("TypedContent", "A message of a kind of its own.",
                   field(1, "type", &TypedContent::type, at_most(64), "Dotted, as 'interview.invitation'; not empty."),
                   field(2, "data", &TypedContent::data, at_most(max_typed_size), "JSON, as the type says."),
                   field(3, "fallback", &TypedContent::fallback, at_most(max_fallback_size),
                         "What is shown where the type is not known; not empty."));
  }
};

/// What a group is called. The group's chain holds the SHA-256 of its encoding, so any member may pass it on.
struct GroupProfile {
  MessageId salt;
  std::string name;
  std::string description;
  std::string subject;
  std::string context;
  Bytes picture;

  static constexpr auto describe() {
    using Self = GroupProfile;
    return message("GroupProfile", "What a group is called.",
                   field(1, "salt", &Self::salt, "Random; hides the rest from who sees only the hash."),
                   field(2, "name", &Self::name, at_most(max_group_name_size), "Not empty."),
                   field(3, "description", &Self::description, at_most(max_description_size), "Markdown."),
                   field(4, "subject", &Self::subject, at_most(max_subject_size), "One line."),
                   field(5, "context", &Self::context, at_most(max_subject_size),
                         "What it belongs to elsewhere: a ticket, an application."),
                   field(6, "picture", &Self::picture, at_most(max_picture_size), "PNG, JPEG or WebP."));
  }
};

/// What a direct conversation is about, for both sides; the last one of the log counts. Groups have it in their
/// profile.
struct DirectProfile {
  std::string subject;
  std::string context;

  static constexpr auto describe() {
    using Self = DirectProfile;
    return message("DirectProfile", "What a direct conversation is about.",
                   field(1, "subject", &Self::subject, at_most(max_subject_size), "One line; empty for none."),
                   field(2, "context", &Self::context, at_most(max_subject_size),
                         "What it belongs to elsewhere: a ticket, an application; empty for nothing."));
  }
};

/// Something that only the own devices are told, in the account's conversation with itself. The last one of the log
/// counts, field by field.
struct ConversationSetting {
  ConversationId conversation;
  std::optional<UnixMillis> muted_until;
  std::optional<bool> pinned;
  std::optional<bool> archived;
  std::optional<std::string> draft;
  std::optional<bool> marked_unread;
  std::optional<UnixMillis> reported_at;
  std::optional<std::uint64_t> deleted_up_to = std::nullopt;

  static constexpr auto describe() {
    using Self = ConversationSetting;
    return message("ConversationSetting", "How an account keeps a conversation.",
                   field(1, "conversation", &Self::conversation, "Which."),
                   field(2, "muted_until", &Self::muted_until, "0 for not; 18446744073709551615 for good."),
                   field(3, "pinned", &Self::pinned, "At the top of the list."),
                   field(4, "archived", &Self::archived, "Out of the list until something comes."),
                   field(5, "draft", &Self::draft, at_most(max_text_size), "Not sent yet; empty for none."),
                   field(6, "marked_unread", &Self::marked_unread, "Shown as unread although it is not."),
                   field(7, "reported_at", &Self::reported_at, "Reported to those who run the server; 0 for not."),
                   field(8, "deleted_up_to", &Self::deleted_up_to,
                         "The account deleted all entries up to this one for itself; never falls."));
  }
};

/// What an account knows of a contact's identity.
struct ContactSetting {
  AccountId account;
  Ed25519PublicKey account_key;
  bool verified = false;

  static constexpr auto describe() {
    using Self = ContactSetting;
    return message("ContactSetting", "What an account knows of a contact's identity.",
                   field(1, "account", &Self::account, "Of whom."),
                   field(2, "account_key", &Self::account_key, "Which key was compared."),
                   field(3, "verified", &Self::verified, "Verified, or withdrawn."));
  }
};

struct MessageSetting {
  ConversationId conversation;
  MessageReference target;
  std::optional<bool> starred;
  std::optional<bool> hidden;

  static constexpr auto describe() {
    using Self = MessageSetting;
    return message("MessageSetting", "How an account keeps a message.",
                   field(1, "conversation", &Self::conversation, "Where."), field(2, "target", &Self::target, "Which."),
                   field(3, "starred", &Self::starred, "To be found again."),
                   field(4, "hidden", &Self::hidden, "Deleted for this account alone; never undone."));
  }
};

/// Anything that an application keeps for its user, such as the language or the theme.
struct ApplicationSetting {
  std::string name;
  std::string value;

  static constexpr auto describe() {
    return message("ApplicationSetting", "A setting of an application.",
                   field(1, "name", &ApplicationSetting::name, at_most(64), "Dotted; not empty."),
                   field(2, "value", &ApplicationSetting::value, at_most(4'096), "As the application reads it."));
  }
};

/// What the account calls one of its devices. Others are not told.
struct DeviceSetting {
  DeviceId device;
  std::string name;

  static constexpr auto describe() {
    return message("DeviceSetting", "What an account calls one of its devices.",
                   field(1, "device", &DeviceSetting::device, "Which."),
                   field(2, "name", &DeviceSetting::name, at_most(max_device_name_size), "Empty for none."));
  }
};

/// monostate stands for a kind that this version does not know: show it as "not supported by this version".
using ContentKind =
    std::variant<std::monostate, TextContent, Reaction, Edit, Deletion, TimerChange, TypedContent, GroupProfile,
                 ConversationSetting, ContactSetting, MessageSetting, ApplicationSetting, DirectProfile, DeviceSetting>;

/// One message in a conversation.
struct Content {
  std::uint32_t version = 0;
  /// Per (conversation, sending device): 1, 2, 3 and so on. A gap or a repeat is shown to the reader.
  std::uint64_t counter = 0;
  /// By the sender's clock.
  UnixMillis sent_at;
  ContentKind kind;
  std::optional<MessageReference> reply_to = std::nullopt;
  std::optional<MessageReference> thread = std::nullopt;
  std::vector<AccountId> mentions = {};
  bool forwarded = false;
  std::uint64_t expires_after_ms = 0;

  static constexpr auto describe() {
    return message(
        "Content", "One message in a conversation.", field(1, "version", &Content::version, "1."),
        field(2, "counter", &Content::counter, "The sending device's count in this conversation, from 1."),
        field(3, "sent_at", &Content::sent_at, "By the sender's clock."),
        one_of("kind", &Content::kind, "What it is; a kind that is not known is skipped.",
               alternative<TextContent>(4, "text"), alternative<Reaction>(5, "reaction"), alternative<Edit>(6, "edit"),
               alternative<Deletion>(7, "deletion"), alternative<TimerChange>(8, "timer_change"),
               alternative<TypedContent>(9, "typed"), alternative<GroupProfile>(10, "group_profile"),
               alternative<ConversationSetting>(11, "conversation_setting"),
               alternative<ContactSetting>(12, "contact_setting"), alternative<MessageSetting>(13, "message_setting"),
               alternative<ApplicationSetting>(14, "application_setting"),
               alternative<DirectProfile>(15, "direct_profile"), alternative<DeviceSetting>(16, "device_setting")),
        field(20, "reply_to", &Content::reply_to, "The message that a text or typed message answers."),
        field(21, "thread", &Content::thread, "The first message of the thread that it belongs to."),
        field(22, "mentions", &Content::mentions, at_most(max_mentions), "Members whom the text names."),
        field(23, "forwarded", &Content::forwarded, "Written elsewhere first."),
        field(24, "expires_after_ms", &Content::expires_after_ms,
              "Deleted everywhere so long after the server took it; 0 for never. The entry's `expires_at` agrees."));
  }
};

}  // namespace sotto::wire
