#include "session/backup.h"

#include <algorithm>
#include <string>

#include "base/invariant.h"
#include "crypto/aead.h"
#include "crypto/hkdf.h"
#include "session/labels.h"
#include "session/padding.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

constexpr std::size_t pack_salt_size = 16;
// The server stores the header, so these bound what it can make a device compute.
constexpr std::uint32_t most_memory_kib = 1024 * 1024;
constexpr std::uint32_t most_passes = 16;

struct SealingKey {
  crypto::AeadKey key;
  crypto::AeadNonce nonce{};
};

SealingKey derive(ByteView key, ByteView salt, std::string_view info) {
  const Secret<44> octets = crypto::hkdf_sha256<44>(key, salt, info);
  SealingKey result{.key = crypto::AeadKey(octets.reveal().first<32>()), .nonce = {}};
  std::ranges::copy(octets.reveal().last<12>(), result.nonce.begin());
  return result;
}

SealingKey header_key(BackupId backup, const wire::BackupHeader& header, const Secret<32>& from) {
  std::string info(label::backup_lock);
  info += as_text(backup.view());
  return derive(from.reveal(), header.salt.bytes, info);
}

SealingKey pack_key(const PackPlace& place, const BackupKey& key, ByteView salt) {
  std::string info(label::backup_pack);
  info += as_text(place.backup.view());
  for (int shift = 24; shift >= 0; shift -= 8) info += static_cast<char>(place.number >> shift & 0xff);
  return derive(key.reveal(), salt, info);
}

/// The header's readable part, which the sealed part is bound to.
Bytes readable_part(wire::BackupHeader header) {
  header.sealed.clear();
  return wire::encode(header);
}

Bytes seal_header(BackupId backup, wire::BackupHeader header, const wire::BackupSecrets& secrets,
                  const Secret<32>& from) {
  const SealingKey key = header_key(backup, header, from);
  header.sealed = crypto::seal(key.key, key.nonce, readable_part(header), wire::encode_secret(secrets).reveal());
  return wire::encode(header);
}

std::expected<wire::BackupSecrets, BackupError> open_header(BackupId backup, const wire::BackupHeader& header,
                                                            const Secret<32>& from) {
  const SealingKey key = header_key(backup, header, from);
  const auto opened = crypto::open(key.key, key.nonce, readable_part(header), header.sealed);
  if (!opened) return std::unexpected(BackupError::does_not_open);
  auto secrets = wire::decode_canonical<wire::BackupSecrets>(opened->reveal());
  if (!secrets) return std::unexpected(BackupError::malformed);
  return std::move(*secrets);
}

std::expected<wire::BackupHeader, BackupError> read_header(ByteView octets) {
  auto header = wire::decode_canonical<wire::BackupHeader>(octets);
  if (!header) return std::unexpected(BackupError::malformed);
  if (header->suite != wire::suite_1) return std::unexpected(BackupError::unsupported);
  return std::move(*header);
}

bool is_acceptable(const wire::BackupHeader& header) {
  if (header.lock == wire::BackupLock::recovery_key) return header.memory_kib == 0 && header.passes == 0;
  return header.memory_kib >= backup_cost.memory_kib && header.memory_kib <= most_memory_kib &&
         header.passes >= backup_cost.passes && header.passes <= most_passes;
}

std::expected<wire::BackupHeader, BackupError> read_header(ByteView octets, wire::BackupLock lock) {
  auto header = read_header(octets);
  if (!header) return header;
  if (header->lock != lock) return std::unexpected(BackupError::other_lock);
  if (!is_acceptable(*header)) return std::unexpected(BackupError::unacceptable_cost);
  return header;
}

std::expected<Secret<32>, BackupError> stretch(std::string_view passphrase, const wire::BackupHeader& header) {
  auto key = crypto::argon2id(as_bytes(passphrase), header.salt.bytes,
                              {.memory_kib = header.memory_kib, .passes = header.passes});
  if (key) return std::move(*key);
  return std::unexpected(key.error() == crypto::Argon2idError::out_of_memory ? BackupError::out_of_memory
                                                                             : BackupError::unacceptable_cost);
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char octet) { return (static_cast<unsigned char>(octet) & 0xc0) != 0x80; }));
}

enum class Kind : std::uint8_t { none, small, capital, digit, other };

Kind kind_of(char octet) {
  if (octet >= 'a' && octet <= 'z') return Kind::small;
  if (octet >= 'A' && octet <= 'Z') return Kind::capital;
  if (octet >= '0' && octet <= '9') return Kind::digit;
  return Kind::other;
}

