#include "session/skipped_keys.h"

#include <algorithm>

#include "crypto/hkdf.h"
#include "session/copies.h"
#include "session/labels.h"

namespace sotto::session {
namespace {

SkippedChain& chain_named(Ratchet& ratchet, const X25519PublicKey& ratchet_key) {
  const auto found = std::ranges::find(ratchet.skipped, ratchet_key, &SkippedChain::ratchet_key);
  if (found != ratchet.skipped.end()) return *found;
  return ratchet.skipped.emplace_back(SkippedChain{.ratchet_key = ratchet_key, .keys = {}});
}

void drop_oldest(SkippedChain& chain, std::size_t count) {
  chain.keys.erase(chain.keys.begin(), chain.keys.begin() + static_cast<std::ptrdiff_t>(count));
}

void enforce_caps(Ratchet& ratchet) {
  std::size_t kept = 0;
  for (SkippedChain& chain : ratchet.skipped) {
    if (chain.keys.size() > max_skipped_per_chain) drop_oldest(chain, chain.keys.size() - max_skipped_per_chain);
    kept += chain.keys.size();
  }
  for (SkippedChain& chain : ratchet.skipped) {
    if (kept <= max_skipped_per_session) break;
    const std::size_t dropped = std::min(chain.keys.size(), kept - max_skipped_per_session);
    drop_oldest(chain, dropped);
    kept -= dropped;
  }
}

}  // namespace

SkippedChain SkippedChain::copy() const { return {ratchet_key, copy_of(keys)}; }

MessageKey step_chain(Secret<32>& chain_key) {
  MessageKey message_key = crypto::hmac_sha256(chain_key.reveal(), as_bytes(label::message_key));
  chain_key = crypto::hmac_sha256(chain_key.reveal(), as_bytes(label::chain_key));
  return message_key;
}

std::optional<MessageKey> take_skipped(Ratchet& ratchet, const wire::SessionHeader& header) {
  const auto chain = std::ranges::find(ratchet.skipped, header.ratchet_key, &SkippedChain::ratchet_key);
  if (chain == ratchet.skipped.end()) return std::nullopt;
  const auto key = std::ranges::find(chain->keys, header.message_number, &SkippedKey::number);
  if (key == chain->keys.end()) return std::nullopt;
  MessageKey taken = std::move(key->message_key);
  chain->keys.erase(key);
  if (chain->keys.empty()) ratchet.skipped.erase(chain);
  return taken;
}

std::expected<void, OpenError> skip_to(Ratchet& ratchet, std::uint32_t number, UnixMillis now) {
  if (!ratchet.receiving || number <= ratchet.receiving->next_number) return {};
  ReceivingChain& receiving = *ratchet.receiving;
  if (number - receiving.next_number > max_skipped_per_chain) return std::unexpected(OpenError::too_far_ahead);
  SkippedChain& chain = chain_named(ratchet, receiving.ratchet_key);
  while (receiving.next_number < number) {
    chain.keys.push_back(
        {.number = receiving.next_number++, .skipped_at = now, .message_key = step_chain(receiving.chain_key)});
  }
  return {};
}

void forget_skipped(Ratchet& ratchet, UnixMillis now) {
  const auto is_past = [now](const SkippedKey& key) { return key.skipped_at + skipped_key_lifetime <= now; };
  for (SkippedChain& chain : ratchet.skipped) std::erase_if(chain.keys, is_past);
  enforce_caps(ratchet);
  std::erase_if(ratchet.skipped, [](const SkippedChain& chain) { return chain.keys.empty(); });
}

}  // namespace sotto::session
