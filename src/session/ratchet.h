#pragma once

#include <expected>
#include <optional>
#include <variant>
#include <vector>

#include "crypto/x25519.h"
#include "session/kem_rekey.h"
#include "session/open_error.h"

namespace sotto::session {

// The Double Ratchet (Signal's specification, sections 2, 3 and 5.2), with the sending half of a Diffie-Hellman step
// put off until there is something to send: so a new ratchet key is as young as can be, and sealing and opening each
// bear half of the step.
//
//   Speaking  --a message in a new chain of the peer-->  Listening
//   Listening --something to send-->                     Speaking, with a new ratchet key
//
// `previous_chain_length`, `message_number`, skipped keys and their caps are those of the specification.

/// Skipped keys kept for one chain, for one session, and for how long.
inline constexpr std::size_t max_skipped_per_chain = 1'000;
inline constexpr std::size_t max_skipped_per_session = 2'000;
inline constexpr Milliseconds skipped_key_lifetime = days(30);
/// Receiving chains that are over and still known by name, to tell a repeat from a new chain.
inline constexpr std::size_t max_closed_chains = 32;

/// This side has a sending chain. A new chain of the peer may arrive.
struct Speaking {
  Secret<32> ratchet_private_key;
  X25519PublicKey ratchet_key;
  Secret<32> chain_key;
  std::uint32_t next_number = 0;
  std::uint32_t previous_chain_length = 0;
  std::uint32_t kem_mix = 0;

  [[nodiscard]] Speaking copy() const {
    return {ratchet_private_key.copy(), ratchet_key, chain_key.copy(), next_number, previous_chain_length, kem_mix};
  }
  static constexpr auto describe() {
    using wire::field;
    return wire::message(
        "Speaking", "This side has a sending chain.",
        field(1, "ratchet_private_key", &Speaking::ratchet_private_key, "X25519 private key."),
        field(2, "ratchet_key", &Speaking::ratchet_key, "Its public key."),
        field(3, "chain_key", &Speaking::chain_key, "Yields the next message's key."),
        field(4, "next_number", &Speaking::next_number, "The next message's number."),
        field(5, "previous_chain_length", &Speaking::previous_chain_length, "Messages in the chain before."),
        field(6, "kem_mix", &Speaking::kem_mix, "Offer mixed into this chain; 0 for none."));
  }
};

/// The peer has begun a new chain and this side has not sent since. No other new chain can arrive.
struct Listening {
  std::uint32_t previous_chain_length = 0;

  static constexpr auto describe() {
    return wire::message("Listening", "This side has not sent since the peer's newest chain began.",
                         wire::field(1, "previous_chain_length", &Listening::previous_chain_length,
                                     "Messages in this side's newest chain."));
  }
};

struct ReceivingChain {
  X25519PublicKey ratchet_key;
  Secret<32> chain_key;
  std::uint32_t next_number = 0;

  [[nodiscard]] ReceivingChain copy() const { return {ratchet_key, chain_key.copy(), next_number}; }
  static constexpr auto describe() {
    return wire::message("ReceivingChain", "The peer's newest chain.",
                         wire::field(1, "ratchet_key", &ReceivingChain::ratchet_key, "The peer's X25519 key."),
                         wire::field(2, "chain_key", &ReceivingChain::chain_key, "Yields the next message's key."),
                         wire::field(3, "next_number", &ReceivingChain::next_number, "The next message's number."));
  }
};

struct SkippedKey {
  std::uint32_t number = 0;
  UnixMillis skipped_at;
  Secret<32> message_key;

  [[nodiscard]] SkippedKey copy() const { return {number, skipped_at, message_key.copy()}; }
  static constexpr auto describe() {
    return wire::message("SkippedKey", "The key of a message that has not arrived.",
                         wire::field(1, "number", &SkippedKey::number, "The message's number."),
                         wire::field(2, "skipped_at", &SkippedKey::skipped_at, "When it was passed over."),
                         wire::field(3, "message_key", &SkippedKey::message_key, "Its key."));
  }
};

struct SkippedChain {
  X25519PublicKey ratchet_key;
  std::vector<SkippedKey> keys;

  [[nodiscard]] SkippedChain copy() const;
  static constexpr auto describe() {
    return wire::message(
        "SkippedChain", "Keys of messages of one chain that have not arrived.",
        wire::field(1, "ratchet_key", &SkippedChain::ratchet_key, "The chain's X25519 key."),
        wire::field(2, "keys", &SkippedChain::keys, wire::at_most(max_skipped_per_chain), "Ascending by number."));
  }
};

using Turn = std::variant<std::monostate, Speaking, Listening>;

/// The ratchet of one session on one side. `turn` is never monostate; whoever is `Listening` has a `receiving`.
struct Ratchet {
  Secret<32> root_key;
  Turn turn;
  std::optional<ReceivingChain> receiving;
  std::vector<SkippedChain> skipped;
  std::vector<X25519PublicKey> closed_chains;
  KemRekey rekey;

  [[nodiscard]] Ratchet copy() const;
  static constexpr auto describe() {
    using wire::field;
    return wire::message(
        "Ratchet", "The ratchet of one session on one side.", field(1, "root_key", &Ratchet::root_key, "Root key."),
        wire::one_of("turn", &Ratchet::turn, "Whose turn it is.", wire::alternative<Speaking>(2, "speaking"),
                     wire::alternative<Listening>(3, "listening")),
        field(4, "receiving", &Ratchet::receiving, "The peer's newest chain; absent before its first."),
        field(5, "skipped", &Ratchet::skipped, wire::at_most(max_skipped_per_session), "Oldest chain first."),
        field(6, "closed_chains", &Ratchet::closed_chains, wire::at_most(max_closed_chains),
              "Ratchet keys of the peer's chains that are over, oldest first."),
        field(7, "rekey", &Ratchet::rekey, "The ML-KEM re-key."));
  }
};

/// The key of one message, before the message's salt makes an AEAD key of it.
using MessageKey = Secret<32>;

/// The initiator's ratchet: speaks first, to the responder's signed prekey.
[[nodiscard]] std::expected<Ratchet, crypto::X25519Error> begin_as_initiator(Secret<32> root_key,
                                                                             const X25519PublicKey& signed_prekey,
                                                                             UnixMillis now, Random& random);

/// The responder's ratchet: its first ratchet key is its signed prekey.
[[nodiscard]] Ratchet begin_as_responder(Secret<32> root_key, crypto::X25519KeyPair signed_prekey, UnixMillis now);

/// Takes the next sending key and fills the ratchet's part of `header`. Changes `ratchet` in place: give it a copy.
/// Nothing if the chain has no number left (2^32 - 1 messages without an answer).
[[nodiscard]] std::optional<MessageKey> next_sending_key(Ratchet& ratchet, wire::SessionHeader& header, UnixMillis now,
                                                         Random& random);

/// Takes the key of the message with this header, which is not authentic yet. Changes `ratchet` in place: give it a
/// copy, and keep the copy only if the key opens the message. Does at most 2,000 chain steps and one exchange.
[[nodiscard]] std::expected<MessageKey, OpenError> take_receiving_key(Ratchet& ratchet,
                                                                      const wire::SessionHeader& header,
                                                                      UnixMillis now);

/// Whether `take_receiving_key` of this header would begin a new receiving chain.
[[nodiscard]] bool begins_chain(const Ratchet& ratchet, const wire::SessionHeader& header);

}  // namespace sotto::session
