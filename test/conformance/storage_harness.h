#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>

#include "service/ports/storage.h"

namespace sotto::conformance {

/// What one piece of work does, as a function.
using Rule = std::function<service::Verdict(service::UnitOfWork&)>;
using Finish = std::function<void(service::WorkOutcome)>;

std::unique_ptr<service::Work> make_work(Rule rule, Finish finish);

/// Submits and waits for the end. The queue must have room.
service::WorkOutcome write(service::Storage& storage, Rule rule);
service::WorkOutcome read(service::Storage& storage, Rule rule);

/// The same for a rule that keeps what it did. Expects that it was committed.
void keep(service::Storage& storage, const std::function<void(service::UnitOfWork&)>& rule);
/// A look at the state from outside of any write.
void look(service::Storage& storage, const std::function<void(service::UnitOfWork&)>& rule);

/// Ids that differ in their last octets.
template <class Fixed>
Fixed numbered(std::uint64_t number) {
  Fixed id;
  for (std::size_t octet = 0; octet < sizeof number && octet < Fixed::size; ++octet) {
    id.bytes[Fixed::size - 1 - octet] = static_cast<std::uint8_t>(number >> (8 * octet));
  }
  return id;
}

/// A conversation and all who are in it.
struct WholeConversation : service::StoredConversation {
  std::vector<service::StoredMember> members;
};

/// Found as one, member by member, and in all the ways that a store tells of members.
std::optional<WholeConversation> find_whole(service::UnitOfWork& unit, ConversationId conversation);
void insert(service::UnitOfWork& unit, const WholeConversation& conversation);

/// A conversation of the accounts 1 and 2 that exists afterwards.
WholeConversation add_conversation(service::Storage& storage, std::uint64_t number);

/// The entry number `seq` of a conversation, by device 1 of account 1, with a body of `size` octets.
wire::LogEntry entry_of(const service::StoredConversation& conversation, std::uint64_t seq, std::size_t size = 10);

/// Gives storages of one kind to the suite.
class Backend {
 public:
  virtual ~Backend() = default;
  struct Limits {
    std::size_t queue_capacity = 8'192;
  };
  /// An empty storage, or what the last one of this backend has left if it is durable.
  virtual std::unique_ptr<service::Storage> open(const Limits& limits) = 0;
  [[nodiscard]] virtual bool is_durable() const = 0;
};

struct BackendKind {
  std::string name;
  std::function<std::unique_ptr<Backend>()> make;
};

BackendKind memory_backend();
BackendKind sqlite_backend();

}  // namespace sotto::conformance
