#include "service/group_refusals.h"

#include "wire/binary.h"

namespace sotto::service {

std::unexpected<Refusal> refusal_for(membership::GroupError error) {
  using membership::GroupError;
  using enum wire::ErrorCode;
  const auto refused = [&](wire::ErrorCode code) { return refuse(code, membership::explain(error), "event"); };
  switch (error) {
    case GroupError::malformed:
    case GroupError::not_canonical:
      return refused(malformed);
    case GroupError::bad_signature:
    case GroupError::bad_proof:
      return refused(bad_signature);
    case GroupError::device_not_vouched_for:
      return refused(device_not_listed);
    case GroupError::old_device_list:
      return refused(stale_device_list);
    case GroupError::closed:
    case GroupError::not_allowed:
    case GroupError::invitation_void:
      return refused(forbidden);
    case GroupError::limit_reached:
      return refused(limit_reached);
    case GroupError::wrong_group:
    case GroupError::wrong_number:
    case GroupError::forked:
    case GroupError::invalid_change:
      return refused(invalid_value);
  }
  return refused(internal);
}

std::optional<membership::Group> find_group(UnitOfWork& unit, ConversationId conversation) {
  const std::optional<Bytes> state = unit.groups().find_state(conversation);
  if (!state) return std::nullopt;
  auto group = wire::decode<membership::Group>(*state);
  if (!group) return std::nullopt;
  return *std::move(group);
}

}  // namespace sotto::service
