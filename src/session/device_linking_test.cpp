// A linking ends with the new device holding the account's keys, and with the same six digits on both devices; whoever
// stands in between and changes any octet, puts in keys of his own, or repeats boxes of another linking is found before
// anything secret crosses, or leaves two devices showing different digits (threats 6 and 23).

#include "session/device_linking.h"

#include <functional>
#include <gtest/gtest.h>

#include "base/text_encoding.h"
#include "crypto/testing/deterministic_random.h"
#include "session/testing/golden.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::start_of_time;

class DeviceLinkingTest : public ::testing::Test {
 protected:
  wire::LinkSecrets secrets_for(const wire::DeviceRecord& added) {
    const auto known = verify_device_list(list_, account_.account, account_.account_key.public_key);
    auto next = sign_next_device_list(*known, {.added = added}, account_);
    return {.account = account_.account,
            .name = "ada",
            .account_seed = account_.account_key.seed.copy(),
            .backup_key = random_.next_secret<32>(),
            .device_list = *next};
  }

  crypto::DeterministicRandom random_{31};
  AccountIdentity account_ = generate_account(random_);
  LocalDevice first_ = generate_device(account_, random_);
  wire::SignedDeviceList list_ = first_device_list(account_, first_, start_of_time);
  ShownLink shown_ = show_link("https://example.org", random_);
};

TEST_F(DeviceLinkingTest, GivesTheNewDeviceTheAccountAndBothTheSameDigits) {
  const auto offered = offer_link(shown_.code, random_);
  ASSERT_TRUE(offered.has_value());
  const auto taken = take_offer(shown_, offered->box);
  ASSERT_TRUE(taken.has_value());
  const auto compared = take_device(offered->next, taken->box, start_of_time);
  ASSERT_TRUE(compared.has_value());
  const auto confirming = take_reveal(taken->next, compared->box);
  ASSERT_TRUE(confirming.has_value());
  EXPECT_EQ(compared->next.short_code, confirming->short_code);
  EXPECT_EQ(confirming->short_code.size(), 6U);
  EXPECT_EQ(compared->next.device.identity_key, shown_.device.identity_key.public_key);
  const wire::LinkSecrets secrets = secrets_for(compared->next.device);
  const auto joined = take_secrets(*confirming, seal_secrets(compared->next, secrets));
  ASSERT_TRUE(joined.has_value());
  EXPECT_EQ(joined->account.account_key.seed, account_.account_key.seed);
  EXPECT_EQ(joined->device.address.account, account_.account);
  EXPECT_EQ(joined->device.account_key, account_.account_key.public_key);
  EXPECT_EQ(joined->name, "ada");
  ASSERT_TRUE(joined->backup_key.has_value());
  EXPECT_EQ(*joined->backup_key, *secrets.backup_key);
}

TEST_F(DeviceLinkingTest, Threat6EachChangedOctetOfEachBoxIsFound) {
  const auto offered = offer_link(shown_.code, random_);
  const auto taken = take_offer(shown_, offered->box);
  const auto compared = take_device(offered->next, taken->box, start_of_time);
  const auto confirming = take_reveal(taken->next, compared->box);
  const Bytes secrets = seal_secrets(compared->next, secrets_for(compared->next.device));
  const auto for_each_change = [&](const Bytes& box, const std::function<bool(ByteView)>& refuses) {
    for (std::size_t position = 0; position < box.size(); ++position) {
      Bytes changed = box;
      changed[position] ^= static_cast<std::uint8_t>(1 << position % 8);
      EXPECT_TRUE(refuses(changed)) << position;
    }
    for (std::size_t size = 0; size < box.size(); ++size) EXPECT_TRUE(refuses(ByteView(box).first(size))) << size;
    Bytes longer = box;
    longer.push_back(0);
    EXPECT_TRUE(refuses(longer));
  };
  for_each_change(offered->box, [&](ByteView box) { return !take_offer(shown_, box).has_value(); });
  for_each_change(taken->box, [&](ByteView box) { return !take_device(offered->next, box, {}).has_value(); });
  for_each_change(compared->box, [&](ByteView box) { return !take_reveal(taken->next, box).has_value(); });
  for_each_change(secrets, [&](ByteView box) { return !take_secrets(*confirming, box).has_value(); });
}

TEST_F(DeviceLinkingTest, Threat23AnOfferWithoutTheSecretOfTheCodeIsRefused) {
  wire::LinkCode guessed = shown_.code;
  guessed.secret.bytes[0] ^= 1;
  const auto offered = offer_link(guessed, random_);
  EXPECT_EQ(take_offer(shown_, offered->box).error(), LinkError::not_proven);
}

