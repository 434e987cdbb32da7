#include "session/group_message.h"

#include <algorithm>

#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "session/content_check.h"
#include "session/labels.h"
#include "session/padding.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

struct GroupCipher {
  crypto::AeadKey key;
  crypto::AeadNonce nonce;
};

/// The message id is the salt: should two copies of one chain (a cloned disk, a restored state) seal two messages with
/// one message key, they do not share key and nonce.
GroupCipher derive_cipher(const Secret<32>& message_key, const MessageId& message) {
  const Secret<44> derived = crypto::hkdf_sha256<44>(message_key.reveal(), message.view(), label::group_content);
  GroupCipher cipher{.key = crypto::AeadKey(derived.reveal().first<32>()), .nonce = {}};
  std::ranges::copy(derived.reveal().last<12>(), cipher.nonce.begin());
  return cipher;
}

Sha256Digest derive_commitment(const Secret<32>& message_key) {
  const Secret<32> derived = crypto::hkdf_sha256<32>(message_key.reveal(), {}, label::group_commitment);
  return Sha256Digest::from(derived.reveal()).value_or(Sha256Digest{});
}

wire::GroupBinding binding_of(const wire::GroupMessage& message, const DeviceAddress& sender, const GroupPlace& place) {
  return {.suite = message.suite,
          .conversation = place.conversation,
          .message = place.message,
          .sender = sender.account,
          .sender_device = sender.device,
          .chain = message.chain,
          .iteration = message.iteration,
          .group_number = message.group_number,
          .group_head = message.group_head,
          .commitment = message.commitment,
          .ciphertext = std::nullopt};
}

Bytes signed_octets(wire::GroupBinding binding, ByteView ciphertext) {
  binding.ciphertext = crypto::sha256(ciphertext);
  return wire::encode(binding);
}

Sha256Digest body_hash(const wire::GroupMessage& message) {
  return crypto::Sha256().update(message.commitment.view()).update(message.ciphertext).finish();
}

wire::MessageKey passed_on(Secret<32> key, const wire::GroupMessage& message, const DeviceAddress& sender,
                           const GroupPlace& place) {
  return {.message = place.message,
          .sender = sender.account,
          .sender_device = sender.device,
          .key = std::move(key),
          .body = body_hash(message)};
}

/// Checks the commitment, decrypts and reads. Errors: bad_commitment, bad_authentication, bad_content.
std::expected<wire::Content, OpenError> open_content(const Secret<32>& message_key, const wire::GroupMessage& message,
                                                     const DeviceAddress& sender, const GroupPlace& place) {
  if (!equal_in_constant_time(derive_commitment(message_key).view(), message.commitment.view())) {
    return std::unexpected(OpenError::bad_commitment);
  }
  const GroupCipher cipher = derive_cipher(message_key, place.message);
  const auto padded =
      crypto::open(cipher.key, cipher.nonce, wire::encode(binding_of(message, sender, place)), message.ciphertext);
  if (!padded) return std::unexpected(OpenError::bad_authentication);
  const auto encoded = unpad(padded->reveal());
  if (!encoded) return std::unexpected(OpenError::bad_content);
  auto content = wire::decode<wire::Content>(*encoded);
  if (!content || !is_well_formed(*content)) return std::unexpected(OpenError::bad_content);
  return *std::move(content);
}

}  // namespace

std::expected<SealedGroup, GroupSealError> seal_group(const OwnSenderChain& chain, const DeviceAddress& sender,
                                                      const GroupPlace& place, const GroupState& state,
                                                      const wire::Content& content) {
  if (chain.conversation != place.conversation) return std::unexpected(GroupSealError::wrong_group);
  if (chain.iteration >= max_sender_chain_messages) return std::unexpected(GroupSealError::chain_exhausted);
  if (!is_sendable(content)) return std::unexpected(GroupSealError::bad_content);

  SealedGroup sealed{.body = {}, .next = chain.copy(), .key = {}};
  Secret<32> message_key = step_own_chain(sealed.next);
  wire::GroupMessage message{.suite = wire::suite_1,
                             .chain = chain.chain,
                             .iteration = chain.iteration,
                             .group_number = state.number,
                             .group_head = state.head,
                             .commitment = derive_commitment(message_key),
                             .ciphertext = {},
                             .signature = {}};
  const wire::GroupBinding binding = binding_of(message, sender, place);
  const GroupCipher cipher = derive_cipher(message_key, place.message);
  const SecretBuffer padded = pad(wire::encode_secret(content).reveal());
  message.ciphertext = crypto::seal(cipher.key, cipher.nonce, wire::encode(binding), padded.reveal());
  const crypto::Ed25519KeyPair signing{.seed = chain.signing_seed.copy(), .public_key = chain.signing_key};
  message.signature = crypto::sign(signing, label::group_message, signed_octets(binding, message.ciphertext));

  sealed.body = wire::encode(message);
  if (sealed.body.size() > wire::max_body_size) return std::unexpected(GroupSealError::too_large);
  sealed.key = passed_on(std::move(message_key), message, sender, place);
  return sealed;
}

std::expected<wire::GroupMessage, OpenError> read_group_message(ByteView body) {
  auto message = wire::decode_canonical<wire::GroupMessage>(body);
  if (!message) {
    const auto any = wire::decode<wire::GroupMessage>(body);
    const bool is_later = any && any->suite > wire::suite_1;
    return std::unexpected(is_later ? OpenError::unsupported_suite : OpenError::malformed);
  }
  if (message->suite == 0) return std::unexpected(OpenError::malformed);
  if (message->suite != wire::suite_1) return std::unexpected(OpenError::unsupported_suite);
  return *std::move(message);
}

std::expected<OpenedGroup, OpenError> open_group(const ReceivedSenderChains& current, const DeviceAddress& sender,
                                                 const GroupPlace& place, ByteView body, UnixMillis now) {
  const auto message = read_group_message(body);
  if (!message) return std::unexpected(message.error());
  const auto chain = std::ranges::find(current.chains, message->chain, &ReceivedSenderChain::chain);
  if (chain == current.chains.end()) return std::unexpected(OpenError::no_sender_key);
  const Bytes signed_part = signed_octets(binding_of(*message, sender, place), message->ciphertext);
  if (!crypto::verify(chain->signing_key, label::group_message, signed_part, message->signature)) {
    return std::unexpected(OpenError::bad_authentication);
  }
  auto taken =
      take_sender_key(current, static_cast<std::size_t>(chain - current.chains.begin()), message->iteration, now);
  if (!taken) return std::unexpected(taken.error());
  auto content = open_content(taken->message_key, *message, sender, place);
  if (!content) return std::unexpected(content.error());
  return OpenedGroup{.next = std::move(taken->next),
                     .content = *std::move(content),
                     .key = passed_on(std::move(taken->message_key), *message, sender, place)};
}

std::expected<wire::Content, OpenError> open_group_with_key(const wire::MessageKey& key, const DeviceAddress& sender,
                                                            const GroupPlace& place, ByteView body) {
  if (key.message != place.message || key.sender != sender.account || key.sender_device != sender.device) {
    return std::unexpected(OpenError::bad_authentication);
  }
  const auto message = read_group_message(body);
  if (!message) return std::unexpected(message.error());
  if (key.body != body_hash(*message)) return std::unexpected(OpenError::bad_commitment);
  return open_content(key.key, *message, sender, place);
}

}  // namespace sotto::session
