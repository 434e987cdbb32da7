#include "cli/storage_key/storage_key.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "cli/home/private_file.h"
#include "cli/storage_key/key_record.h"

namespace sotto::cli {
namespace {

constexpr std::size_t shortest_passphrase = 12;

std::filesystem::path record_path(const std::filesystem::path& home) { return home / "storage-key.json"; }
std::filesystem::path key_file_path(const std::filesystem::path& home) { return home / "storage.key"; }

StorageKeyError translate(UnwrapError error) {
  switch (error) {
    case UnwrapError::wrong_passphrase:
      return StorageKeyError::wrong_passphrase;
    case UnwrapError::cost_refused:
      return StorageKeyError::record_damaged;
    case UnwrapError::out_of_memory:
      return StorageKeyError::out_of_memory;
  }
  return StorageKeyError::record_damaged;
}

/// Characters, not octets: continuation octets of UTF-8 do not count.
std::size_t character_count(ByteView text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](std::uint8_t octet) { return (octet & 0xc0) != 0x80; }));
}

std::expected<KeyRecord, StorageKeyError> record_passphrase(const StorageKey& key, const AskPassphrase& ask,
                                                            Random& random) {
  const auto passphrase = ask();
  if (!passphrase) return std::unexpected(StorageKeyError::passphrase_missing);
  if (character_count(passphrase->reveal()) < shortest_passphrase) {
    return std::unexpected(StorageKeyError::passphrase_too_short);
  }
  const auto wrapped = wrap_key(key, passphrase->reveal(), random);
  if (!wrapped) return std::unexpected(translate(wrapped.error()));
  return *wrapped;
}

std::expected<KeyRecord, StorageKeyError> record_best_available(const std::filesystem::path& home,
                                                                const StorageKey& key, Keyring& keyring,
                                                                Random& random) {
  ByteArray<16> name{};
  random.fill(name);
  const std::string entry = to_hex(name);
  if (keyring.store(entry, key)) return KeyringRecord{entry};
  if (!write_private_file(key_file_path(home), key.reveal())) return std::unexpected(StorageKeyError::file_failed);
  return KeyFileRecord{};
}

KeySource source_of(const KeyRecord& record) {
  if (std::holds_alternative<KeyringRecord>(record)) return KeySource::keyring;
  return std::holds_alternative<WrappedKey>(record) ? KeySource::passphrase : KeySource::key_file;
}

std::expected<StorageKey, StorageKeyError> open_key(const KeyringRecord& record, Keyring& keyring) {
  auto key = keyring.fetch(record.entry);
  if (key) return std::move(*key);
  return std::unexpected(key.error() == KeyringError::no_entry ? StorageKeyError::keyring_entry_missing
                                                               : StorageKeyError::keyring_unavailable);
}

std::expected<StorageKey, StorageKeyError> open_key(const WrappedKey& wrapped, const AskPassphrase& ask) {
  const auto passphrase = ask();
  if (!passphrase) return std::unexpected(StorageKeyError::passphrase_missing);
  auto key = unwrap_key(wrapped, passphrase->reveal());
  if (!key) return std::unexpected(translate(key.error()));
  return std::move(*key);
}

std::expected<StorageKey, StorageKeyError> open_key_file(const std::filesystem::path& home) {
  const auto content = read_private_file(key_file_path(home));
  if (!content) {
    if (content.error() == FileError::open_to_others) return std::unexpected(StorageKeyError::open_to_others);
    if (content.error() == FileError::failed) return std::unexpected(StorageKeyError::file_failed);
    return std::unexpected(StorageKeyError::key_file_damaged);
  }
  if (content->size() != StorageKey::size) return std::unexpected(StorageKeyError::key_file_damaged);
  return StorageKey{std::span<const std::uint8_t, StorageKey::size>(content->reveal())};
}

