#pragma once

#include <string>

#include "base/ids.h"
#include "wire/content.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::client {

// Commands about the account's devices; part of `Command` (`client/commands.h`).

/// Text of a link code at most.
inline constexpr std::size_t max_link_text_size = 1'024;

/// Makes this home, which must be empty, a device of an account that another device belongs to: shows a code for that
/// device to take. Asked again it makes a new code. Answer: `link_shown`; `link_progress` follows for each step.
struct BeginLinking {
  using Answer = struct LinkShown;
  std::string server;

  static constexpr auto describe() {
    return wire::message("BeginLinking", "Shows a code by which a device of an account takes this one in.",
                         wire::field(1, "server", &BeginLinking::server, wire::at_most(256),
                                     "The server's address, for the other device to compare."));
  }
};

/// Gives up a linking that `begin_linking` or `accept_link` began.
struct CancelLinking {
  using Answer = struct Done;

  static constexpr auto describe() { return wire::message("CancelLinking", "Gives up a linking that was begun here."); }
};

/// Takes the code that a new device shows. Answer: `link_progress`, with the digits to compare. Nothing has crossed by
/// then, and nothing does before `confirm_link`.
struct AcceptLink {
  using Answer = struct LinkProgress;
  std::string code;
  std::string server;

  static constexpr auto describe() {
    return wire::message(
        "AcceptLink", "Takes the code that a new device shows.",
        wire::field(1, "code", &AcceptLink::code, wire::at_most(max_link_text_size), "As scanned or copied."),
        wire::field(2, "server", &AcceptLink::server, wire::at_most(256),
                    "This device's server; a code for another one is refused. Empty skips that check."));
  }
};

/// The user compared the digits on both devices. The same: the new device becomes one of the account's, and gets the
/// account's keys. Not the same: the linking is given up.
struct ConfirmLink {
  using Answer = struct Done;
  bool same = false;

  static constexpr auto describe() {
    return wire::message("ConfirmLink", "Says whether both devices show the same digits.",
                         wire::field(1, "same", &ConfirmLink::same, "Whether they are the same."));
  }
};

/// Takes a device off the account's list: it is signed out, and nothing is encrypted for it any more. What is on it
/// stays there.
struct RemoveDevice {
  using Answer = struct Done;
  DeviceId device;

  static constexpr auto describe() {
    return wire::message("RemoveDevice", "Takes another device off the account's list.",
                         wire::field(1, "device", &RemoveDevice::device, "Which, as `devices` names it."));
  }
};

/// Names one of the own devices, on all of them; others are not told.
struct NameDevice {
  using Answer = struct Done;
  DeviceId device;
  std::string name;

  static constexpr auto describe() {
    using Self = NameDevice;
    return wire::message("NameDevice", "Names one of the account's devices.",
                         wire::field(1, "device", &Self::device, "Which, as `devices` names it."),
                         wire::field(2, "name", &Self::name, wire::at_most(wire::max_device_name_size),
                                     "UTF-8, one line; empty for none."));
  }
};

}  // namespace sotto::client
