#pragma once

#include <variant>

#include "client/backup/backup_commands.h"
#include "client/devices/device_commands.h"
#include "client/groups/group_commands.h"
#include "client/message_commands.h"
#include "client/privacy_commands.h"
#include "client/search/search_commands.h"
#include "client/timeline_types.h"
#include "client/transparency/transparency_commands.h"

namespace sotto::client {

// What a user may ask of the engine. Each command is answered by exactly one event that carries its id (`events.h`
// lists them): its own kind of answer, or `failed`. Commands that need the server wait for it, at most 30 seconds.

/// Creates an account whose first device is this one. The home must be empty. Repeating it after a lost answer, with
/// the same name and password, finishes what was begun.
struct RegisterAccount {
  using Answer = struct SignedIn;
  std::string name;
  std::string password;

  static constexpr auto describe() {
    return wire::message("RegisterAccount", "Creates an account with this device as its first.",
                         field(1, "name", &RegisterAccount::name, at_most(wire::max_name_size), "The wanted name."),
                         field(2, "password", &RegisterAccount::password, at_most(wire::max_password_size),
                               "At least 8 characters. Never stored."));
  }
};

/// Signs in again after `log_out` or after the server ended the login. The home must hold a device of this account.
struct LogIn {
  using Answer = struct SignedIn;
  std::string name;
  std::string password;

  static constexpr auto describe() {
    return wire::message(
        "LogIn", "Signs this device in again.",
        field(1, "name", &LogIn::name, at_most(wire::max_name_size), "The account that this device belongs to."),
        field(2, "password", &LogIn::password, at_most(wire::max_password_size), "Never stored."));
  }
};

/// Ends the login on the server; keys and messages stay.
struct LogOut {
  using Answer = struct Done;

  static constexpr auto describe() {
    return wire::message("LogOut", "Ends this device's login; keys and messages stay.");
  }
};

/// Asks no server.
struct WhoAmI {
  using Answer = struct Identity;

  static constexpr auto describe() { return wire::message("WhoAmI", "Asks which account and device this home is."); }
};

/// From the newest list that verified. Asks the server for another account's, and for when the own
/// ones were last used.
struct ListDevices {
  using Answer = struct Devices;
  std::string name;
  bool with_last_seen = false;

  static constexpr auto describe() {
    return wire::message(
        "ListDevices", "Lists the devices that an account vouches for.",
        field(1, "name", &ListDevices::name, at_most(wire::max_name_size), "Empty for the own one."),
        field(2, "with_last_seen", &ListDevices::with_last_seen, "Of the own ones also when each was last used."));
  }
};

struct ListLogins {
  using Answer = struct Logins;

  static constexpr auto describe() { return wire::message("ListLogins", "Lists the account's open logins."); }
};

struct RevokeLogin {
  using Answer = struct Done;
  LoginId login;

  static constexpr auto describe() {
    return wire::message("RevokeLogin", "Ends one of the account's logins.",
                         field(1, "login", &RevokeLogin::login, "Which, as `logins` names it."));
  }
};

/// Asks the server unless the conversation is known already.
struct OpenConversation {
  using Answer = struct Opened;
  std::string name;

  static constexpr auto describe() {
    return wire::message("OpenConversation", "Finds or starts the direct conversation with an account.",
                         field(1, "name", &OpenConversation::name, at_most(wire::max_name_size), "The other account."));
  }
};

/// Puts a text into the durable outbox. Exactly one of `to` and `conversation` is given; the own name writes a note to
/// oneself. Answer: `queued`, at once when the conversation is known; `message_state_changed` follows, with `sent` when
/// the server has it durably.
struct SendText {
  using Answer = struct Queued;
  std::string to;
  std::optional<ConversationId> conversation;
  std::string text;
  std::optional<wire::MessageReference> reply_to = std::nullopt;
  std::optional<wire::MessageReference> thread = std::nullopt;
  std::vector<AccountId> mentions = {};
  std::optional<std::uint64_t> expires_after_ms = std::nullopt;
  UnixMillis not_before = {};
  bool forwarded = false;

