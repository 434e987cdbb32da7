#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "membership/group.h"
#include "wire/content.h"

namespace sotto::client {

/// The questions of groups.
enum class GroupQuestion : std::uint8_t { create, change, read_chain, read_members, accounts };

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
  /// Lost races.
  unsigned attempts = 0;
};

struct GroupMemory {
  std::map<ConversationId, ChainReading> chains;
  std::map<ConversationId, MembersReading> members;
  /// How often in a row the server named other members than the chain has.
  std::map<ConversationId, unsigned> disputes;
  /// Groups of which a member knew a newer event than the log has shown here: their chains are read on.
  std::set<ConversationId> behind;
  /// Events that came from a chain that was read on, before their entries in the log.
  std::set<std::pair<ConversationId, std::uint64_t>> events_ahead;
  /// By the number of the command.
  std::map<std::uint64_t, OwnChange> changes;

  void forget_stream() {
    chains.clear();
    members.clear();
    behind.clear();
  }
};

}  // namespace sotto::client
