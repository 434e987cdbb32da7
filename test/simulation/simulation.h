#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "simulation/world.h"

namespace sotto::simulation {

struct SimulationOptions {
  std::uint64_t seed = 1;
  /// Clients, all of whom write to all. The first has a second process on its home.
  std::size_t clients = 3;
  /// Steps of random action before everything heals.
  std::size_t steps = 150;
};

/// What a run found.
struct SimulationResult {
  /// In words; empty if all held.
  std::vector<std::string> breaches;
  std::size_t messages = 0;
  std::size_t crashes = 0;
  std::size_t restores = 0;
};

/// Plays one random course of events and checks what must hold whatever happened:
/// - every message that an engine took is in the log exactly once, unless its home was put back to an older state;
/// - each side's timeline shows every entry of the log exactly once, in the log's order, with the text that was
/// written;
///   only where a home was put back may an entry be unreadable, with a cause;
/// - each sender's messages are in the order of writing;
/// - a conversation is known to its two members only, and the server stores no text;
/// - at rest, what the other side has opened is shown as delivered.
class Simulation {
 public:
  explicit Simulation(const SimulationOptions& options);
  [[nodiscard]] SimulationResult run();

 private:
  struct Written {
    std::size_t author = 0;
    std::string text;
    /// Order of writing in its home and conversation.
    std::size_t number = 0;
  };

  void register_all();
  void act();
  void write();
  void harm();
  void crash(std::size_t slot);
  void back_up(std::size_t index);
  void put_back(std::size_t index);
  void start_again(std::size_t slot);
  [[nodiscard]] bool waits(std::size_t home) const;
  /// The home of a process.
  [[nodiscard]] std::size_t home_of(std::size_t slot) const { return slot == second_ ? 0 : slot; }
  void take_answers();
  void heal();
  void check();
  void check_pair(std::size_t left, std::size_t right);
  void check_timeline(std::size_t index, std::size_t peer, const std::vector<wire::LogEntry>& log);
  void check_log(std::size_t left, std::size_t right, const std::vector<wire::LogEntry>& log);
  void check_strangers(ConversationId conversation, std::size_t left, std::size_t right);
  [[nodiscard]] std::vector<client::TimelineMessage> timeline(std::size_t index, std::size_t peer);
  void breach(std::string text);

  SimulationOptions options_;
  World world_;
  /// The second process on the first home.
  std::size_t second_ = 0;
  /// Commands that write, by host and number, until they are answered.
  std::map<std::pair<std::size_t, std::uint64_t>, std::string> unanswered_;
  std::map<MessageId, Written> written_;
  std::set<std::size_t> put_back_;
  std::map<std::size_t, UnixMillis> down_until_;
  std::size_t texts_ = 0;
  SimulationResult result_;
};

}  // namespace sotto::simulation
