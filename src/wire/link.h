#pragma once

#include "wire/account.h"

namespace sotto::wire {

// Linking a new device to an account. The server only passes boxes between the two devices for at most ten minutes;
// what is in them is in `device_linking.h`. The new device has no account yet and shows a claim instead.

/// Random, known to the new device alone.
using LinkClaim = FixedBytes<struct LinkClaimTag, 32>;

/// Opens a linking. Repeating it changes nothing.
struct BeginLink {
  LinkId link;
  Sha256Digest claim;

  static constexpr auto describe() {
    return message("BeginLink", "Opens a linking, for ten minutes.", field(1, "link", &BeginLink::link, "Random."),
                   field(2, "claim", &BeginLink::claim, "SHA-256 of the claim that the new device shows later."));
  }
};

/// Leaves a box for the other side. Of signed-in callers the first who does so is the only one who may. Repeating it
/// changes nothing.
struct PostLink {
  LinkId link;
  std::optional<LinkClaim> claim;
  std::uint32_t number = 0;
  Bytes box;

  static constexpr auto describe() {
    return message("PostLink", "Leaves a box for the other side of a linking.",
                   field(1, "link", &PostLink::link, "Which."),
                   field(2, "claim", &PostLink::claim, "By the new device; a linked one is signed in instead."),
                   field(3, "number", &PostLink::number, "This side's boxes are 1, 2, 3 and so on."),
                   field(4, "box", &PostLink::box, at_most(max_link_box_size), "Opaque to the server."));
  }
};

/// Reads the boxes of the other side.
struct ReadLink {
  LinkId link;
  std::optional<LinkClaim> claim;

  static constexpr auto describe() {
    return message("ReadLink", "Reads what the other side of a linking left.",
                   field(1, "link", &ReadLink::link, "Which."), field(2, "claim", &ReadLink::claim, "As in PostLink."));
  }
};

struct LinkBoxes {
  std::vector<Bytes> boxes;
  bool approved = false;

  static constexpr auto describe() {
    return message("LinkBoxes", "What the other side of a linking left.",
                   field(1, "boxes", &LinkBoxes::boxes, at_most(max_link_boxes, max_link_box_size), "In order."),
                   field(2, "approved", &LinkBoxes::approved, "Whether `finish_link` will sign the new device in."));
  }
};

/// By the linked device, once the new one is on the account's published list.
struct ApproveLink {
  LinkId link;
  DeviceId device;

  static constexpr auto describe() {
    return message("ApproveLink", "Lets the new device of a linking sign in.",
                   field(1, "link", &ApproveLink::link, "Which."),
                   field(2, "device", &ApproveLink::device, "On the caller's device list."));
  }
};

/// By the new device. May be repeated until the link is over; each answer ends the login of the one before.
struct FinishLink {
  LinkId link;
  LinkClaim claim;

  static constexpr auto describe() {
    return message("FinishLink", "Signs the new device of a linking in.",
                   field(1, "link", &FinishLink::link, "Which, approved."),
                   field(2, "claim", &FinishLink::claim, "The new device's."));
  }
};

}  // namespace sotto::wire
