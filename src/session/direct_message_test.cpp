// A direct message is opened by every device it was sealed for and by no other, in the conversation and under the
// message id it was sealed for, with one content for all.

#include "session/direct_message.h"

#include <gmock/gmock.h>
#include <map>

#include "crypto/hash.h"
#include "crypto/testing/deterministic_random.h"
#include "session/direct_content.h"
#include "session/testing/content.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::claim;
using testing::make_party;
using testing::Party;
using testing::start_of_time;
using testing::Stock;
using testing::text;
using testing::words_of;

/// Devices of two accounts; each keeps its sessions by the other's position.
class DirectMessageTest : public ::testing::Test {
 protected:
  struct Device {
    Party party;
    std::map<std::size_t, PeerSessions> sessions;
  };

  std::size_t add_device() {
    devices_.push_back({.party = make_party(random_, Stock::none), .sessions = {}});
    return devices_.size() - 1;
  }

  void introduce(std::size_t sender, std::size_t receiver) {
    Party& to = devices_[receiver].party;
    auto started = start_session({}, {devices_[sender].party.local, to.as_remote}, claim(to), now_, random_);
    devices_[sender].sessions[receiver] = std::move(started.value());
  }

  std::expected<SealedDirect, DirectSealError> seal_to(std::size_t sender, const std::vector<std::size_t>& receivers,
                                                       const wire::Content& content) {
    std::vector<DirectRecipient> recipients;
    for (const std::size_t receiver : receivers) {
      recipients.push_back({devices_[receiver].party.as_remote, devices_[sender].sessions[receiver]});
    }
    auto sealed = seal_direct(devices_[sender].party.local, recipients, place_, content, now_, random_);
    if (sealed) {
      for (std::size_t position = 0; position < receivers.size(); ++position) {
        devices_[sender].sessions[receivers[position]] = std::move(sealed->next[position]);
      }
    }
    return sealed;
  }

  std::expected<wire::Content, OpenError> open_at(std::size_t receiver, std::size_t sender, ByteView body) {
    Device& device = devices_[receiver];
    auto opened = open_direct(device.sessions[sender], {device.party.local, devices_[sender].party.as_remote},
                              device.party.prekeys, place_, body, now_, random_);
    if (!opened) return std::unexpected(opened.error());
    device.sessions[sender] = std::move(opened->next);
    if (opened->next_prekeys) device.party.prekeys = std::move(*opened->next_prekeys);
    return std::move(opened->content);
  }

  crypto::DeterministicRandom random_{8};
  UnixMillis now_ = start_of_time;
  DirectPlace place_{.conversation = random_.next<ConversationId>(), .message = random_.next<MessageId>()};
  std::vector<Device> devices_;
};

TEST_F(DirectMessageTest, EachAddressedDeviceOpensItAndNoOther) {
  for (int device = 0; device < 4; ++device) add_device();
  for (const std::size_t receiver : {1u, 2u}) introduce(0, receiver);
  const Bytes body = seal_to(0, {1, 2}, text("to two")).value().body;
  EXPECT_EQ(words_of(open_at(1, 0, body).value()), "to two");
  EXPECT_EQ(words_of(open_at(2, 0, body).value()), "to two");
  EXPECT_EQ(open_at(3, 0, body).error(), OpenError::no_slot);
  EXPECT_EQ(open_at(1, 0, body).error(), OpenError::duplicate);
  EXPECT_EQ(open_at(2, 1, body).error(), OpenError::bad_authentication) << "not the sender";
}

TEST_F(DirectMessageTest, KeepsCounterAndTime) {
  add_device(), add_device();
  introduce(0, 1);
  const wire::Content opened = open_at(1, 0, seal_to(0, {1}, text("x", 41)).value().body).value();
  EXPECT_EQ(opened.counter, 41u);
  EXPECT_EQ(opened.sent_at, start_of_time);
  EXPECT_EQ(opened.version, 1u);
}

