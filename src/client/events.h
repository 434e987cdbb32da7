#pragma once

#include <variant>
#include <vector>

#include "client/backup/backup_events.h"
#include "client/client_error.h"
#include "client/devices/device_events.h"
#include "client/groups/group_events.h"
#include "client/message_events.h"
#include "client/search/search_events.h"
#include "client/timeline_types.h"
#include "client/transparency/transparency_events.h"

namespace sotto::client {

// What the engine tells. The first group answers commands, the second comes by itself (`EventFrame::command` is 0).

/// Answers `register_account` and `log_in`.
struct SignedIn {
  AccountId account;
  DeviceId device;
  std::string name;

  static constexpr auto describe() {
    return wire::message("SignedIn", "This device is signed in.",
                         field(1, "account", &SignedIn::account, "Its account."),
                         field(2, "device", &SignedIn::device, "Its id."),
                         field(3, "name", &SignedIn::name, at_most(wire::max_name_size), "The account's name."));
  }
};

struct Done {
  static constexpr auto describe() { return wire::message("Done", "The command is carried out."); }
};

/// How this home stands with its account.
enum class LoginState : std::uint8_t { empty, registering, logged_out, logged_in };

constexpr auto describe(std::type_identity<LoginState>) {
  using enum LoginState;
  using Value = wire::EnumValue<LoginState>;
  return wire::enumeration("LoginState", "How this home stands with its account.", Value{empty, "empty", "No account."},
                           Value{registering, "registering", "A registration was begun and not confirmed."},
                           Value{logged_out, "logged_out", "A device of an account, without a login."},
                           Value{logged_in, "logged_in", "A device of an account, with a login."});
}

/// Answers `who_am_i`. Ids are zero while the state is `empty`.
struct Identity {
  LoginState state = LoginState::empty;
  std::string name;
  AccountId account;
  DeviceId device;
  Ed25519PublicKey account_key;

  static constexpr auto describe() {
    return wire::message("Identity", "Which account and device this home is.",
                         field(1, "state", &Identity::state, "How this home stands with its account."),
                         field(2, "name", &Identity::name, at_most(wire::max_name_size), "The account's name."),
                         field(3, "account", &Identity::account, "Its id."),
                         field(4, "device", &Identity::device, "This device's id."),
                         field(5, "account_key", &Identity::account_key, "Its public account key."));
  }
};

struct Device {
  DeviceId device;
  UnixMillis added_at;
  bool current = false;
  std::string name = {};
  UnixMillis last_seen = {};

  static constexpr auto describe() {
    return wire::message("Device", "A device that its account vouches for.",
                         field(1, "device", &Device::device, "Its id."),
                         field(2, "added_at", &Device::added_at, "When the account added it."),
                         field(3, "current", &Device::current, "Whether it is this one."),
                         field(4, "name", &Device::name, at_most(wire::max_device_name_size),
                               "What the account calls it; of others' devices empty."),
                         field(5, "last_seen", &Device::last_seen,
                               "When it last refreshed its login; 0 if it has none or nobody asked."));
  }
};

/// Answers `list_devices`.
struct Devices {
  AccountId account;
  std::uint64_t version = 0;
  std::vector<Device> devices;

  static constexpr auto describe() {
    return wire::message("Devices", "The devices of an account, as its key signed them.",
                         field(1, "account", &Devices::account, "Whose."),
                         field(2, "version", &Devices::version, "Version of the list."),
                         field(3, "devices", &Devices::devices, at_most(wire::max_devices), "In order of id."));
  }
};

struct Login {
  LoginId login;
  DeviceId device;
  UnixMillis created_at;
  UnixMillis last_used_at;
  bool current = false;

  static constexpr auto describe() {
    return wire::message("Login", "An open login.", field(1, "login", &Login::login, "Its id."),
                         field(2, "device", &Login::device, "On which device."),
                         field(3, "created_at", &Login::created_at, "When it was opened."),
                         field(4, "last_used_at", &Login::last_used_at, "When it was last refreshed."),
                         field(5, "current", &Login::current, "Whether it is this device's own."));
  }
};

/// Answers `list_logins`.
struct Logins {
  std::vector<Login> logins;

