#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "base/time.h"
#include "crypto/mlkem768.h"
#include "session/device.h"
#include "wire/description.h"
#include "wire/prekeys.h"

namespace sotto::session {

// The private halves of one device's prekeys, and the checks on somebody else's public ones
// (PQXDH, sections 2.2 and 3.2; design section 6).
//
// All private prekeys of a device are one value, stored as one: it is about 11 kB when full, is read only when a peer
// starts a session, and a value that is replaced as a whole cannot be half consumed.

/// How long a signed prekey is handed out before the next one replaces it.
inline constexpr Milliseconds prekey_rotation = days(2);
/// How long the private half outlives that: as long as a mailbox item (30 days), so an initiation that waited its full
/// time is still opened.
inline constexpr Milliseconds prekey_grace = days(30);
/// One-time prekeys of each kind that the server should hold, and the stock below which more are made.
inline constexpr std::uint32_t one_time_prekey_target = 100;
inline constexpr std::uint32_t one_time_prekey_low = 50;
/// Private one-time prekeys kept of each kind; beyond it the oldest go. Bounds what claimed and never used ones cost.
inline constexpr std::size_t max_private_one_time_prekeys = 400;
/// Initiations that one last-resort key accepts, each remembered in its replay table. Then the key is destroyed, which
/// bounds the table without ever forgetting an entry that still matters.
inline constexpr std::size_t max_last_resort_uses = 1'000;
/// Uses after which `replenish` makes the next last-resort key early.
inline constexpr std::size_t last_resort_renewal_uses = 500;

struct PrivateSignedPrekey {
  std::uint32_t id = 0;
  UnixMillis created_at;
  Secret<32> private_key;

  [[nodiscard]] PrivateSignedPrekey copy() const { return {id, created_at, private_key.copy()}; }
  static constexpr auto describe() {
    using Self = PrivateSignedPrekey;
    return wire::message("PrivateSignedPrekey", "Private half of a signed prekey.",
                         wire::field(1, "id", &Self::id, "Its id."),
                         wire::field(2, "created_at", &Self::created_at, "When it was made."),
                         wire::field(3, "private_key", &Self::private_key, "X25519 private key."));
  }
};

struct PrivateOneTimePrekey {
  std::uint32_t id = 0;
  Secret<32> private_key;

  [[nodiscard]] PrivateOneTimePrekey copy() const { return {id, private_key.copy()}; }
  static constexpr auto describe() {
    using Self = PrivateOneTimePrekey;
    return wire::message("PrivateOneTimePrekey", "Private half of a one-time prekey.",
                         wire::field(1, "id", &Self::id, "Its id."),
                         wire::field(2, "private_key", &Self::private_key, "X25519 private key."));
  }
};

struct PrivateKemPrekey {
  std::uint32_t id = 0;
  Secret<64> seed;

  [[nodiscard]] PrivateKemPrekey copy() const { return {id, seed.copy()}; }
  static constexpr auto describe() {
    using Self = PrivateKemPrekey;
    return wire::message("PrivateKemPrekey", "Private half of a one-time KEM prekey.",
                         wire::field(1, "id", &Self::id, "Its id."),
                         wire::field(2, "seed", &Self::seed, "ML-KEM-768 seed, d || z."));
  }
};

struct PrivateLastResortPrekey {
  std::uint32_t id = 0;
  UnixMillis created_at;
  Secret<64> seed;
  /// The replay table: what `initiation_digest` gave for each initiation that used this key.
  std::vector<Sha256Digest> initiations;

  [[nodiscard]] PrivateLastResortPrekey copy() const { return {id, created_at, seed.copy(), initiations}; }
  static constexpr auto describe() {
    using Self = PrivateLastResortPrekey;
    return wire::message("PrivateLastResortPrekey", "Private half of a last-resort KEM prekey, with its replay table.",
                         wire::field(1, "id", &Self::id, "Its id."),
                         wire::field(2, "created_at", &Self::created_at, "When it was made."),
                         wire::field(3, "seed", &Self::seed, "ML-KEM-768 seed, d || z."),
                         wire::field(4, "initiations", &Self::initiations, wire::at_most(max_last_resort_uses),
                                     "Digests of the initiations that used it."));
  }
};

/// Every private prekey of this device. Ids grow across all four kinds together and are never used again.
struct PrivatePrekeys {
  std::uint32_t last_id = 0;
  std::vector<PrivateSignedPrekey> signed_prekeys;
  std::vector<PrivateOneTimePrekey> one_time_prekeys;
  std::vector<PrivateKemPrekey> kem_prekeys;
  std::vector<PrivateLastResortPrekey> last_resort_prekeys;

  [[nodiscard]] PrivatePrekeys copy() const;
  static constexpr auto describe() {
    using Self = PrivatePrekeys;
    return wire::message("PrivatePrekeys", "Every private prekey of one device; each list in ascending order of id.",
                         wire::field(1, "last_id", &Self::last_id, "The highest id ever given."),
                         wire::field(2, "signed_prekeys", &Self::signed_prekeys, wire::at_most(64), "Signed prekeys."),
                         wire::field(3, "one_time_prekeys", &Self::one_time_prekeys,
                                     wire::at_most(max_private_one_time_prekeys), "One-time prekeys."),
                         wire::field(4, "kem_prekeys", &Self::kem_prekeys, wire::at_most(max_private_one_time_prekeys),
                                     "One-time KEM prekeys."),
                         wire::field(5, "last_resort_prekeys", &Self::last_resort_prekeys, wire::at_most(64),
                                     "Last-resort KEM prekeys."));
  }
};

/// `next` must be durable before any of `uploads` is sent. `uploads` may be empty; each keeps the server's limits. The
/// first, for a device that has no prekeys yet, holds the signed and the last-resort prekey that registering asks for.
struct Replenished {
  PrivatePrekeys next;
  std::vector<wire::PublishPrekeys> uploads;
};

/// Rotates what is due, drops private halves whose grace is over, and makes one-time prekeys if `stock` is low. Call it
/// after signing in, daily, and when the server pushes a low stock.
[[nodiscard]] Replenished replenish(const PrivatePrekeys& current, const LocalDevice& local,
                                    const wire::PrekeyStock& stock, UnixMillis now, Random& random);

/// When the next rotation is due; `now` or earlier means at once.
[[nodiscard]] UnixMillis next_rotation(const PrivatePrekeys& current);

enum class BundleError : std::uint8_t {
  /// Made for another device.
  wrong_device,
  /// A signature does not verify under the device's signing key.
  bad_signature,
  /// A key that is not canonical or of low order.
  unacceptable_key,
};

/// Checks a bundle from the server against the device that the account vouches for.
[[nodiscard]] std::expected<void, BundleError> verify_bundle(const wire::PrekeyBundle& bundle,
                                                             const RemoteDevice& remote);

}  // namespace sotto::session
