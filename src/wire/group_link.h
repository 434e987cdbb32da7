#pragma once

#include "base/secret.h"
#include "wire/group.h"

namespace sotto::wire {

/// What an invitation's link carries, as text or as a QR code. Whoever has it may use the invitation; it never goes
/// through a server as such.
struct GroupLink {
  std::string server;
  ConversationId conversation;
  InvitationId invitation;
  Secret<32> seed;

  static constexpr auto describe() {
    return message("GroupLink", "What the link of an invitation carries.",
                   field(1, "server", &GroupLink::server, at_most(256), "The address of the group's server."),
                   field(2, "conversation", &GroupLink::conversation, "The group."),
                   field(3, "invitation", &GroupLink::invitation, "Which of its invitations."),
                   field(4, "seed", &GroupLink::seed, "Seed of the invitation's Ed25519 key."));
  }
};

}  // namespace sotto::wire