std::expected<KeyRecord, StorageKeyError> read_record(const std::filesystem::path& home) {
  const auto text = read_private_file(record_path(home));
  if (!text) {
    if (text.error() == FileError::missing) return std::unexpected(StorageKeyError::not_created);
    if (text.error() == FileError::open_to_others) return std::unexpected(StorageKeyError::open_to_others);
    return std::unexpected(StorageKeyError::file_failed);
  }
  auto record = parse_key_record(as_text(text->reveal()));
  if (!record) return std::unexpected(StorageKeyError::record_damaged);
  return std::move(*record);
}

}  // namespace

std::expected<CreatedStorageKey, StorageKeyError> create_storage_key(const std::filesystem::path& home,
                                                                     KeyPreference preference, Keyring& keyring,
                                                                     const AskPassphrase& ask, Random& random) {
  if (has_storage_key(home)) return std::unexpected(StorageKeyError::already_created);
  StorageKey key = random.next_secret<StorageKey::size>();
  const auto record = preference == KeyPreference::passphrase ? record_passphrase(key, ask, random)
                                                              : record_best_available(home, key, keyring, random);
  if (!record) return std::unexpected(record.error());
  // The record comes last: until it stands, the home has no key and creation can be repeated.
  if (!write_private_file(record_path(home), as_bytes(print_key_record(*record)))) {
    return std::unexpected(StorageKeyError::file_failed);
  }
  return CreatedStorageKey{std::move(key), source_of(*record)};
}

std::expected<StorageKey, StorageKeyError> open_storage_key(const std::filesystem::path& home, Keyring& keyring,
                                                            const AskPassphrase& ask) {
  const auto record = read_record(home);
  if (!record) return std::unexpected(record.error());
  if (const auto* in_keyring = std::get_if<KeyringRecord>(&*record)) return open_key(*in_keyring, keyring);
  if (const auto* wrapped = std::get_if<WrappedKey>(&*record)) return open_key(*wrapped, ask);
  return open_key_file(home);
}

bool has_storage_key(const std::filesystem::path& home) {
  std::error_code failure;
  return std::filesystem::exists(std::filesystem::symlink_status(record_path(home), failure));
}

std::string_view describe_source(KeySource source) {
  switch (source) {
    case KeySource::keyring:
      return "the keyring of your desktop session";
    case KeySource::passphrase:
      return "your passphrase, which is asked for at each start (or SOTTO_PASSPHRASE)";
    case KeySource::key_file:
      return "the file storage.key in the home: who can read that file can read your messages";
  }
  return {};
}

std::string_view describe_error(StorageKeyError error) {
  switch (error) {
    case StorageKeyError::not_created:
      return "There is no account in this home yet.";
    case StorageKeyError::already_created:
      return "This home already has a key for its database.";
    case StorageKeyError::keyring_unavailable:
      return "The key of this home is in the desktop's keyring, which is locked or does not answer. Unlock it and try "
             "again.";
    case StorageKeyError::keyring_entry_missing:
      return "The desktop's keyring no longer holds the key of this home. Without it the home cannot be read.";
    case StorageKeyError::passphrase_missing:
      return "This home is locked with a passphrase. Set SOTTO_PASSPHRASE or run in a terminal.";
    case StorageKeyError::passphrase_too_short:
      return "A passphrase has at least 12 characters.";
    case StorageKeyError::wrong_passphrase:
      return "That is not the passphrase of this home.";
    case StorageKeyError::key_file_damaged:
      return "The file storage.key of this home is missing or damaged. Without it the home cannot be read.";
    case StorageKeyError::open_to_others:
      return "A key file of this home can be read by other users. Set its mode to 0600 (chmod 600) and try again.";
    case StorageKeyError::record_damaged:
      return "The file storage-key.json of this home is damaged.";
    case StorageKeyError::file_failed:
      return "A file in this home could not be read or written.";
    case StorageKeyError::out_of_memory:
      return "There is not enough memory to derive the key from the passphrase.";
  }
  return {};
}

}  // namespace sotto::cli
