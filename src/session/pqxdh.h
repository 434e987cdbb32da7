#pragma once

#include <expected>

#include "session/session.h"

namespace sotto::session {

// PQXDH (Signal's specification, revision 3, section 3) over X25519 and ML-KEM-768. Identity keys are X25519 keys that
// the account's signed device list vouches for, so no XEdDSA is needed; prekeys are signed by the device's Ed25519 key.

/// The first secret of a session, from which its name and its ratchet's root are derived.
struct SetUpSecret {
  wire::SessionId session;
  Secret<32> root_key;
};

struct Initiated {
  wire::Initiation initiation;
  SetUpSecret secret;
};

/// The initiator's side, for a bundle that `verify_bundle` accepted.
[[nodiscard]] std::expected<Initiated, BundleError> initiate(const Correspondents& correspondents,
                                                             const wire::PrekeyBundle& bundle, Random& random);

struct Responded {
  SetUpSecret secret;
  /// The responder's first ratchet key.
  crypto::X25519KeyPair signed_prekey;
  /// The prekeys without the one-time ones just used, or with the initiation noted in the replay table.
  PrivatePrekeys next_prekeys;
};

/// The responder's side. `next_prekeys` may be kept only if the message that carried `initiation` is authentic.
/// Errors: unknown_prekey, replayed_initiation, malformed (an unacceptable key).
[[nodiscard]] std::expected<Responded, OpenError> respond(const Correspondents& correspondents,
                                                          const PrivatePrekeys& prekeys,
                                                          const wire::Initiation& initiation);

}  // namespace sotto::session
