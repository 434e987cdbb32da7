#pragma once

#include "cli/storage_key/keyring.h"

namespace sotto::cli {

/// The freedesktop.org Secret Service (GNOME Keyring, KWallet, KeePassXC) through libsecret. Never asks the person to
/// unlock anything, never starts a bus, and gives up after 5 seconds.
class DesktopKeyring final : public Keyring {
 public:
  [[nodiscard]] std::expected<void, KeyringError> store(std::string_view entry, const StorageKey& key) override;
  [[nodiscard]] std::expected<StorageKey, KeyringError> fetch(std::string_view entry) override;
};

}  // namespace sotto::cli