/// What a guesser gains nothing by leaving out, in tenths of a bit: a letter of a word 2.0 (so a word of six letters
/// is one of 4,000), a digit 3.3, a change of kind 2.0, anything else 5.0; a repeated or next character 0.3.
std::size_t tenths_of_bits(std::string_view text) {
  std::size_t sum = 0;
  Kind before = Kind::none;
  char last = '\0';
  for (const char octet : text) {
    const Kind kind = kind_of(octet);
    const bool expected = octet == last || octet == last + 1 || octet == last - 1;
    const bool letter = kind == Kind::small || kind == Kind::capital;
    sum += expected ? 3 : letter ? 20 : kind == Kind::digit ? 33 : 50;
    if (!expected && kind != before) sum += 20;
    before = kind;
    last = octet;
  }
  return sum;
}

/// A text that repeats its own beginning tells no more than that beginning.
std::string_view without_repetition(std::string_view text) {
  for (std::size_t period = 1; period <= text.size() / 2; ++period) {
    if (text.substr(period) == text.substr(0, text.size() - period)) return text.substr(0, period);
  }
  return text;
}

}  // namespace

Bytes lock_backup(BackupId backup, const wire::BackupSecrets& secrets, const RecoveryKey& key, Random& random) {
  wire::BackupHeader header{.suite = wire::suite_1,
                            .lock = wire::BackupLock::recovery_key,
                            .salt = random.next<MessageId>(),
                            .memory_kib = 0,
                            .passes = 0,
                            .sealed = {}};
  return seal_header(backup, std::move(header), secrets, key);
}

Bytes header_for_devices(Random& random) {
  return wire::encode(wire::BackupHeader{.suite = wire::suite_1,
                                         .lock = wire::BackupLock::devices,
                                         .salt = random.next<MessageId>(),
                                         .memory_kib = 0,
                                         .passes = 0,
                                         .sealed = {}});
}

std::expected<Bytes, BackupError> lock_backup(BackupId backup, const wire::BackupSecrets& secrets,
                                              const Passphrase& passphrase, Random& random) {
  wire::BackupHeader header{.suite = wire::suite_1,
                            .lock = wire::BackupLock::passphrase,
                            .salt = random.next<MessageId>(),
                            .memory_kib = passphrase.cost.memory_kib,
                            .passes = passphrase.cost.passes,
                            .sealed = {}};
  if (!is_acceptable(header)) return std::unexpected(BackupError::unacceptable_cost);
  const auto key = stretch(passphrase.text, header);
  if (!key) return std::unexpected(key.error());
  return seal_header(backup, std::move(header), secrets, *key);
}

std::expected<wire::BackupLock, BackupError> lock_of(ByteView header) {
  const auto read = read_header(header);
  if (!read) return std::unexpected(read.error());
  return read->lock;
}

std::expected<wire::BackupSecrets, BackupError> open_backup(BackupId backup, ByteView header, const RecoveryKey& key) {
  const auto read = read_header(header, wire::BackupLock::recovery_key);
  if (!read) return std::unexpected(read.error());
  return open_header(backup, *read, key);
}

std::expected<wire::BackupSecrets, BackupError> open_backup(BackupId backup, ByteView header,
                                                            const Passphrase& passphrase) {
  const auto read = read_header(header, wire::BackupLock::passphrase);
  if (!read) return std::unexpected(read.error());
  const auto key = stretch(passphrase.text, *read);
  if (!key) return std::unexpected(key.error());
  return open_header(backup, *read, *key);
}

Bytes seal_pack(const PackPlace& place, const BackupKey& key, const wire::BackupContent& content, Random& random) {
  const auto salt = random.next<MessageId>();
  const SealingKey sealing = pack_key(place, key, salt.bytes);
  const SecretBuffer padded = pad(wire::encode_secret(content).reveal());
  Bytes pack(salt.bytes.begin(), salt.bytes.end());
  const Bytes sealed = crypto::seal(sealing.key, sealing.nonce, {}, padded.reveal());
  pack.insert(pack.end(), sealed.begin(), sealed.end());
  return pack;
}

std::expected<wire::BackupContent, BackupError> open_pack(const PackPlace& place, const BackupKey& key, ByteView pack) {
  if (pack.size() < pack_salt_size) return std::unexpected(BackupError::malformed);
  const SealingKey sealing = pack_key(place, key, pack.first(pack_salt_size));
  const auto padded = crypto::open(sealing.key, sealing.nonce, {}, pack.subspan(pack_salt_size));
  if (!padded) return std::unexpected(BackupError::does_not_open);
  const auto encoded = unpad(padded->reveal());
  if (!encoded) return std::unexpected(BackupError::malformed);
  auto content = wire::decode_canonical<wire::BackupContent>(*encoded);
  if (!content) return std::unexpected(BackupError::malformed);
  return std::move(*content);
}

PassphraseStrength strength_of(std::string_view passphrase) {
  if (count_characters(passphrase) < shortest_passphrase) return PassphraseStrength::too_short;
  const std::size_t bits = tenths_of_bits(without_repetition(passphrase)) / 10;
  if (bits < 36) return PassphraseStrength::weak;
  return bits < 56 ? PassphraseStrength::fair : PassphraseStrength::strong;
}

}  // namespace sotto::session
