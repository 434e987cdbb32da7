#pragma once

#include <variant>

#include "wire/account.h"
#include "wire/backup.h"
#include "wire/conversation.h"
#include "wire/error.h"
#include "wire/link.h"
#include "wire/mailbox.h"
#include "wire/privacy.h"
#include "wire/report.h"
#include "wire/transparency.h"

namespace sotto::wire {

/// What a client may ask. The same operations are served over HTTP as `POST /api/v1/<name>`; `operations.h` lists
/// them with their answers.
using Request = std::variant<
    std::monostate, Register, SignIn, Refresh, Authenticate, SignOut, ListLogins, RevokeLogin, FindAccount, GetAccount,
    PublishDeviceList, PublishPrekeys, GetPrekeyStock, ClaimPrekeys, OpenDirect, ListConversations, Send, ReadLog, Mark,
    Resume, SetTyping, PostMailbox, ReadMailbox, AcknowledgeMailbox, GetAccounts, CreateGroup, ChangeGroup, ReadGroup,
    ReadMembers, RequestJoin, ListJoinRequests, DeclineJoin, Redact, PostMailboxes, BeginLink, PostLink, ReadLink,
    ApproveLink, FinishLink, PutBackup, GetBackup, AppendBackup, ReadBackup, DeleteBackup, Recover, ResetAccount,
    SetPrivacy, GetPrivacy, WatchPresence, SetBlocked, ListBlocked, GetProof, ReadTransparency, ReportConversation>;

/// A frame from a client. `id` is the client's own number for the request, not 0; the answer carries it back.
struct ClientFrame {
  std::uint64_t id = 0;
  Request request;

  static constexpr auto describe() {
    return message(
        "ClientFrame", "One request on a stream.",
        field(1, "id", &ClientFrame::id, "The client's number for it, not 0; the answer carries it back."),
        one_of("request", &ClientFrame::request, "What is asked.", alternative<Register>(2, "register"),
               alternative<SignIn>(3, "sign_in"), alternative<Refresh>(4, "refresh"),
               alternative<Authenticate>(5, "authenticate"), alternative<SignOut>(6, "sign_out"),
               alternative<ListLogins>(7, "list_logins"), alternative<RevokeLogin>(8, "revoke_login"),
               alternative<FindAccount>(9, "find_account"), alternative<GetAccount>(10, "get_account"),
               alternative<PublishDeviceList>(11, "publish_device_list"),
               alternative<PublishPrekeys>(12, "publish_prekeys"), alternative<GetPrekeyStock>(13, "get_prekey_stock"),
               alternative<ClaimPrekeys>(14, "claim_prekeys"), alternative<OpenDirect>(15, "open_direct"),
               alternative<ListConversations>(16, "list_conversations"), alternative<Send>(17, "send"),
               alternative<ReadLog>(18, "read_log"), alternative<Mark>(19, "mark"), alternative<Resume>(20, "resume"),
               alternative<SetTyping>(21, "set_typing"), alternative<PostMailbox>(22, "post_mailbox"),
               alternative<ReadMailbox>(23, "read_mailbox"), alternative<AcknowledgeMailbox>(24, "acknowledge_mailbox"),
               alternative<GetAccounts>(25, "get_accounts"), alternative<CreateGroup>(26, "create_group"),
               alternative<ChangeGroup>(27, "change_group"), alternative<ReadGroup>(28, "read_group"),
               alternative<ReadMembers>(29, "read_members"), alternative<RequestJoin>(30, "request_join"),
               alternative<ListJoinRequests>(31, "list_join_requests"), alternative<DeclineJoin>(32, "decline_join"),
               alternative<Redact>(33, "redact"), alternative<PostMailboxes>(34, "post_mailboxes"),
               alternative<BeginLink>(35, "begin_link"), alternative<PostLink>(36, "post_link"),
               alternative<ReadLink>(37, "read_link"), alternative<ApproveLink>(38, "approve_link"),
               alternative<FinishLink>(39, "finish_link"), alternative<PutBackup>(40, "put_backup"),
               alternative<GetBackup>(41, "get_backup"), alternative<AppendBackup>(42, "append_backup"),
               alternative<ReadBackup>(43, "read_backup"), alternative<DeleteBackup>(44, "delete_backup"),
               alternative<Recover>(45, "recover"), alternative<ResetAccount>(46, "reset_account"),
               alternative<SetPrivacy>(47, "set_privacy"), alternative<GetPrivacy>(48, "get_privacy"),
               alternative<WatchPresence>(49, "watch_presence"), alternative<SetBlocked>(50, "set_blocked"),
               alternative<ListBlocked>(51, "list_blocked"), alternative<GetProof>(52, "get_proof"),
               alternative<ReadTransparency>(53, "read_transparency"),
               alternative<ReportConversation>(54, "report_conversation")));
  }
};

/// The server dropped pushes because the connection did not drain; `resume` catches up.
struct Behind {
  static constexpr auto describe() {
    return message("Behind", "Pushes were dropped because the stream did not drain; resume to catch up.");
  }
};

/// The last frame before the server closes a stream whose login ended.
struct LoginEnded {
  LoginId login;

