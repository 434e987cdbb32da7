#pragma once

#include <optional>
#include <variant>

#include "base/time.h"
#include "crypto/mlkem768.h"
#include "wire/session_message.h"

namespace sotto::session {

// The periodic ML-KEM re-key of a session (docs/protocol/encryption.md, "Re-key"). Each side runs it for its own
// offers, so two offers at once do not meet.
//
//   offerer                                              answerer
//   OfferResting --50 messages or 7 days--> OfferOpen
//        ^            header: kem_offer{id, key}  ------>  encapsulates once; keeps KemReply{id, ciphertext, secret}
//        |     <------ header: kem_answer{id, ciphertext}
//        |                                   OfferAnswered{secret}
//        '-- next sending chain: root = KDF(root, DH || secret);
//            header of every message in it: kem_mix = id  ->  new receiving chain: the same; forgets KemReply
//
// Offer and answer ride on some messages only and may be lost; the small `kem_mix` is what counts, it stands in every
// message of the chain, and the offerer sets it only when both sides are sure to hold the secret.

/// Messages sent since the last re-key after which the next offer is made, and the time after which it is made anyway.
inline constexpr std::uint32_t rekey_after_messages = 50;
inline constexpr Milliseconds rekey_after = days(7);
/// An open offer or answer rides on the first two messages after it was made or after the chain changed, then on every
/// 16th, so that a one-sided conversation does not carry it all the time.
inline constexpr std::uint32_t rekey_eager_messages = 2;
inline constexpr std::uint32_t rekey_patient_interval = 16;

/// No offer is open.
struct OfferResting {
  std::uint32_t messages = 0;
  UnixMillis since;

  static constexpr auto describe() {
    return wire::message("OfferResting", "No offer is open.",
                         wire::field(1, "messages", &OfferResting::messages, "Messages sent since the last re-key."),
                         wire::field(2, "since", &OfferResting::since, "When that was."));
  }
};

/// An offer waits for its answer.
struct OfferOpen {
  Secret<64> seed;
  MlKem768PublicKey key;
  std::uint32_t messages = 0;

  static constexpr auto describe() {
    return wire::message("OfferOpen", "An offer waits for its answer.",
                         wire::field(1, "seed", &OfferOpen::seed, "ML-KEM-768 seed, d || z."),
                         wire::field(2, "key", &OfferOpen::key, "The key offered."),
                         wire::field(3, "messages", &OfferOpen::messages, "Messages since made or since the chain."));
  }
};

/// The answer is in; its secret waits for the next sending chain.
struct OfferAnswered {
  Secret<32> shared_secret;

  static constexpr auto describe() {
    return wire::message("OfferAnswered", "A secret waits for the next sending chain.",
                         wire::field(1, "shared_secret", &OfferAnswered::shared_secret, "From the peer's answer."));
  }
};

/// The answer to the peer's newest offer, until the peer has mixed it in.
struct KemReply {
  std::uint32_t id = 0;
  MlKem768Ciphertext ciphertext;
  Secret<32> shared_secret;
  std::uint32_t messages = 0;

  [[nodiscard]] KemReply copy() const { return {id, ciphertext, shared_secret.copy(), messages}; }
  static constexpr auto describe() {
    return wire::message("KemReply", "The answer to the peer's newest offer.",
                         wire::field(1, "id", &KemReply::id, "The offer's id."),
                         wire::field(2, "ciphertext", &KemReply::ciphertext, "The answer."),
                         wire::field(3, "shared_secret", &KemReply::shared_secret, "The secret in it."),
                         wire::field(4, "messages", &KemReply::messages, "Messages since made or since the chain."));
  }
};

using OfferState = std::variant<std::monostate, OfferResting, OfferOpen, OfferAnswered>;

/// The re-key state of one session on one side. `offer` is never monostate.
struct KemRekey {
  std::uint32_t last_offer = 0;
  OfferState offer = OfferResting{};
  std::uint32_t last_seen_offer = 0;
  std::optional<KemReply> reply;

  [[nodiscard]] KemRekey copy() const;
  static constexpr auto describe() {
    return wire::message(
        "KemRekey", "The re-key state of one session on one side.",
        wire::field(1, "last_offer", &KemRekey::last_offer, "Id of this side's newest offer."),
        wire::one_of("offer", &KemRekey::offer, "This side's offer.", wire::alternative<OfferResting>(2, "resting"),
                     wire::alternative<OfferOpen>(3, "open"), wire::alternative<OfferAnswered>(4, "answered")),
        wire::field(5, "last_seen_offer", &KemRekey::last_seen_offer, "Id of the peer's newest."),
        wire::field(6, "reply", &KemRekey::reply, "The answer to it."));
  }
};

/// Whether this message may be longer by an offer and an answer.
enum class HeaderRoom : std::uint8_t { roomy, tight };

/// When a message is sealed, and with what.
struct RekeyMoment {
  UnixMillis now;
  HeaderRoom room = HeaderRoom::roomy;
  /// While the initiation still rides on every message no offer is made: the set-up has a KEM secret of its own.
  bool session_is_answered = false;
};

/// Seal: opens an offer if one is due, and adds to `header` what rides on this message. Changes `rekey` in place.
void ride(KemRekey& rekey, wire::SessionHeader& header, const RekeyMoment& moment, Random& random);

/// Open, once the header is authentic: takes up the peer's offer and answer. Changes `rekey` in place.
void take_up(KemRekey& rekey, const wire::SessionHeader& header, Random& random);

/// A new sending chain begins: the secret to mix into it with the id to name, if one is there. Afterwards it is gone
/// from `rekey`, and an open offer or answer is eager again.
struct KemMix {
  std::uint32_t id = 0;
  Secret<32> shared_secret;
};
[[nodiscard]] std::optional<KemMix> mix_for_sending(KemRekey& rekey, UnixMillis now);

/// A new receiving chain begins whose messages name the offer `id` (not 0): the secret to mix into it, gone from
/// `rekey` afterwards. Nothing if this side never answered that offer.
[[nodiscard]] std::optional<KemMix> mix_for_receiving(KemRekey& rekey, std::uint32_t id);

}  // namespace sotto::session
