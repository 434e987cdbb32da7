#include "session/prekeys.h"

#include <algorithm>

#include "session/copies.h"
#include "session/labels.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

Bytes statement(const DeviceAddress& address, std::uint32_t id, ByteView key) {
  return wire::encode(wire::PrekeyStatement{
      .account = address.account, .device = address.device, .id = id, .key = Bytes(key.begin(), key.end())});
}

/// A clock that ran ahead once must not stop rotation until it catches up.
bool is_rotation_due(UnixMillis created_at, UnixMillis now) {
  return created_at + prekey_rotation <= now || now + prekey_rotation < created_at;
}

wire::SignedPrekey make_signed_prekey(PrivatePrekeys& prekeys, const LocalDevice& local, UnixMillis now,
                                      Random& random) {
  crypto::X25519KeyPair pair = crypto::generate_x25519(random);
  const std::uint32_t id = ++prekeys.last_id;
  const Bytes signed_octets = statement(local.address, id, pair.public_key.view());
  prekeys.signed_prekeys.push_back({.id = id, .created_at = now, .private_key = std::move(pair.private_key)});
  return {.id = id,
          .key = pair.public_key,
          .signature = crypto::sign(local.signing_key, label::signed_prekey, signed_octets)};
}

wire::KemPrekey make_kem_prekey(std::uint32_t id, const MlKem768PublicKey& key, const LocalDevice& local,
                                std::string_view context) {
  const Bytes signed_octets = statement(local.address, id, key.view());
  return {.id = id, .key = key, .signature = crypto::sign(local.signing_key, context, signed_octets)};
}

wire::KemPrekey make_last_resort(PrivatePrekeys& prekeys, const LocalDevice& local, UnixMillis now, Random& random) {
  crypto::MlKem768KeyPair pair = crypto::generate_mlkem768(random);
  const std::uint32_t id = ++prekeys.last_id;
  prekeys.last_resort_prekeys.push_back(
      {.id = id, .created_at = now, .seed = std::move(pair.private_key.seed), .initiations = {}});
  return make_kem_prekey(id, pair.public_key, local, label::last_resort_kem_prekey);
}

wire::OneTimePrekey make_one_time_prekey(PrivatePrekeys& prekeys, Random& random) {
  crypto::X25519KeyPair pair = crypto::generate_x25519(random);
  const std::uint32_t id = ++prekeys.last_id;
  prekeys.one_time_prekeys.push_back({.id = id, .private_key = std::move(pair.private_key)});
  return {.id = id, .key = pair.public_key};
}

wire::KemPrekey make_one_time_kem_prekey(PrivatePrekeys& prekeys, const LocalDevice& local, Random& random) {
  crypto::MlKem768KeyPair pair = crypto::generate_mlkem768(random);
  const std::uint32_t id = ++prekeys.last_id;
  prekeys.kem_prekeys.push_back({.id = id, .seed = std::move(pair.private_key.seed)});
  return make_kem_prekey(id, pair.public_key, local, label::kem_prekey);
}

/// Drops each key whose successor has been out for the whole grace. The newest always stays.
template <class Prekey>
void drop_past_grace(std::vector<Prekey>& prekeys, UnixMillis now) {
  std::size_t past = 0;
  while (past + 1 < prekeys.size() && prekeys[past + 1].created_at + prekey_grace <= now) ++past;
  prekeys.erase(prekeys.begin(), prekeys.begin() + static_cast<std::ptrdiff_t>(past));
}

template <class Prekey>
void drop_oldest_beyond(std::vector<Prekey>& prekeys, std::size_t kept) {
  if (prekeys.size() <= kept) return;
  prekeys.erase(prekeys.begin(), prekeys.end() - static_cast<std::ptrdiff_t>(kept));
}

/// Bounds the lists even if the clock stands still or runs backwards.
constexpr std::size_t max_rotated_prekeys = 64;

void prune(PrivatePrekeys& prekeys, UnixMillis now) {
  drop_past_grace(prekeys.signed_prekeys, now);
  drop_past_grace(prekeys.last_resort_prekeys, now);
  drop_oldest_beyond(prekeys.signed_prekeys, max_rotated_prekeys);
  drop_oldest_beyond(prekeys.last_resort_prekeys, max_rotated_prekeys);
  drop_oldest_beyond(prekeys.one_time_prekeys, max_private_one_time_prekeys);
  drop_oldest_beyond(prekeys.kem_prekeys, max_private_one_time_prekeys);
}