TEST_F(DirectMessageTest, RefusesAnotherConversationMessageIdOrSender) {
  add_device(), add_device();
  introduce(0, 1);
  const Bytes body = seal_to(0, {1}, text("here")).value().body;
  const DirectPlace right = place_;
  place_.conversation.bytes[0] ^= 1;
  EXPECT_EQ(open_at(1, 0, body).error(), OpenError::bad_authentication);
  place_ = right;
  place_.message.bytes[0] ^= 1;
  EXPECT_EQ(open_at(1, 0, body).error(), OpenError::bad_authentication);
  place_ = right;
  EXPECT_TRUE(open_at(1, 0, body).has_value());
}

TEST_F(DirectMessageTest, RefusesAFlippedBitAndATruncationAnywhere) {
  add_device(), add_device();
  introduce(0, 1);
  const Bytes body = seal_to(0, {1}, text("all of it")).value().body;
  for (std::size_t octet = 0; octet < body.size(); octet += 3) {
    Bytes bad = body;
    bad[octet] ^= static_cast<std::uint8_t>(1u << (octet % 8));
    ASSERT_FALSE(open_at(1, 0, bad).has_value()) << octet;
    ASSERT_FALSE(open_at(1, 0, ByteView(body).first(octet)).has_value()) << octet;
  }
  EXPECT_TRUE(open_at(1, 0, body).has_value());
}

TEST_F(DirectMessageTest, ASlotTakenAwayOrAddedIsNoticed) {
  for (int device = 0; device < 4; ++device) add_device();
  for (const std::size_t receiver : {1u, 2u}) introduce(0, receiver);
  const Bytes body = seal_to(0, {1, 2}, text("to two")).value().body;
  auto message = wire::decode<wire::DirectMessage>(body).value();
  const auto is_first = [&](const wire::DirectSlot& slot) {
    return slot.device == devices_[1].party.local.address.device;
  };
  auto shorter = message;
  std::erase_if(shorter.slots, [&](const wire::DirectSlot& slot) { return !is_first(slot); });
  EXPECT_EQ(open_at(1, 0, wire::encode(shorter)).error(), OpenError::bad_authentication);
  auto longer = message;
  longer.slots.push_back({.account = {}, .device = {}, .message = {}});
  EXPECT_EQ(open_at(1, 0, wire::encode(longer)).error(), OpenError::bad_authentication);
  std::swap(message.slots[0], message.slots[1]);
  EXPECT_EQ(open_at(1, 0, wire::encode(message)).error(), OpenError::bad_authentication);
}

TEST_F(DirectMessageTest, ASlotOfAnotherMessageDoesNotFit) {
  add_device(), add_device();
  introduce(0, 1);
  const auto first = wire::decode<wire::DirectMessage>(seal_to(0, {1}, text("first")).value().body).value();
  auto spliced = wire::decode<wire::DirectMessage>(seal_to(0, {1}, text("second")).value().body).value();
  spliced.slots = first.slots;
  EXPECT_EQ(open_at(1, 0, wire::encode(spliced)).error(), OpenError::bad_commitment);
}

// A sender that gives each device another key for one ciphertext (invisible salamanders) contradicts its commitment.
TEST_F(DirectMessageTest, OneCiphertextOpensUnderOneKeyOnly) {
  wire::DirectBinding binding;
  binding.suite = 1;
  wire::DirectKey key{.content_key = random_.next_secret<32>(), .content_hash = {}};
  const SealedContent sealed = seal_content(key.content_key, binding, text("one"));
  wire::DirectMessage message{
      .suite = 1, .commitment = sealed.commitment, .ciphertext = sealed.ciphertext, .slots = {}};
  key.content_hash = content_hash(message);
  EXPECT_TRUE(open_content(key, binding, message).has_value());
  wire::DirectKey other{.content_key = random_.next_secret<32>(), .content_hash = key.content_hash};
  EXPECT_EQ(open_content(other, binding, message).error(), OpenError::bad_commitment);
}

TEST_F(DirectMessageTest, ShortTextsHaveOneLength) {
  add_device(), add_device();
  introduce(0, 1);
  ASSERT_TRUE(seal_to(0, {1}, text("x")).has_value());  // Number 0 takes no octets in a header.
  const std::size_t first = seal_to(0, {1}, text("a")).value().body.size();
  EXPECT_EQ(seal_to(0, {1}, text(std::string(200, 'a'))).value().body.size(), first);
  EXPECT_GT(seal_to(0, {1}, text(std::string(300, 'a'))).value().body.size(), first);
}

