#pragma once

#include <deque>
#include <set>
#include <tuple>

#include "client/backup/backup_state.h"
#include "client/devices/linking_state.h"
#include "client/groups/group_store.h"
#include "client/link.h"
#include "client/search/search_state.h"
#include "client/store/backup_store.h"
#include "client/store/contact_store.h"
#include "client/store/conversation_store.h"
#include "client/store/history_store.h"
#include "client/store/home_store.h"
#include "client/store/outbox_store.h"
#include "client/store/session_store.h"
#include "client/store/settings_store.h"
#include "client/store/timeline_store.h"
#include "client/store/waiting_store.h"
#include "wire/privacy.h"

namespace sotto::client {

/// A command that waits for the server.
struct WaitingCommand {
  CommandFrame frame;
  UnixMillis deadline;
  /// What it waits for; if the server refuses that, the command has failed. Absent while there is no connection.
  std::optional<QuestionKey> blocked_on;
};

/// All that an engine keeps in memory between transitions: matters of its connection and of its own commands.
struct Memory {
  Link link;
  std::deque<WaitingCommand> waiting;
  /// The newest change of the timeline that this process has told of.
  std::uint64_t told_change = 0;
  Connection told_connection = Connection::closed;
  /// Of whose presence this process wants to be told.
  std::optional<std::vector<AccountId>> watched;
  LoginState told_login = LoginState::empty;

  /// A linking by which this home becomes a device of an account.
  std::optional<Joining> joining;
  /// A linking by which this device takes another one in.
  std::optional<Admission> admission;
  std::optional<ListChange> list_change;
  std::optional<NewBackup> new_backup;
  std::optional<Packing> packing;
  std::optional<OfferedBackup> offered_backup;
  std::optional<Recovery> recovery;
  /// Keys are packed without waiting for the interval.
  bool pack_at_once = false;
  /// The server took no part of the backup when it was last asked, for a reason other than that a device was faster.
  bool is_backup_refused = false;
  /// Keys of messages in the packs that were read since the reading began.
  std::uint64_t keys_read = 0;

  SearchState search;
  GroupMemory groups;

  // Forgotten with the stream:
  TransparencyState transparency;
  /// Entries whose sender's list was fetched anew before they were judged.
  std::set<std::pair<ConversationId, std::uint64_t>> checked_senders;
  std::set<std::uint64_t> checked_mailbox_senders;
  std::optional<AccountId> held_mailbox;
  /// Logs that are not read on before this account's list was fetched.
  std::map<ConversationId, AccountId> held_conversations;
  /// As of which epoch of a direct conversation the own list was fetched.
  std::map<ConversationId, std::uint64_t> own_list_epochs;
  /// Logs that once ended before what the server had spoken of.
  std::set<ConversationId> short_logs;
  /// Notices that were given already on this stream.
  std::set<std::tuple<SecurityNoticeKind, Bytes>> noticed;
  /// Refusals in a row because devices had changed.
  std::map<ConversationId, unsigned> stale_epochs;
  /// What the server last said that others are shown, and what it was last asked for.
  std::optional<wire::Privacy> privacy;
  std::optional<wire::Privacy> wanted_privacy;
  /// Accounts some of whose devices had no prekeys when they were asked for last.
  std::set<AccountId> without_prekeys;
  /// The server wants no claims before.
  UnixMillis claims_paused_until;
  bool presence_asked = false;
  bool mailbox_waits = false;
  /// The server spoke of items that this home has not read.
  bool mailbox_holds_new = false;
  bool resume_again = false;
  bool own_list_checked = false;
  bool stock_checked = false;
  /// The access token was refused; it is exchanged before it is shown again.
  bool access_refused = false;
  /// The tokens were exchanged on this stream.
  bool refreshed = false;

  void forget_stream();
  /// Gives up what goes through several transitions and may be ahead of the database, after one was lost.
  void forget_unfinished();
};

/// One transition at work: its time, its stores, what it remembers and what comes of it.
class Turn {
 public:
  Turn(Memory& memory, const StoreContext& context, UnixMillis now);
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  [[nodiscard]] bool is_answered(std::uint64_t command) const { return answered_.contains(command); }
  /// Something that comes by itself.
  void tell(Event event);
  /// The answer to a command.
  void answer(std::uint64_t command, Event event);
  void fail(std::uint64_t command, ClientError error);
  void fail(std::uint64_t command, ClientErrorCode code);

  struct Notice {
    SecurityNoticeKind kind = SecurityNoticeKind::none;
    std::optional<AccountId> account = std::nullopt;
    std::optional<ConversationId> conversation = std::nullopt;
    std::optional<std::uint64_t> seq = std::nullopt;
  };
  /// Tells the user, once on each stream for the same matter.
  void notice(const Notice& notice);

  /// Sends the question unless the same is open or paused, or there is no room; then it is for a later turn. True if it
  /// is on its way, now or from before.
  bool ask(Question question, wire::Request request, std::uint64_t command = 0);

  Memory& memory;
  Random& random;
  const UnixMillis now;
  StoreContext context;
  HomeStore home;
  ContactStore contacts;
  ConversationStore conversations;
  TimelineStore timeline;
  OutboxStore outbox;
  SessionStore sessions;
  SettingsStore settings;
  WaitingStore waiting;
  BackupStore backup;
  GroupStore groups;
  HistoryStore history;
  Effects effects;

 private:
  std::set<std::uint64_t> answered_;
};

/// What is to be told of an entry of a log.
[[nodiscard]] Turn::Notice about(const wire::LogEntry& entry, SecurityNoticeKind kind);

}  // namespace sotto::client
