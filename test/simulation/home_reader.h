#pragma once

#include <string>
#include <vector>

#include "client/engine.h"
#include "session/stored_state.h"
#include "storage/client/sqlite_database.h"

namespace sotto::simulation {

/// What a home keeps of one message.
struct KeptMessage {
  ConversationId conversation;
  std::uint64_t seq = 0;
  MessageId message;
  session::DeviceAddress sender;
  bool is_readable = false;
  /// Sealed, as they are in the file; empty if there are none.
  Bytes body;
  Bytes key;
};

/// How much of everything a home holds.
struct HomeSizes {
  std::size_t outbox = 0;
  std::size_t uploads = 0;
  std::size_t waiting = 0;
  /// Of the device with the most.
  std::size_t sessions = 0;
  std::size_t skipped_session_keys = 0;
  std::size_t received_chains = 0;
  std::size_t skipped_sender_keys = 0;
  std::size_t one_time_prekeys = 0;
  /// Of the group with the most.
  std::size_t group_profiles = 0;
  std::size_t holders = 0;
};

/// Looks into the database of a home as its owner, or somebody who has got hold of the home and its storage key, could.
/// The home's processes may run, but must not be in a transition.
class HomeReader {
 public:
  HomeReader(std::string path, const client::StorageKey& key);

  /// Every row of the timeline that has a place in a log, in the order of the log.
  [[nodiscard]] std::vector<KeptMessage> messages();
  /// What it holds of the chains of a device.
  [[nodiscard]] session::ReceivedSenderChains received(ConversationId conversation,
                                                       const session::DeviceAddress& sender);
  [[nodiscard]] HomeSizes sizes();
  /// All octets of a file of the database on the medium, "" for itself, "-wal" for its log, without those that SQLite
  /// leaves in the unused middle of a page when it moves rows from one to another.
  [[nodiscard]] Bytes octets(std::string_view suffix) const;

 private:
  [[nodiscard]] std::size_t count(std::string_view sql);
  void measure_sessions(HomeSizes& sizes);
  void measure_chains(HomeSizes& sizes);
  void measure_prekeys(HomeSizes& sizes);

  std::string path_;
  const client::StorageKey& key_;
};

/// Whether the octets are among the others.
[[nodiscard]] bool contains(ByteView octets, ByteView part);

}  // namespace sotto::simulation
