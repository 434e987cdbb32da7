#include "client/command_runner.h"

#include <algorithm>

#include "client/backup/keeping.h"
#include "client/backup/offline.h"
#include "client/backup/recovery.h"
#include "client/devices/admitting.h"
#include "client/devices/device_list_change.h"
#include "client/devices/joining.h"
#include "client/devices/listing.h"
#include "client/directory.h"
#include "client/groups/group_runner.h"
#include "client/groups/invitation_runner.h"
#include "client/message_runner.h"
#include "client/privacy.h"
#include "client/running_command.h"
#include "client/search/searching.h"
#include "client/sending.h"
#include "client/settings.h"
#include "client/signing_in.h"
#include "client/transparency/auditing.h"
#include "client/transparency/comparing.h"
#include "client/views.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

std::size_t limit_of(std::uint32_t asked, std::size_t otherwise) {
  constexpr std::size_t most = 200;
  return asked == 0 || asked > most ? otherwise : asked;
}

/// Carries a command out as far as it goes. It has ended when it was answered; else it waits.
class Run {
 public:
  Run(Turn& turn, WaitingCommand& waiting)
      : turn_(turn), waiting_(waiting), running_(turn, waiting), id_(waiting.frame.id) {}

  void operator()(std::monostate) { fail(ClientErrorCode::bad_command); }
  void operator()(const RegisterAccount& command) { run_register(turn_, waiting_, command); }
  void operator()(const LogIn& command) { run_log_in(turn_, waiting_, command); }

  void operator()(const LogOut&) {
    // What is not in the backup yet could not be packed without a login.
    if (can_ask() && is_all_packed(turn_)) ask(AskSignOut{}, wire::SignOut{});
  }

  void operator()(const WhoAmI&) {
    const Home home = turn_.home.load();
    answer(Identity{.state = home.state,
                    .name = home.name,
                    .account = home.account,
                    .device = home.device,
                    .account_key = home.account_key});
  }

  void operator()(const RevokeLogin& command) {
    if (can_ask()) ask(AskRevokeLogin{}, wire::RevokeLogin{.login = command.login});
  }

  void operator()(const OpenConversation& command) {
    if (const auto row = conversation_with(command.name)) answer(Opened{summary(turn_, *row)});
  }

  void operator()(const ListConversations& command) {
    if (command.after && !known(*command.after)) return;
    const std::size_t limit = limit_of(command.limit, 200);
    std::vector<ConversationRow> rows = turn_.conversations.list({.after = command.after, .limit = limit + 1});
    ConversationList list{.conversations = {}, .more = rows.size() > limit};
    if (list.more) rows.pop_back();
    for (const ConversationRow& row : rows) list.conversations.push_back(summary(turn_, row));
    answer(std::move(list));
  }

  void operator()(const ReadHistory& command) {
    const bool one_target = command.with.empty() == command.conversation.has_value();
    if (!one_target || (command.before && command.after)) return fail(ClientErrorCode::bad_command);
    const auto row = command.conversation ? known(*command.conversation) : known_with(command.with);
    if (row) answer(history(*row, command));
  }

  void operator()(const MarkRead& command) {
    auto row = known(command.conversation);
    if (!row) return;
    row->read = std::max(row->read, command.seq == 0 ? row->cursor : std::min(command.seq, row->cursor));
    turn_.conversations.save(*row);
    if (turn_.conversations.settings(row->conversation).marked_unread) {
      wire::ConversationSetting setting;
      setting.conversation = row->conversation;
      setting.marked_unread = false;
      queue_setting(turn_, std::move(setting));
    }
    answer(Done{});
  }

  void operator()(const SetTyping& command) {
    if (!known(command.conversation)) return;
    if (turn_.memory.link.is_live()) {
      turn_.ask(AskTyping{}, wire::SetTyping{.conversation = command.conversation, .typing = command.typing});
    }
    answer(Done{});
  }

  void operator()(const GetSafetyNumber& command) {
    if (const auto contact = contact_named(command.name)) answer(safety_number(turn_, *contact));
  }

  void operator()(const SetVerified& command) {
    std::optional<Contact> contact = contact_named(command.name);
    if (!contact) return;
    std::string digits = command.digits;
    std::erase_if(digits, [](char letter) { return letter < '0' || letter > '9'; });
    if (command.verified && !digits.empty() && digits != safety_number(turn_, *contact).digits) {
      return fail(ClientErrorCode::number_differs);
    }
    const bool was_decided = contact->record.verification != Verification::unverified;
    decide_identity(turn_, *contact, command.verified ? Verification::verified : Verification::unverified);
    if (command.verified || was_decided) {
      queue_setting(turn_, wire::ContactSetting{.account = contact->account,
                                                .account_key = contact->record.account_key,
                                                .verified = command.verified});
    }
    answer(safety_number(turn_, *contact));
  }

  void operator()(const TakeUnannounced& command) {
    constexpr Milliseconds hand_out_time = seconds(5);
    Unannounced result;
    for (const TimelineRow& row : turn_.timeline.hand_out(
             {.now = turn_.now, .until = turn_.now + hand_out_time, .limit = limit_of(command.limit, 200)})) {
      result.messages.push_back(shown(turn_, row));
    }
    answer(std::move(result));
  }

  void operator()(const Announced& command) {
    for (const AnnouncedMessage& message : command.messages)
      turn_.timeline.announced({message.conversation, message.seq});
    answer(Done{});
  }

