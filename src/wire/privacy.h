#pragma once

#include "wire/directory.h"

namespace sotto::wire {

// What others are shown of an account beside its messages. The server honours it.

enum class Audience : std::uint8_t { companions, nobody };

constexpr auto describe(std::type_identity<Audience>) {
  using Value = EnumValue<Audience>;
  return enumeration("Audience", "Who is shown something.",
                     Value{Audience::companions, "companions", "Whoever shares a conversation with the account."},
                     Value{Audience::nobody, "nobody", "Nobody. Who shows nothing is shown nothing either."});
}

struct Privacy {
  Audience presence = Audience::companions;
  Audience read_receipts = Audience::companions;
  Audience typing = Audience::companions;

  friend bool operator==(const Privacy&, const Privacy&) = default;
  static constexpr auto describe() {
    return message("Privacy", "What others are shown.",
                   field(1, "presence", &Privacy::presence, "Whether the account is online, and when it last was."),
                   field(2, "read_receipts", &Privacy::read_receipts, "How far it has read."),
                   field(3, "typing", &Privacy::typing, "That it is typing."));
  }
};

struct SetPrivacy {
  Privacy privacy;

  static constexpr auto describe() {
    return message("SetPrivacy", "Sets what others are shown.",
                   field(1, "privacy", &SetPrivacy::privacy, "All of it."));
  }
};

struct GetPrivacy {
  static constexpr auto describe() { return message("GetPrivacy", "Asks what others are shown."); }
};

/// Names the accounts of whose presence this stream is told, at once and whenever it changes. Replaces those named
/// before; those whose presence the caller may not see are passed over.
struct WatchPresence {
  std::vector<AccountId> accounts;

  static constexpr auto describe() {
    return message("WatchPresence", "Watches whether accounts are online.",
                   field(1, "accounts", &WatchPresence::accounts, at_most(max_members_at_once), "Whom; may be none."));
  }
};

/// The answer holds all of those watched that may be seen; a push one of them.
struct Presence {
  AccountId account;
  bool online = false;
  UnixMillis last_seen;

  static constexpr auto describe() {
    return message("Presence", "Whether an account is online.", field(1, "account", &Presence::account, "Who."),
                   field(2, "online", &Presence::online, "Has a live stream now."),
                   field(3, "last_seen", &Presence::last_seen, "When its last stream ended; 0 if that is not known."));
  }
};

struct Presences {
  std::vector<Presence> presences;

  static constexpr auto describe() {
    return message("Presences", "Whether accounts are online.",
                   field(1, "presences", &Presences::presences, at_most(max_members_at_once), "In no order."));
  }
};

/// A blocked account's direct messages are refused, and it is shown nothing of the caller.
struct SetBlocked {
  AccountId account;
  bool blocked = false;

  static constexpr auto describe() {
    return message("SetBlocked", "Blocks or unblocks an account.",
                   field(1, "account", &SetBlocked::account, "Whom; not oneself."),
                   field(2, "blocked", &SetBlocked::blocked, "Blocked or not."));
  }
};

struct ListBlocked {
  static constexpr auto describe() { return message("ListBlocked", "Lists whom the caller has blocked."); }
};

struct Blocked {
  std::vector<AccountId> accounts;

  static constexpr auto describe() {
    return message("Blocked", "Whom the caller has blocked.",
                   field(1, "accounts", &Blocked::accounts, at_most(max_members), "At most 1,000."));
  }
};

}  // namespace sotto::wire