TEST_F(DeviceLinkingTest, Threat23WhoSawTheCodeAndStandsBetweenMakesTheDigitsDiffer) {
  // The man in the middle has the code. He answers the new device himself, and shows the linked device a code in which
  // his own key stands for the new device's.
  const auto to_new = offer_link(shown_.code, random_);
  const auto taken = take_offer(shown_, to_new->box);
  ASSERT_TRUE(taken.has_value());
  ShownLink his = show_link("https://example.org", random_);
  his.code.link = shown_.code.link;
  his.code.secret = shown_.code.secret;
  const auto offered = offer_link(his.code, random_);
  const auto his_keys = take_offer(his, offered->box);
  const auto compared = take_device(offered->next, his_keys->box, start_of_time);
  ASSERT_TRUE(compared.has_value());
  const auto confirming = take_reveal(taken->next, take_device(to_new->next, taken->box, start_of_time)->box);
  EXPECT_NE(compared->next.short_code, confirming->short_code);
}

TEST_F(DeviceLinkingTest, Threat23WhoStandsBetweenCannotChooseTheDigitsAfterwards) {
  // He may put any keys into the box for the linked device, but only before it reveals what its digits depend on; and
  // towards the new device he has committed himself before he sees its box.
  ShownLink his = show_link("https://example.org", random_);
  his.code.link = shown_.code.link;
  his.code.secret = shown_.code.secret;
  const auto offered = offer_link(his.code, random_);
  const auto to_new = offer_link(shown_.code, random_);
  const auto taken = take_offer(shown_, to_new->box);
  const wire::LinkReveal another{.nonce = random_.next<wire::LinkNonce>()};
  EXPECT_EQ(take_reveal(taken->next, wire::encode(another)).error(), LinkError::not_proven);
  // The same keys in the same box: the digits still depend on the nonce that only the linked device knows.
  const auto his_keys = take_offer(his, offered->box);
  OfferedLink guessed{.code = his.code, .key = offered->next.key.copy(), .nonce = random_.next<wire::LinkNonce>()};
  EXPECT_NE(take_device(offered->next, his_keys->box, start_of_time)->next.short_code,
            take_device(guessed, his_keys->box, start_of_time)->next.short_code);
}

TEST_F(DeviceLinkingTest, Threat23AGenuineCodeIsOpenedByItsOwnDeviceAlone) {
  // He relays the offer and seals keys of his own for the linked device; he lacks the private key behind the code.
  const auto offered = offer_link(shown_.code, random_);
  const ShownLink his = show_link("https://example.org", random_);
  ShownLink pretended{.code = shown_.code, .key = his.key.copy(), .device = his.device.copy()};
  const auto his_keys = take_offer(pretended, offered->box);
  ASSERT_TRUE(his_keys.has_value());
  EXPECT_EQ(take_device(offered->next, his_keys->box, start_of_time).error(), LinkError::not_authentic);
}

TEST_F(DeviceLinkingTest, Threat6BoxesOfAnotherLinkingAreRefused) {
  const ShownLink other = show_link("https://example.org", random_);
  const auto others_offer = offer_link(other.code, random_);
  const auto others_keys = take_offer(other, others_offer->box);
  const auto others_compared = take_device(others_offer->next, others_keys->box, start_of_time);
  const Bytes others_secrets = seal_secrets(others_compared->next, secrets_for(others_compared->next.device));
  const auto offered = offer_link(shown_.code, random_);
  const auto taken = take_offer(shown_, offered->box);
  const auto confirming = take_reveal(taken->next, take_device(offered->next, taken->box, start_of_time)->box);
  EXPECT_EQ(take_offer(shown_, others_offer->box).error(), LinkError::not_proven);
  EXPECT_EQ(take_device(offered->next, others_keys->box, start_of_time).error(), LinkError::not_authentic);
  EXPECT_EQ(take_reveal(taken->next, others_compared->box).error(), LinkError::not_proven);
  EXPECT_EQ(take_secrets(*confirming, others_secrets).error(), LinkError::not_authentic);
  // Nor does a second offer for the same code open what was sealed for the first.
  const auto again = offer_link(shown_.code, random_);
  EXPECT_EQ(take_device(again->next, taken->box, start_of_time).error(), LinkError::not_authentic);
  // A box sent back to its own side.
  EXPECT_FALSE(take_secrets(*confirming, taken->box).has_value());
}

