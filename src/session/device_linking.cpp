#include "session/device_linking.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "session/labels.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

constexpr std::string_view text_prefix = "sotto-link:";

/// What both sides know of one exchange, in the order that both use.
struct LinkExchange {
  const wire::LinkCode& code;
  const X25519PublicKey& linked_key;
  const Secret<32>& shared;
};

struct ExchangeKeys {
  /// Seals the new device's box.
  LinkBoxKey device_key;
  /// Seals the linked device's second box.
  LinkBoxKey secrets_key;
};

/// HMAC over both keys and the commitment, which only somebody who saw the code can compute.
Secret<32> proof_of(const wire::LinkCode& code, const wire::LinkOffer& offer) {
  const Secret<32> key = crypto::hkdf_sha256<32>(code.secret.bytes, {}, label::link_proof);
  Bytes proven;
  append(proven, code.key.bytes);
  append(proven, offer.key.bytes);
  append(proven, offer.commitment.bytes);
  return crypto::hmac_sha256(key.reveal(), proven);
}

/// `Size` octets for `purpose`, bound to the linking, both ephemeral keys and what else was said.
template <std::size_t Size>
Secret<Size> derive(const LinkExchange& exchange, std::string_view purpose, ByteView said) {
  crypto::Sha256 transcript;
  transcript.update(exchange.code.link.bytes).update(exchange.code.key.bytes).update(exchange.linked_key.bytes);
  const Sha256Digest digest = transcript.update(said).finish();
  std::string info(purpose);
  info += as_text(digest.view());
  return crypto::hkdf_sha256<Size>(exchange.shared.reveal(), exchange.code.secret.bytes, info);
}

LinkBoxKey box_key(std::span<const std::uint8_t, 44> octets) {
  LinkBoxKey result{.key = crypto::AeadKey(octets.first<32>()), .nonce = {}};
  std::ranges::copy(octets.last<12>(), result.nonce.begin());
  return result;
}

ExchangeKeys keys_of(const LinkExchange& exchange) {
  const Secret<88> octets = derive<88>(exchange, label::link_keys, {});
  return {.device_key = box_key(octets.reveal().first<44>()), .secrets_key = box_key(octets.reveal().last<44>())};
}

Secret<32> digits_key_of(const LinkExchange& exchange, ByteView device_box) {
  return derive<32>(exchange, label::link_code, device_box);
}

