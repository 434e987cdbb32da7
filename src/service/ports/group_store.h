#pragma once

#include <span>

#include "service/ports/records.h"
#include "wire/group.h"

namespace sotto::service {

/// One event of a membership chain and what follows from it.
struct GroupUpdate {
  ConversationId conversation;
  /// The entry of the log that holds the event; appended before.
  std::uint64_t seq = 0;
  /// The event's number.
  std::uint64_t chain_length = 0;
  /// The group after the event, as the rules encode it.
  Bytes state;
  bool closed = false;
  /// New members, who may have been members before.
  std::vector<StoredMember> joined;
  std::vector<AccountId> left;
  std::vector<wire::RoleChanged> roles;
};

/// Membership chains. Who is in a group is read from `ConversationStore`; all calls happen as there.
class GroupStore {
 public:
  virtual ~GroupStore() = default;
  /// `GroupUpdate::state` of the newest event; nothing if there is no such group.
  [[nodiscard]] virtual std::optional<Bytes> find_state(ConversationId conversation) = 0;
  /// Adds an event to the chain, changes the members, and adds one to the epoch. The conversation must exist.
  virtual void apply(const GroupUpdate& update) = 0;

  struct ChainRange {
    ConversationId conversation;
    /// Events after this number, up to and including `last`.
    std::uint64_t after = 0;
    std::uint64_t last = 0;
    std::size_t max_events = wire::max_page_entries;
    /// Octets; the first event is returned whatever its size.
    std::size_t max_size = wire::max_page_size;
  };
  /// The bodies of the entries that hold the events, in order.
  [[nodiscard]] virtual std::vector<Bytes> read_chain(const ChainRange& range) = 0;

  /// Oldest first.
  [[nodiscard]] virtual std::vector<wire::JoinRequest> join_requests(ConversationId conversation) = 0;
  /// Changes nothing if the account has asked already.
  virtual void insert_join_request(ConversationId conversation, const wire::JoinRequest& request) = 0;
  /// False if there was none.
  virtual bool remove_join_request(ConversationId conversation, AccountId account) = 0;
};

}  // namespace sotto::service
