#include "session/pqxdh.h"

#include <algorithm>

#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "session/end_keys.h"
#include "session/labels.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

/// 32 octets 0xff (PQXDH's F for X25519), DH1 to DH4 and the KEM's secret, one after the other.
class KeyMaterial {
 public:
  KeyMaterial() { std::fill_n(octets_.writable().begin(), 32, std::uint8_t{0xff}); }

  void append(const Secret<32>& secret) {
    std::ranges::copy(secret.reveal(), octets_.writable().begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += 32;
  }

  /// False if `peer` is not an acceptable key.
  [[nodiscard]] bool append_exchange(const Secret<32>& private_key, const X25519PublicKey& peer) {
    const auto shared = crypto::x25519(private_key, peer);
    if (shared) append(*shared);
    return shared.has_value();
  }

  [[nodiscard]] ByteView reveal() const { return octets_.reveal().first(size_); }

 private:
  Secret<6 * 32> octets_;
  std::size_t size_ = 32;
};

struct Ends {
  EndKeys initiator;
  EndKeys responder;
};

/// The responder's public prekeys that the set-up uses.
struct UsedPrekeys {
  X25519PublicKey signed_prekey;
  std::optional<X25519PublicKey> one_time_prekey;
  const MlKem768PublicKey& kem_prekey;
};

Sha256Digest transcript_digest(const Ends& ends, const UsedPrekeys& used, const wire::Initiation& initiation) {
  return crypto::sha256(wire::encode(wire::InitiationTranscript{.suite = wire::suite_1,
                                                                .initiator = ends.initiator.address.account,
                                                                .initiator_device = ends.initiator.address.device,
                                                                .initiator_account_key = ends.initiator.account_key,
                                                                .initiator_identity_key = ends.initiator.identity_key,
                                                                .responder = ends.responder.address.account,
                                                                .responder_device = ends.responder.address.device,
                                                                .responder_account_key = ends.responder.account_key,
                                                                .responder_identity_key = ends.responder.identity_key,
                                                                .signed_prekey = used.signed_prekey,
                                                                .one_time_prekey = used.one_time_prekey,
                                                                .kem_prekey = crypto::sha256(used.kem_prekey.view()),
                                                                .initiation = initiation}));
}

SetUpSecret derive(const KeyMaterial& material, const Sha256Digest& transcript) {
  Bytes info(label::set_up.begin(), label::set_up.end());
  info.insert(info.end(), transcript.bytes.begin(), transcript.bytes.end());
  Secret<32> secret;
  const auto filled =
      crypto::hkdf_sha256_fill({.input_key_material = material.reveal(), .salt = {}, .info = info}, secret.writable());
  invariant(filled.has_value());
  const Secret<16> id = crypto::hkdf_sha256<16>(secret.reveal(), {}, label::session_id);
  SetUpSecret result{.session = {}, .root_key = crypto::hkdf_sha256<32>(secret.reveal(), {}, label::session_root)};
  std::ranges::copy(id.reveal(), result.session.bytes.begin());
  return result;
}

template <class Prekey>
const Prekey* find(const std::vector<Prekey>& prekeys, std::uint32_t id) {
  const auto found = std::ranges::find(prekeys, id, &Prekey::id);
  return found == prekeys.end() ? nullptr : &*found;
}

template <class Prekey>
void erase(std::vector<Prekey>& prekeys, std::uint32_t id) {
  std::erase_if(prekeys, [id](const Prekey& prekey) { return prekey.id == id; });
}

/// The private prekeys that an initiation names. All are there; `one_time` is null if it names none.
struct NamedPrekeys {
  const PrivateSignedPrekey* signed_prekey = nullptr;
  const PrivateOneTimePrekey* one_time = nullptr;
  const Secret<64>* kem_seed = nullptr;
};

std::optional<NamedPrekeys> named_prekeys(const PrivatePrekeys& prekeys, const wire::Initiation& initiation) {
  NamedPrekeys named;
  named.signed_prekey = find(prekeys.signed_prekeys, initiation.signed_prekey);
  if (initiation.one_time_prekey) {
    named.one_time = find(prekeys.one_time_prekeys, *initiation.one_time_prekey);
    if (named.one_time == nullptr) return std::nullopt;
  }
  if (initiation.kem_prekey_is_last_resort) {
    const auto* last_resort = find(prekeys.last_resort_prekeys, initiation.kem_prekey);
    named.kem_seed = last_resort == nullptr ? nullptr : &last_resort->seed;
  } else {
    const auto* kem = find(prekeys.kem_prekeys, initiation.kem_prekey);
    named.kem_seed = kem == nullptr ? nullptr : &kem->seed;
  }
  if (named.signed_prekey == nullptr || named.kem_seed == nullptr) return std::nullopt;
  return named;
}

bool was_accepted_before(const PrivatePrekeys& prekeys, const wire::Initiation& initiation,
                         const Sha256Digest& digest) {
  if (!initiation.kem_prekey_is_last_resort) return false;
  const auto* last_resort = find(prekeys.last_resort_prekeys, initiation.kem_prekey);
  return last_resort != nullptr &&
         std::ranges::find(last_resort->initiations, digest) != last_resort->initiations.end();
}

/// Deletes the one-time prekeys; notes the initiation at a last-resort key, and deletes that too once its table is
/// full.
PrivatePrekeys use_up(const PrivatePrekeys& prekeys, const wire::Initiation& initiation, const Sha256Digest& digest) {
  PrivatePrekeys next = prekeys.copy();
  if (initiation.one_time_prekey) erase(next.one_time_prekeys, *initiation.one_time_prekey);
  if (!initiation.kem_prekey_is_last_resort) {
    erase(next.kem_prekeys, initiation.kem_prekey);
    return next;
  }
  const auto used = std::ranges::find(next.last_resort_prekeys, initiation.kem_prekey, &PrivateLastResortPrekey::id);
  used->initiations.push_back(digest);
  if (used->initiations.size() >= max_last_resort_uses) next.last_resort_prekeys.erase(used);
  return next;
}

}  // namespace

