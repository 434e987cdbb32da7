#include "client/devices/joining.h"

#include "client/directory.h"
#include "client/sending.h"
#include "client/signing_in.h"
#include "client/wording.h"
#include "crypto/hash.h"

namespace sotto::client {
namespace {

/// Between two looks at what the other device left.
constexpr Milliseconds joining_look_pause = seconds(1);

void fail_joining(Turn& turn, LinkFailure why) {
  turn.memory.joining.reset();
  turn.tell(LinkProgress{.step = LinkStep::failed, .digits = {}, .text = std::string(words_for(why))});
}

void take_offer(Turn& turn, Joining& joining, ByteView box) {
  auto taken = session::take_offer(joining.shown, box);
  if (!taken) return fail_joining(turn, LinkFailure::not_authentic);
  joining.awaiting = std::move(taken->next);
  joining.box = std::move(taken->box);
}

void take_reveal(Turn& turn, Joining& joining, ByteView box) {
  auto confirming = session::take_reveal(*joining.awaiting, box);
  if (!confirming) return fail_joining(turn, LinkFailure::not_authentic);
  joining.confirming = std::move(*confirming);
  turn.tell(LinkProgress{.step = LinkStep::compare, .digits = joining.confirming->short_code, .text = {}});
}

/// Makes this home the device that the account's list names now. With the backup's key it reads the history.
void join(Turn& turn, const session::JoinedAccount& joined) {
  session::Replenished prekeys = session::replenish({}, joined.device, {}, turn.now, turn.random);
  turn.home.join({.identity = joined.account, .device = joined.device, .prekeys = prekeys.next, .name = joined.name});
  for (const wire::PublishPrekeys& upload : prekeys.uploads) {
    turn.outbox.add_upload(UploadKind::prekeys, wire::encode(upload));
  }
  pin_own_account(turn, {.account = joined.account.account,
                         .name = joined.name,
                         .account_key = joined.account.account_key.public_key,
                         .device_list = joined.device_list});
  if (joined.backup_key) {
    turn.backup.begin({}, *joined.backup_key);
  } else {
    turn.home.begin_at_linking();
  }
}

void take_secrets(Turn& turn, Joining& joining, ByteView box) {
  const auto joined = session::take_secrets(*joining.confirming, box);
  if (!joined || account_name(joined->name) != joined->name) return fail_joining(turn, LinkFailure::not_authentic);
  join(turn, *joined);
  joining.has_joined = true;
}

void take_boxes(Turn& turn, const wire::LinkBoxes& boxes) {
  Joining& joining = *turn.memory.joining;
  turn.memory.link.went_well();
  turn.memory.link.pause(key_of(AskLinking{LinkingQuestion::read_offer}), turn.now + joining_look_pause);
  const std::size_t count = boxes.boxes.size();
  if (!joining.awaiting && count > 0) return take_offer(turn, joining, boxes.boxes[0]);
  if (joining.awaiting && !joining.confirming && count > 1) return take_reveal(turn, joining, boxes.boxes[1]);
  if (joining.confirming && !joining.has_joined && count > 2) take_secrets(turn, joining, boxes.boxes[2]);
  if (turn.memory.joining) joining.is_approved = boxes.approved;
}

void finish(Turn& turn, const Asked& asked, const wire::SignedIn& signed_in) {
  receive_signed_in(turn, asked, signed_in);
  if (turn.home.load().state != LoginState::logged_in) return fail_joining(turn, LinkFailure::not_authentic);
  turn.memory.joining.reset();
  const std::string_view text = turn.home.begins_at_linking() ? words_for_beginning_at_linking() : std::string_view();
  turn.tell(LinkProgress{.step = LinkStep::joined, .digits = {}, .text = std::string(text)});
}

/// What comes after the server knows of the linking.
void pump_open(Turn& turn, const Joining& joining) {
  const LinkId link = joining.shown.code.link;
  if (joining.awaiting && !joining.is_posted) {
    turn.ask(AskLinking{LinkingQuestion::post_keys},
             wire::PostLink{.link = link, .claim = joining.claim, .number = 1, .box = joining.box});
  } else if (joining.has_joined && joining.is_approved) {
    turn.ask(AskLinking{LinkingQuestion::finish}, wire::FinishLink{.link = link, .claim = joining.claim});
  } else {
    turn.ask(AskLinking{LinkingQuestion::read_offer}, wire::ReadLink{.link = link, .claim = joining.claim});
  }
}

}  // namespace

void run_begin_linking(Turn& turn, WaitingCommand& waiting, const BeginLinking& command) {
  const std::uint64_t id = waiting.frame.id;
  std::optional<Joining>& joining = turn.memory.joining;
  if (turn.home.load().state != LoginState::empty) return turn.fail(id, ClientErrorCode::already_registered);
  if (!joining || joining->command != id) {
    joining = Joining{.command = id,
                      .claim = turn.random.next<wire::LinkClaim>(),
                      .shown = session::show_link(command.server, turn.random),
                      .deadline = turn.now + linking_time};
  }
  waiting.blocked_on = key_of(AskLinking{LinkingQuestion::begin});
  if (!joining->is_open) return;
  turn.answer(id, LinkShown{.code = std::string(as_text(session::link_text(joining->shown.code).reveal()))});
}

void run_cancel_linking(Turn& turn, std::uint64_t command) {
  turn.memory.joining.reset();
  turn.memory.admission.reset();
  turn.answer(command, Done{});
}

void pump_joining(Turn& turn) {
  std::optional<Joining>& joining = turn.memory.joining;
  if (!joining) return;
  if (turn.now >= joining->deadline) return fail_joining(turn, LinkFailure::too_late);
  if (!turn.memory.link.is_open()) return;
  if (joining->is_open) return pump_open(turn, *joining);
  turn.ask(AskLinking{LinkingQuestion::begin},
           wire::BeginLink{.link = joining->shown.code.link, .claim = crypto::sha256(joining->claim.bytes)});
}

bool receive_joining(Turn& turn, const Asked& asked, LinkingQuestion question, const wire::Answer& answer) {
  // Given up meanwhile.
  if (!turn.memory.joining) return true;
  Joining& joining = *turn.memory.joining;
  if (question == LinkingQuestion::read_offer) {
    const auto* boxes = std::get_if<wire::LinkBoxes>(&answer);
    if (boxes != nullptr) take_boxes(turn, *boxes);
    return boxes != nullptr;
  }
  if (question == LinkingQuestion::finish) {
    const auto* signed_in = std::get_if<wire::SignedIn>(&answer);
    if (signed_in != nullptr) finish(turn, asked, *signed_in);
    return signed_in != nullptr;
  }
  if (!std::holds_alternative<wire::Done>(answer)) return false;
  if (question == LinkingQuestion::begin) joining.is_open = true;
  if (question == LinkingQuestion::post_keys) joining.is_posted = true;
  return true;
}

void receive_joining_refused(Turn& turn, LinkingQuestion question, const wire::Error& error) {
  if (!turn.memory.joining) return;
  if (is_passing(error)) return pause_after(turn, AskLinking{question}, error);
  fail_joining(turn, LinkFailure::refused);
}

std::optional<UnixMillis> linking_deadline(const Memory& memory) {
  if (memory.joining) return memory.joining->deadline;
  if (memory.admission) return memory.admission->deadline;
  return std::nullopt;
}

}  // namespace sotto::client
