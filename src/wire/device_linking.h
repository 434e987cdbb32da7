#pragma once

#include "base/secret.h"
#include "wire/directory.h"
#include "wire/link.h"

namespace sotto::wire {

// What the two devices of a linking say to each other (docs/protocol/encryption.md has the steps). The server passes
// the boxes on and cannot read them.

/// What the new device shows as a QR code and as text to copy. Never goes through the server.
struct LinkCode {
  std::string server;
  LinkId link;
  X25519PublicKey key;
  MessageId secret;

  static constexpr auto describe() {
    return message("LinkCode", "What a new device shows.",
                   field(1, "server", &LinkCode::server, at_most(256), "Its address."),
                   field(2, "link", &LinkCode::link, "Which linking."),
                   field(3, "key", &LinkCode::key, "The new device's ephemeral X25519 key."),
                   field(4, "secret", &LinkCode::secret, "Random; proves that the other side has seen the code."));
  }
};

/// What the linked device adds to the digits, chosen before and told after it has seen the new device's keys.
using LinkNonce = FixedBytes<struct LinkNonceTag, 32>;

/// First box, from the linked device.
struct LinkOffer {
  X25519PublicKey key;
  Sha256Digest proof;
  Sha256Digest commitment;

  static constexpr auto describe() {
    return message("LinkOffer", "The linked device answers a code.",
                   field(1, "key", &LinkOffer::key, "Its ephemeral X25519 key."),
                   field(2, "proof", &LinkOffer::proof,
                         "HMAC over both keys and the commitment, under a key from the code's secret."),
                   field(3, "commitment", &LinkOffer::commitment, "SHA-256 of the nonce that the second box reveals."));
  }
};

/// First box of the new device, sealed: its public keys.
struct LinkDevice {
  DeviceRecord device;

  static constexpr auto describe() {
    return message("LinkDevice", "The new device's public keys.",
                   field(1, "device", &LinkDevice::device, "As it goes on the list."));
  }
};

/// Second box of the linked device, once it has the new device's keys.
struct LinkReveal {
  LinkNonce nonce;

  static constexpr auto describe() {
    return message("LinkReveal", "What the linked device's offer committed to.",
                   field(1, "nonce", &LinkReveal::nonce, "Goes into the digits."));
  }
};

/// Third box of the linked device, sealed, after the user compared the short codes.
struct LinkSecrets {
  AccountId account;
  std::string name;
  Secret<32> account_seed;
  std::optional<Secret<32>> backup_key;
  SignedDeviceList device_list;

  static constexpr auto describe() {
    using Self = LinkSecrets;
    return message("LinkSecrets", "What makes the new device one of the account's.",
                   field(1, "account", &Self::account, "Whose."),
                   field(2, "name", &Self::name, at_most(max_name_size), "Its name."),
                   field(3, "account_seed", &Self::account_seed, "The account key's Ed25519 seed."),
                   field(4, "backup_key", &Self::backup_key, "If there is a backup."),
                   field(5, "device_list", &Self::device_list, "The list that names the new device."));
  }
};

}  // namespace sotto::wire
