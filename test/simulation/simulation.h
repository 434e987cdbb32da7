#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "simulation/course.h"
#include "simulation/ledger.h"
#include "simulation/world.h"

namespace sotto::simulation {

struct SimulationOptions {
  std::uint64_t seed = 1;
  /// People, each with an account. The first has a second process on the home of the first device.
  std::size_t people = 4;
  /// Steps of random action before everything heals.
  std::size_t steps = 130;
  /// The server is broken: it goes on serving devices that were removed.
  bool serves_removed_devices = false;
};

/// What a run found.
struct SimulationResult {
  /// In words, each beginning with its checker in brackets; empty if all held.
  std::vector<std::string> breaches;
  std::size_t messages = 0;
  std::size_t devices = 0;
  std::size_t changes = 0;
  std::size_t crashes = 0;
  std::size_t restores = 0;
  /// Requests that the server's disk failed.
  std::size_t disk_failures = 0;
};

/// Plays one random course of events: people write to one another and in groups, add and remove members and devices,
/// set timers; frames are late or dropped, processes crash, homes are put back to older states. Then everything heals,
/// days pass, and `Checks` looks at what must hold whatever happened. The same seed gives the same course.
class Simulation {
 public:
  explicit Simulation(const SimulationOptions& options);
  [[nodiscard]] SimulationResult run();

 private:
  /// A text that was given to a process and is not answered yet.
  struct Unanswered {
    std::size_t home = 0;
    std::string text;
  };

  void register_all();
  void act();
  void write();
  void set_timer();
  void harm();
  void crash(std::size_t slot);
  void start_again(std::size_t slot);
  /// All processes of a home.
  [[nodiscard]] std::vector<std::size_t> slots_of(std::size_t home) const;
  void back_up(std::size_t home);
  void put_back(std::size_t home);
  void harm_disk();
  void mend_disk();

  void change_members();
  void create_group();
  void change_group();
  [[nodiscard]] client::Command random_change(ConversationId group);
  void change_devices();
  void link_device();
  void link(std::size_t fresh, std::size_t linked);
  void remove_device();
  void adopt(std::size_t slot, std::size_t person);

  [[nodiscard]] bool waits(std::size_t home) const;
  /// A home in use whose process runs, by chance.
  [[nodiscard]] std::optional<std::size_t> running_home();
  [[nodiscard]] std::vector<std::size_t> homes_of(std::size_t person) const;
  void take_answers();
  void keep_sealed_parts();
  void heal();
  void log_in_again();
  /// Nobody runs for so long.
  void sleep(Milliseconds span);

  SimulationOptions options_;
  World world_;
  Ledger ledger_;
  Course course_;
  /// The second process on the first home.
  std::size_t second_ = 0;
  std::vector<ConversationId> groups_;
  /// Slots of devices whose linking was not seen to end, and whose they are.
  std::map<std::size_t, std::size_t> unlinked_;
  /// By slot and number of the command.
  std::map<std::pair<std::size_t, std::uint64_t>, Unanswered> unanswered_;
  std::map<std::size_t, UnixMillis> down_until_;
  UnixMillis disk_well_at_;
  std::size_t texts_ = 0;
  std::size_t taken_ = 0;
  SimulationResult result_;
};

}  // namespace sotto::simulation
