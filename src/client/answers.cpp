#include "client/answers.h"

#include "client/backup/keeping.h"
#include "client/backup/recovery.h"
#include "client/claiming.h"
#include "client/devices/admitting.h"
#include "client/devices/device_list_change.h"
#include "client/devices/joining.h"
#include "client/devices/listing.h"
#include "client/directory.h"
#include "client/groups/group_runner.h"
#include "client/privacy.h"
#include "client/receiving.h"
#include "client/sending.h"
#include "client/settings.h"
#include "client/signing_in.h"
#include "client/transparency/auditing.h"
#include "client/transparency/proving.h"
#include "client/upkeep.h"
#include "client/wording.h"
#include "wire/frame_codec.h"

namespace sotto::client {
namespace {

/// Before a refused question that nobody waits for is asked again.
constexpr Milliseconds refusal_pause = seconds(30);

void receive_account(Turn& turn, const AskGetAccount& asked, const wire::AccountRecord& record) {
  Trust trust = Trust::refused;
  if (record.account == asked.account) {
    trust = take_record(turn, record);
  } else {
    turn.notice({.kind = SecurityNoticeKind::wrong_account, .account = asked.account});
  }
  if (trust != Trust::pinned) {
    // What waits for this account goes on waiting; a server that behaves again is believed again.
    turn.memory.link.pause(key_of(asked), turn.now + refusal_pause);
    return;
  }
  std::erase_if(turn.memory.held_conversations, [&](const auto& held) { return held.second == asked.account; });
  if (turn.memory.held_mailbox == asked.account) {
    turn.memory.held_mailbox.reset();
    turn.memory.mailbox_waits = true;
  }
  if (!asked.conversation) return;
  auto row = turn.conversations.find(*asked.conversation);
  if (row && row->peer != asked.account) {
    turn.memory.own_list_epochs[row->conversation] = asked.epoch;
  } else if (row && row->epoch < asked.epoch) {
    row->epoch = asked.epoch;
    turn.conversations.save(*row);
  }
}

/// Commands that asked for this find it in the database now, or fail.
void fail_waiting(Turn& turn, const QuestionKey& key, const ClientError& error) {
  for (const WaitingCommand& waiting : turn.memory.waiting) {
    if (waiting.blocked_on == key) turn.fail(waiting.frame.id, error);
  }
}

void receive_found(Turn& turn, const AskFindAccount& asked, const wire::AccountRecord& record) {
  const bool right = record.name == asked.name;
  if (!right) turn.notice({.kind = SecurityNoticeKind::wrong_account, .account = record.account});
  if (!right || take_record(turn, record) != Trust::pinned) {
    fail_waiting(turn, key_of(asked), error_of(ClientErrorCode::server_distrusted));
  }
}

void receive_opened(Turn& turn, const AskOpenDirect& asked, const wire::Conversation& conversation) {
  const bool right = learn_conversation(turn, conversation) && turn.conversations.find_by_peer(asked.peer);
  if (!right) fail_waiting(turn, key_of(asked), error_of(ClientErrorCode::server_distrusted));
}

/// Takes the answer that the question calls for. False if it is another one.
struct TakeAnswer {
  Turn& turn;
  const Asked& asked;
  const wire::Answer& answer;

  template <class Expected>
  const Expected* get() const {
    return std::get_if<Expected>(&answer);
  }

  template <class Expected>
  bool with(auto&& take) const {
    const Expected* expected = get<Expected>();
    if (expected != nullptr) take(*expected);
    return expected != nullptr;
  }

