#include "client/devices/admitting.h"

#include "client/backup/history_for_devices.h"
#include "client/devices/device_list_change.h"
#include "client/devices/joining.h"
#include "client/sending.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

/// Between two looks at what the new device left.
constexpr Milliseconds admission_look_pause = Milliseconds{500};

/// Ends the admission; the command that waits for it learns why.
void fail_admission(Turn& turn, ClientError error) {
  const Admission& admission = *turn.memory.admission;
  const std::uint64_t command = admission.compared ? admission.confirm_command : admission.accept_command;
  turn.memory.admission.reset();
  turn.fail(command, std::move(error));
}

void begin_admission(Turn& turn, std::uint64_t command, const wire::LinkCode& code) {
  auto offered = session::offer_link(code, turn.random);
  if (!offered) return turn.fail(command, ClientErrorCode::invalid_link_code);
  turn.memory.admission = Admission{.accept_command = command,
                                    .confirm_command = 0,
                                    .offered = std::move(offered->next),
                                    .offer = std::move(offered->box),
                                    .deadline = turn.now + linking_time};
}

/// The new device is on the published list: everything that makes it one of the account's, sealed for it.
void seal_secrets(Turn& turn, Admission& admission) {
  const Home home = turn.home.load();
  const std::optional<Contact> own = turn.contacts.find(home.account);
  session::AccountIdentity identity = turn.home.identity();
  if (!own || turn.context.damaged) return;
  admission.secrets = session::seal_secrets(*admission.compared, {.account = home.account,
                                                                  .name = home.name,
                                                                  .account_seed = std::move(identity.account_key.seed),
                                                                  .backup_key = turn.backup.key(),
                                                                  .device_list = own->record.device_list});
}

void pump_confirmed(Turn& turn, Admission& admission) {
  const session::DeviceListChange change{.added = admission.compared->device};
  if (!admission.secrets) {
    if (!is_made(turn, change)) {
      (void)begin_list_change(turn, change, admission.confirm_command);
      return;
    }
    if (!is_history_ready(turn, admission)) return;
    turn.memory.list_change.reset();
    seal_secrets(turn, admission);
  }
  if (!admission.secrets) return;
  const LinkId link = admission.compared->link;
  if (!admission.is_secret_posted) {
    turn.ask(AskLinking{LinkingQuestion::post_secrets},
             wire::PostLink{.link = link, .claim = std::nullopt, .number = 3, .box = *admission.secrets});
  } else {
    turn.ask(AskLinking{LinkingQuestion::approve},
             wire::ApproveLink{.link = link, .device = admission.compared->device.device});
  }
}

void take_keys(Turn& turn, Admission& admission, const wire::LinkBoxes& boxes) {
  turn.memory.link.pause(key_of(AskLinking{LinkingQuestion::read_keys}), turn.now + admission_look_pause);
  if (boxes.boxes.empty() || admission.compared) return;
  auto taken = session::take_device(admission.offered, boxes.boxes[0], turn.now);
  if (!taken) return fail_admission(turn, error_of(ClientErrorCode::server_distrusted));
  admission.compared = std::move(taken->next);
  admission.reveal = std::move(taken->box);
  turn.answer(admission.accept_command,
              LinkProgress{.step = LinkStep::compare, .digits = admission.compared->short_code, .text = {}});
}

bool needs_login(Turn& turn, std::uint64_t command) {
  const LoginState state = turn.home.load().state;
  if (state == LoginState::logged_in) return false;
  turn.fail(command,
            state == LoginState::logged_out ? ClientErrorCode::not_logged_in : ClientErrorCode::not_registered);
  return true;
}

}  // namespace

void run_accept_link(Turn& turn, WaitingCommand& waiting, const AcceptLink& command) {
  const std::uint64_t id = waiting.frame.id;
  if (needs_login(turn, id)) return;
  if (turn.memory.admission && turn.memory.admission->accept_command == id) return;
  const auto code = session::parse_link_text(command.code);
  if (!code) return turn.fail(id, ClientErrorCode::invalid_link_code);
  if (!command.server.empty() && command.server != code->server) return turn.fail(id, ClientErrorCode::other_server);
  begin_admission(turn, id, *code);
}

void run_confirm_link(Turn& turn, WaitingCommand& waiting, const ConfirmLink& command) {
  const std::uint64_t id = waiting.frame.id;
  if (needs_login(turn, id)) return;
  std::optional<Admission>& admission = turn.memory.admission;
  if (!admission || !admission->compared) return turn.fail(id, ClientErrorCode::no_linking);
  if (!command.same) {
    admission.reset();
    return turn.answer(id, Done{});
  }
  if (admission->confirm_command == 0) admission->confirm_command = id;
}

void pump_admission(Turn& turn) {
  std::optional<Admission>& admission = turn.memory.admission;
  if (!admission) return;
  if (turn.now >= admission->deadline) return fail_admission(turn, error_of(ClientErrorCode::no_linking));
  if (!turn.memory.link.is_live()) return;
  const LinkId link = admission->offered.code.link;
  if (!admission->is_offered) {
    turn.ask(AskLinking{LinkingQuestion::post_offer},
             wire::PostLink{.link = link, .claim = std::nullopt, .number = 1, .box = admission->offer});
  } else if (!admission->compared) {
    turn.ask(AskLinking{LinkingQuestion::read_keys}, wire::ReadLink{.link = link, .claim = std::nullopt});
  } else if (!admission->is_revealed) {
    turn.ask(AskLinking{LinkingQuestion::post_reveal},
             wire::PostLink{.link = link, .claim = std::nullopt, .number = 2, .box = admission->reveal});
  } else if (admission->confirm_command != 0) {
    pump_confirmed(turn, *admission);
  }
}

bool receive_admission(Turn& turn, LinkingQuestion question, const wire::Answer& answer) {
  // Given up meanwhile.
  if (!turn.memory.admission) return true;
  Admission& admission = *turn.memory.admission;
  if (question == LinkingQuestion::read_keys) {
    const auto* boxes = std::get_if<wire::LinkBoxes>(&answer);
    if (boxes != nullptr) take_keys(turn, admission, *boxes);
    return boxes != nullptr;
  }
  if (!std::holds_alternative<wire::Done>(answer)) return false;
  if (question == LinkingQuestion::post_offer) admission.is_offered = true;
  if (question == LinkingQuestion::post_reveal) admission.is_revealed = true;
  if (question == LinkingQuestion::post_secrets) admission.is_secret_posted = true;
  if (question == LinkingQuestion::approve) {
    turn.answer(admission.confirm_command, Done{});
    turn.memory.admission.reset();
  }
  return true;
}

void receive_admission_refused(Turn& turn, LinkingQuestion question, const wire::Error& error) {
  if (!turn.memory.admission) return;
  if (is_passing(error)) return pause_after(turn, AskLinking{question}, error);
  const bool gone = error.code == wire::ErrorCode::not_found || error.code == wire::ErrorCode::forbidden;
  fail_admission(turn, gone ? error_of(ClientErrorCode::no_linking) : error_of(error));
}

}  // namespace sotto::client