  static constexpr auto describe() {
    return wire::message("Logins", "The account's open logins, newest first.",
                         field(1, "logins", &Logins::logins, at_most(1'000), "Every open login."));
  }
};

/// Answers `open_conversation`.
struct Opened {
  ConversationSummary conversation;

  static constexpr auto describe() {
    return wire::message("Opened", "The conversation that was asked for.",
                         field(1, "conversation", &Opened::conversation, "As the list shows it."));
  }
};

/// Answers `send_text`: the message is durable on this device.
struct Queued {
  ConversationId conversation;
  MessageId message;

  static constexpr auto describe() {
    return wire::message("Queued", "A message is in the outbox, durably.",
                         field(1, "conversation", &Queued::conversation, "Where."),
                         field(2, "message", &Queued::message, "Its id."));
  }
};

/// Answers `list_conversations`.
struct ConversationList {
  std::vector<ConversationSummary> conversations;
  bool more = false;

  static constexpr auto describe() {
    return wire::message("ConversationList", "Conversations, newest activity first.",
                         field(1, "conversations", &ConversationList::conversations, at_most(200), "In that order."),
                         field(2, "more", &ConversationList::more, "Others follow: ask for what comes `after`."));
  }
};

/// Answers `read_history`.
struct History {
  ConversationId conversation;
  std::vector<TimelineMessage> messages;
  bool more = false;

  static constexpr auto describe() {
    return wire::message("History", "A page of a conversation.",
                         field(1, "conversation", &History::conversation, "Which."),
                         field(2, "messages", &History::messages, at_most(400), "Ascending; pending ones last."),
                         field(3, "more", &History::more, "Whether there are more in the direction asked."));
  }
};

/// Answers `safety_number` and `set_verified`.
struct SafetyNumber {
  AccountId account;
  std::string digits;
  Bytes qr;
  Verification verification = Verification::unverified;

  static constexpr auto describe() {
    return wire::message(
        "SafetyNumber", "By what two people verify each other; the same on both sides.",
        field(1, "account", &SafetyNumber::account, "The other account."),
        field(2, "digits", &SafetyNumber::digits, at_most(128),
              "60 digits, of the identity that the server shows now."),
        field(3, "qr", &SafetyNumber::qr, at_most(512), "The content of the QR code."),
        field(4, "verification", &SafetyNumber::verification, "What is known of the contact's identity."));
  }
};

/// Answers `take_unannounced`.
struct Unannounced {
  std::vector<TimelineMessage> messages;

  static constexpr auto describe() {
    return wire::message("Unannounced", "Messages to announce; `announced` follows for all of them.",
                         field(1, "messages", &Unannounced::messages, at_most(200), "Ascending in each conversation."));
  }
};

/// How the connection stands.
enum class Connection : std::uint8_t { closed, connecting, catching_up, live };

constexpr auto describe(std::type_identity<Connection>) {
  using enum Connection;
  using Value = wire::EnumValue<Connection>;
  return wire::enumeration("Connection", "How the connection stands.",
                           Value{closed, "closed", "None is wanted, or it waits."},
                           Value{connecting, "connecting", "Being opened or authenticated."},
                           Value{catching_up, "catching_up", "Open; what was missed is being read."},
                           Value{live, "live", "Open and up to date."});
}

/// Answers `get_status`.
struct Status {
  LoginState login = LoginState::empty;
  Connection connection = Connection::closed;
  std::uint64_t outbox = 0;
  std::uint64_t unannounced = 0;

  static constexpr auto describe() {
    return wire::message("Status", "How the engine is.",
                         field(1, "login", &Status::login, "How it stands with its account."),
                         field(2, "connection", &Status::connection, "How the connection stands."),
                         field(3, "outbox", &Status::outbox, "Messages waiting to be sent."),
                         field(4, "unannounced", &Status::unannounced, "Messages that nobody announced yet."));
  }
};

/// Answers any command that failed.
struct Failed {
  ClientError error;

  static constexpr auto describe() {
    return wire::message("Failed", "The command failed; nothing was changed.",
                         field(1, "error", &Failed::error, "Why."));
  }
};

/// A message of somebody else was added to a timeline (by this or another process of the home), readable or not. Each
/// process hears of each that appears while it runs; `take_unannounced` is for announcing one exactly once per home.
struct MessageReceived {
  TimelineMessage message;

  static constexpr auto describe() {
    return wire::message("MessageReceived", "A message of somebody else is in the timeline.",
                         field(1, "message", &MessageReceived::message, "It."));
  }
};

/// An own message came further, or appeared (written by another process or device).
struct MessageStateChanged {
  TimelineMessage message;
  ClientErrorCode failure = ClientErrorCode::none;

  static constexpr auto describe() {
    return wire::message("MessageStateChanged", "An own message came further.",
                         field(1, "message", &MessageStateChanged::message, "It, as it is now."),
                         field(2, "failure", &MessageStateChanged::failure, "Set if it is `failed` or held back."));
  }
};

struct TypingChanged {
  ConversationId conversation;
  AccountId account;
  std::string name;
  bool typing = false;

  static constexpr auto describe() {
    return wire::message("TypingChanged", "Somebody started or stopped typing; stops by itself after 3 seconds.",
                         field(1, "conversation", &TypingChanged::conversation, "Where."),
                         field(2, "account", &TypingChanged::account, "Who."),
                         field(3, "name", &TypingChanged::name, at_most(wire::max_name_size), "Its name."),
                         field(4, "typing", &TypingChanged::typing, "Started or stopped."));
  }
};

/// The contact's account key is not the one known. Of an unverified contact the new one was taken; for a verified one
/// nothing is sent until `set_verified`.
struct IdentityChanged {
  AccountId account;
  std::string name;
  Verification verification = Verification::unverified;
  std::string text;

  static constexpr auto describe() {
    return wire::message("IdentityChanged", "A contact's identity is not the one known.",
                         field(1, "account", &IdentityChanged::account, "Whose."),
                         field(2, "name", &IdentityChanged::name, at_most(wire::max_name_size), "Its name."),
                         field(3, "verification", &IdentityChanged::verification, "`changed` stops sending."),
                         field(4, "text", &IdentityChanged::text, at_most(512), "English, for people."));
  }
};

/// An entry was added to a timeline that cannot be shown.
struct Undecryptable {
  ConversationId conversation;
  std::uint64_t seq = 0;
  UndecryptableCause cause = UndecryptableCause::none;
  std::string text;

  static constexpr auto describe() {
    return wire::message("Undecryptable", "An entry that cannot be shown.",
                         field(1, "conversation", &Undecryptable::conversation, "Where."),
                         field(2, "seq", &Undecryptable::seq, "Its place in the log."),
                         field(3, "cause", &Undecryptable::cause, "Why."),
                         field(4, "text", &Undecryptable::text, at_most(512), "English, for people."));
  }
};

/// What a server did that an honest one does not do.
enum class SecurityNoticeKind : std::uint8_t {
  none,
  device_list_unsigned,
  device_list_older,
  device_list_forked,
  device_list_malformed,
  device_unlisted,
  wrong_account,
  prekey_not_authentic,
  replayed,
  reordered,
  spliced,
  altered,
  messages_missing,
  log_truncated,
  log_out_of_order,
  wrong_conversation,
  malformed_frame,
  not_in_log,
  log_forked,
  log_rolled_back,
  log_not_authentic,
  log_split_view,
  unexpected_own_entry,
  backup_altered,
  backup_shortened,
  backup_gone,
  group_chain_refused,
  group_forked,
  sealed_for_old_membership,
  member_identity_differs,
  group_members_differ,
};

constexpr auto describe(std::type_identity<SecurityNoticeKind>) {
  using enum SecurityNoticeKind;
  using Value = wire::EnumValue<SecurityNoticeKind>;
  return wire::enumeration(
      "SecurityNoticeKind", "What a server did that an honest one does not do.", Value{none, "none", "Never sent."},
      Value{device_list_unsigned, "device_list_unsigned", "A device list without the account's signature."},
      Value{device_list_older, "device_list_older", "A device list older than one seen before."},
      Value{device_list_forked, "device_list_forked", "A device list that does not follow the one seen before."},
      Value{device_list_malformed, "device_list_malformed", "A device list that breaks its own rules."},
      Value{device_unlisted, "device_unlisted", "A message from a device that its account does not vouch for."},
      Value{wrong_account, "wrong_account", "An answer about another account than the one asked for."},
      Value{prekey_not_authentic, "prekey_not_authentic", "Prekeys that the device itself did not sign."},
      Value{replayed, "replayed", "The same message a second time."},
      Value{reordered, "reordered", "A message after one that its device sent later."},
      Value{spliced, "spliced", "A message in a place it was not written for."},
      Value{altered, "altered", "A message that was changed on the way."},
      Value{messages_missing, "messages_missing", "Messages of a device were held back."},
      Value{log_truncated, "log_truncated", "The server's log ends before what it already delivered."},
      Value{log_out_of_order, "log_out_of_order", "A page of the log with gaps or in the wrong order."},
      Value{wrong_conversation, "wrong_conversation", "A conversation that is not what its id stands for."},
      Value{malformed_frame, "malformed_frame", "Octets that are not a message of the protocol."},
      Value{not_in_log, "not_in_log", "A device list that the server's public log does not hold."},
      Value{log_forked, "log_forked", "The log does not begin with what it was."},
      Value{log_rolled_back, "log_rolled_back", "The log is smaller than it was."},
      Value{log_not_authentic, "log_not_authentic", "A checkpoint that the log's known key did not sign."},
      Value{log_split_view, "log_split_view", "Two people were shown different logs."},
      Value{unexpected_own_entry, "unexpected_own_entry", "A list of the own devices that is not the own one."},
      Value{backup_altered, "backup_altered", "A part of the backup that was changed, or belongs elsewhere."},
      Value{backup_shortened, "backup_shortened", "Less of the backup than there was before."},
      Value{backup_gone, "backup_gone", "The backup is not there any more, or is another one."},
      Value{group_chain_refused, "group_chain_refused", "An event of a group that no member was allowed to make."},
      Value{group_forked, "group_forked", "A message sealed for another membership of the group than this one."},
      Value{sealed_for_old_membership, "sealed_for_old_membership",
            "A message sealed before members changed, and delivered after."},
      Value{member_identity_differs, "member_identity_differs",
            "A member whose account key is another one than the group's: nothing is encrypted to it."},
      Value{group_members_differ, "group_members_differ", "Other members of a group than its signed chain has."});
}

/// The server, or whoever stands in between, did something that an honest one does not do. It was refused and nothing
/// secret left; the user should know.
struct SecurityNotice {
  SecurityNoticeKind kind = SecurityNoticeKind::none;
  std::optional<AccountId> account;
  std::optional<ConversationId> conversation;
  std::optional<std::uint64_t> seq;
  std::string text;

  static constexpr auto describe() {
    return wire::message("SecurityNotice", "Something happened that an honest server does not do; it was refused.",
                         field(1, "kind", &SecurityNotice::kind, "What."),
                         field(2, "account", &SecurityNotice::account, "Whom it concerns."),
                         field(3, "conversation", &SecurityNotice::conversation, "Where."),
                         field(4, "seq", &SecurityNotice::seq, "At which entry."),
                         field(5, "text", &SecurityNotice::text, at_most(512), "English, for people."));
  }
};

struct ConnectionChanged {
  Connection connection = Connection::closed;
  std::optional<UnixMillis> retry_at;

  static constexpr auto describe() {
    return wire::message("ConnectionChanged", "The connection stands differently.",
                         field(1, "connection", &ConnectionChanged::connection, "How it stands."),
                         field(2, "retry_at", &ConnectionChanged::retry_at, "When it is tried again, if it waits."));
  }
};

/// The server ended this device's login. Keys and messages are all there; `log_in` goes on.
struct LoggedOut {
  std::string text;

  static constexpr auto describe() {
    return wire::message("LoggedOut", "The server ended this device's login; keys and messages stay.",
                         field(1, "text", &LoggedOut::text, at_most(512), "English, for people."));
  }
};

using Event = std::variant<std::monostate, SignedIn, Done, Identity, Devices, Logins, Opened, Queued, ConversationList,
                           History, SafetyNumber, Unannounced, Status, Failed, MessageReceived, MessageStateChanged,
                           TypingChanged, IdentityChanged, Undecryptable, SecurityNotice, ConnectionChanged, LoggedOut,
                           GroupShown, InvitationShown, InvitationsShown, GroupJoined, JoinRequestsShown, LinkShown,
                           LinkProgress, OwnDevicesChanged, BackupCreated, BackupShown, Restored, BackupRead,
                           BackupExported, MessageChanged, MessageRemoved, Messages, EditHistory, Statistics,
                           ApplicationSettings, ConversationChanged, PrivacyShown, PresenceChanged, BlockedAccounts,
                           TransparencyAudit, TransparencyStatus, CheckpointComparison, Found>;

struct EventFrame {
  std::uint64_t command = 0;
  Event event;

  static constexpr auto describe() {
    using wire::alternative;
    return wire::message(
        "EventFrame", "One event of the engine.",
        field(1, "command", &EventFrame::command, "The id of the command that it answers; 0 if it comes by itself."),
        wire::one_of(
            "event", &EventFrame::event, "What happened.", alternative<SignedIn>(2, "signed_in"),
            alternative<Done>(3, "done"), alternative<Identity>(4, "identity"), alternative<Devices>(5, "devices"),
            alternative<Logins>(6, "logins"), alternative<Opened>(7, "opened"), alternative<Queued>(8, "queued"),
            alternative<ConversationList>(9, "conversation_list"), alternative<History>(10, "history"),
            alternative<SafetyNumber>(11, "safety_number"), alternative<Unannounced>(12, "unannounced"),
            alternative<Status>(13, "status"), alternative<Failed>(14, "failed"),
            alternative<MessageReceived>(15, "message_received"),
            alternative<MessageStateChanged>(16, "message_state_changed"),
            alternative<TypingChanged>(17, "typing_changed"), alternative<IdentityChanged>(18, "identity_changed"),
            alternative<Undecryptable>(19, "undecryptable"), alternative<SecurityNotice>(20, "security_notice"),
            alternative<ConnectionChanged>(21, "connection_changed"), alternative<LoggedOut>(22, "logged_out"),
            alternative<GroupShown>(23, "group_shown"), alternative<InvitationShown>(24, "invitation_shown"),
            alternative<InvitationsShown>(25, "invitations_shown"), alternative<GroupJoined>(26, "group_joined"),
            alternative<JoinRequestsShown>(27, "join_requests_shown"), alternative<LinkShown>(40, "link_shown"),
            alternative<LinkProgress>(41, "link_progress"), alternative<OwnDevicesChanged>(42, "own_devices_changed"),
            alternative<BackupCreated>(43, "backup_created"), alternative<BackupShown>(44, "backup_shown"),
            alternative<Restored>(45, "restored"), alternative<BackupRead>(46, "backup_read"),
            alternative<BackupExported>(47, "backup_exported"), alternative<MessageChanged>(60, "message_changed"),
            alternative<MessageRemoved>(61, "message_removed"), alternative<Messages>(62, "messages"),
            alternative<EditHistory>(63, "edit_history"), alternative<Statistics>(64, "statistics"),
            alternative<ApplicationSettings>(65, "application_settings"),
            alternative<ConversationChanged>(66, "conversation_changed"),
            alternative<PrivacyShown>(67, "privacy_shown"), alternative<PresenceChanged>(68, "presence_changed"),
            alternative<BlockedAccounts>(69, "blocked_accounts"),
            alternative<TransparencyAudit>(90, "transparency_audit"),
            alternative<TransparencyStatus>(91, "transparency_status"),
            alternative<CheckpointComparison>(92, "checkpoint_comparison"), alternative<Found>(100, "found")));
  }
};

}  // namespace sotto::client