  static constexpr auto describe() {
    return wire::message(
        "SendText", "Writes a text message.",
        field(1, "to", &SendText::to, at_most(wire::max_name_size), "The account to write to; starts a conversation."),
        field(2, "conversation", &SendText::conversation, "Or: a conversation that is known."),
        field(3, "text", &SendText::text, at_most(wire::max_text_size), "UTF-8, not empty, at most 16 KiB; Markdown."),
        field(4, "reply_to", &SendText::reply_to, "The message that it answers."),
        field(5, "thread", &SendText::thread, "The first message of the thread that it belongs to."),
        field(6, "mentions", &SendText::mentions, at_most(wire::max_mentions), "Members whom the text names."),
        field(7, "expires_after_ms", &SendText::expires_after_ms, "Instead of the conversation's timer; 0 for never."),
        field(8, "not_before", &SendText::not_before, "Sent then and not before, by this device; 0 for now."),
        field(9, "forwarded", &SendText::forwarded, "Written elsewhere first."));
  }
};

/// Answer: `conversation_list`, pinned ones first, then newest activity first.
struct ListConversations {
  using Answer = struct ConversationList;
  std::uint32_t limit = 0;
  std::optional<ConversationId> after = std::nullopt;

  static constexpr auto describe() {
    return wire::message("ListConversations", "Lists the conversations, newest activity first.",
                         field(1, "limit", &ListConversations::limit, "At most this many; 0 or above 200 means 200."),
                         field(2, "after", &ListConversations::after,
                               "The page that follows this conversation: the last one of the page before."));
  }
};

/// Without `before` and `after` the newest page, which ends with what is still pending.
struct ReadHistory {
  using Answer = struct History;
  std::string with;
  std::optional<ConversationId> conversation;
  std::optional<std::uint64_t> before;
  std::optional<std::uint64_t> after;
  std::uint32_t limit = 0;

  static constexpr auto describe() {
    return wire::message(
        "ReadHistory", "Reads a page of a conversation, in order. Asks no server.",
        field(1, "with", &ReadHistory::with, at_most(wire::max_name_size), "The other account of a direct one."),
        field(2, "conversation", &ReadHistory::conversation, "Or: which conversation."),
        field(3, "before", &ReadHistory::before, "The page that ends before this seq."),
        field(4, "after", &ReadHistory::after, "Or: the page that begins after this seq."),
        field(5, "limit", &ReadHistory::limit, "At most this many; 0 or above 200 means 50."));
  }
};

/// Marks all up to and including `seq` as read, for all own devices and for the other side.
struct MarkRead {
  using Answer = struct Done;
  ConversationId conversation;
  std::uint64_t seq = 0;

  static constexpr auto describe() {
    return wire::message("MarkRead", "Marks all messages up to one as read.",
                         field(1, "conversation", &MarkRead::conversation, "Where."),
                         field(2, "seq", &MarkRead::seq, "The last one read; 0 for all that there are."));
  }
};

/// Lost when there is no connection.
struct SetTyping {
  using Answer = struct Done;
  ConversationId conversation;
  bool typing = false;

  static constexpr auto describe() {
    return wire::message("SetTyping", "Tells the other side that the user types. Repeat it every 2 seconds.",
                         field(1, "conversation", &SetTyping::conversation, "Where."),
                         field(2, "typing", &SetTyping::typing, "Started or stopped."));
  }
};

struct GetSafetyNumber {
  using Answer = struct SafetyNumber;
  std::string name;

  static constexpr auto describe() {
    return wire::message("GetSafetyNumber", "Asks for the number by which two people verify each other.",
                         field(1, "name", &GetSafetyNumber::name, at_most(wire::max_name_size), "The other account."));
  }
};

/// `verified`: the user has compared the safety number that `safety_number` now shows. Not `verified`: withdraws the
/// verification. Either ends the state `changed`, and sending goes on.
struct SetVerified {
  using Answer = struct SafetyNumber;
  std::string name;
  bool verified = false;
  std::string digits;

