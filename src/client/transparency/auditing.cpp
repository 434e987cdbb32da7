#include "client/transparency/auditing.h"

#include <algorithm>

#include "client/transparency/log_store.h"
#include "client/transparency/proving.h"
#include "crypto/hash.h"

namespace sotto::client {
namespace {

/// Far more lists than an account's devices can be changed in years at the server's limits.
constexpr std::size_t most_leaves = 2'000;

/// The first entry of the present identity: the last one that begins a chain of versions anew.
std::size_t first_of_identity(std::span<const wire::TransparencyLeaf> leaves) {
  std::size_t first = 0;
  for (std::size_t index = 1; index < leaves.size(); ++index) {
    if (leaves[index].version == 1) first = index;
  }
  return first;
}

/// Whether the entry continues the one before it.
bool follows(std::span<const wire::TransparencyLeaf> leaves, std::size_t index) {
  if (index == 0) return !leaves[0].previous;
  const wire::TransparencyLeaf& before = leaves[index - 1];
  const bool version_fits = leaves[index].version == before.version + 1 || leaves[index].version == 1;
  return version_fits && leaves[index].account == before.account &&
         leaves[index].previous == transparency::hash_of(before);
}

std::string words_for(const TransparencyAudit& audit) {
  if (!audit.sound) {
    return "The server's log holds a list of your devices that is not yours. Somebody may have tried to add a device "
           "to "
           "your account, or the server is not honest. Compare safety numbers with the people you write to.";
  }
  return "Every list of your devices in the server's log is accounted for.";
}

void finish(Turn& turn, const Asked& asked, AuditProgress progress) {
  const Home home = turn.home.load();
  const std::optional<Contact> own = turn.contacts.find(home.account);
  if (!own) return turn.fail(asked.command, ClientErrorCode::not_registered);
  // What was appended after the proof waits for the next audit.
  const Sha256Digest proven = transparency::hash_of(progress.proven);
  const auto last = std::ranges::find(progress.leaves, proven, transparency::hash_of);
  const bool held = last != progress.leaves.end();
  if (held) progress.leaves.erase(last + 1, progress.leaves.end());
  const OwnLists lists{.newest = crypto::sha256(own->record.device_list.list),
                       .seen = LogStore(turn.context).seen(home.account)};
  const std::vector<EntryStanding> standings = judge_entries(progress.leaves, lists);
  TransparencyAudit audit{.sound = held, .size = progress.size, .entries = {}, .text = {}};
  for (std::size_t index = 0; index < standings.size(); ++index) {
    const wire::TransparencyLeaf& leaf = progress.leaves[index];
    audit.entries.push_back(
        {.version = leaf.version, .device_list = leaf.device_list, .at = leaf.at, .standing = standings[index]});
    audit.sound = audit.sound && standings[index] != EntryStanding::unexpected;
  }
  audit.text = words_for(audit);
  if (!audit.sound) turn.notice({.kind = SecurityNoticeKind::unexpected_own_entry, .account = home.account});
  turn.answer(asked.command, std::move(audit));
}

}  // namespace

std::vector<EntryStanding> judge_entries(std::span<const wire::TransparencyLeaf> leaves, const OwnLists& own) {
  std::vector<EntryStanding> standings;
  const std::size_t first = first_of_identity(leaves);
  for (std::size_t index = 0; index < leaves.size(); ++index) {
    const bool seen = leaves[index].device_list == own.newest ||
                      std::ranges::find(own.seen, leaves[index].device_list) != own.seen.end();
    const bool must_be_newest = index + 1 == leaves.size();
    if (!follows(leaves, index) || (must_be_newest && leaves[index].device_list != own.newest)) {
      standings.push_back(EntryStanding::unexpected);
    } else if (seen) {
      standings.push_back(EntryStanding::known);
    } else {
      standings.push_back(index < first ? EntryStanding::earlier_identity : EntryStanding::not_seen);
    }
  }
  return standings;
}

void run_audit(Turn& turn, WaitingCommand& waiting) {
  const Home home = turn.home.load();
  const std::uint64_t id = waiting.frame.id;
  if (home.state == LoginState::empty) return turn.fail(id, ClientErrorCode::not_registered);
  if (home.state != LoginState::logged_in) return turn.fail(id, ClientErrorCode::not_logged_in);
  // The own list is fetched on every stream; the audit is against the newest one.
  const bool own_list_waits =
      turn.memory.link.is_open(key_of(AskGetAccount{.account = home.account, .conversation = {}}));
  if (!turn.memory.link.is_live() || !turn.memory.own_list_checked || own_list_waits) return;
  const auto found = turn.memory.transparency.audits.find(id);
  if (found == turn.memory.transparency.audits.end()) {
    const auto memory = LogStore(turn.context).memory();
    const std::uint64_t size = memory ? memory->checkpoint.head.size : 0;
    turn.ask(AskProof{.account = home.account, .known_size = size, .purpose = ProofPurpose::audit},
             wire::GetProof{.account = home.account, .known_size = size}, id);
    return;
  }
  const auto& leaves = found->second.leaves;
  const std::uint64_t after = leaves.empty() ? 0 : leaves.back().version;
  turn.ask(AskReadTransparency{}, wire::ReadTransparency{.account = home.account, .after_version = after}, id);
}

void run_transparency_status(Turn& turn, const WaitingCommand& waiting) {
  LogStore store(turn.context);
  TransparencyStatus status;
  if (auto memory = store.memory()) {
    status.origin = memory->checkpoint.origin;
    status.key = transparency::print_key(memory->key);
    status.size = memory->checkpoint.head.size;
    status.note = std::move(memory->note);
  }
  status.proven = store.count(ProofState::proven);
  status.waiting = store.count(ProofState::wanted);
  turn.answer(waiting.frame.id, std::move(status));
}

void receive_audit_proof(Turn& turn, const Asked& asked, const wire::Proof& proof) {
  const auto& ask = std::get<AskProof>(asked.question);
  const auto known = LogStore(turn.context).memory();
  // Another question brought a newer checkpoint in between; the command asks again.
  if ((known ? known->checkpoint.head.size : 0) != ask.known_size) return;
  const auto seen = follow_log(turn, ask, proof);
  if (!seen || proof.leaf.account != ask.account) {
    return turn.fail(asked.command, ClientErrorCode::server_distrusted);
  }
  turn.memory.transparency.audits[asked.command] = {
      .proven = proof.leaf, .size = seen->checkpoint.head.size, .leaves = {}, .more = true};
}

void receive_audit_page(Turn& turn, const Asked& asked, const wire::TransparencyPage& page) {
  auto& audits = turn.memory.transparency.audits;
  const auto found = audits.find(asked.command);
  if (found == audits.end()) return;
  auto& leaves = found->second.leaves;
  leaves.insert(leaves.end(), page.leaves.begin(), page.leaves.end());
  const bool endless = leaves.size() > most_leaves || (page.more && page.leaves.empty());
  if (page.more && !endless) return;
  AuditProgress progress = std::move(found->second);
  audits.erase(found);
  if (endless) return turn.fail(asked.command, ClientErrorCode::server_distrusted);
  finish(turn, asked, std::move(progress));
}

}  // namespace sotto::client
