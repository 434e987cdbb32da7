#include "session/direct_message.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "crypto/hash.h"
#include "session/content_check.h"
#include "session/direct_content.h"
#include "session/labels.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

// Octets of a slot without offer and answer, rounded up; of the initiation that a session without an answer adds; of
// offer and answer together. They only decide who may carry an offer now: the limit is checked on the finished body.
constexpr std::size_t slot_size = 272;
constexpr std::size_t initiation_size = 1'160;
constexpr std::size_t offer_and_answer_size = 2'300;
constexpr std::size_t body_frame_size = 128;

std::size_t reserved_for(const DirectRecipient& recipient) {
  const bool is_answered = !recipient.sessions.sessions.front().initiation.has_value();
  return slot_size + (is_answered ? 0 : initiation_size);
}

/// Octets of the body that are left for offers and answers.
std::size_t spare_room(std::size_t content_size, std::span<const DirectRecipient> recipients) {
  std::size_t used = body_frame_size + content_size;
  for (const DirectRecipient& recipient : recipients) used += reserved_for(recipient);
  return wire::max_body_size > used ? wire::max_body_size - used : 0;
}

/// Positions of the recipients in the order of their slots; nothing unless all differ and none is `own`.
std::optional<std::vector<std::size_t>> slot_order(std::span<const DirectRecipient> recipients,
                                                   const DeviceAddress& own) {
  if (recipients.size() > wire::max_direct_slots) return std::nullopt;
  const auto address_at = [&](std::size_t position) -> const DeviceAddress& {
    return recipients[position].device.address;
  };
  std::vector<std::size_t> order(recipients.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, address_at);
  const bool is_distinct = std::ranges::adjacent_find(order, {}, address_at) == order.end();
  const bool names_own = std::ranges::find(order, own, address_at) != order.end();
  return is_distinct && !names_own ? std::optional(std::move(order)) : std::nullopt;
}

/// The account's conversation with itself.
bool is_own_conversation(const DirectPlace& place, AccountId account) {
  return place.conversation == direct_conversation(std::array{account, account});
}

wire::MessageKey passed_on(const wire::DirectKey& key, const DeviceAddress& sender, const DirectPlace& place) {
  return {.message = place.message,
          .sender = sender.account,
          .sender_device = sender.device,
          .key = key.content_key.copy(),
          .body = key.content_hash};
}

/// So that a server cannot take a slot away or add one unnoticed.
Sha256Digest recipients_digest(const std::vector<wire::DirectSlot>& slots) {
  crypto::Sha256 digest;
  for (const wire::DirectSlot& slot : slots) digest.update(slot.account.view()).update(slot.device.view());
  return digest.finish();
}

wire::DirectBinding binding_of(const DeviceAddress& sender, const DirectPlace& place,
                               const std::vector<wire::DirectSlot>& slots) {
  return {.suite = wire::suite_1,
          .conversation = place.conversation,
          .message = place.message,
          .sender = sender.account,
          .sender_device = sender.device,
          .recipients = recipients_digest(slots)};
}

wire::SessionContext context_of(const DirectPlace& place) {
  return {.use = wire::SessionUse::direct_message, .conversation = place.conversation, .message = place.message};
}

DirectSealError as_direct_error(SealError error) {
  return error == SealError::chain_exhausted ? DirectSealError::chain_exhausted : DirectSealError::no_session;
}

/// Everything about a direct message but its slots' messages.
struct Sealing {
  const LocalDevice& local;
  std::span<const DirectRecipient> recipients;
  const DirectPlace& place;
  UnixMillis now;
};

/// Seals the key for each slot, and puts the next sessions at the recipients' positions of `next`.
std::expected<void, DirectSealError> fill_slots(const Sealing& sealing, const std::vector<std::size_t>& order,
                                                const wire::DirectKey& key, wire::DirectMessage& message,
                                                std::vector<PeerSessions>& next, Random& random) {
  const SecretBuffer plaintext = wire::encode_secret(key);
  const wire::SessionContext context = context_of(sealing.place);
  std::size_t spare = spare_room(message.ciphertext.size(), sealing.recipients);
  for (std::size_t slot = 0; slot < order.size(); ++slot) {
    const DirectRecipient& recipient = sealing.recipients[order[slot]];
    const HeaderRoom room = spare >= offer_and_answer_size ? HeaderRoom::roomy : HeaderRoom::tight;
    auto sealed = seal(recipient.sessions, {sealing.local, recipient.device},
                       {.plaintext = plaintext.reveal(), .context = context, .room = room}, sealing.now, random);
    if (!sealed) return std::unexpected(as_direct_error(sealed.error()));
    const std::size_t reserved = reserved_for(recipient);
    if (sealed->message.size() > reserved) spare -= std::min(spare, sealed->message.size() - reserved);
    message.slots[slot].message = std::move(sealed->message);
    next[order[slot]] = std::move(sealed->next);
  }
  return {};
}

