#include "session/ratchet.h"

#include <algorithm>
#include <limits>

#include "base/invariant.h"
#include "crypto/hkdf.h"
#include "session/copies.h"
#include "session/labels.h"
#include "session/skipped_keys.h"

namespace sotto::session {
namespace {

struct CopyTurn {
  Turn operator()(std::monostate) const { return {}; }
  Turn operator()(const Speaking& speaking) const { return speaking.copy(); }
  Turn operator()(const Listening& listening) const { return listening; }
};

/// The private and public half that meet in a step of the root chain.
struct RatchetExchange {
  const Secret<32>& private_key;
  const X25519PublicKey& public_key;
};

/// The root chain's step (specification, KDF_RK): replaces `root_key` and yields a chain key. With a mix the KEM's
/// secret follows the exchange's, under another label.
std::expected<Secret<32>, crypto::X25519Error> step_root(Secret<32>& root_key, const RatchetExchange& exchange,
                                                         const std::optional<KemMix>& mix) {
  const auto shared = crypto::x25519(exchange.private_key, exchange.public_key);
  if (!shared) return std::unexpected(shared.error());
  Secret<64> material;
  std::ranges::copy(shared->reveal(), material.writable().begin());
  if (mix) std::ranges::copy(mix->shared_secret.reveal(), material.writable().begin() + 32);
  const ByteView used = material.reveal().first(mix ? 64 : 32);
  const Secret<64> derived =
      crypto::hkdf_sha256<64>(used, root_key.reveal(), mix ? label::ratchet_step_with_kem : label::ratchet_step);
  root_key = Secret<32>(derived.reveal().first<32>());
  return Secret<32>(derived.reveal().last<32>());
}

/// Listening -> Speaking: a new ratchet key, and a sending chain from it.
void begin_sending_chain(Ratchet& ratchet, UnixMillis now, Random& random) {
  invariant(ratchet.receiving.has_value());
  const auto* listening = std::get_if<Listening>(&ratchet.turn);
  invariant(listening != nullptr);
  const std::uint32_t previous_chain_length = listening->previous_chain_length;
  crypto::X25519KeyPair pair = crypto::generate_x25519(random);
  const std::optional<KemMix> mix = mix_for_sending(ratchet.rekey, now);
  auto chain_key = step_root(ratchet.root_key, {pair.private_key, ratchet.receiving->ratchet_key}, mix);
  invariant(chain_key.has_value());  // The peer's key was accepted when its chain began.
  ratchet.turn = Speaking{.ratchet_private_key = std::move(pair.private_key),
                          .ratchet_key = pair.public_key,
                          .chain_key = std::move(*chain_key),
                          .next_number = 0,
                          .previous_chain_length = previous_chain_length,
                          .kem_mix = mix ? mix->id : 0};
}

void close_receiving_chain(Ratchet& ratchet) {
  if (!ratchet.receiving) return;
  if (ratchet.closed_chains.size() >= max_closed_chains) ratchet.closed_chains.erase(ratchet.closed_chains.begin());
  ratchet.closed_chains.push_back(ratchet.receiving->ratchet_key);
  ratchet.receiving.reset();
}

/// Speaking -> Listening: the peer's new chain, from its new ratchet key and the one that this side speaks with.
std::expected<void, OpenError> begin_receiving_chain(Ratchet& ratchet, const wire::SessionHeader& header) {
  const auto* speaking = std::get_if<Speaking>(&ratchet.turn);
  if (speaking == nullptr) return std::unexpected(OpenError::unknown_chain);
  std::optional<KemMix> mix;
  if (header.kem_mix != 0) {
    mix = mix_for_receiving(ratchet.rekey, header.kem_mix);
    if (!mix) return std::unexpected(OpenError::unknown_chain);
  }
  auto chain_key = step_root(ratchet.root_key, {speaking->ratchet_private_key, header.ratchet_key}, mix);
  if (!chain_key) return std::unexpected(OpenError::malformed);
  close_receiving_chain(ratchet);
  ratchet.receiving = {.ratchet_key = header.ratchet_key, .chain_key = std::move(*chain_key), .next_number = 0};
  ratchet.turn = Listening{.previous_chain_length = speaking->next_number};
  return {};
}

bool is_closed(const Ratchet& ratchet, const X25519PublicKey& ratchet_key) {
  return std::ranges::find(ratchet.closed_chains, ratchet_key) != ratchet.closed_chains.end();
}

bool is_receiving(const Ratchet& ratchet, const X25519PublicKey& ratchet_key) {
  return ratchet.receiving && ratchet.receiving->ratchet_key == ratchet_key;
}

Ratchet begin(Secret<32> root_key, Turn turn, UnixMillis now) {
  Ratchet ratchet;
  ratchet.root_key = std::move(root_key);
  ratchet.turn = std::move(turn);
  ratchet.rekey.offer = OfferResting{.messages = 0, .since = now};
  return ratchet;
}

}  // namespace

Ratchet Ratchet::copy() const {
  return {root_key.copy(), std::visit(CopyTurn{}, turn), copy_of(receiving), copy_of(skipped), closed_chains,
          rekey.copy()};
}

std::expected<Ratchet, crypto::X25519Error> begin_as_initiator(Secret<32> root_key,
                                                               const X25519PublicKey& signed_prekey, UnixMillis now,
                                                               Random& random) {
  crypto::X25519KeyPair pair = crypto::generate_x25519(random);
  auto chain_key = step_root(root_key, {pair.private_key, signed_prekey}, std::nullopt);
  if (!chain_key) return std::unexpected(chain_key.error());
  Speaking speaking{.ratchet_private_key = std::move(pair.private_key),
                    .ratchet_key = pair.public_key,
                    .chain_key = std::move(*chain_key)};
  return begin(std::move(root_key), std::move(speaking), now);
}

Ratchet begin_as_responder(Secret<32> root_key, crypto::X25519KeyPair signed_prekey, UnixMillis now) {
  // It never seals in this state: the message that brings the set-up begins the peer's first chain at once. The chain
  // key is therefore left zero and the length of the chain before is 0.
  Speaking speaking{.ratchet_private_key = std::move(signed_prekey.private_key),
                    .ratchet_key = signed_prekey.public_key,
                    .chain_key = {}};
  return begin(std::move(root_key), std::move(speaking), now);
}

std::optional<MessageKey> next_sending_key(Ratchet& ratchet, wire::SessionHeader& header, UnixMillis now,
                                           Random& random) {
  if (std::holds_alternative<Listening>(ratchet.turn)) begin_sending_chain(ratchet, now, random);
  auto* speaking = std::get_if<Speaking>(&ratchet.turn);
  invariant(speaking != nullptr);
  if (speaking->next_number == std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  header.ratchet_key = speaking->ratchet_key;
  header.previous_chain_length = speaking->previous_chain_length;
  header.message_number = speaking->next_number++;
  header.kem_mix = speaking->kem_mix;
  return step_chain(speaking->chain_key);
}

std::expected<MessageKey, OpenError> take_receiving_key(Ratchet& ratchet, const wire::SessionHeader& header,
                                                        UnixMillis now) {
  if (auto skipped = take_skipped(ratchet, header)) return std::move(*skipped);
  if (is_closed(ratchet, header.ratchet_key)) return std::unexpected(OpenError::duplicate);
  if (!is_receiving(ratchet, header.ratchet_key)) {
    const auto rest = skip_to(ratchet, header.previous_chain_length, now);
    if (!rest) return std::unexpected(rest.error());
    if (const auto begun = begin_receiving_chain(ratchet, header); !begun) return std::unexpected(begun.error());
  }
  if (header.message_number < ratchet.receiving->next_number) return std::unexpected(OpenError::duplicate);
  const auto gap = skip_to(ratchet, header.message_number, now);
  if (!gap) return std::unexpected(gap.error());
  if (ratchet.receiving->next_number == std::numeric_limits<std::uint32_t>::max()) {
    return std::unexpected(OpenError::too_far_ahead);
  }
  ++ratchet.receiving->next_number;
  MessageKey key = step_chain(ratchet.receiving->chain_key);
  forget_skipped(ratchet, now);
  return key;
}

bool begins_chain(const Ratchet& ratchet, const wire::SessionHeader& header) {
  const auto is_this = [&](const SkippedChain& chain) { return chain.ratchet_key == header.ratchet_key; };
  return !is_receiving(ratchet, header.ratchet_key) && !is_closed(ratchet, header.ratchet_key) &&
         std::ranges::none_of(ratchet.skipped, is_this);
}

}  // namespace sotto::session