  static constexpr auto describe() {
    return message("LoginEnded", "The stream's login has ended; the server closes the stream.",
                   field(1, "login", &LoginEnded::login, "Which."));
  }
};

/// Answers (with the request's id) and pushes (with id 0).
using Answer = std::variant<std::monostate, Error, Done, SignedIn, Tokens, Authenticated, Logins, AccountRecord,
                            PrekeyStock, PrekeyBundles, Conversation, Conversations, Sent, LogPage, Resumed,
                            MailboxPage, LogEntry, Marked, Typing, EpochRaised, MailboxItem, Behind, LoginEnded,
                            Accounts, GroupPage, MembersPage, JoinRequests, LinkBoxes, Backup, BackupPage, Privacy,
                            Presences, Blocked, Proof, TransparencyPage, Redacted, Presence>;

/// A frame from a server. With id 0 it is a push: `log_entry`, `marked`, `typing`, `epoch_raised`, `mailbox_item`,
/// `prekey_stock`, `behind`, `login_ended`, `redacted` or `presence`.
struct ServerFrame {
  std::uint64_t id = 0;
  Answer answer;

  static constexpr auto describe() {
    return message(
        "ServerFrame", "One answer or push on a stream.",
        field(1, "id", &ServerFrame::id, "The request's number; 0 for a push."),
        one_of("answer", &ServerFrame::answer, "The answer or the push.", alternative<Error>(2, "error"),
               alternative<Done>(3, "done"), alternative<SignedIn>(4, "signed_in"), alternative<Tokens>(5, "tokens"),
               alternative<Authenticated>(6, "authenticated"), alternative<Logins>(7, "logins"),
               alternative<AccountRecord>(8, "account"), alternative<PrekeyStock>(9, "prekey_stock"),
               alternative<PrekeyBundles>(10, "prekey_bundles"), alternative<Conversation>(11, "conversation"),
               alternative<Conversations>(12, "conversations"), alternative<Sent>(13, "sent"),
               alternative<LogPage>(14, "log_page"), alternative<Resumed>(15, "resumed"),
               alternative<MailboxPage>(16, "mailbox_page"), alternative<LogEntry>(17, "log_entry"),
               alternative<Marked>(18, "marked"), alternative<Typing>(19, "typing"),
               alternative<EpochRaised>(20, "epoch_raised"), alternative<MailboxItem>(21, "mailbox_item"),
               alternative<Behind>(22, "behind"), alternative<LoginEnded>(23, "login_ended"),
               alternative<Accounts>(24, "accounts"), alternative<GroupPage>(25, "group_page"),
               alternative<MembersPage>(26, "members_page"), alternative<JoinRequests>(27, "join_requests"),
               alternative<LinkBoxes>(28, "link_boxes"), alternative<Backup>(29, "backup"),
               alternative<BackupPage>(30, "backup_page"), alternative<Privacy>(31, "privacy"),
               alternative<Presences>(32, "presences"), alternative<Blocked>(33, "blocked"),
               alternative<Proof>(34, "proof"), alternative<TransparencyPage>(35, "transparency_page"),
               alternative<Redacted>(36, "redacted"), alternative<Presence>(37, "presence")));
  }
};

}  // namespace sotto::wire
