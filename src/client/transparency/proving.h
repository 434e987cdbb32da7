#pragma once

#include "client/turn.h"

namespace sotto::client {

/// Asks for the next proof that is wanted: one at a time, so that each is checked against the one before. The own
/// account's newest entry is asked for on every stream.
void pump_proofs(Turn& turn);

/// When `pump_proofs` has something to do again by itself.
[[nodiscard]] std::optional<UnixMillis> next_proof_turn(Turn& turn);

/// Takes a proof: the checkpoint is remembered if it continues the one known, the pinned list is proven if it is the
/// entry. What an honest server does not do is told to the user, once on each stream, and changes nothing.
void receive_proof(Turn& turn, const Asked& asked, const wire::Proof& proof);
void receive_proof_refused(Turn& turn, const Asked& asked, const wire::Error& error);

/// Checks a proof that was asked for with `known_size` against what is remembered and remembers its checkpoint. Nothing
/// if it does not hold, which the user is told then, or if another process was faster, so that it has to be asked anew.
[[nodiscard]] std::optional<transparency::LogMemory> follow_log(Turn& turn, const AskProof& asked,
                                                                const wire::Proof& proof);

}  // namespace sotto::client