  void operator()(const ConnectNow&) {
    turn_.memory.link.hurry();
    answer(Done{});
  }

  void operator()(const BeginLinking& command) { run_begin_linking(turn_, waiting_, command); }
  void operator()(const CancelLinking&) { run_cancel_linking(turn_, id_); }
  void operator()(const AcceptLink& command) { run_accept_link(turn_, waiting_, command); }
  void operator()(const ConfirmLink& command) { run_confirm_link(turn_, waiting_, command); }
  void operator()(const RemoveDevice& command) { run_remove_device(turn_, waiting_, command); }
  void operator()(const CreateBackup& command) { run_create_backup(turn_, waiting_, command); }
  void operator()(const ConfirmBackup& command) { run_confirm_backup(turn_, waiting_, command); }
  void operator()(const GetBackupStatus&) { run_backup_status(turn_, id_); }
  void operator()(const EraseBackup&) { run_erase_backup(turn_, waiting_); }
  void operator()(const RestoreBackup& command) { run_restore_backup(turn_, waiting_, command); }
  void operator()(const ResetIdentity& command) { run_reset_identity(turn_, waiting_, command); }
  void operator()(const ExportBackup& command) { run_export_backup(turn_, id_, command); }

  /// Commands with a runner of their own.
  void operator()(const auto& command) { run_command(running_, command); }

  void operator()(const GetStatus&) {
    // What newcomers of groups are owed is on its way out as messages are.
    constexpr std::size_t most_counted = 100;
    answer(Status{.login = turn_.home.load().state,
                  .connection = turn_.memory.told_connection,
                  .outbox = turn_.outbox.count() + turn_.history.debts(most_counted).size(),
                  .unannounced = turn_.timeline.unannounced()});
  }

  void operator()(const AuditTransparency&) { run_audit(turn_, waiting_); }
  void operator()(const GetTransparency&) { run_transparency_status(turn_, waiting_); }
  void operator()(const SearchMessages& command) { run_search(turn_, waiting_, command); }
  void operator()(const CompareCheckpoint& command) { run_comparison(turn_, waiting_, command); }

 private:
  void answer(Event event) { running_.answer(std::move(event)); }
  void fail(ClientErrorCode code) { running_.fail(code); }
  void ask(Question question, wire::Request request) { running_.ask(std::move(question), std::move(request)); }
  bool can_ask() { return running_.can_ask(); }
  std::optional<Contact> contact_named(const std::string& wanted) { return running_.contact_named(wanted); }
  std::optional<ConversationRow> conversation_with(const std::string& name) { return running_.conversation_with(name); }
  std::optional<ConversationRow> known(ConversationId conversation) { return running_.known(conversation); }
  std::optional<ConversationRow> known_with(const std::string& wanted) { return running_.known_with(wanted); }

  History history(const ConversationRow& row, const ReadHistory& command) {
    const std::size_t limit = limit_of(command.limit, 50);
    std::vector<TimelineRow> lines = turn_.timeline.page(
        {.conversation = row.conversation, .before = command.before, .after = command.after, .limit = limit + 1});
    History page{.conversation = row.conversation, .messages = {}, .more = lines.size() > limit};
    if (page.more) lines.erase(command.after ? lines.end() - 1 : lines.begin());
    const bool reaches_end = command.after ? !page.more : !command.before;
    if (reaches_end) std::ranges::move(turn_.timeline.waiting(row.conversation, 200), std::back_inserter(lines));
    for (const TimelineRow& line : lines) page.messages.push_back(shown(turn_, line));
    return page;
  }

  Turn& turn_;
  WaitingCommand& waiting_;
  RunningCommand running_;
  std::uint64_t id_;
};

bool is_login(const WaitingCommand& waiting) {
  return std::holds_alternative<RegisterAccount>(waiting.frame.command) ||
         std::holds_alternative<LogIn>(waiting.frame.command) ||
         std::holds_alternative<RestoreBackup>(waiting.frame.command) ||
         std::holds_alternative<ResetIdentity>(waiting.frame.command);
}

}  // namespace

void take_command(Turn& turn, CommandFrame frame) {
  std::deque<WaitingCommand>& waiting = turn.memory.waiting;
  const bool known = std::ranges::any_of(waiting, [&](const auto& other) { return other.frame.id == frame.id; });
  if (frame.id == 0 || known) return turn.fail(frame.id, ClientErrorCode::bad_command);
  if (waiting.size() >= max_waiting_commands) return turn.fail(frame.id, ClientErrorCode::too_many);
  waiting.push_back({.frame = std::move(frame), .deadline = turn.now + command_timeout, .blocked_on = std::nullopt});
}

void run_waiting(Turn& turn) {
  std::deque<WaitingCommand>& waiting = turn.memory.waiting;
  const auto is_answered = [&](const WaitingCommand& command) { return turn.is_answered(command.frame.id); };
  std::erase_if(waiting, is_answered);
  for (WaitingCommand& command : waiting) {
    std::visit(Run(turn, command), command.frame.command);
    if (turn.now >= command.deadline) turn.fail(command.frame.id, ClientErrorCode::offline);
  }
  std::erase_if(waiting, is_answered);
}

bool wants_login(const Memory& memory) { return memory.joining || std::ranges::any_of(memory.waiting, is_login); }

}  // namespace sotto::client
