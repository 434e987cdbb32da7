#include "client/transparency/proving.h"

#include "client/sending.h"
#include "client/transparency/auditing.h"
#include "client/transparency/comparing.h"
#include "client/transparency/log_store.h"
#include "client/wording.h"
#include "crypto/hash.h"

namespace sotto::client {
namespace {

/// After a proof that did not hold.
constexpr Milliseconds failure_pause = minutes(10);

SecurityNoticeKind kind_of(transparency::ProofError error) {
  using enum transparency::ProofError;
  switch (error) {
    case malformed:
    case bad_signature:
      return SecurityNoticeKind::log_not_authentic;
    case rolled_back:
      return SecurityNoticeKind::log_rolled_back;
    case forked:
      return SecurityNoticeKind::log_forked;
    case not_in_log:
      break;
  }
  return SecurityNoticeKind::not_in_log;
}

std::uint64_t known_size(LogStore store) {
  const auto memory = store.memory();
  return memory ? memory->checkpoint.head.size : 0;
}

void refuse_proof(Turn& turn, AccountId account, SecurityNoticeKind kind) {
  turn.notice({.kind = kind, .account = account});
  turn.memory.transparency.doubts.erase(account);
  LogStore(turn.context).put_off(account, turn.now + failure_pause);
}

/// The entry is another list than the pinned one.
void doubt(Turn& turn, const Contact& contact, const wire::TransparencyLeaf& leaf) {
  const bool own = contact.account == turn.home.load().account;
  const Sha256Digest hash = transparency::hash_of(leaf);
  auto& doubts = turn.memory.transparency.doubts;
  const auto found = doubts.find(contact.account);
  if (found != doubts.end() && found->second.directory_asked && found->second.leaf == hash) {
    return refuse_proof(turn, contact.account,
                        own ? SecurityNoticeKind::unexpected_own_entry : SecurityNoticeKind::not_in_log);
  }
  doubts[contact.account] = {.leaf = hash, .directory_asked = false};
}

/// Whether the entry is the list that is pinned, or the one of an identity about which the user has still to decide.
bool fits(const Contact& contact, const wire::TransparencyLeaf& leaf) {
  const auto is_entry = [&](const wire::SignedDeviceList& list) {
    const auto decoded = wire::decode<wire::DeviceList>(list.list);
    return decoded && decoded->version == leaf.version && crypto::sha256(list.list) == leaf.device_list;
  };
  return is_entry(contact.record.device_list) ||
         (contact.record.changed && is_entry(contact.record.changed->device_list));
}

void prove_pinned(Turn& turn, AccountId account, const wire::TransparencyLeaf& leaf) {
  if (leaf.account != account) return refuse_proof(turn, account, SecurityNoticeKind::not_in_log);
  const std::optional<Contact> contact = turn.contacts.find(account);
  if (!contact) return;
  if (!fits(*contact, leaf)) return doubt(turn, *contact, leaf);
  turn.memory.transparency.doubts.erase(account);
  LogStore(turn.context).set_proven(account);
}

/// False while the directory is being asked about an account whose entry was not the pinned list.
bool is_directory_done(Turn& turn, AccountId account) {
  const auto found = turn.memory.transparency.doubts.find(account);
  if (found == turn.memory.transparency.doubts.end()) return true;
  const AskGetAccount question{.account = account, .conversation = std::nullopt};
  if (!found->second.directory_asked) {
    // One that is under way may have been answered before the entry was made.
    if (turn.memory.link.is_open(key_of(question))) return false;
    found->second.directory_asked = turn.ask(question, wire::GetAccount{.account = account});
    return false;
  }
  return !turn.memory.link.is_open(key_of(question));
}

}  // namespace

void pump_proofs(Turn& turn) {
  if (!turn.memory.link.is_live()) return;
  LogStore store(turn.context);
  if (!turn.memory.transparency.own_entry_asked) {
    store.want_again(turn.home.load().account);
    turn.memory.transparency.own_entry_asked = true;
  }
  // Reading what is known costs the check of a signature, so not while a proof is under way.
  if (!turn.memory.link.may_ask(key_of(AskProof{}), turn.now)) return;
  const std::optional<AccountId> account = store.next_wanted(turn.now);
  if (!account || !is_directory_done(turn, *account)) return;
  const std::uint64_t size = known_size(store);
  turn.ask(AskProof{.account = *account, .known_size = size, .purpose = ProofPurpose::pinned_list},
           wire::GetProof{.account = *account, .known_size = size});
}

std::optional<UnixMillis> next_proof_turn(Turn& turn) {
  if (!turn.memory.link.is_live()) return std::nullopt;
  const auto due = LogStore(turn.context).next_due();
  return due && *due > turn.now ? due : std::nullopt;
}

std::optional<transparency::LogMemory> follow_log(Turn& turn, const AskProof& asked, const wire::Proof& proof) {
  LogStore store(turn.context);
  const auto known = store.memory();
  if ((known ? known->checkpoint.head.size : 0) != asked.known_size) return std::nullopt;
  auto seen = transparency::check_proof(proof, known);
  if (!seen) {
    refuse_proof(turn, asked.account, kind_of(seen.error()));
    return std::nullopt;
  }
  store.remember(*seen);
  return *std::move(seen);
}

void receive_proof(Turn& turn, const Asked& asked, const wire::Proof& proof) {
  const auto& ask = std::get<AskProof>(asked.question);
  switch (ask.purpose) {
    case ProofPurpose::pinned_list:
      if (follow_log(turn, ask, proof)) prove_pinned(turn, ask.account, proof.leaf);
      return;
    case ProofPurpose::audit:
      return receive_audit_proof(turn, asked, proof);
    case ProofPurpose::comparison:
      return receive_comparison_proof(turn, asked, proof);
  }
}

void receive_proof_refused(Turn& turn, const Asked& asked, const wire::Error& error) {
  const auto& ask = std::get<AskProof>(asked.question);
  turn.fail(asked.command, error_of(error));
  if (ask.purpose != ProofPurpose::pinned_list) return;
  if (is_passing(error)) return pause_after(turn, ask, error);
  // A server that has shown its log does not lose the operation, and a listed account is in it.
  const bool has_log = known_size(LogStore(turn.context)) > 0;
  if (error.code == wire::ErrorCode::not_found || has_log) {
    return refuse_proof(turn, ask.account, SecurityNoticeKind::not_in_log);
  }
  LogStore(turn.context).put_off(ask.account, turn.now + failure_pause);
}

}  // namespace sotto::client