std::expected<Initiated, BundleError> initiate(const Correspondents& correspondents, const wire::PrekeyBundle& bundle,
                                               Random& random) {
  const auto& [local, remote] = correspondents;
  const crypto::X25519KeyPair ephemeral = crypto::generate_x25519(random);
  const X25519PublicKey& signed_prekey = bundle.signed_prekey.key;
  KeyMaterial material;
  bool acceptable = material.append_exchange(local.identity_key.private_key, signed_prekey) &&
                    material.append_exchange(ephemeral.private_key, remote.identity_key) &&
                    material.append_exchange(ephemeral.private_key, signed_prekey);
  UsedPrekeys used{.signed_prekey = signed_prekey, .one_time_prekey = {}, .kem_prekey = bundle.kem_prekey.key};
  wire::Initiation initiation{.ephemeral_key = ephemeral.public_key,
                              .signed_prekey = bundle.signed_prekey.id,
                              .one_time_prekey = {},
                              .kem_prekey = bundle.kem_prekey.id,
                              .kem_prekey_is_last_resort = bundle.kem_prekey_is_last_resort,
                              .kem_ciphertext = {}};
  if (bundle.one_time_prekey) {
    acceptable = acceptable && material.append_exchange(ephemeral.private_key, bundle.one_time_prekey->key);
    used.one_time_prekey = bundle.one_time_prekey->key;
    initiation.one_time_prekey = bundle.one_time_prekey->id;
  }
  const auto encapsulation = crypto::encapsulate(bundle.kem_prekey.key, random);
  if (!acceptable || !encapsulation) return std::unexpected(BundleError::unacceptable_key);
  material.append(encapsulation->shared_secret);
  initiation.kem_ciphertext = encapsulation->ciphertext;
  const Sha256Digest digest =
      transcript_digest({.initiator = keys_of(local), .responder = keys_of(remote)}, used, initiation);
  return Initiated{.initiation = initiation, .secret = derive(material, digest)};
}

std::expected<Responded, OpenError> respond(const Correspondents& correspondents, const PrivatePrekeys& prekeys,
                                            const wire::Initiation& initiation) {
  const auto& [local, remote] = correspondents;
  const auto named = named_prekeys(prekeys, initiation);
  if (!named) return std::unexpected(OpenError::unknown_prekey);
  crypto::X25519KeyPair signed_prekey = crypto::x25519_from_private(named->signed_prekey->private_key.copy());
  const crypto::MlKem768KeyPair kem_prekey = crypto::mlkem768_from_seed(named->kem_seed->copy());
  UsedPrekeys used{
      .signed_prekey = signed_prekey.public_key, .one_time_prekey = {}, .kem_prekey = kem_prekey.public_key};
  if (named->one_time != nullptr) {
    used.one_time_prekey = crypto::x25519_from_private(named->one_time->private_key.copy()).public_key;
  }
  const Sha256Digest digest =
      transcript_digest({.initiator = keys_of(remote), .responder = keys_of(local)}, used, initiation);
  if (was_accepted_before(prekeys, initiation, digest)) return std::unexpected(OpenError::replayed_initiation);

  KeyMaterial material;
  bool acceptable = material.append_exchange(signed_prekey.private_key, remote.identity_key) &&
                    material.append_exchange(local.identity_key.private_key, initiation.ephemeral_key) &&
                    material.append_exchange(signed_prekey.private_key, initiation.ephemeral_key);
  if (named->one_time != nullptr) {
    acceptable = acceptable && material.append_exchange(named->one_time->private_key, initiation.ephemeral_key);
  }
  if (!acceptable) return std::unexpected(OpenError::malformed);
  material.append(crypto::decapsulate(kem_prekey.private_key, initiation.kem_ciphertext));
  return Responded{.secret = derive(material, digest),
                   .signed_prekey = std::move(signed_prekey),
                   .next_prekeys = use_up(prekeys, initiation, digest)};
}

}  // namespace sotto::session
