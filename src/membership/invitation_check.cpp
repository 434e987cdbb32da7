#include "membership/invitation_check.h"

#include "crypto/ed25519.h"
#include "membership/labels.h"
#include "wire/binary.h"

namespace sotto::membership {

std::expected<const Invitation*, GroupError> check_invitation(const Group& group, const wire::JoinStatement& statement,
                                                              const Ed25519Signature& proof, UnixMillis now) {
  if (group.closed) return std::unexpected(GroupError::closed);
  if (!is_open(group, statement.invitation, now)) return std::unexpected(GroupError::invitation_void);
  const Invitation* invitation = group.find(statement.invitation);
  if (statement.conversation != group.id ||
      !crypto::verify(invitation->key, label::group_join, wire::encode(statement), proof)) {
    return std::unexpected(GroupError::bad_proof);
  }
  return invitation;
}

bool has_expired(const Invitation& invitation, UnixMillis now) {
  return invitation.expires_at.value != 0 && now >= invitation.expires_at;
}

bool is_open(const Group& group, InvitationId invitation, UnixMillis now) {
  const Invitation* found = group.find(invitation);
  return found != nullptr && !has_expired(*found, now);
}

}  // namespace sotto::membership
