// The worked example of docs/protocol/encryption.md: two devices set up a session and exchange two messages, with every
// value on the way. Each derived value is computed here a second time from the primitives alone, as the document tells
// a stranger to, and must open what the room sealed.
//
// SOTTO_WRITE_GOLDEN=1 writes test/golden/session/worked_example.txt anew.

#include <gmock/gmock.h>

#include "base/text_encoding.h"
#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "crypto/testing/deterministic_random.h"
#include "session/direct_message.h"
#include "session/padding.h"
#include "session/testing/content.h"
#include "session/testing/golden.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::claim;
using testing::from_to;
using testing::joined;
using testing::make_party;
using testing::Party;
using testing::start_of_time;
using testing::Stock;

struct Chain {
  Secret<32> root;
  Secret<32> chain;
};

struct Exchange {
  const Secret<32>& private_key;
  const X25519PublicKey& public_key;
};

/// Who says something to whom.
struct Saying {
  const Party& sender;
  const Party& recipient;
};

struct Chained {
  Secret<32> message_key;
  Secret<32> next_chain;
};

Chained step(const Secret<32>& chain_key) {
  return {crypto::hmac_sha256(chain_key.reveal(), as_bytes("sotto message key v1")),
          crypto::hmac_sha256(chain_key.reveal(), as_bytes("sotto chain key v1"))};
}

class WorkedExample : public ::testing::Test {
 protected:
  void line(std::string_view name, ByteView value) { out_ += std::string(name) + " = " + to_hex(value) + "\n"; }
  void heading(std::string_view text) { out_ += "\n# " + std::string(text) + "\n"; }

  void describe(std::string_view who, const Party& party) {
    const std::string name(who);
    line(name + ".account", party.local.address.account.view());
    line(name + ".device", party.local.address.device.view());
    line(name + ".account_key", party.local.account_key.view());
    line(name + ".signing_key_seed", party.local.signing_key.seed.reveal());
    line(name + ".signing_key", party.local.signing_key.public_key.view());
    line(name + ".identity_private_key", party.local.identity_key.private_key.reveal());
    line(name + ".identity_key", party.local.identity_key.public_key.view());
  }

  /// Root key and chain key of a ratchet step.
  Chain ratchet_step(std::string_view name, const Secret<32>& root, const Exchange& exchange) {
    const Secret<32> dh = crypto::x25519(exchange.private_key, exchange.public_key).value();
    const Secret<64> derived = crypto::hkdf_sha256<64>(dh.reveal(), root.reveal(), "sotto ratchet step v1");
    Chain chain{Secret<32>(derived.reveal().first<32>()), Secret<32>(derived.reveal().last<32>())};
    line(std::string(name) + ".dh", dh.reveal());
    line(std::string(name) + ".root_key", chain.root.reveal());
    line(std::string(name) + ".chain_key", chain.chain.reveal());
    return chain;
  }

  Bytes binding(const Saying& saying, const Bytes& header, const Bytes& context) {
    const auto& [sender, recipient] = saying;
    return wire::encode(wire::SessionBinding{.suite = 1,
                                             .sender = sender.local.address.account,
                                             .sender_device = sender.local.address.device,
                                             .sender_account_key = sender.local.account_key,
                                             .sender_identity_key = sender.local.identity_key.public_key,
                                             .recipient = recipient.local.address.account,
                                             .recipient_device = recipient.local.address.device,
                                             .recipient_account_key = recipient.local.account_key,
                                             .recipient_identity_key = recipient.local.identity_key.public_key,
                                             .header = header,
                                             .context = context});
  }

