#pragma once

#include "service/context.h"

namespace sotto::service {

/// Tells every device of the accounts the same, encoded once; nobody if there are none. `except`, if there is one,
/// caused it and has its answer: that device is left out.
void notify(ConversationStore::Accounts accounts, const Caller* except, wire::Answer push,
            std::vector<Notice>& notices);
void notify(std::vector<AccountId> accounts, const Caller* except, wire::Answer push, std::vector<Notice>& notices);

}  // namespace sotto::service
