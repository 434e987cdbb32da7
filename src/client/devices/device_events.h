#pragma once

#include <string>
#include <vector>

#include "base/ids.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::client {

// Events about the account's devices; part of `Event` (`client/events.h`).

/// Answers `begin_linking`.
struct LinkShown {
  std::string code;

  static constexpr auto describe() {
    return wire::message("LinkShown", "The code for a device of the account to take.",
                         wire::field(1, "code", &LinkShown::code, wire::at_most(1'024),
                                     "Text to copy; the content of the QR code too."));
  }
};

/// How far a linking has come.
enum class LinkStep : std::uint8_t { compare, joined, failed };

constexpr auto describe(std::type_identity<LinkStep>) {
  using enum LinkStep;
  using Value = wire::EnumValue<LinkStep>;
  return wire::enumeration("LinkStep", "How far a linking has come.",
                           Value{compare, "compare", "Both devices show the digits; the other one is asked."},
                           Value{joined, "joined", "This device is one of the account's now, signed in."},
                           Value{failed, "failed", "It came to nothing; `text` says why."});
}

/// Answers `accept_link`, and comes by itself on the new device.
struct LinkProgress {
  LinkStep step = LinkStep::compare;
  std::string digits;
  std::string text;

  static constexpr auto describe() {
    return wire::message(
        "LinkProgress", "How far a linking has come.", wire::field(1, "step", &LinkProgress::step, "What happened."),
        wire::field(2, "digits", &LinkProgress::digits, wire::at_most(16), "The six digits to compare, at `compare`."),
        wire::field(3, "text", &LinkProgress::text, wire::at_most(512), "English, for people."));
  }
};

/// The account's device list changed, by this or another device. The user should recognise what was added.
struct OwnDevicesChanged {
  std::vector<DeviceId> added;
  std::vector<DeviceId> removed;
  std::string text;

  static constexpr auto describe() {
    using Self = OwnDevicesChanged;
    return wire::message(
        "OwnDevicesChanged", "The account's own device list changed.",
        wire::field(1, "added", &Self::added, wire::at_most(wire::max_devices), "Devices that are new on it."),
        wire::field(2, "removed", &Self::removed, wire::at_most(wire::max_devices), "Devices no longer on it."),
        wire::field(3, "text", &Self::text, wire::at_most(512), "English, for people."));
  }
};

}  // namespace sotto::client
