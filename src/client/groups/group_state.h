#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "membership/group.h"
#include "wire/content.h"
#include "wire/group_link.h"

namespace sotto::client {

/// The questions of groups.
enum class GroupQuestion : std::uint8_t {
  create,
  change,
  read_chain,
  read_members,
  accounts,
  /// Of who is no member: by an invitation.
  read_invited,
  request_join,
  list_requests,
  decline,
};

struct AskGroup {
  GroupQuestion question = GroupQuestion::create;
  ConversationId conversation;
};

/// A chain that is being read, page by page.
struct ChainReading {
  /// After the newest event read; absent before the first.
  std::optional<membership::Group> group;
  /// Before the newest event that made this account a member: from there on the log tells everything.
  std::optional<membership::Group> before_joining;
  std::vector<std::pair<std::uint64_t, Sha256Digest>> heads;
};

/// The members of a group as the server names them, while they and their lists are being read.
struct MembersReading {
  std::uint64_t epoch = 0;
  std::set<AccountId> seen;
  /// Whose lists are older here than there.
  std::vector<AccountId> wanted;
  bool is_complete = false;
};

/// A request of an own command, made once and repeated as it is.
struct OwnChange {
  std::optional<wire::CreateGroup> create;
  std::optional<wire::ChangeGroup> change;
  std::optional<wire::GroupProfile> profile;
  /// Of an invitation that is being made.
  std::optional<wire::GroupLink> link;
  /// Lost races.
  unsigned attempts = 0;
};

/// A group whose chain an own command reads by an invitation.
struct InvitedReading {
  /// After the newest event read; absent before the first.
  std::optional<membership::Group> group;
  bool is_complete = false;
  /// The server has taken what this account signed.
  bool is_taken = false;
};

/// Whose prekeys are still to be claimed, and of which devices.
using AwaitedClaims = std::map<AccountId, std::vector<DeviceId>>;

struct GroupMemory {
  std::map<ConversationId, ChainReading> chains;
  std::map<ConversationId, MembersReading> members;
  /// Before this device's chain can be given to all who are to have it.
  std::map<ConversationId, AwaitedClaims> claims;
  /// More keys of old messages were given than one transition should use.
  bool more_history = false;
  /// How often in a row the server named other members than the chain has.
  std::map<ConversationId, unsigned> disputes;
  /// Groups of which a member knew a newer event than the log has shown here: their chains are read on.
  std::set<ConversationId> behind;
  /// By the number of the command.
  std::map<std::uint64_t, OwnChange> changes;
  std::map<std::uint64_t, InvitedReading> invited;
  /// Who asks to be let in, as the server told it to a command.
  std::map<std::uint64_t, std::vector<wire::JoinRequest>> requests;

  void forget_stream() {
    chains.clear();
    members.clear();
    claims.clear();
    behind.clear();
  }
};

}  // namespace sotto::client
