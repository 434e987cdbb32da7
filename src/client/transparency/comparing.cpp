#include "client/transparency/comparing.h"

#include "client/transparency/log_store.h"
#include "client/transparency/proving.h"

namespace sotto::client {
namespace {

std::string_view words_for(ViewComparison result) {
  switch (result) {
    case ViewComparison::consistent:
      return "You both see the same log.";
    case ViewComparison::split_view:
      return "The server showed the two of you different logs of device lists. Keep both checkpoints: together they "
             "prove it. Do not trust this server, and compare safety numbers with the people you write to.";
    case ViewComparison::other_log:
      return "The other checkpoint is of another log: of another server, or your server gave the two of you different "
             "log keys. Compare the log's key with the other person.";
    case ViewComparison::not_authentic:
      return "That is not a checkpoint, or it was altered.";
  }
  return "";
}

void answer(Turn& turn, std::uint64_t id, const CheckpointComparison& comparison) {
  CheckpointComparison shown = comparison;
  shown.text = words_for(shown.result);
  if (shown.result == ViewComparison::split_view) turn.notice({.kind = SecurityNoticeKind::log_split_view});
  turn.memory.transparency.compared.erase(id);
  turn.answer(id, std::move(shown));
}

/// The command, while it still waits.
const CompareCheckpoint* waiting_comparison(Turn& turn, std::uint64_t id) {
  for (const WaitingCommand& waiting : turn.memory.waiting) {
    if (waiting.frame.id == id) return std::get_if<CompareCheckpoint>(&waiting.frame.command);
  }
  return nullptr;
}

void ask_proof(Turn& turn, std::uint64_t id, std::uint64_t known_size) {
  const AccountId account = turn.home.load().account;
  turn.ask(AskProof{.account = account, .known_size = known_size, .purpose = ProofPurpose::comparison},
           wire::GetProof{.account = account, .known_size = known_size}, id);
}

}  // namespace

void run_comparison(Turn& turn, WaitingCommand& waiting, const CompareCheckpoint& command) {
  const std::uint64_t id = waiting.frame.id;
  const auto other = transparency::open_exported(command.note);
  if (!other)
    return answer(turn, id, {.result = ViewComparison::not_authentic, .own_size = 0, .other_size = 0, .text = {}});
  const Home home = turn.home.load();
  if (home.state == LoginState::empty) return turn.fail(id, ClientErrorCode::not_registered);
  const auto own = LogStore(turn.context).memory();
  CheckpointComparison comparison{.result = ViewComparison::consistent,
                                  .own_size = own ? own->checkpoint.head.size : 0,
                                  .other_size = other->checkpoint.head.size,
                                  .text = {}};
  const auto relation = own ? std::optional(transparency::compare(*own, *other)) : std::nullopt;
  if (relation == transparency::Comparison::other_log) {
    comparison.result = ViewComparison::other_log;
    return answer(turn, id, comparison);
  }
  if (relation == transparency::Comparison::equal) return answer(turn, id, comparison);
  if (relation == transparency::Comparison::split_view) {
    comparison.result = ViewComparison::split_view;
    return answer(turn, id, comparison);
  }
  if (home.state != LoginState::logged_in) return turn.fail(id, ClientErrorCode::not_logged_in);
  if (!turn.memory.link.is_live()) return;
  if (!turn.memory.transparency.compared.contains(id)) return ask_proof(turn, id, comparison.own_size);
  if (comparison.other_size > comparison.own_size) {
    // The other one was shown more, and earlier.
    comparison.result = ViewComparison::split_view;
    return answer(turn, id, comparison);
  }
  ask_proof(turn, id, comparison.other_size);
}

void receive_comparison_proof(Turn& turn, const Asked& asked, const wire::Proof& proof) {
  const CompareCheckpoint* command = waiting_comparison(turn, asked.command);
  if (command == nullptr) return;
  const auto& ask = std::get<AskProof>(asked.question);
  const auto own = LogStore(turn.context).memory();
  const auto other = transparency::open_exported(command->note);
  auto& compared = turn.memory.transparency.compared;
  if (!compared.contains(asked.command)) {
    if ((own ? own->checkpoint.head.size : 0) != ask.known_size) return;
    if (!follow_log(turn, ask, proof)) return turn.fail(asked.command, ClientErrorCode::server_distrusted);
    compared[asked.command] = true;
    return;
  }
  if (!own || !other || ask.known_size != other->checkpoint.head.size) return;
  const auto seen = transparency::check_proof(proof, *other);
  CheckpointComparison comparison{.result = ViewComparison::consistent,
                                  .own_size = own->checkpoint.head.size,
                                  .other_size = other->checkpoint.head.size,
                                  .text = {}};
  if (!seen) comparison.result = ViewComparison::split_view;
  // The log that begins with the other view has to be the own one, too.
  if (seen && seen->checkpoint.head.size == own->checkpoint.head.size &&
      seen->checkpoint.head != own->checkpoint.head) {
    comparison.result = ViewComparison::split_view;
  }
  if (seen && seen->checkpoint.head.size != own->checkpoint.head.size) {
    // It grew meanwhile: bring the own view up to date and ask again.
    compared.erase(asked.command);
    return;
  }
  answer(turn, asked.command, comparison);
}

}  // namespace sotto::client