  bool signed_in() const {
    return with<wire::SignedIn>([&](const auto& value) { receive_signed_in(turn, asked, value); });
  }
  bool operator()(const AskRegister&) const { return signed_in(); }
  bool operator()(const AskSignIn&) const { return signed_in(); }
  bool operator()(const AskRefresh& ask) const {
    return with<wire::Tokens>([&](const auto& value) { receive_tokens(turn, ask, value); });
  }
  bool operator()(const AskAuthenticate&) const {
    return with<wire::Authenticated>([&](const auto& value) { receive_authenticated(turn, value); });
  }
  bool operator()(const AskResume&) const {
    return with<wire::Resumed>([&](const auto& value) {
      receive_resumed(turn, value);
      turn.memory.link.resumed();
      turn.memory.link.pause(key_of(AskResume{}), turn.now + seconds(2));
    });
  }
  bool operator()(const AskSignOut&) const {
    return with<wire::Done>([&](const auto&) {
      turn.home.sign_out();
      turn.answer(asked.command, Done{});
    });
  }
  bool operator()(const AskListLogins&) const {
    return with<wire::Logins>([&](const auto& value) { receive_logins(turn, asked, value); });
  }
  bool operator()(const AskRevokeLogin&) const {
    return with<wire::Done>([&](const auto&) { turn.answer(asked.command, Done{}); });
  }
  bool operator()(const AskFindAccount& ask) const {
    return with<wire::AccountRecord>([&](const auto& value) { receive_found(turn, ask, value); });
  }
  bool operator()(const AskGetAccount& ask) const {
    return with<wire::AccountRecord>([&](const auto& value) { receive_account(turn, ask, value); });
  }
  bool operator()(const AskPrekeyStock&) const {
    return with<wire::PrekeyStock>([&](const auto& value) {
      receive_stock(turn, value);
      turn.memory.link.pause(key_of(AskPrekeyStock{}), turn.now + minutes(1));
    });
  }
  bool operator()(const AskClaim& ask) const {
    return with<wire::PrekeyBundles>([&](const auto& value) { receive_bundles(turn, ask, value); });
  }
  bool operator()(const AskOpenDirect& ask) const {
    return with<wire::Conversation>([&](const auto& value) { receive_opened(turn, ask, value); });
  }
  bool operator()(const AskSend& ask) const {
    return with<wire::Sent>([&](const auto& value) { receive_sent(turn, ask, value); });
  }
  bool operator()(const AskReadLog& ask) const {
    return with<wire::LogPage>([&](const auto& value) { receive_page(turn, ask, value); });
  }
  bool operator()(const AskMark& ask) const {
    return with<wire::Done>([&](const auto&) { receive_mark_done(turn, ask); });
  }
  bool operator()(const AskUpload& ask) const {
    const bool done = get<wire::Done>() != nullptr || get<wire::PrekeyStock>() != nullptr;
    if (done) receive_upload_done(turn, ask);
    return done;
  }
  bool operator()(const AskReadMailbox&) const {
    return with<wire::MailboxPage>([&](const auto& value) { receive_mailbox_page(turn, value); });
  }
  bool operator()(const AskAcknowledge& ask) const {
    return with<wire::Done>([&](const auto&) { receive_acknowledged(turn, ask); });
  }
  bool operator()(const AskTyping&) const { return get<wire::Done>() != nullptr; }
  bool operator()(const AskReport& ask) const {
    return with<wire::Done>([&](const auto&) {
      wire::ConversationSetting setting;
      setting.conversation = ask.conversation;
      setting.reported_at = turn.now;
      queue_setting(turn, std::move(setting));
      turn.answer(asked.command, Done{});
    });
  }
  bool operator()(const AskPrivacy&) const { return receive_privacy(turn, asked, answer); }
  bool operator()(const AskPresence&) const {
    return with<wire::Presences>([&](const auto& value) {
      for (const wire::Presence& presence : value.presences) receive_presence(turn, presence);
    });
  }
  bool operator()(const AskGroup& ask) const { return receive_group_answer(turn, asked, ask, answer); }
  bool operator()(const AskProof&) const {
    return with<wire::Proof>([&](const auto& value) { receive_proof(turn, asked, value); });
  }
  bool operator()(const AskReadTransparency&) const {
    return with<wire::TransparencyPage>([&](const auto& value) { receive_audit_page(turn, asked, value); });
  }
  bool operator()(const AskLinking& ask) const {
    const bool joins = ask.question < LinkingQuestion::post_offer;
    return joins ? receive_joining(turn, asked, ask.question, answer) : receive_admission(turn, ask.question, answer);
  }
  bool operator()(const AskBackup& ask) const {
    return turn.memory.recovery ? receive_recovery(turn, ask, answer) : receive_backup(turn, asked, ask, answer);
  }
  bool operator()(const AskPublishList& ask) const {
    return with<wire::Done>([&](const auto&) { receive_list_published(turn, ask); });
  }
};

/// Takes a refusal.
struct TakeRefusal {
  Turn& turn;
  const Asked& asked;
  const wire::Error& error;

