#pragma once

#include <string>
#include <vector>

#include "base/keys.h"
#include "base/time.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::client {

// Events about the transparency log; part of `Event` (`client/events.h`).

/// What this device knows of an entry of its own account.
enum class EntryStanding : std::uint8_t { known, not_seen, earlier_identity, unexpected };

constexpr auto describe(std::type_identity<EntryStanding>) {
  using enum EntryStanding;
  using Value = wire::EnumValue<EntryStanding>;
  return wire::enumeration("EntryStanding", "What this device knows of an entry of its own account.",
                           Value{known, "known", "A list that this device has seen and checked."},
                           Value{not_seen, "not_seen", "In the account's unbroken chain; this device was not there."},
                           Value{earlier_identity, "earlier_identity", "From before the account was reset."},
                           Value{unexpected, "unexpected", "Not a list of this account's devices."});
}

struct AuditedEntry {
  std::uint64_t version = 0;
  Sha256Digest device_list;
  UnixMillis at;
  EntryStanding standing = EntryStanding::known;

  static constexpr auto describe() {
    using Self = AuditedEntry;
    return wire::message("AuditedEntry", "An entry of the own account in the log.",
                         wire::field(1, "version", &Self::version, "Of the device list."),
                         wire::field(2, "device_list", &Self::device_list, "SHA-256 of the list."),
                         wire::field(3, "at", &Self::at, "When it was logged, by the server's clock."),
                         wire::field(4, "standing", &Self::standing, "What this device knows of it."));
  }
};

/// Answers `audit_transparency`.
struct TransparencyAudit {
  bool sound = false;
  std::uint64_t size = 0;
  std::vector<AuditedEntry> entries;
  std::string text;

  static constexpr auto describe() {
    using Self = TransparencyAudit;
    return wire::message(
        "TransparencyAudit", "What the log says of the own account.",
        wire::field(1, "sound", &Self::sound, "Whether every entry is accounted for."),
        wire::field(2, "size", &Self::size, "Entries in the log, of all accounts."),
        wire::field(3, "entries", &Self::entries, wire::at_most(2'000), "Of the own account, in order."),
        wire::field(4, "text", &Self::text, wire::at_most(512), "English, for people."));
  }
};

/// Answers `get_transparency`. Texts are empty and numbers 0 before the first proof.
struct TransparencyStatus {
  std::string origin;
  std::string key;
  std::uint64_t size = 0;
  std::string note;
  std::uint64_t proven = 0;
  std::uint64_t waiting = 0;

  static constexpr auto describe() {
    using Self = TransparencyStatus;
    return wire::message(
        "TransparencyStatus", "What this device knows of the server's log.",
        wire::field(1, "origin", &Self::origin, wire::at_most(256), "The log's name."),
        wire::field(2, "key", &Self::key, wire::at_most(512), "Its verifier key, held since the first proof."),
        wire::field(3, "size", &Self::size, "Entries, by the newest checkpoint."),
        wire::field(4, "note", &Self::note, wire::at_most(wire::max_checkpoint_size), "That checkpoint, to export."),
        wire::field(5, "proven", &Self::proven, "Device lists in use that the log was proven to hold."),
        wire::field(6, "waiting", &Self::waiting, "Device lists in use whose proof is still to come."));
  }
};

/// How two people's views of a log relate.
enum class ViewComparison : std::uint8_t { consistent, split_view, other_log, not_authentic };

constexpr auto describe(std::type_identity<ViewComparison>) {
  using enum ViewComparison;
  using Value = wire::EnumValue<ViewComparison>;
  return wire::enumeration(
      "ViewComparison", "How two views of a log relate.",
      Value{consistent, "consistent", "One log: the longer view begins with the shorter one."},
      Value{split_view, "split_view", "The server showed the two of you different logs."},
      Value{other_log, "other_log", "The logs of two servers, or of one that changed its key between you."},
      Value{not_authentic, "not_authentic", "That is no checkpoint, or nobody signed it."});
}

/// Answers `compare_checkpoint`.
struct CheckpointComparison {
  ViewComparison result = ViewComparison::consistent;
  std::uint64_t own_size = 0;
  std::uint64_t other_size = 0;
  std::string text;

  static constexpr auto describe() {
    using Self = CheckpointComparison;
    return wire::message("CheckpointComparison", "How this view of the log relates to another person's.",
                         wire::field(1, "result", &Self::result, "How."),
                         wire::field(2, "own_size", &Self::own_size, "Entries in this view."),
                         wire::field(3, "other_size", &Self::other_size, "Entries in the other view."),
                         wire::field(4, "text", &Self::text, wire::at_most(512), "English, for people."));
  }
};

}  // namespace sotto::client
