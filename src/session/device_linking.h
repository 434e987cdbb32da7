#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/time.h"
#include "crypto/aead.h"
#include "session/device_list.h"
#include "wire/device_linking.h"

namespace sotto::session {

// Linking a new device to an account (docs/protocol/encryption.md, section "Linking a device"). Two devices agree on a
// key through a server that neither believes: the new one shows a code with a secret, the linked one proves that it saw
// the code, both derive the same keys and the same six digits, and only after the user compared those does the account
// key cross, sealed. Every step needs the state of the step before, so nothing is accepted outside an exchange that
// this device began (threats 6 and 23).
//
// The linked device commits to a random nonce before it sees the new device's keys and reveals it after, and the digits
// depend on it: who stands in between must settle both exchanges before he knows either's digits, and cannot search for
// keys that make them agree.
//
//   new device     ShownLink    --take_offer-->   AwaitingReveal  --take_reveal-->   ConfirmingLink  --take_secrets-->
//                                                                                                    JoinedAccount
//   linked device  OfferedLink  --take_device-->  ComparingLink   --seal_secrets-->  a box, and the end

enum class LinkError : std::uint8_t {
  /// Not the canonical encoding of what this step expects.
  malformed,
  /// An X25519 or Ed25519 key that no honest device has.
  unacceptable_key,
  /// The offer does not prove that its maker saw the code, or the reveal is not what the offer committed to.
  not_proven,
  /// The box was not sealed by the other side of this very exchange, or was changed.
  not_authentic,
  /// The secrets do not belong together: another account key signed the list, or it does not name this device's keys.
  not_this_device,
};

enum class LinkTextError : std::uint8_t {
  /// Not a link code: something else was scanned or copied.
  not_a_code,
  /// A link code of which something is missing or mistyped.
  damaged,
};

/// How a code is written in a QR code and for copying: "sotto-link:" and the code's encoding in base64url.
[[nodiscard]] SecretBuffer link_text(const wire::LinkCode& code);
/// Leaves out blanks and line ends at both ends, which copying adds.
[[nodiscard]] std::expected<wire::LinkCode, LinkTextError> parse_link_text(std::string_view text);

/// The keys of a device that belongs to no account yet.
struct UnlinkedDevice {
  DeviceId device;
  crypto::Ed25519KeyPair signing_key;
  crypto::X25519KeyPair identity_key;

  [[nodiscard]] UnlinkedDevice copy() const { return {device, signing_key.copy(), identity_key.copy()}; }
};

[[nodiscard]] UnlinkedDevice generate_unlinked_device(Random& random);
/// Its public keys, as they go on a list.
[[nodiscard]] wire::DeviceRecord record_of(const UnlinkedDevice& device, UnixMillis added_at);
/// The device as one of the account's. It counts once a signed list names it.
[[nodiscard]] LocalDevice join_account(UnlinkedDevice device, const AccountIdentity& account);

/// An AES-256-GCM key and nonce that seal exactly one box.
struct LinkBoxKey {
  crypto::AeadKey key;
  crypto::AeadNonce nonce{};

  [[nodiscard]] LinkBoxKey copy() const { return {key.copy(), nonce}; }
};

/// New device: its code is shown, no offer was taken.
struct ShownLink {
  wire::LinkCode code;
  crypto::X25519KeyPair key;
  UnlinkedDevice device;
};

/// New device: its keys are sent; the digits wait for what the offer committed to.
struct AwaitingReveal {
  UnlinkedDevice device;
  LinkBoxKey secrets_key;
  Sha256Digest commitment;
  Secret<32> digits_key;
};

/// New device: the user compares the digits.
struct ConfirmingLink {
  UnlinkedDevice device;
  LinkBoxKey secrets_key;
  /// Six decimal digits.
  std::string short_code;
};

/// New device: everything that it needs to be one of the account's.
struct JoinedAccount {
  AccountIdentity account;
  LocalDevice device;
  std::string name;
  std::optional<Secret<32>> backup_key;
  wire::SignedDeviceList device_list;
};

/// Linked device: its offer is sent.
struct OfferedLink {
  wire::LinkCode code;
  crypto::X25519KeyPair key;
  wire::LinkNonce nonce;
};

/// Linked device: knows the new device's keys; the user compares the digits.
struct ComparingLink {
  LinkId link;
  wire::DeviceRecord device;
  LinkBoxKey secrets_key;
  /// Six decimal digits.
  std::string short_code;
};

/// New device: makes its keys and its code. `server` is the address that the linked device must find in the code.
[[nodiscard]] ShownLink show_link(std::string server, Random& random);

struct OfferMade {
  OfferedLink next;
  /// The linked device's first box.
  Bytes box;
};
/// Linked device: answers a code that the user brought to it. Refuses with `unacceptable_key` alone.
[[nodiscard]] std::expected<OfferMade, LinkError> offer_link(const wire::LinkCode& code, Random& random);

struct OfferTaken {
  AwaitingReveal next;
  /// The new device's first box.
  Bytes box;
};
/// New device: checks that the offer's maker saw the code, and seals its own public keys for it.
[[nodiscard]] std::expected<OfferTaken, LinkError> take_offer(const ShownLink& shown, ByteView box);

struct DeviceTaken {
  ComparingLink next;
  /// The linked device's second box.
  Bytes box;
};
/// Linked device: opens the new device's keys and reveals its nonce. `now` becomes the record's time of adding.
[[nodiscard]] std::expected<DeviceTaken, LinkError> take_device(const OfferedLink& offered, ByteView box,
                                                                UnixMillis now);

/// New device: checks the nonce against the offer's commitment; the digits are known then.
[[nodiscard]] std::expected<ConfirmingLink, LinkError> take_reveal(const AwaitingReveal& awaiting, ByteView box);

/// Linked device, after the user saw the same digits on both: the third box. Called once for one exchange.
[[nodiscard]] Bytes seal_secrets(const ComparingLink& compared, const wire::LinkSecrets& secrets);

/// New device: opens the third box and checks that the account's own key signed a list with exactly this device's
/// keys on it.
[[nodiscard]] std::expected<JoinedAccount, LinkError> take_secrets(const ConfirmingLink& confirming, ByteView box);

}  // namespace sotto::session