  /// Opens the only slot of `body` with `message_key`, and the content with what is in it.
  void open_by_hand(std::string_view name, const Saying& saying, const Secret<32>& message_key, ByteView body) {
    const std::string prefix(name);
    const auto direct = wire::decode_canonical<wire::DirectMessage>(body).value();
    const auto message = wire::decode_canonical<wire::SessionMessage>(direct.slots.at(0).message).value();
    const auto header = wire::decode_canonical<wire::SessionHeader>(message.header).value();
    const Bytes context = wire::encode(wire::SessionContext{
        .use = wire::SessionUse::direct_message, .conversation = place_.conversation, .message = place_.message});
    const Secret<44> derived =
        crypto::hkdf_sha256<44>(message_key.reveal(), header.salt.view(), "sotto message aead v1");
    const Bytes associated_data = binding(saying, message.header, context);
    line(prefix + ".header", message.header);
    line(prefix + ".message_key", message_key.reveal());
    line(prefix + ".aead_key_and_nonce", derived.reveal());
    line(prefix + ".context", context);
    line(prefix + ".associated_data", associated_data);
    const auto slot = open_aead(derived, associated_data, message.ciphertext);
    line(prefix + ".slot_plaintext", slot.reveal());
    open_content_by_hand(prefix, saying.sender, direct, wire::decode_canonical<wire::DirectKey>(slot.reveal()).value());
    line(prefix + ".body", body);
  }

  void open_content_by_hand(const std::string& prefix, const Party& sender, const wire::DirectMessage& direct,
                            const wire::DirectKey& key) {
    EXPECT_EQ(key.content_hash, crypto::sha256(joined({direct.commitment.view(), direct.ciphertext})));
    const Secret<32> commitment = crypto::hkdf_sha256<32>(key.content_key.reveal(), {}, "sotto direct commitment v1");
    EXPECT_EQ(to_hex(commitment.reveal()), to_hex(direct.commitment.view()));
    const wire::DirectSlot& slot = direct.slots.at(0);
    const Bytes associated_data = wire::encode(
        wire::DirectBinding{.suite = 1,
                            .conversation = place_.conversation,
                            .message = place_.message,
                            .sender = sender.local.address.account,
                            .sender_device = sender.local.address.device,
                            .recipients = crypto::sha256(joined({slot.account.view(), slot.device.view()}))});
    const Secret<44> derived = crypto::hkdf_sha256<44>(key.content_key.reveal(), {}, "sotto direct content v1");
    line(prefix + ".content_key_and_nonce", derived.reveal());
    line(prefix + ".content_associated_data", associated_data);
    line(prefix + ".content_padded", open_aead(derived, associated_data, direct.ciphertext).reveal());
  }

  static SecretBuffer open_aead(const Secret<44>& derived, ByteView associated_data, ByteView ciphertext) {
    crypto::AeadNonce nonce;
    std::ranges::copy(derived.reveal().last<12>(), nonce.begin());
    return crypto::open(crypto::AeadKey(derived.reveal().first<32>()), nonce, associated_data, ciphertext).value();
  }

  Bytes say(Party& sender, const Party& recipient, std::string_view words, std::uint64_t counter, Random& random) {
    const std::vector<DirectRecipient> recipients{{recipient.as_remote, sender.sessions}};
    const wire::Content content{
        .version = 1, .counter = counter, .sent_at = start_of_time, .kind = wire::TextContent{std::string(words)}};
    auto sealed = seal_direct(sender.local, recipients, place_, content, start_of_time, random).value();
    sender.sessions = std::move(sealed.next[0]);
    return std::move(sealed.body);
  }

  void hear(Party& recipient, const Party& sender, std::string_view words, ByteView body) {
    auto opened = open_direct(recipient.sessions, from_to(recipient, sender), recipient.prekeys, place_, body,
                              start_of_time, people_);
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(std::get<wire::TextContent>(opened->content.kind).text, words);
    recipient.sessions = std::move(opened->next);
    if (opened->next_prekeys) recipient.prekeys = std::move(*opened->next_prekeys);
  }

  void show_people_and_bundle() {
    heading("People");
    describe("alice", alice_);
    describe("bob", bob_);
    line("conversation", place_.conversation.view());
    line("message_id", place_.message.view());
    heading("Bob's bundle");
    line("bundle", wire::encode(bundle_));
    line("signed_prekey_private_key", bob_.prekeys.signed_prekeys.at(0).private_key.reveal());
    line("one_time_prekey_private_key", bob_.prekeys.one_time_prekeys.at(0).private_key.reveal());
    line("kem_prekey_seed", bob_.prekeys.kem_prekeys.at(0).seed.reveal());
  }

