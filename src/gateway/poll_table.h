#pragma once

#include <unordered_map>

#include "base/random.h"
#include "gateway/poll_session.h"

namespace sotto::gateway {

/// Owns the polled streams of one executor. A stream is found by the name that only its client knows, and its requests'
/// answers by its id.
class PollTable {
 public:
  explicit PollTable(Random& random) : random_(random) {}
  PollTable(const PollTable&) = delete;
  PollTable& operator=(const PollTable&) = delete;

  /// Whether connections from an address are bounded.
  enum class Counting : std::uint8_t { counted, uncounted };
  /// Nothing if there are as many as may be, in all or from this address.
  [[nodiscard]] std::optional<wire::PollName> open(const PollSession::Parts& parts, PollSession::Client client,
                                                   Counting counting);
  /// Null if there is none of this name. It is settled at the end of the turn.
  [[nodiscard]] PollSession* find(const wire::PollName& name);
  /// Null if it is gone. It is settled at the end of the turn.
  [[nodiscard]] PollSession* find(ConnectionId id);

  /// Looks at the time of every stream.
  void tick();
  /// The end of a turn: lets those that something happened to speak, and removes those that are over.
  void settle();
  /// The server stops.
  void stop();
  [[nodiscard]] std::size_t size() const { return sessions_.size(); }

 private:
  using Secret = ByteArray<wire::PollName::size - sizeof(std::uint64_t)>;
  struct Entry {
    Secret secret{};
    std::unique_ptr<PollSession> session;
  };

  [[nodiscard]] Entry* find_entry(ConnectionId id);
  [[nodiscard]] static wire::PollName name_of(ConnectionId id, const Secret& secret);
  void touch(ConnectionId id) { touched_.push_back(id); }
  void remove(ConnectionId id);

  Random& random_;
  std::uint32_t next_slot_ = ConnectionId::first_polled_slot;
  /// By packed id; the server counts it, so nobody chooses collisions.
  std::unordered_map<std::uint64_t, Entry> sessions_;
  std::unordered_map<std::string, std::size_t> by_address_;
  std::vector<ConnectionId> touched_;
};

}  // namespace sotto::gateway