TEST_F(DirectMessageTest, RefusesWrongRecipients) {
  add_device(), add_device();
  EXPECT_EQ(seal_to(0, {}, text("x")).error(), DirectSealError::bad_recipients);
  EXPECT_EQ(seal_to(0, {1}, text("x")).error(), DirectSealError::no_session);
  introduce(0, 1);
  EXPECT_EQ(seal_to(0, {1, 1}, text("x")).error(), DirectSealError::bad_recipients);
  introduce(0, 0);
  EXPECT_EQ(seal_to(0, {0, 1}, text("x")).error(), DirectSealError::bad_recipients);
}

TEST_F(DirectMessageTest, SealsOnlyContentThatIsThere) {
  add_device(), add_device();
  introduce(0, 1);
  EXPECT_EQ(seal_to(0, {1}, text("")).error(), DirectSealError::bad_content);
  EXPECT_EQ(seal_to(0, {1}, text("x", 0)).error(), DirectSealError::bad_content);
  wire::Content of_no_kind = text("x");
  of_no_kind.kind = std::monostate{};
  EXPECT_EQ(seal_to(0, {1}, of_no_kind).error(), DirectSealError::bad_content);
  EXPECT_EQ(seal_to(0, {1}, text(std::string(wire::max_text_size + 1, 'x'))).error(), DirectSealError::bad_content);
  EXPECT_TRUE(seal_to(0, {1}, text(std::string(wire::max_text_size, 'x'))).has_value());
}

TEST_F(DirectMessageTest, AKindOfALaterVersionIsOpenedAsUnknown) {
  // Version 2, counter 1, field 99 with a message nobody knows.
  const Bytes later{0x08, 0x02, 0x10, 0x01, 0x9a, 0x06, 0x02, 0x08, 0x01};
  const auto content = wire::decode<wire::Content>(later);
  ASSERT_TRUE(content.has_value());
  EXPECT_EQ(content->version, 2u);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(content->kind));
}

TEST_F(DirectMessageTest, ManyDevicesFitWhileTheReKeyWaitsForRoom) {
  constexpr std::size_t count = 40;
  std::vector<std::size_t> receivers;
  add_device();
  for (std::size_t receiver = 1; receiver <= count; ++receiver) {
    receivers.push_back(add_device());
    introduce(0, receiver);
  }
  const Bytes first = seal_to(0, receivers, text("hello")).value().body;
  EXPECT_LE(first.size(), wire::max_body_size);
  EXPECT_EQ(seal_to(0, receivers, text(std::string(wire::max_text_size, 'x'))).error(), DirectSealError::too_large);
  for (const std::size_t receiver : receivers) {
    ASSERT_TRUE(open_at(receiver, 0, first).has_value());
    ASSERT_TRUE(open_at(0, receiver, seal_to(receiver, {0}, text("hello yourself")).value().body).has_value());
  }
  // Every session owes an offer after 50 messages, more than one body holds: each gets its turn within a few.
  const wire::Content long_text = text(std::string(wire::max_text_size, 'x'));
  for (std::uint32_t sent = 0; sent < rekey_after_messages + 6; ++sent) {
    const auto sealed = seal_to(0, receivers, long_text);
    ASSERT_TRUE(sealed.has_value()) << sent;
    ASSERT_LE(sealed->body.size(), wire::max_body_size);
  }
  for (const std::size_t receiver : receivers) {
    EXPECT_TRUE(std::holds_alternative<OfferOpen>(devices_[0].sessions[receiver].sessions.front().ratchet.rekey.offer));
  }
}

// With the key that the sender kept, or that a device that opened the message did, any own device opens it: it needs no
// slot and no session.
TEST_F(DirectMessageTest, OpensAgainWithItsKey) {
  add_device(), add_device();
  introduce(0, 1);
  const auto sealed = seal_to(0, {1}, text("once more"));
  const Party& sender = devices_[0].party;
  const Party& receiver = devices_[1].party;
  const auto opened = open_direct(devices_[1].sessions[0], {receiver.local, sender.as_remote}, receiver.prekeys, place_,
                                  sealed->body, now_, random_);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(wire::encode_secret(opened->key), wire::encode_secret(sealed->key));
  EXPECT_EQ(words_of(open_direct_with_key(sealed->key, sender.local.address, place_, sealed->body).value()),
            "once more");
}

