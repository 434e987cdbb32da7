#pragma once

#include <string>

#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::client {

// Commands about the transparency log; part of `Command` (`client/commands.h`).

/// Compares the log's entries of the own account with the lists that this device knows.
struct AuditTransparency {
  using Answer = struct TransparencyAudit;

  static constexpr auto describe() {
    return wire::message("AuditTransparency", "Checks the log's entries of the own account.");
  }
};

/// Asks no server.
struct GetTransparency {
  using Answer = struct TransparencyStatus;

  static constexpr auto describe() {
    return wire::message("GetTransparency", "Asks what this device knows of the server's log.");
  }
};

/// Compares this device's view of the log with somebody else's.
struct CompareCheckpoint {
  using Answer = struct CheckpointComparison;
  std::string note;

  static constexpr auto describe() {
    return wire::message("CompareCheckpoint", "Compares this view of the server's log with another person's.",
                         wire::field(1, "note", &CompareCheckpoint::note, wire::at_most(wire::max_checkpoint_size),
                                     "The checkpoint that the other one's `transparency_status` shows."));
  }
};

}  // namespace sotto::client
