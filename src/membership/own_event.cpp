#include "membership/own_event.h"

#include "membership/labels.h"
#include "wire/binary.h"

namespace sotto::membership {

wire::GroupEvent first_event(Actor actor, wire::GroupCreated created, UnixMillis now) {
  return {.conversation = std::nullopt,
          .number = 1,
          .previous = std::nullopt,
          .at = now,
          .actor = actor.account,
          .actor_device = actor.device,
          .change = std::move(created)};
}

wire::GroupEvent next_event(const Group& group, Actor actor, wire::GroupChange change, UnixMillis now) {
  return {.conversation = group.id,
          .number = group.number + 1,
          .previous = group.head,
          .at = now,
          .actor = actor.account,
          .actor_device = actor.device,
          .change = std::move(change)};
}

wire::SignedGroupEvent sign_group_event(const wire::GroupEvent& event, const wire::SignedDeviceList& device_list,
                                        const crypto::Ed25519KeyPair& signing_key) {
  Bytes encoded = wire::encode(event);
  const Ed25519Signature signature = crypto::sign(signing_key, label::group_event, encoded);
  return {.event = std::move(encoded), .device_list = device_list, .signature = signature};
}

Ed25519Signature prove_invitation(const wire::JoinStatement& statement, const crypto::Ed25519KeyPair& invitation_key) {
  return crypto::sign(invitation_key, label::group_join, wire::encode(statement));
}

}  // namespace sotto::membership