TEST_F(DirectMessageTest, AKeyOpensItsOwnMessageOnly) {
  add_device(), add_device();
  introduce(0, 1);
  auto first = seal_to(0, {1}, text("first")).value();
  const Bytes second = seal_to(0, {1}, text("second")).value().body;
  const DeviceAddress sender = devices_[0].party.local.address;
  EXPECT_EQ(open_direct_with_key(first.key, sender, place_, second).error(), OpenError::bad_commitment);
  EXPECT_EQ(open_direct_with_key(first.key, devices_[1].party.local.address, place_, first.body).error(),
            OpenError::bad_authentication);
  DirectPlace elsewhere = place_;
  elsewhere.conversation.bytes[0] ^= 1;
  EXPECT_EQ(open_direct_with_key(first.key, sender, elsewhere, first.body).error(), OpenError::bad_authentication);
  EXPECT_EQ(open_direct_with_key(first.key, sender, place_, as_bytes("nothing")).error(), OpenError::malformed);
  first.key.body = {};
  EXPECT_EQ(open_direct_with_key(first.key, sender, place_, first.body).error(), OpenError::bad_commitment);
}

TEST_F(DirectMessageTest, AnAccountWithOneDeviceWritesToItselfAlone) {
  add_device();
  const DeviceAddress own = devices_[0].party.local.address;
  EXPECT_EQ(seal_to(0, {}, text("note")).error(), DirectSealError::bad_recipients) << "not its own conversation";
  place_.conversation = direct_conversation(std::array{own.account, own.account});
  const auto sealed = seal_to(0, {}, text("note"));
  ASSERT_TRUE(sealed.has_value());
  EXPECT_EQ(words_of(open_direct_with_key(sealed->key, own, place_, sealed->body).value()), "note");
  EXPECT_EQ(open_at(0, 0, sealed->body).error(), OpenError::no_slot);
}

TEST_F(DirectMessageTest, SealsEveryKindThatHasSubstance) {
  add_device(), add_device();
  introduce(0, 1);
  const auto seals = [&](wire::ContentKind kind) {
    wire::Content content = text("x");
    content.kind = std::move(kind);
    return seal_to(0, {1}, content).has_value();
  };
  EXPECT_TRUE(seals(wire::Reaction{.target = {}, .emoji = "+"}));
  EXPECT_FALSE(seals(wire::Reaction{.target = {}, .emoji = ""}));
  EXPECT_FALSE(seals(wire::Reaction{.target = {}, .emoji = std::string(wire::max_emoji_size + 1, '+')}));
  EXPECT_FALSE(seals(wire::Edit{.target = {}, .text = ""}));
  EXPECT_TRUE(seals(wire::Deletion{}));
  EXPECT_TRUE(seals(wire::TypedContent{.type = "a.b", .data = "{}", .fallback = "a b"}));
  EXPECT_FALSE(seals(wire::TypedContent{.type = "a.b", .data = "{}", .fallback = ""}));
  wire::Content many = text("x");
  many.mentions.resize(wire::max_mentions + 1);
  EXPECT_EQ(seal_to(0, {1}, many).error(), DirectSealError::bad_content);
}

TEST(DirectConversation, IsTheSameForBothAndDiffersForOthers) {
  AccountId one, other, third;
  one.bytes.fill(1), other.bytes.fill(2), third.bytes.fill(3);
  const auto id = direct_conversation(std::array{one, other});
  EXPECT_EQ(id, direct_conversation(std::array{other, one}));
  EXPECT_NE(id, direct_conversation(std::array{one, third}));
  const Sha256Digest digest = crypto::Sha256()
                                  .update(as_bytes("sotto direct conversation v1"))
                                  .update(one.view())
                                  .update(other.view())
                                  .finish();
  EXPECT_TRUE(std::equal(id.bytes.begin(), id.bytes.end(), digest.bytes.begin()));
}

}  // namespace
}  // namespace sotto::session
