#include "session/sender_key.h"

#include <algorithm>
#include <limits>

#include "crypto/hkdf.h"
#include "session/copies.h"
#include "session/labels.h"

namespace sotto::session {
namespace {

/// Replaces the chain key and yields the message key that was next.
Secret<32> step(Secret<32>& chain_key) {
  Secret<32> message_key = crypto::hmac_sha256(chain_key.reveal(), as_bytes(label::sender_message_key));
  chain_key = crypto::hmac_sha256(chain_key.reveal(), as_bytes(label::sender_chain_key));
  return message_key;
}

void drop_old_chains(ReceivedSenderChains& held, UnixMillis now) {
  std::vector<ReceivedSenderChain>& chains = held.chains;
  if (chains.size() > 1 + max_old_sender_chains) {
    chains.erase(chains.begin() + 1 + static_cast<std::ptrdiff_t>(max_old_sender_chains), chains.end());
  }
  while (chains.size() > 1 && chains[chains.size() - 2].received_at + old_sender_chain_lifetime <= now) {
    chains.pop_back();
  }
}

/// Whether a share of a chain that is held says what is known already. One of an earlier message is not looked at.
std::expected<void, ShareError> agree(const ReceivedSenderChain& known, const wire::SenderKey& share) {
  if (known.signing_key != share.signing_key) return std::unexpected(ShareError::contradicts);
  if (share.iteration < known.iteration) return {};
  if (share.iteration - known.iteration > max_sender_chain_steps) return std::unexpected(ShareError::too_far_ahead);
  Secret<32> chain_key = known.chain_key.copy();
  for (std::uint32_t at = known.iteration; at < share.iteration; ++at) static_cast<void>(step(chain_key));
  if (!(chain_key == share.chain_key)) return std::unexpected(ShareError::contradicts);
  return {};
}

void forget_skipped(ReceivedSenderChain& chain, UnixMillis now) {
  const auto is_past = [now](const SkippedSenderKey& key) {
    return key.skipped_at + skipped_sender_key_lifetime <= now;
  };
  std::erase_if(chain.skipped, is_past);
  if (chain.skipped.size() <= max_skipped_sender_keys) return;
  const auto surplus = static_cast<std::ptrdiff_t>(chain.skipped.size() - max_skipped_sender_keys);
  chain.skipped.erase(chain.skipped.begin(), chain.skipped.begin() + surplus);
}

std::expected<Secret<32>, OpenError> take_skipped(ReceivedSenderChain& chain, std::uint32_t iteration) {
  const auto found = std::ranges::lower_bound(chain.skipped, iteration, {}, &SkippedSenderKey::iteration);
  if (found == chain.skipped.end() || found->iteration != iteration) return std::unexpected(OpenError::duplicate);
  Secret<32> key = std::move(found->message_key);
  chain.skipped.erase(found);
  return key;
}

std::expected<Secret<32>, OpenError> take(ReceivedSenderChain& chain, std::uint32_t iteration, UnixMillis now) {
  if (iteration < chain.first) return std::unexpected(OpenError::no_sender_key);
  if (iteration < chain.iteration) return take_skipped(chain, iteration);
  if (iteration - chain.iteration > max_sender_chain_steps || iteration == std::numeric_limits<std::uint32_t>::max()) {
    return std::unexpected(OpenError::too_far_ahead);
  }
  while (chain.iteration < iteration) {
    chain.skipped.push_back({.iteration = chain.iteration++, .skipped_at = now, .message_key = step(chain.chain_key)});
  }
  ++chain.iteration;
  return step(chain.chain_key);
}

}  // namespace

ReceivedSenderChain ReceivedSenderChain::copy() const {
  return {chain, signing_key, received_at, first, iteration, chain_key.copy(), copy_of(skipped)};
}

ReceivedSenderChains ReceivedSenderChains::copy() const { return {copy_of(chains)}; }

OwnSenderChain begin_sender_chain(ConversationId conversation, UnixMillis now, Random& random) {
  crypto::Ed25519KeyPair signing = crypto::generate_ed25519(random);
  return {.conversation = conversation,
          .chain = random.next<wire::SenderChainId>(),
          .begun_at = now,
          .iteration = 0,
          .chain_key = random.next_secret<32>(),
          .signing_seed = std::move(signing.seed),
          .signing_key = signing.public_key};
}

wire::SenderKey share_of(const OwnSenderChain& chain) {
  return {.conversation = chain.conversation,
          .chain = chain.chain,
          .iteration = chain.iteration,
          .chain_key = chain.chain_key.copy(),
          .signing_key = chain.signing_key};
}

std::string_view explain(ShareError error) {
  switch (error) {
    case ShareError::contradicts:
      return "the share contradicts one of the same chain";
    case ShareError::too_far_ahead:
      return "the share is too far ahead of what is known of its chain";
    case ShareError::malformed:
      return "the share has no signing key";
  }
  return "unknown";
}

std::expected<ReceivedSenderChains, ShareError> accept_share(const ReceivedSenderChains& current,
                                                             const wire::SenderKey& share, UnixMillis now) {
  if (share.signing_key.is_zero()) return std::unexpected(ShareError::malformed);
  const auto known = std::ranges::find(current.chains, share.chain, &ReceivedSenderChain::chain);
  if (known != current.chains.end()) {
    if (const auto agreed = agree(*known, share); !agreed) return std::unexpected(agreed.error());
    return current.copy();
  }
  ReceivedSenderChains next = current.copy();
  next.chains.insert(next.chains.begin(), {.chain = share.chain,
                                           .signing_key = share.signing_key,
                                           .received_at = now,
                                           .first = share.iteration,
                                           .iteration = share.iteration,
                                           .chain_key = share.chain_key.copy(),
                                           .skipped = {}});
  drop_old_chains(next, now);
  return next;
}

std::expected<TakenSenderKey, OpenError> take_sender_key(const ReceivedSenderChains& current, std::size_t position,
                                                         std::uint32_t iteration, UnixMillis now) {
  TakenSenderKey taken{.message_key = {}, .next = current.copy()};
  ReceivedSenderChain& chain = taken.next.chains[position];
  auto key = take(chain, iteration, now);
  if (!key) return std::unexpected(key.error());
  forget_skipped(chain, now);
  taken.message_key = std::move(*key);
  return taken;
}

Secret<32> step_own_chain(OwnSenderChain& chain) {
  ++chain.iteration;
  return step(chain.chain_key);
}

}  // namespace sotto::session