  void operator()(const AskRegister&) const { receive_registration_refused(turn, asked, error); }
  void operator()(const AskSignIn&) const { turn.fail(asked.command, error_of(error)); }
  void operator()(const AskRefresh& ask) const { receive_refresh_refused(turn, ask, error); }
  void operator()(const AskAuthenticate& ask) const { receive_authenticate_refused(turn, ask, error); }
  void operator()(const AskResume&) const { turn.memory.link.give_up(); }
  void operator()(const AskRevokeLogin&) const {
    turn.fail(asked.command,
              error.code == wire::ErrorCode::not_found ? error_of(ClientErrorCode::unknown_login) : error_of(error));
  }
  void operator()(const AskFindAccount& ask) const { fail_waiting(turn, key_of(ask), error_of(error)); }
  void operator()(const AskOpenDirect& ask) const {
    fail_waiting(turn, key_of(ask), error_of(error));
    // The own conversation is opened without a command that would end with this.
    turn.memory.link.pause(key_of(ask), turn.now + refusal_pause);
  }
  void operator()(const AskPrivacy&) const {
    fail_waiting(turn, key_of(AskPrivacy{}), error_of(error));
    turn.fail(asked.command, error_of(error));
  }
  void operator()(const AskClaim& ask) const { receive_claim_refused(turn, ask, error); }
  void operator()(const AskSend& ask) const { receive_send_refused(turn, ask, error); }
  void operator()(const AskUpload& ask) const { receive_upload_refused(turn, ask, error); }
  void operator()(const AskTyping&) const {}
  void operator()(const AskGroup& ask) const { receive_group_refused(turn, asked, ask, error); }
  void operator()(const AskProof&) const { receive_proof_refused(turn, asked, error); }
  void operator()(const AskLinking& ask) const {
    if (ask.question < LinkingQuestion::post_offer) {
      fail_waiting(turn, key_of(ask), error_of(error));
      receive_joining_refused(turn, ask.question, error);
    } else {
      receive_admission_refused(turn, ask.question, error);
    }
  }
  void operator()(const AskPublishList& ask) const { receive_list_refused(turn, ask, error); }
  void operator()(const AskBackup& ask) const {
    if (turn.memory.recovery) {
      receive_recovery_refused(turn, ask, error);
    } else {
      receive_backup_refused(turn, asked, ask, error);
    }
  }
  void operator()(const AskMark& ask) const {
    if (is_passing(error)) {
      pause_after(turn, ask, error);
    } else {
      // A mark beyond a log that lost its end: nothing that asking again would mend.
      turn.memory.link.pause(key_of(ask), turn.now + hours(1));
    }
  }
  void operator()(const AskReadMailbox& ask) const {
    turn.memory.mailbox_waits = true;
    pause_after(turn, ask, error);
  }
  void operator()(const auto& ask) const {
    turn.fail(asked.command, error_of(error));
    if (is_passing(error)) {
      pause_after(turn, ask, error);
    } else {
      turn.memory.link.pause(key_of(ask), turn.now + refusal_pause);
    }
  }
};

void receive_malformed(Turn& turn) {
  turn.notice({.kind = SecurityNoticeKind::malformed_frame});
  turn.memory.link.give_up();
}

/// The login behind the stream is not valid any more.
bool concerns_login(const Asked& asked, const wire::Error& error) {
  using enum wire::ErrorCode;
  const bool about_tokens =
      std::holds_alternative<AskRefresh>(asked.question) || std::holds_alternative<AskAuthenticate>(asked.question) ||
      std::holds_alternative<AskRegister>(asked.question) || std::holds_alternative<AskSignIn>(asked.question);
  return !about_tokens && (error.code == token_revoked || error.code == token_expired || error.code == unauthenticated);
}

void receive_answer(Turn& turn, const Asked& asked, const wire::Answer& answer) {
  if (const auto* error = std::get_if<wire::Error>(&answer)) {
    if (concerns_login(asked, *error)) {
      // The next stream shows what is left of the login; commands wait for it.
      turn.memory.access_refused = true;
      turn.memory.link.give_up();
      return;
    }
    std::visit(TakeRefusal{turn, asked, *error}, asked.question);
  } else if (!std::visit(TakeAnswer{turn, asked, answer}, asked.question)) {
    receive_malformed(turn);
  }
}

struct TakePush {
  Turn& turn;

  bool operator()(const wire::LogEntry& push) const {
    receive_entry(turn, push);
    return true;
  }
  bool operator()(const wire::Marked& push) const {
    receive_marked(turn, push);
    return true;
  }
  bool operator()(const wire::Typing& push) const {
    receive_typing(turn, push);
    return true;
  }
  // The server refuses what was sealed for an older epoch and then shows the lists, so nothing is to be done before.
  bool operator()(const wire::EpochRaised& push) const {
    // The own devices are watched all the same: the user should know of each that is added.
    if (push.account == turn.home.load().account) turn.memory.own_list_checked = false;
    return true;
  }
  bool operator()(const wire::Presence& push) const {
    receive_presence(turn, push);
    return true;
  }
  // What was read stays until its author's deletion comes through the log; what was not will be found dropped.
  bool operator()(const wire::Redacted&) const { return true; }
  bool operator()(const wire::MailboxItem& push) const {
    receive_mailbox_item(turn, push);
    return true;
  }
  bool operator()(const wire::PrekeyStock& push) const {
    receive_stock(turn, push);
    return true;
  }
  bool operator()(const wire::Behind&) const {
    turn.memory.resume_again = true;
    return true;
  }
  bool operator()(const wire::LoginEnded& push) const {
    if (push.login == turn.home.load().login) end_login(turn);
    return true;
  }
  bool operator()(const auto&) const { return false; }
};

}  // namespace

void receive_frame(Turn& turn, ByteView frame) {
  if (!turn.memory.link.is_open()) return;
  auto decoded = wire::decode<wire::ServerFrame>(frame);
  if (!decoded) return receive_malformed(turn);
  if (decoded->id == 0) {
    const bool may_come =
        turn.memory.link.phase() >= Phase::resuming || std::holds_alternative<wire::LoginEnded>(decoded->answer);
    if (!may_come || !std::visit(TakePush{turn}, decoded->answer)) receive_malformed(turn);
    return;
  }
  // An answer to nothing that was asked on this stream changes nothing.
  if (const std::optional<Asked> asked = turn.memory.link.answered(decoded->id)) {
    receive_answer(turn, *asked, decoded->answer);
  }
}

}  // namespace sotto::client