  Bytes transcript() const {
    const wire::Initiation initiation{.ephemeral_key = ephemeral_.public_key,
                                      .signed_prekey = bundle_.signed_prekey.id,
                                      .one_time_prekey = bundle_.one_time_prekey->id,
                                      .kem_prekey = bundle_.kem_prekey.id,
                                      .kem_prekey_is_last_resort = false,
                                      .kem_ciphertext = encapsulation_.ciphertext};
    return wire::encode(wire::InitiationTranscript{.suite = 1,
                                                   .initiator = alice_.local.address.account,
                                                   .initiator_device = alice_.local.address.device,
                                                   .initiator_account_key = alice_.local.account_key,
                                                   .initiator_identity_key = alice_.local.identity_key.public_key,
                                                   .responder = bob_.local.address.account,
                                                   .responder_device = bob_.local.address.device,
                                                   .responder_account_key = bob_.local.account_key,
                                                   .responder_identity_key = bob_.local.identity_key.public_key,
                                                   .signed_prekey = bundle_.signed_prekey.key,
                                                   .one_time_prekey = bundle_.one_time_prekey->key,
                                                   .kem_prekey = crypto::sha256(bundle_.kem_prekey.key.view()),
                                                   .initiation = initiation});
  }

  /// A Diffie-Hellman result, shown.
  Secret<32> shown_exchange(std::string_view name, const Secret<32>& private_key, const X25519PublicKey& public_key) {
    Secret<32> shared = crypto::x25519(private_key, public_key).value();
    line(name, shared.reveal());
    return shared;
  }

  void set_up() {
    heading("Set-up by Alice");
    crypto::DeterministicRandom random(set_up_seed);
    alice_.sessions = start_session({}, from_to(alice_, bob_), bundle_, start_of_time, random).value();
    line("ephemeral_private_key", ephemeral_.private_key.reveal());
    const auto dh1 = shown_exchange("dh1", alice_.local.identity_key.private_key, bundle_.signed_prekey.key);
    const auto dh2 = shown_exchange("dh2", ephemeral_.private_key, bob_.local.identity_key.public_key);
    const auto dh3 = shown_exchange("dh3", ephemeral_.private_key, bundle_.signed_prekey.key);
    const auto dh4 = shown_exchange("dh4", ephemeral_.private_key, bundle_.one_time_prekey->key);
    line("kem_shared_secret", encapsulation_.shared_secret.reveal());
    line("transcript", transcript());
    const Sha256Digest digest = crypto::sha256(transcript());
    line("transcript_sha256", digest.view());

    const Bytes material = joined({Bytes(32, 0xff), dh1.reveal(), dh2.reveal(), dh3.reveal(), dh4.reveal(),
                                   encapsulation_.shared_secret.reveal()});
    const Bytes info = joined({as_bytes("sotto pqxdh v1"), digest.view()});
    Secret<32> secret;
    ASSERT_TRUE(
        crypto::hkdf_sha256_fill({.input_key_material = material, .salt = {}, .info = info}, secret.writable()));
    const Secret<16> session_id = crypto::hkdf_sha256<16>(secret.reveal(), {}, "sotto session id v1");
    root_ = crypto::hkdf_sha256<32>(secret.reveal(), {}, "sotto session root v1");
    line("set_up_secret", secret.reveal());
    line("session_id", session_id.reveal());
    line("root_key", root_.reveal());
    EXPECT_EQ(to_hex(alice_.sessions.sessions[0].id.view()), to_hex(session_id.reveal()));
  }