std::string short_code_of(const Secret<32>& digits_key, const wire::LinkNonce& nonce) {
  const Secret<32> octets = crypto::hmac_sha256(digits_key.reveal(), nonce.bytes);
  std::uint64_t number = 0;
  for (const std::uint8_t octet : octets.reveal().first<8>()) number = number << 8 | octet;
  std::string digits(6, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return digits;
}

template <class Message>
Bytes seal_box(const LinkBoxKey& key, const Message& message) {
  return crypto::seal(key.key, key.nonce, {}, wire::encode_secret(message).reveal());
}

template <class Message>
std::expected<Message, LinkError> open_box(const LinkBoxKey& key, ByteView box) {
  const auto opened = crypto::open(key.key, key.nonce, {}, box);
  if (!opened) return std::unexpected(LinkError::not_authentic);
  auto message = wire::decode_canonical<Message>(opened->reveal());
  if (!message) return std::unexpected(LinkError::malformed);
  return std::move(*message);
}

/// Whether the list names this device once, with these very keys.
bool names(const VerifiedDeviceList& list, const UnlinkedDevice& device) {
  const auto listed = remote_device(list, device.device);
  return listed && listed->signing_key == device.signing_key.public_key &&
         listed->identity_key == device.identity_key.public_key;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

SecretBuffer link_text(const wire::LinkCode& code) {
  std::string text(text_prefix);
  text += to_base64url(wire::encode(code));
  return SecretBuffer(as_bytes(text));
}

std::expected<wire::LinkCode, LinkTextError> parse_link_text(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with(text_prefix)) return std::unexpected(LinkTextError::not_a_code);
  const std::optional<Bytes> octets = from_base64url(text.substr(text_prefix.size()));
  if (!octets) return std::unexpected(LinkTextError::damaged);
  auto code = wire::decode_canonical<wire::LinkCode>(*octets);
  if (!code || code->link.is_zero() || !crypto::is_acceptable(code->key)) {
    return std::unexpected(LinkTextError::damaged);
  }
  return std::move(*code);
}

UnlinkedDevice generate_unlinked_device(Random& random) {
  return {.device = random.next<DeviceId>(),
          .signing_key = crypto::generate_ed25519(random),
          .identity_key = crypto::generate_x25519(random)};
}

wire::DeviceRecord record_of(const UnlinkedDevice& device, UnixMillis added_at) {
  return {.device = device.device,
          .signing_key = device.signing_key.public_key,
          .identity_key = device.identity_key.public_key,
          .added_at = added_at};
}

LocalDevice join_account(UnlinkedDevice device, const AccountIdentity& account) {
  return {.address = {account.account, device.device},
          .account_key = account.account_key.public_key,
          .signing_key = std::move(device.signing_key),
          .identity_key = std::move(device.identity_key)};
}

ShownLink show_link(std::string server, Random& random) {
  crypto::X25519KeyPair key = crypto::generate_x25519(random);
  wire::LinkCode code{.server = std::move(server),
                      .link = random.next<LinkId>(),
                      .key = key.public_key,
                      .secret = random.next<MessageId>()};
  return {.code = std::move(code), .key = std::move(key), .device = generate_unlinked_device(random)};
}

std::expected<OfferMade, LinkError> offer_link(const wire::LinkCode& code, Random& random) {
  if (!crypto::is_acceptable(code.key)) return std::unexpected(LinkError::unacceptable_key);
  crypto::X25519KeyPair key = crypto::generate_x25519(random);
  const auto nonce = random.next<wire::LinkNonce>();
  wire::LinkOffer offer{.key = key.public_key, .proof = {}, .commitment = crypto::sha256(nonce.bytes)};
  std::ranges::copy(proof_of(code, offer).reveal(), offer.proof.bytes.begin());
  return OfferMade{.next = {.code = code, .key = std::move(key), .nonce = nonce}, .box = wire::encode(offer)};
}

std::expected<OfferTaken, LinkError> take_offer(const ShownLink& shown, ByteView box) {
  const auto offer = wire::decode_canonical<wire::LinkOffer>(box);
  if (!offer) return std::unexpected(LinkError::malformed);
  if (!equal_in_constant_time(proof_of(shown.code, *offer).reveal(), offer->proof.bytes)) {
    return std::unexpected(LinkError::not_proven);
  }
  const auto shared = crypto::x25519(shown.key.private_key, offer->key);
  if (!shared) return std::unexpected(LinkError::unacceptable_key);
  const LinkExchange exchange{.code = shown.code, .linked_key = offer->key, .shared = *shared};
  ExchangeKeys keys = keys_of(exchange);
  Bytes device_box = seal_box(keys.device_key, wire::LinkDevice{.device = record_of(shown.device, {})});
  AwaitingReveal next{.device = shown.device.copy(),
                      .secrets_key = std::move(keys.secrets_key),
                      .commitment = offer->commitment,
                      .digits_key = digits_key_of(exchange, device_box)};
  return OfferTaken{.next = std::move(next), .box = std::move(device_box)};
}

std::expected<DeviceTaken, LinkError> take_device(const OfferedLink& offered, ByteView box, UnixMillis now) {
  const auto shared = crypto::x25519(offered.key.private_key, offered.code.key);
  if (!shared) return std::unexpected(LinkError::unacceptable_key);
  const LinkExchange exchange{.code = offered.code, .linked_key = offered.key.public_key, .shared = *shared};
  ExchangeKeys keys = keys_of(exchange);
  auto opened = open_box<wire::LinkDevice>(keys.device_key, box);
  if (!opened) return std::unexpected(opened.error());
  wire::DeviceRecord& device = opened->device;
  if (device.device.is_zero() || device.signing_key.is_zero() || !crypto::is_acceptable(device.identity_key)) {
    return std::unexpected(LinkError::unacceptable_key);
  }
  device.added_at = now;
  ComparingLink next{.link = offered.code.link,
                     .device = device,
                     .secrets_key = std::move(keys.secrets_key),
                     .short_code = short_code_of(digits_key_of(exchange, box), offered.nonce)};
  return DeviceTaken{.next = std::move(next), .box = wire::encode(wire::LinkReveal{.nonce = offered.nonce})};
}

std::expected<ConfirmingLink, LinkError> take_reveal(const AwaitingReveal& awaiting, ByteView box) {
  const auto reveal = wire::decode_canonical<wire::LinkReveal>(box);
  if (!reveal) return std::unexpected(LinkError::malformed);
  if (crypto::sha256(reveal->nonce.bytes) != awaiting.commitment) return std::unexpected(LinkError::not_proven);
  return ConfirmingLink{.device = awaiting.device.copy(),
                        .secrets_key = awaiting.secrets_key.copy(),
                        .short_code = short_code_of(awaiting.digits_key, reveal->nonce)};
}

Bytes seal_secrets(const ComparingLink& compared, const wire::LinkSecrets& secrets) {
  return seal_box(compared.secrets_key, secrets);
}

std::expected<JoinedAccount, LinkError> take_secrets(const ConfirmingLink& confirming, ByteView box) {
  auto secrets = open_box<wire::LinkSecrets>(confirming.secrets_key, box);
  if (!secrets) return std::unexpected(secrets.error());
  AccountIdentity account{.account = secrets->account,
                          .account_key = crypto::ed25519_from_seed(std::move(secrets->account_seed))};
  const auto list = verify_device_list(secrets->device_list, account.account, account.account_key.public_key);
  if (!list || !names(*list, confirming.device)) return std::unexpected(LinkError::not_this_device);
  LocalDevice device = join_account(confirming.device.copy(), account);
  return JoinedAccount{.account = std::move(account),
                       .device = std::move(device),
                       .name = std::move(secrets->name),
                       .backup_key = std::move(secrets->backup_key),
                       .device_list = std::move(secrets->device_list)};
}

}  // namespace sotto::session
