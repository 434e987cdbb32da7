#pragma once

#include "client/timeline_types.h"
#include "wire/privacy.h"

namespace sotto::client {

// What others are shown of this account, and what it is shown of others. The server honours it.

/// What is absent stays as it is.
struct ChangePrivacy {
  using Answer = struct PrivacyShown;
  std::optional<wire::Audience> presence = std::nullopt;
  std::optional<wire::Audience> read_receipts = std::nullopt;
  std::optional<wire::Audience> typing = std::nullopt;

  static constexpr auto describe() {
    using Self = ChangePrivacy;
    return wire::message("ChangePrivacy", "Sets and shows what others are shown.",
                         field(1, "presence", &Self::presence, "Whether the account is online, and when it last was."),
                         field(2, "read_receipts", &Self::read_receipts, "How far it has read."),
                         field(3, "typing", &Self::typing, "That it is typing."));
  }
};

/// Of whom `presence_changed` tells from now on, in place of those named before.
struct WatchPresence {
  using Answer = struct Done;
  std::vector<std::string> names;

  static constexpr auto describe() {
    return wire::message("WatchPresence", "Watches whether contacts are online.",
                         field(1, "names", &WatchPresence::names, at_most(50, wire::max_name_size),
                               "Accounts that this home knows; may be none."));
  }
};

struct BlockAccount {
  using Answer = struct Done;
  std::string name;
  bool blocked = false;

  static constexpr auto describe() {
    return wire::message("BlockAccount", "Blocks or unblocks an account.",
                         field(1, "name", &BlockAccount::name, at_most(wire::max_name_size), "Whom."),
                         field(2, "blocked", &BlockAccount::blocked, "Blocked or not."));
  }
};

struct ListBlockedAccounts {
  using Answer = struct BlockedAccounts;

  static constexpr auto describe() {
    return wire::message("ListBlockedAccounts", "Lists whom this account has blocked.");
  }
};

}  // namespace sotto::client