  void first_message() {
    heading("Alice's first chain and message");
    line("alice.ratchet_private_key", first_ratchet_.private_key.reveal());
    Chain chain = ratchet_step("step1", root_, {first_ratchet_.private_key, bundle_.signed_prekey.key});
    const Chained one = step(chain.chain);
    crypto::DeterministicRandom random(2);
    const Bytes body = say(alice_, bob_, "Hello, Bob.", 1, random);
    open_by_hand("message1", {alice_, bob_}, one.message_key, body);
    line("message1.next_chain_key", one.next_chain.reveal());
    hear(bob_, alice_, "Hello, Bob.", body);
    root_ = std::move(chain.root);
  }

  void reply() {
    heading("Bob's first chain and message");
    crypto::DeterministicRandom random(3);
    const Bytes body = say(bob_, alice_, "Hello, Alice.", 1, random);
    const auto& turn = std::get<Speaking>(bob_.sessions.sessions[0].ratchet.turn);
    line("bob.ratchet_private_key", turn.ratchet_private_key.reveal());
    const Chain chain = ratchet_step("step2", root_, {turn.ratchet_private_key, first_ratchet_.public_key});
    open_by_hand("message2", {bob_, alice_}, step(chain.chain).message_key, body);
    hear(alice_, bob_, "Hello, Alice.", body);
  }

  void rekey() {
    heading("A re-key, 51 messages later");
    for (std::uint64_t counter = 2; counter <= 51; ++counter) {
      hear(bob_, alice_, "again", say(alice_, bob_, "again", counter, people_));
    }
    const Ratchet& ratchet = alice_.sessions.sessions[0].ratchet;
    line("offer.seed", std::get<OfferOpen>(ratchet.rekey.offer).seed.reveal());
    hear(alice_, bob_, "yes", say(bob_, alice_, "yes", 2, people_));
    const Ratchet before = alice_.sessions.sessions[0].ratchet.copy();
    const Secret<32>& shared = std::get<OfferAnswered>(before.rekey.offer).shared_secret;
    const Bytes body = say(alice_, bob_, "mixed", 52, people_);
    const auto& turn = std::get<Speaking>(alice_.sessions.sessions[0].ratchet.turn);
    line("rekey.root_key_before", before.root_key.reveal());
    const auto dh = shown_exchange("rekey.dh", turn.ratchet_private_key, before.receiving->ratchet_key);
    line("rekey.kem_shared_secret", shared.reveal());
    const Secret<64> derived = crypto::hkdf_sha256<64>(joined({dh.reveal(), shared.reveal()}), before.root_key.reveal(),
                                                       "sotto ratchet step with kem v1");
    line("rekey.root_key", derived.reveal().first<32>());
    line("rekey.chain_key", derived.reveal().last<32>());
    open_by_hand("message3", {alice_, bob_}, step(Secret<32>(derived.reveal().last<32>())).message_key, body);
    hear(bob_, alice_, "mixed", body);
  }

  std::string out_ = "Regenerated by src/session/worked_example_test.cpp; explained in docs/protocol/encryption.md.\n";
  crypto::DeterministicRandom people_{2026};
  Party alice_ = make_party(people_, Stock::none);
  Party bob_ = make_party(people_, Stock::full);
  DirectPlace place_{
      .conversation = direct_conversation(std::array{alice_.local.address.account, bob_.local.address.account}),
      .message = people_.next<MessageId>()};
  wire::PrekeyBundle bundle_ = claim(bob_);

  // What the set-up's random octets come from, so that its private values can be had a second time.
  static constexpr std::uint64_t set_up_seed = 1;
  crypto::DeterministicRandom again_{set_up_seed};
  crypto::X25519KeyPair ephemeral_ = crypto::generate_x25519(again_);
  crypto::Encapsulation encapsulation_ = crypto::encapsulate(bundle_.kem_prekey.key, again_).value();
  crypto::X25519KeyPair first_ratchet_ = crypto::generate_x25519(again_);
  Secret<32> root_;
};

TEST_F(WorkedExample, EveryValueFollowsFromTheDocument) {
  show_people_and_bundle();
  set_up();
  first_message();
  reply();
  rekey();
  testing::expect_golden("worked_example.txt", out_);
}

}  // namespace
}  // namespace sotto::session
