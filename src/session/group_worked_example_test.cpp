// The worked example of docs/protocol/encryption.md for groups: a group begins, its owner's device begins a chain and
// seals a message, with every value on the way. Each derived value is computed here a second time from the primitives
// alone, as the document tells a stranger to, and must open what the rooms made.
//
// SOTTO_WRITE_GOLDEN=1 writes test/golden/session/group_worked_example.txt anew.

#include <gmock/gmock.h>

#include "base/text_encoding.h"
#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "crypto/testing/deterministic_random.h"
#include "membership/group.h"
#include "membership/own_event.h"
#include "session/device_list.h"
#include "session/group_message.h"
#include "session/padding.h"
#include "session/testing/content.h"
#include "session/testing/golden.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::joined;
using testing::start_of_time;

Secret<32> hmac(const Secret<32>& key, std::string_view label) {
  return crypto::hmac_sha256(key.reveal(), as_bytes(label));
}

class GroupWorkedExample : public ::testing::Test {
 protected:
  void line(std::string_view name, ByteView value) { out_ += std::string(name) + " = " + to_hex(value) + "\n"; }
  void heading(std::string_view text) { out_ += "\n# " + std::string(text) + "\n"; }

  void begin_group() {
    heading("A group of one");
    const wire::GroupProfile profile{.salt = random_.next<MessageId>(),
                                     .name = "Quiet ones",
                                     .description = {},
                                     .subject = {},
                                     .context = {},
                                     .picture = {}};
    const wire::GroupMember owner{
        .account = account_.account, .account_key = account_.account_key.public_key, .role = wire::Role::owner};
    wire::GroupCreated created{.salt = random_.next<MessageId>(),
                               .kind = wire::ConversationKind::group,
                               .members = {owner},
                               .policies = {},
                               .profile = crypto::sha256(wire::encode(profile))};
    const membership::Actor actor{device_.address.account, device_.address.device};
    const wire::SignedDeviceList list = first_device_list(account_, device_, start_of_time);
    const auto event = membership::first_event(actor, std::move(created), start_of_time);
    const wire::SignedGroupEvent signed_event = membership::sign_group_event(event, list, device_.signing_key);
    group_ = membership::create(signed_event).value();
    line("account_key_seed", account_.account_key.seed.reveal());
    line("device_signing_key_seed", device_.signing_key.seed.reveal());
    line("profile", wire::encode(profile));
    line("event", signed_event.event);
    line("event_signature", signed_event.signature.view());
    line("device_list", list.list);
    line("device_list_signature", list.signature.view());
    const Sha256Digest digest = crypto::sha256(joined({as_bytes("sotto group v1"), signed_event.event}));
    line("group", ByteView(digest.view()).first(16));
    line("group_head", crypto::sha256(signed_event.event).view());
    EXPECT_EQ(to_hex(group_.id.view()), to_hex(ByteView(digest.view()).first(16)));
    EXPECT_EQ(group_.head, crypto::sha256(signed_event.event));
  }

  void seal_a_message() {
    heading("A sender's chain, and its first message");
    const OwnSenderChain chain = begin_sender_chain(group_.id, start_of_time, random_);
    line("share", wire::encode_secret(share_of(chain)).reveal());
    line("chain_signing_seed", chain.signing_seed.reveal());
    const Secret<32> message_key = hmac(chain.chain_key, "sotto sender message key v1");
    line("message_key", message_key.reveal());
    line("next_chain_key", hmac(chain.chain_key, "sotto sender chain key v1").reveal());

    const GroupPlace place{.conversation = group_.id, .message = random_.next<MessageId>()};
    const wire::Content content{
        .version = 1, .counter = 1, .sent_at = start_of_time, .kind = wire::TextContent{"Hello, all."}};
    const auto sealed =
        seal_group(chain, device_.address, place, {.number = group_.number, .head = group_.head}, content).value();
    EXPECT_TRUE(sealed.next.chain_key == hmac(chain.chain_key, "sotto sender chain key v1"));
    open_by_hand(place, chain, message_key, sealed.body);
    line("body", sealed.body);
    line("passed_on_key", wire::encode_secret(sealed.key).reveal());
    const auto received = accept_share({}, share_of(chain), start_of_time).value();
    EXPECT_TRUE(open_group(received, device_.address, place, sealed.body, start_of_time).has_value());
  }

  void open_by_hand(const GroupPlace& place, const OwnSenderChain& chain, const Secret<32>& message_key,
                    ByteView body) {
    const auto message = wire::decode_canonical<wire::GroupMessage>(body).value();
    const Secret<32> commitment = crypto::hkdf_sha256<32>(message_key.reveal(), {}, "sotto group commitment v1");
    EXPECT_EQ(to_hex(commitment.reveal()), to_hex(message.commitment.view()));
    const Secret<44> derived =
        crypto::hkdf_sha256<44>(message_key.reveal(), place.message.view(), "sotto group content v1");
    wire::GroupBinding binding{.suite = 1,
                               .conversation = place.conversation,
                               .message = place.message,
                               .sender = device_.address.account,
                               .sender_device = device_.address.device,
                               .chain = message.chain,
                               .iteration = message.iteration,
                               .group_number = 1,
                               .group_head = group_.head,
                               .commitment = message.commitment,
                               .ciphertext = std::nullopt};
    crypto::AeadNonce nonce;
    std::ranges::copy(derived.reveal().last<12>(), nonce.begin());
    line("message_id", place.message.view());
    line("content_key_and_nonce", derived.reveal());
    line("content_associated_data", wire::encode(binding));
    const auto padded =
        crypto::open(crypto::AeadKey(derived.reveal().first<32>()), nonce, wire::encode(binding), message.ciphertext);
    ASSERT_TRUE(padded.has_value());
    line("content_padded", padded->reveal());
    binding.ciphertext = crypto::sha256(message.ciphertext);
    const Bytes signed_octets = wire::encode(binding);
    line("signed", signed_octets);
    line("signature", message.signature.view());
    EXPECT_TRUE(crypto::verify(chain.signing_key, "sotto group message v1", signed_octets, message.signature));
  }

  std::string out_ =
      "Regenerated by src/session/group_worked_example_test.cpp; explained in docs/protocol/encryption.md.\n";
  crypto::DeterministicRandom random_{2027};
  AccountIdentity account_ = generate_account(random_);
  LocalDevice device_ = generate_device(account_, random_);
  membership::Group group_;
};

TEST_F(GroupWorkedExample, EveryValueFollowsFromTheDocument) {
  begin_group();
  seal_a_message();
  testing::expect_golden("group_worked_example.txt", out_);
}

}  // namespace
}  // namespace sotto::session