  static constexpr auto describe() {
    return wire::message(
        "SetVerified", "Records or withdraws the verification of a contact.",
        field(1, "name", &SetVerified::name, at_most(wire::max_name_size), "The other account."),
        field(2, "verified", &SetVerified::verified, "Verified, or withdrawn."),
        field(3, "digits", &SetVerified::digits, at_most(128),
              "The number that was compared; refused if it is no longer the current one. Empty skips that check."));
  }
};

/// Hands out messages of others that no process of this home has announced, oldest first, each to one process at a
/// time: the hand-out lapses after 5 seconds unless `announced` follows. So a message is announced once, and after a
/// crash between printing and `announced` perhaps twice; (conversation, seq) tells.
struct TakeUnannounced {
  using Answer = struct Unannounced;
  std::uint32_t limit = 0;

  static constexpr auto describe() {
    return wire::message("TakeUnannounced", "Hands out messages that were not announced yet.",
                         field(1, "limit", &TakeUnannounced::limit, "At most this many; 0 or above 200 means 200."));
  }
};

/// Where a message stands that was announced.
struct AnnouncedMessage {
  ConversationId conversation;
  std::uint64_t seq = 0;

  static constexpr auto describe() {
    return wire::message("AnnouncedMessage", "A message that was announced.",
                         field(1, "conversation", &AnnouncedMessage::conversation, "Where."),
                         field(2, "seq", &AnnouncedMessage::seq, "Which."));
  }
};

/// The caller has announced these.
struct Announced {
  using Answer = struct Done;
  std::vector<AnnouncedMessage> messages;

  static constexpr auto describe() {
    return wire::message("Announced", "Says that messages handed out by `take_unannounced` were announced.",
                         field(1, "messages", &Announced::messages, at_most(200), "Which."));
  }
};

/// Where the next attempt to connect is waited for, it begins at once. Nothing if there is a connection.
struct ConnectNow {
  using Answer = struct Done;

  static constexpr auto describe() {
    return wire::message("ConnectNow", "Connects now instead of at the time of the next attempt.");
  }
};

/// Asks no server.
struct GetStatus {
  using Answer = struct Status;

  static constexpr auto describe() { return wire::message("GetStatus", "Asks how the engine is."); }
};

using Command =
    std::variant<std::monostate, RegisterAccount, LogIn, LogOut, WhoAmI, ListDevices, ListLogins, RevokeLogin,
                 OpenConversation, SendText, ListConversations, ReadHistory, MarkRead, SetTyping, GetSafetyNumber,
                 SetVerified, TakeUnannounced, Announced, GetStatus, CreateGroup, ShowGroup, AddMembers, RemoveMembers,
                 LeaveGroup, SetRole, ChangeGroupProfile, ChangeGroupPolicies, CloseGroup, CreateInvitation,
                 ListInvitations, RevokeInvitation, JoinGroup, ListJoinRequests, ApproveJoin, DeclineJoin, BeginLinking,
                 CancelLinking, AcceptLink, ConfirmLink, RemoveDevice, CreateBackup, ConfirmBackup, GetBackupStatus,
                 EraseBackup, RestoreBackup, ResetIdentity, ExportBackup, React, EditMessage, DeleteMessage,
                 StarMessage, SetTimer, SendTyped, CancelMessage, ReadEdits, ReadThread, ListStarred, GetStatistics,
                 KeepConversation, SetApplicationSetting, ListApplicationSettings, ChangePrivacy, WatchPresence,
                 BlockAccount, ListBlockedAccounts, DescribeConversation, ReportConversation, NameDevice,
                 DeleteConversation, ConnectNow, AuditTransparency, GetTransparency, CompareCheckpoint, SearchMessages>;

/// A command under the caller's number for it.
struct CommandFrame {
  std::uint64_t id = 0;
  Command command;

