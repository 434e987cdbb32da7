// The re-key offers when due and not before, is answered once, mixes one secret into both sides at the same chain, and
// leaves no secret behind.

#include "session/kem_rekey.h"

#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::start_of_time;

class KemRekeyTest : public ::testing::Test {
 protected:
  KemRekeyTest() {
    offerer_.offer = OfferResting{.messages = 0, .since = start_of_time};
    answerer_.offer = OfferResting{.messages = 0, .since = start_of_time};
  }

  wire::SessionHeader header_of(KemRekey& rekey, HeaderRoom room = HeaderRoom::roomy) {
    wire::SessionHeader header;
    ride(rekey, header, {.now = now_, .room = room, .session_is_answered = true}, random_);
    return header;
  }

  /// The header of the message that opens the offer.
  wire::SessionHeader offering_header() {
    for (std::uint32_t sent = 0; sent < rekey_after_messages; ++sent) {
      EXPECT_FALSE(header_of(offerer_).kem_offer.has_value());
    }
    return header_of(offerer_);
  }

  crypto::DeterministicRandom random_{5};
  UnixMillis now_ = start_of_time;
  KemRekey offerer_;
  KemRekey answerer_;
};

TEST_F(KemRekeyTest, OffersAfterFiftyMessages) {
  const wire::SessionHeader header = offering_header();
  ASSERT_TRUE(header.kem_offer.has_value());
  EXPECT_EQ(header.kem_offer->id, 1u);
}

TEST_F(KemRekeyTest, OffersAfterSevenDays) {
  EXPECT_FALSE(header_of(offerer_).kem_offer.has_value());
  now_ = start_of_time + rekey_after;
  EXPECT_TRUE(header_of(offerer_).kem_offer.has_value());
}

TEST_F(KemRekeyTest, DoesNotOfferBeforeTheSessionIsAnsweredOrWithoutRoom) {
  now_ = start_of_time + days(30);
  wire::SessionHeader header;
  ride(offerer_, header, {.now = now_, .room = HeaderRoom::roomy, .session_is_answered = false}, random_);
  EXPECT_FALSE(header.kem_offer.has_value());
  EXPECT_FALSE(header_of(offerer_, HeaderRoom::tight).kem_offer.has_value());
  EXPECT_TRUE(header_of(offerer_).kem_offer.has_value());
}

TEST_F(KemRekeyTest, AnOpenOfferRidesOnFewMessages) {
  std::vector<std::uint32_t> ridden;
  ridden.push_back(offering_header().kem_offer.has_value() ? 0 : 999);
  for (std::uint32_t message = 1; message < 40; ++message) {
    if (header_of(offerer_).kem_offer) ridden.push_back(message);
  }
  EXPECT_THAT(ridden, ::testing::ElementsAre(0, 1, 16, 32));
}

TEST_F(KemRekeyTest, BothSidesMixTheSameSecret) {
  take_up(answerer_, offering_header(), random_);
  const wire::SessionHeader answer = header_of(answerer_);
  ASSERT_TRUE(answer.kem_answer.has_value());
  take_up(offerer_, answer, random_);
  const auto sent = mix_for_sending(offerer_, now_);
  ASSERT_TRUE(sent.has_value());
  const auto received = mix_for_receiving(answerer_, sent->id);
  ASSERT_TRUE(received.has_value());
  EXPECT_TRUE(sent->shared_secret == received->shared_secret);
  EXPECT_TRUE(std::holds_alternative<OfferResting>(offerer_.offer));
  EXPECT_FALSE(answerer_.reply.has_value());
  EXPECT_FALSE(mix_for_sending(offerer_, now_).has_value());
  EXPECT_FALSE(mix_for_receiving(answerer_, 1).has_value());
}

TEST_F(KemRekeyTest, RepeatsOfOfferAndAnswerChangeNothing) {
  const wire::SessionHeader offer = offering_header();
  take_up(answerer_, offer, random_);
  const MlKem768Ciphertext ciphertext = answerer_.reply->ciphertext;
  take_up(answerer_, offer, random_);
  EXPECT_EQ(answerer_.reply->ciphertext, ciphertext);
  const wire::SessionHeader answer = header_of(answerer_);
  take_up(offerer_, answer, random_);
  const auto secret = std::get<OfferAnswered>(offerer_.offer).shared_secret.copy();
  take_up(offerer_, answer, random_);
  EXPECT_TRUE(std::get<OfferAnswered>(offerer_.offer).shared_secret == secret);
  ASSERT_TRUE(mix_for_sending(offerer_, now_).has_value());
  take_up(offerer_, answer, random_);
  EXPECT_TRUE(std::holds_alternative<OfferResting>(offerer_.offer));
}

TEST_F(KemRekeyTest, OffersOfBothSidesDoNotMeet) {
  wire::SessionHeader from_offerer = offering_header();
  std::swap(offerer_, answerer_);
  wire::SessionHeader from_answerer = offering_header();
  std::swap(offerer_, answerer_);
  take_up(answerer_, from_offerer, random_);
  take_up(offerer_, from_answerer, random_);
  take_up(offerer_, header_of(answerer_), random_);
  take_up(answerer_, header_of(offerer_), random_);
  const auto first = mix_for_sending(offerer_, now_);
  ASSERT_TRUE(first && first->shared_secret == mix_for_receiving(answerer_, first->id)->shared_secret);
  const auto second = mix_for_sending(answerer_, now_);
  ASSERT_TRUE(second && second->shared_secret == mix_for_receiving(offerer_, second->id)->shared_secret);
  EXPECT_FALSE(first->shared_secret == second->shared_secret);
}

TEST_F(KemRekeyTest, AnAnswerToNothingIsIgnored) {
  wire::SessionHeader header;
  header.kem_answer = wire::KemAnswer{.id = 1, .ciphertext = {}};
  take_up(offerer_, header, random_);
  EXPECT_TRUE(std::holds_alternative<OfferResting>(offerer_.offer));
}

TEST_F(KemRekeyTest, AMalformedOfferIsNotAnswered) {
  wire::SessionHeader header;
  header.kem_offer = wire::KemOffer{.id = 1, .key = {}};
  header.kem_offer->key.bytes.fill(0xff);
  take_up(answerer_, header, random_);
  EXPECT_FALSE(answerer_.reply.has_value());
  EXPECT_FALSE(header_of(answerer_).kem_answer.has_value());
}

TEST_F(KemRekeyTest, AnOlderOfferDoesNotReplaceANewerOne) {
  const wire::SessionHeader old_offer = offering_header();
  wire::SessionHeader new_offer = old_offer;
  new_offer.kem_offer->id = 2;
  take_up(answerer_, new_offer, random_);
  take_up(answerer_, old_offer, random_);
  EXPECT_EQ(answerer_.reply->id, 2u);
  EXPECT_FALSE(mix_for_receiving(answerer_, 1).has_value());
  EXPECT_TRUE(answerer_.reply.has_value());
}

}  // namespace
}  // namespace sotto::session