TEST_F(DeviceLinkingTest, Threat6SecretsThatDoNotBelongTogetherAreRefused) {
  const auto offered = offer_link(shown_.code, random_);
  const auto taken = take_offer(shown_, offered->box);
  const auto compared = take_device(offered->next, taken->box, start_of_time);
  const auto confirming = take_reveal(taken->next, compared->box);
  const auto refused = [&](const std::function<void(wire::LinkSecrets&)>& change) {
    wire::LinkSecrets secrets = secrets_for(compared->next.device);
    change(secrets);
    return take_secrets(*confirming, seal_secrets(compared->next, secrets)).error() == LinkError::not_this_device;
  };
  EXPECT_TRUE(refused([&](auto& secrets) { secrets.account_seed = random_.next_secret<32>(); }));
  EXPECT_TRUE(refused([&](auto& secrets) { secrets.account = random_.next<AccountId>(); }));
  EXPECT_TRUE(refused([&](auto& secrets) { secrets.device_list = list_; }));
  wire::DeviceRecord other_keys = record_of(generate_unlinked_device(random_), start_of_time);
  other_keys.device = shown_.device.device;
  EXPECT_TRUE(refused([&](auto& secrets) { secrets.device_list = secrets_for(other_keys).device_list; }));
}

TEST_F(DeviceLinkingTest, Threat7UnacceptableKeysAreRefused) {
  wire::LinkCode code = shown_.code;
  code.key = {};
  EXPECT_EQ(offer_link(code, random_).error(), LinkError::unacceptable_key);
  EXPECT_EQ(parse_link_text(as_text(link_text(code).reveal())).error(), LinkTextError::damaged);
}

TEST_F(DeviceLinkingTest, TextFormIsReadBackAndMistakesAreNamed) {
  const SecretBuffer text = link_text(shown_.code);
  const std::string copied = "  " + std::string(as_text(text.reveal())) + "\r\n";
  EXPECT_EQ(parse_link_text(copied).value().link, shown_.code.link);
  EXPECT_EQ(parse_link_text("https://example.org").error(), LinkTextError::not_a_code);
  EXPECT_EQ(parse_link_text("").error(), LinkTextError::not_a_code);
  EXPECT_EQ(parse_link_text(as_text(text.reveal().first(text.size() - 4))).error(), LinkTextError::damaged);
}

TEST_F(DeviceLinkingTest, NextListAddsAndRemovesAndNothingElse) {
  const auto known = verify_device_list(list_, account_.account, account_.account_key.public_key);
  const UnlinkedDevice second = generate_unlinked_device(random_);
  const wire::DeviceRecord record = record_of(second, start_of_time);
  const auto added = sign_next_device_list(*known, {.added = record}, account_);
  ASSERT_TRUE(added.has_value());
  const auto verified = verify_device_list(*added, account_.account, account_.account_key.public_key);
  ASSERT_TRUE(verified.has_value());
  EXPECT_EQ(accept_successor(*known, *verified), Succession::next);
  EXPECT_EQ(verified->list.devices.size(), 2U);
  EXPECT_EQ(sign_next_device_list(*verified, {.added = record}, account_).error(),
            DeviceListChangeError::already_listed);
  EXPECT_EQ(sign_next_device_list(*known, {.removed = {second.device}}, account_).error(),
            DeviceListChangeError::not_listed);
  EXPECT_EQ(sign_next_device_list(*known, {.removed = {first_.address.device}}, account_).error(),
            DeviceListChangeError::none_left);
  const auto replaced = sign_next_device_list(*verified, {.removed = {first_.address.device}}, account_);
  EXPECT_EQ(verify_device_list(*replaced, account_.account, account_.account_key.public_key)->list.devices.size(), 1U);
}

TEST(DeviceLinkingGolden, CodeBoxesAndDigitsKeepTheirForm) {
  crypto::DeterministicRandom random(33);
  const ShownLink shown = show_link("https://example.org", random);
  const auto offered = offer_link(shown.code, random);
  const auto taken = take_offer(shown, offered->box);
  const auto compared = take_device(offered->next, taken->box, start_of_time);
  const Bytes secrets = seal_secrets(compared->next, {.account = {},
                                                      .name = "ada",
                                                      .account_seed = random.next_secret<32>(),
                                                      .backup_key = random.next_secret<32>(),
                                                      .device_list = {}});
  const std::string text(as_text(link_text(shown.code).reveal()));
  testing::expect_golden("device_linking.txt", text + "\n" + to_hex(offered->box) + "\n" + to_hex(taken->box) + "\n" +
                                                   to_hex(compared->box) + "\n" + to_hex(secrets) + "\n" +
                                                   compared->next.short_code);
}

}  // namespace
}  // namespace sotto::session