const wire::DirectSlot* slot_of(const wire::DirectMessage& message, const DeviceAddress& own) {
  const auto found = std::ranges::find_if(message.slots, [&](const wire::DirectSlot& slot) {
    return slot.account == own.account && slot.device == own.device;
  });
  return found == message.slots.end() ? nullptr : &*found;
}

std::expected<wire::DirectMessage, OpenError> take_apart(ByteView body) {
  auto message = wire::decode_canonical<wire::DirectMessage>(body);
  if (!message) {
    const auto any = wire::decode<wire::DirectMessage>(body);
    const bool is_later = any && any->suite > wire::suite_1;
    return std::unexpected(is_later ? OpenError::unsupported_suite : OpenError::malformed);
  }
  if (message->suite == 0) return std::unexpected(OpenError::malformed);
  if (message->suite != wire::suite_1) return std::unexpected(OpenError::unsupported_suite);
  return std::move(*message);
}

}  // namespace

ConversationId direct_conversation(std::span<const AccountId, 2> accounts) {
  const auto [smaller, larger] = std::minmax(accounts[0], accounts[1]);
  const Sha256Digest digest = crypto::Sha256()
                                  .update(as_bytes(label::direct_conversation))
                                  .update(smaller.view())
                                  .update(larger.view())
                                  .finish();
  ConversationId conversation;
  std::copy_n(digest.bytes.begin(), ConversationId::size, conversation.bytes.begin());
  return conversation;
}

std::expected<SealedDirect, DirectSealError> seal_direct(const LocalDevice& local,
                                                         std::span<const DirectRecipient> recipients,
                                                         const DirectPlace& place, const wire::Content& content,
                                                         UnixMillis now, Random& random) {
  const auto order = slot_order(recipients, local.address);
  const bool is_alone = recipients.empty() && !is_own_conversation(place, local.address.account);
  if (!order || is_alone) return std::unexpected(DirectSealError::bad_recipients);
  if (!is_sendable(content)) return std::unexpected(DirectSealError::bad_content);
  const auto can_seal = [](const DirectRecipient& recipient) { return recipient.sessions.can_seal(); };
  if (!std::ranges::all_of(recipients, can_seal)) return std::unexpected(DirectSealError::no_session);

  wire::DirectMessage message{.suite = wire::suite_1, .commitment = {}, .ciphertext = {}, .slots = {}};
  for (const std::size_t position : *order) {
    const DeviceAddress& address = recipients[position].device.address;
    message.slots.push_back({.account = address.account, .device = address.device, .message = {}});
  }
  wire::DirectKey key{.content_key = random.next_secret<32>(), .content_hash = {}};
  SealedContent sealed = seal_content(key.content_key, binding_of(local.address, place, message.slots), content);
  message.commitment = sealed.commitment;
  message.ciphertext = std::move(sealed.ciphertext);
  key.content_hash = content_hash(message);

  SealedDirect result;
  result.next.resize(recipients.size());
  const Sealing sealing{.local = local, .recipients = recipients, .place = place, .now = now};
  if (const auto filled = fill_slots(sealing, *order, key, message, result.next, random); !filled) {
    return std::unexpected(filled.error());
  }
  result.body = wire::encode(message);
  if (result.body.size() > wire::max_body_size) return std::unexpected(DirectSealError::too_large);
  result.key = passed_on(key, local.address, place);
  return result;
}

std::expected<OpenedDirect, OpenError> open_direct(const PeerSessions& current, const Correspondents& correspondents,
                                                   const PrivatePrekeys& prekeys, const DirectPlace& place,
                                                   ByteView body, UnixMillis now, Random& random) {
  const auto message = take_apart(body);
  if (!message) return std::unexpected(message.error());
  const wire::DirectSlot* slot = slot_of(*message, correspondents.local.address);
  if (slot == nullptr) return std::unexpected(OpenError::no_slot);
  const wire::SessionContext context = context_of(place);
  auto opened = open(current, correspondents, prekeys, {.message = slot->message, .context = context}, now, random);
  if (!opened) return std::unexpected(opened.error());
  const auto key = wire::decode_canonical<wire::DirectKey>(opened->plaintext.reveal());
  if (!key) return std::unexpected(OpenError::bad_content);
  auto content = open_content(*key, binding_of(correspondents.remote.address, place, message->slots), *message);
  if (!content) return std::unexpected(content.error());
  return OpenedDirect{.next = std::move(opened->next),
                      .next_prekeys = std::move(opened->next_prekeys),
                      .content = std::move(*content),
                      .began_session = opened->began_session,
                      .key = passed_on(*key, correspondents.remote.address, place)};
}

std::expected<wire::Content, OpenError> open_direct_with_key(const wire::MessageKey& key, const DeviceAddress& sender,
                                                             const DirectPlace& place, ByteView body) {
  if (key.message != place.message || key.sender != sender.account || key.sender_device != sender.device) {
    return std::unexpected(OpenError::bad_authentication);
  }
  const auto message = take_apart(body);
  if (!message) return std::unexpected(message.error());
  const wire::DirectKey content_key{.content_key = key.key.copy(), .content_hash = key.body};
  return open_content(content_key, binding_of(sender, place, message->slots), *message);
}

}  // namespace sotto::session
