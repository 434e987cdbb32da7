#include "session/kem_rekey.h"

#include <limits>

#include "session/copies.h"

namespace sotto::session {
namespace {

struct CopyOffer {
  OfferState operator()(std::monostate) const { return {}; }
  OfferState operator()(const OfferResting& resting) const { return resting; }
  OfferState operator()(const OfferOpen& open) const { return OfferOpen{open.seed.copy(), open.key, open.messages}; }
  OfferState operator()(const OfferAnswered& answered) const { return OfferAnswered{answered.shared_secret.copy()}; }
};

/// Counts this message; whether an offer or answer that has ridden on or past `messages` so far rides on it.
bool rides_on_this(std::uint32_t& messages, HeaderRoom room) {
  const std::uint32_t before = messages;
  // A message without room does not count as eager: the offer has not had its chance.
  if (room == HeaderRoom::tight) return false;
  if (messages < std::numeric_limits<std::uint32_t>::max()) ++messages;
  return before < rekey_eager_messages || before % rekey_patient_interval == 0;
}

bool is_due(const OfferResting& resting, UnixMillis now) {
  return resting.messages >= rekey_after_messages || resting.since + rekey_after <= now;
}

void open_offer(KemRekey& rekey, Random& random) {
  crypto::MlKem768KeyPair pair = crypto::generate_mlkem768(random);
  ++rekey.last_offer;
  rekey.offer = OfferOpen{.seed = std::move(pair.private_key.seed), .key = pair.public_key, .messages = 0};
}

}  // namespace

KemRekey KemRekey::copy() const {
  return {last_offer, std::visit(CopyOffer{}, offer), last_seen_offer, copy_of(reply)};
}

void ride(KemRekey& rekey, wire::SessionHeader& header, const RekeyMoment& moment, Random& random) {
  if (auto* resting = std::get_if<OfferResting>(&rekey.offer)) {
    const bool may_open = moment.session_is_answered && moment.room == HeaderRoom::roomy &&
                          rekey.last_offer < std::numeric_limits<std::uint32_t>::max();
    if (may_open && is_due(*resting, moment.now)) {
      open_offer(rekey, random);
    } else if (resting->messages < rekey_after_messages) {
      ++resting->messages;
    }
  }
  if (auto* open = std::get_if<OfferOpen>(&rekey.offer);
      open != nullptr && rides_on_this(open->messages, moment.room)) {
    header.kem_offer = {.id = rekey.last_offer, .key = open->key};
  }
  if (rekey.reply && rides_on_this(rekey.reply->messages, moment.room)) {
    header.kem_answer = {.id = rekey.reply->id, .ciphertext = rekey.reply->ciphertext};
  }
}

void take_up(KemRekey& rekey, const wire::SessionHeader& header, Random& random) {
  const auto* open = std::get_if<OfferOpen>(&rekey.offer);
  if (header.kem_answer && open != nullptr && header.kem_answer->id == rekey.last_offer) {
    const crypto::MlKem768PrivateKey private_key{open->seed.copy()};
    rekey.offer = OfferAnswered{crypto::decapsulate(private_key, header.kem_answer->ciphertext)};
  }
  if (!header.kem_offer || header.kem_offer->id <= rekey.last_seen_offer) return;
  rekey.last_seen_offer = header.kem_offer->id;
  // A key that is not well-formed stays unanswered; only the peer that offered it misses its re-key.
  auto encapsulation = crypto::encapsulate(header.kem_offer->key, random);
  if (!encapsulation) return;
  rekey.reply = KemReply{.id = header.kem_offer->id,
                         .ciphertext = encapsulation->ciphertext,
                         .shared_secret = std::move(encapsulation->shared_secret),
                         .messages = 0};
}

std::optional<KemMix> mix_for_sending(KemRekey& rekey, UnixMillis now) {
  if (rekey.reply) rekey.reply->messages = 0;
  if (auto* open = std::get_if<OfferOpen>(&rekey.offer)) open->messages = 0;
  auto* answered = std::get_if<OfferAnswered>(&rekey.offer);
  if (answered == nullptr) return std::nullopt;
  KemMix mix{.id = rekey.last_offer, .shared_secret = std::move(answered->shared_secret)};
  rekey.offer = OfferResting{.messages = 0, .since = now};
  return mix;
}

std::optional<KemMix> mix_for_receiving(KemRekey& rekey, std::uint32_t id) {
  if (!rekey.reply || rekey.reply->id != id) return std::nullopt;
  KemMix mix{.id = id, .shared_secret = std::move(rekey.reply->shared_secret)};
  rekey.reply.reset();
  return mix;
}

}  // namespace sotto::session
