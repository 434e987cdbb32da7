#pragma once

#include "wire/frame.h"

namespace sotto::wire {

/// Whether an operation may be asked before the caller has shown who it is.
enum class Access : std::uint8_t { anyone, signed_in };

/// Where an operation makes sense: everywhere, or on a stream only because it changes the stream itself.
enum class Reach : std::uint8_t { anywhere, stream_only };

/// One operation: its name on HTTP and in frames, what it takes and what it answers. The gateway dispatches by this
/// list and the OpenAPI document is printed from it.
template <class RequestType, class AnswerType>
struct Operation {
  using Request = RequestType;
  using Answer = AnswerType;
  std::string_view name;
  Access access = Access::signed_in;
  Reach reach = Reach::anywhere;
};

inline constexpr auto operations = sequence(
    Operation<Register, SignedIn>{"register", Access::anyone}, Operation<SignIn, SignedIn>{"sign_in", Access::anyone},
    Operation<Refresh, Tokens>{"refresh", Access::anyone},
    Operation<Authenticate, Authenticated>{"authenticate", Access::anyone, Reach::stream_only},
    Operation<SignOut, Done>{"sign_out"}, Operation<ListLogins, Logins>{"list_logins"},
    Operation<RevokeLogin, Done>{"revoke_login"}, Operation<FindAccount, AccountRecord>{"find_account"},
    Operation<GetAccount, AccountRecord>{"get_account"}, Operation<PublishDeviceList, Done>{"publish_device_list"},
    Operation<PublishPrekeys, PrekeyStock>{"publish_prekeys"},
    Operation<GetPrekeyStock, PrekeyStock>{"get_prekey_stock"}, Operation<ClaimPrekeys, PrekeyBundles>{"claim_prekeys"},
    Operation<OpenDirect, Conversation>{"open_direct"},
    Operation<ListConversations, Conversations>{"list_conversations"}, Operation<Send, Sent>{"send"},
    Operation<ReadLog, LogPage>{"read_log"}, Operation<Mark, Done>{"mark"},
    Operation<Resume, Resumed>{"resume", Access::signed_in, Reach::stream_only},
    Operation<SetTyping, Done>{"set_typing"}, Operation<PostMailbox, Done>{"post_mailbox"},
    Operation<ReadMailbox, MailboxPage>{"read_mailbox"}, Operation<AcknowledgeMailbox, Done>{"acknowledge_mailbox"},
    Operation<GetAccounts, Accounts>{"get_accounts"}, Operation<CreateGroup, Conversation>{"create_group"},
    Operation<ChangeGroup, Sent>{"change_group"}, Operation<ReadGroup, GroupPage>{"read_group"},
    Operation<ReadMembers, MembersPage>{"read_members"}, Operation<RequestJoin, Done>{"request_join"},
    Operation<ListJoinRequests, JoinRequests>{"list_join_requests"}, Operation<DeclineJoin, Done>{"decline_join"},
    Operation<Redact, Done>{"redact"}, Operation<PostMailboxes, Done>{"post_mailboxes"},
    Operation<BeginLink, Done>{"begin_link", Access::anyone}, Operation<PostLink, Done>{"post_link", Access::anyone},
    Operation<ReadLink, LinkBoxes>{"read_link", Access::anyone}, Operation<ApproveLink, Done>{"approve_link"},
    Operation<FinishLink, SignedIn>{"finish_link", Access::anyone}, Operation<PutBackup, Done>{"put_backup"},
    Operation<GetBackup, Backup>{"get_backup"}, Operation<AppendBackup, Done>{"append_backup"},
    Operation<ReadBackup, BackupPage>{"read_backup"}, Operation<DeleteBackup, Done>{"delete_backup"},
    Operation<Recover, SignedIn>{"recover", Access::anyone},
    Operation<ResetAccount, SignedIn>{"reset_account", Access::anyone}, Operation<SetPrivacy, Done>{"set_privacy"},
    Operation<GetPrivacy, Privacy>{"get_privacy"},
    Operation<WatchPresence, Presences>{"watch_presence", Access::signed_in, Reach::stream_only},
    Operation<SetBlocked, Done>{"set_blocked"}, Operation<ListBlocked, Blocked>{"list_blocked"},
    Operation<ReportConversation, Done>{"report_conversation"}, Operation<GetProof, Proof>{"get_proof"},
    Operation<ReadTransparency, TransparencyPage>{"read_transparency"});

}  // namespace sotto::wire
