#pragma once

#include <atomic>
#include <expected>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace sotto::bench {

/// What the operator's commands work on: those of `program` over a server's data.
struct UpkeepPlan {
  std::filesystem::path program;
  std::filesystem::path data;
};

/// Runs `sottod --data <data>` with further arguments to its end, its output left out. Returns how many seconds it
/// took; the error is a sentence.
std::expected<double, std::string> run_upkeep(const UpkeepPlan& plan, const std::vector<std::string>& arguments);

/// Makes backups beside the data, one after the other, each removed when the next begins, until the object ends.
class BackupsAllTheTime {
 public:
  explicit BackupsAllTheTime(UpkeepPlan plan);
  ~BackupsAllTheTime();
  BackupsAllTheTime(const BackupsAllTheTime&) = delete;
  BackupsAllTheTime& operator=(const BackupsAllTheTime&) = delete;

  /// Waits for the one under way and makes no more. How many seconds the last one took; the error is a sentence.
  std::expected<double, std::string> end();

 private:
  UpkeepPlan plan_;
  std::atomic<bool> ended_ = false;
  std::expected<double, std::string> last_ = 0;
  std::thread thread_;
};

}  // namespace sotto::bench