bool is_last_resort_due(const PrivatePrekeys& prekeys, UnixMillis now) {
  if (prekeys.last_resort_prekeys.empty()) return true;
  const PrivateLastResortPrekey& newest = prekeys.last_resort_prekeys.back();
  return is_rotation_due(newest.created_at, now) || newest.initiations.size() >= last_resort_renewal_uses;
}

wire::PublishPrekeys rotate(PrivatePrekeys& prekeys, const LocalDevice& local, UnixMillis now, Random& random) {
  wire::PublishPrekeys upload;
  if (prekeys.signed_prekeys.empty() || is_rotation_due(prekeys.signed_prekeys.back().created_at, now)) {
    upload.signed_prekey = make_signed_prekey(prekeys, local, now, random);
  }
  if (is_last_resort_due(prekeys, now)) upload.last_resort_kem_prekey = make_last_resort(prekeys, local, now, random);
  return upload;
}

std::uint32_t wanted(std::uint32_t stock) { return stock < one_time_prekey_low ? one_time_prekey_target - stock : 0; }

bool is_empty(const wire::PublishPrekeys& upload) {
  return !upload.signed_prekey && !upload.last_resort_kem_prekey && upload.one_time_prekeys.empty() &&
         upload.kem_prekeys.empty();
}

}  // namespace

PrivatePrekeys PrivatePrekeys::copy() const {
  return {last_id, copy_of(signed_prekeys), copy_of(one_time_prekeys), copy_of(kem_prekeys),
          copy_of(last_resort_prekeys)};
}

Replenished replenish(const PrivatePrekeys& current, const LocalDevice& local, const wire::PrekeyStock& stock,
                      UnixMillis now, Random& random) {
  Replenished result{.next = current.copy(), .uploads = {}};
  wire::PublishPrekeys upload = rotate(result.next, local, now, random);
  std::uint32_t one_time = wanted(stock.one_time_prekeys);
  std::uint32_t kem = wanted(stock.kem_prekeys);
  while (!is_empty(upload) || one_time > 0 || kem > 0) {
    for (; one_time > 0 && upload.one_time_prekeys.size() < wire::max_prekeys_per_upload; --one_time) {
      upload.one_time_prekeys.push_back(make_one_time_prekey(result.next, random));
    }
    for (; kem > 0 && upload.kem_prekeys.size() < wire::max_prekeys_per_upload; --kem) {
      upload.kem_prekeys.push_back(make_one_time_kem_prekey(result.next, local, random));
    }
    result.uploads.push_back(std::move(upload));
    upload = {};
  }
  prune(result.next, now);
  return result;
}

UnixMillis next_rotation(const PrivatePrekeys& current) {
  if (current.signed_prekeys.empty() || current.last_resort_prekeys.empty()) return {};
  if (current.last_resort_prekeys.back().initiations.size() >= last_resort_renewal_uses) return {};
  return std::min(current.signed_prekeys.back().created_at, current.last_resort_prekeys.back().created_at) +
         prekey_rotation;
}

std::expected<void, BundleError> verify_bundle(const wire::PrekeyBundle& bundle, const RemoteDevice& remote) {
  if (bundle.device != remote.address.device) return std::unexpected(BundleError::wrong_device);
  const wire::SignedPrekey& signed_prekey = bundle.signed_prekey;
  const wire::KemPrekey& kem_prekey = bundle.kem_prekey;
  const std::string_view kem_context =
      bundle.kem_prekey_is_last_resort ? label::last_resort_kem_prekey : label::kem_prekey;
  const bool is_signed =
      crypto::verify(remote.signing_key, label::signed_prekey,
                     statement(remote.address, signed_prekey.id, signed_prekey.key.view()), signed_prekey.signature) &&
      crypto::verify(remote.signing_key, kem_context, statement(remote.address, kem_prekey.id, kem_prekey.key.view()),
                     kem_prekey.signature);
  if (!is_signed) return std::unexpected(BundleError::bad_signature);
  const bool is_acceptable = crypto::is_acceptable(signed_prekey.key) && crypto::is_acceptable(kem_prekey.key) &&
                             (!bundle.one_time_prekey || crypto::is_acceptable(bundle.one_time_prekey->key));
  if (!is_acceptable) return std::unexpected(BundleError::unacceptable_key);
  return {};
}

}  // namespace sotto::session
