#include "session/open_error.h"

namespace sotto::session {

std::string_view explain(OpenError error) {
  switch (error) {
    case OpenError::malformed:
      return "not the canonical encoding of a message";
    case OpenError::unsupported_suite:
      return "sealed with a suite that this version does not have";
    case OpenError::no_slot:
      return "holds no key for this device";
    case OpenError::unknown_session:
      return "belongs to a session that is not held here";
    case OpenError::unknown_chain:
      return "belongs to a chain that this state cannot follow";
    case OpenError::no_sender_key:
      return "belongs to a sender's chain whose key has not come";
    case OpenError::unknown_prekey:
      return "begins a session with a prekey that is not held";
    case OpenError::replayed_initiation:
      return "repeats an initiation that was accepted before";
    case OpenError::duplicate:
      return "its key was used already or has been dropped";
    case OpenError::too_far_ahead:
      return "more than 1,000 messages before it are missing";
    case OpenError::bad_authentication:
      return "not what the sender sealed for this device";
    case OpenError::bad_commitment:
      return "its slot and its content do not belong together";
    case OpenError::bad_content:
      return "authentic, but its content is not well-formed";
  }
  return "unknown";
}

bool calls_for_repair(OpenError error) {
  switch (error) {
    case OpenError::unknown_session:
    case OpenError::unknown_chain:
    case OpenError::unknown_prekey:
    case OpenError::replayed_initiation:
    case OpenError::duplicate:
    case OpenError::too_far_ahead:
    case OpenError::bad_authentication:
      return true;
    case OpenError::malformed:
    case OpenError::unsupported_suite:
    case OpenError::no_slot:
    case OpenError::no_sender_key:
    case OpenError::bad_commitment:
    case OpenError::bad_content:
      return false;
  }
  return false;
}

}  // namespace sotto::session