  static constexpr auto describe() {
    using wire::alternative;
    return wire::message(
        "CommandFrame", "One command to the engine.",
        field(1, "id", &CommandFrame::id, "The caller's number for it, not 0; the answer carries it back."),
        wire::one_of(
            "command", &CommandFrame::command, "What is asked.", alternative<RegisterAccount>(2, "register_account"),
            alternative<LogIn>(3, "log_in"), alternative<LogOut>(4, "log_out"), alternative<WhoAmI>(5, "who_am_i"),
            alternative<ListDevices>(6, "list_devices"), alternative<ListLogins>(7, "list_logins"),
            alternative<RevokeLogin>(8, "revoke_login"), alternative<OpenConversation>(9, "open_conversation"),
            alternative<SendText>(10, "send_text"), alternative<ListConversations>(11, "list_conversations"),
            alternative<ReadHistory>(12, "read_history"), alternative<MarkRead>(13, "mark_read"),
            alternative<SetTyping>(14, "set_typing"), alternative<GetSafetyNumber>(15, "get_safety_number"),
            alternative<SetVerified>(16, "set_verified"), alternative<TakeUnannounced>(17, "take_unannounced"),
            alternative<Announced>(18, "announced"), alternative<GetStatus>(19, "get_status"),
            alternative<CreateGroup>(20, "create_group"), alternative<ShowGroup>(21, "show_group"),
            alternative<AddMembers>(22, "add_members"), alternative<RemoveMembers>(23, "remove_members"),
            alternative<LeaveGroup>(24, "leave_group"), alternative<SetRole>(25, "set_role"),
            alternative<ChangeGroupProfile>(26, "change_group_profile"),
            alternative<ChangeGroupPolicies>(27, "change_group_policies"), alternative<CloseGroup>(28, "close_group"),
            alternative<CreateInvitation>(29, "create_invitation"),
            alternative<ListInvitations>(30, "list_invitations"),
            alternative<RevokeInvitation>(31, "revoke_invitation"), alternative<JoinGroup>(32, "join_group"),
            alternative<ListJoinRequests>(33, "list_join_requests"), alternative<ApproveJoin>(34, "approve_join"),
            alternative<DeclineJoin>(35, "decline_join"), alternative<BeginLinking>(40, "begin_linking"),
            alternative<CancelLinking>(41, "cancel_linking"), alternative<AcceptLink>(42, "accept_link"),
            alternative<ConfirmLink>(43, "confirm_link"), alternative<RemoveDevice>(44, "remove_device"),
            alternative<CreateBackup>(45, "create_backup"), alternative<ConfirmBackup>(46, "confirm_backup"),
            alternative<GetBackupStatus>(47, "get_backup_status"), alternative<EraseBackup>(48, "erase_backup"),
            alternative<RestoreBackup>(49, "restore_backup"), alternative<ResetIdentity>(50, "reset_identity"),
            alternative<ExportBackup>(51, "export_backup"), alternative<React>(60, "react"),
            alternative<EditMessage>(61, "edit_message"), alternative<DeleteMessage>(62, "delete_message"),
            alternative<StarMessage>(63, "star_message"), alternative<SetTimer>(64, "set_timer"),
            alternative<SendTyped>(65, "send_typed"), alternative<CancelMessage>(66, "cancel_message"),
            alternative<ReadEdits>(67, "read_edits"), alternative<ReadThread>(68, "read_thread"),
            alternative<ListStarred>(69, "list_starred"), alternative<GetStatistics>(70, "get_statistics"),
            alternative<KeepConversation>(71, "keep_conversation"),
            alternative<SetApplicationSetting>(72, "set_application_setting"),
            alternative<ListApplicationSettings>(73, "list_application_settings"),
            alternative<ChangePrivacy>(74, "change_privacy"), alternative<WatchPresence>(75, "watch_presence"),
            alternative<BlockAccount>(76, "block_account"),
            alternative<ListBlockedAccounts>(77, "list_blocked_accounts"),
            alternative<DescribeConversation>(78, "describe_conversation"),
            alternative<ReportConversation>(79, "report_conversation"), alternative<NameDevice>(80, "name_device"),
            alternative<DeleteConversation>(81, "delete_conversation"), alternative<ConnectNow>(82, "connect_now"),
            alternative<AuditTransparency>(90, "audit_transparency"),
            alternative<GetTransparency>(91, "get_transparency"),
            alternative<CompareCheckpoint>(92, "compare_checkpoint"),
            alternative<SearchMessages>(100, "search_messages")));
  }
};

}  // namespace sotto::client
