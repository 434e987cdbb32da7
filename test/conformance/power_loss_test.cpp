// Property (threat 36): wherever power is lost, and whatever becomes of what was not synced, every message that was
// acknowledged before is there once under its number, the logs have no gap, nothing undone appears and the database is
// whole; also if syncs and writes failed, and if power was lost before. What syncs less is found out.
//
// SOTTO_POWER_LOSS_SEED says where to begin and SOTTO_POWER_LOSS_SEEDS how many courses to try. Threads take turns as
// they like, so a seed gives similar courses, not the same.
#include "power_loss.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <tuple>

namespace sotto::conformance {
namespace {

using namespace storage::sqlite::testing;

constexpr std::size_t generations = 3;

std::uint64_t number_from(const char* variable) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
}

std::uint64_t first_seed() { return number_from("SOTTO_POWER_LOSS_SEED"); }
std::uint64_t seeds() { return number_from("SOTTO_POWER_LOSS_SEEDS"); }

/// What was found, the first few in words, and how often the power was cut.
struct Findings {
  std::vector<std::string> breaches;
  std::size_t cuts = 0;
};

/// Goes through a recording and cuts before and after each sync and, by chance, in between.
class Cuts {
 public:
  Cuts(const Recording& recording, const Promises& before, std::uint64_t seed)
      : recording_(recording), acknowledged_(before.acknowledged), disk_(recording.start, seed), random_(seed) {}

  void run(Findings& findings) {
    const std::size_t chosen = random_() % (recording_.steps.size() + 1);
    for (std::size_t step = 0; step <= recording_.steps.size(); ++step) {
      if (step == chosen) next_ = {disk_.cut(Unsynced::torn), {.acknowledged = acknowledged_}};
      if (is_boundary(step)) try_all(step, findings);
      if (step < recording_.steps.size()) apply(recording_.steps[step]);
    }
    // A server that is started again on a system that goes on finds what was written; a failed sync may have lost some.
    if (recording_.lost) next_ = {disk_.cut(Unsynced::kept), {.acknowledged = acknowledged_}};
  }

  /// What was left after one of the cuts, and what had been promised by then.
  [[nodiscard]] const std::pair<DiskImage, Promises>& next() const { return next_; }

 private:
  [[nodiscard]] bool is_sync(std::size_t step) const {
    return step < recording_.steps.size() && (std::holds_alternative<FileSynced>(recording_.steps[step]) ||
                                              std::holds_alternative<DirectorySynced>(recording_.steps[step]));
  }
  [[nodiscard]] bool is_boundary(std::size_t step) {
    return is_sync(step) || (step > 0 && is_sync(step - 1)) || step == recording_.steps.size() || random_() % 64 == 0;
  }

  void apply(const DiskStep& step) {
    disk_.apply(step);
    const auto* told = std::get_if<Acknowledged>(&step);
    if (told != nullptr) acknowledged_[told->what] = recording_.promises.acknowledged.at(told->what);
  }

  void try_all(std::size_t step, Findings& findings) {
    for (const Unsynced unsynced : {Unsynced::dropped, Unsynced::torn, Unsynced::kept}) {
      // The last says least: it is what a killed process leaves.
      if (unsynced == Unsynced::kept && step % 4 != 0) continue;
      ++findings.cuts;
      for (const std::string& breach : breaches(disk_.cut(unsynced), acknowledged_)) {
        findings.breaches.push_back("cut at step " + std::to_string(step) + ": " + breach);
      }
    }
  }

  const Recording& recording_;
  std::map<std::uint64_t, Place> acknowledged_;
  RecordedDisk disk_;
  std::mt19937_64 random_;
  std::pair<DiskImage, Promises> next_;
};

/// Runs, loses power somewhere, runs on with what is left, and so on.
Findings play(RunSettings settings) {
  Findings findings;
  DiskImage disk;
  Promises promises;
  std::size_t failures = 0;
  for (std::size_t generation = 0; generation < generations && findings.breaches.size() < 5; ++generation) {
    const Recording recording = record(disk, promises, settings);
    failures += recording.failures;
    Cuts cuts(recording, promises, settings.seed);
    cuts.run(findings);
    std::tie(disk, promises) = cuts.next();
    promises.messages = recording.promises.messages;
    settings.seed += 1'000'003;
  }
  if (settings.faults.syncs == 0) {
    EXPECT_EQ(failures, 0U);
  }
  return findings;
}

void expect_none(const Findings& findings, std::uint64_t seed) {
  EXPECT_GT(findings.cuts, 20U);
  for (const std::string& breach : findings.breaches) ADD_FAILURE() << "seed " << seed << ", " << breach;
}

TEST(PowerLoss, LosesNothingAcknowledgedAndRepeatsNothing) {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + seeds(); ++seed)
    expect_none(play({.seed = seed}), seed);
}

TEST(PowerLoss, LosesNothingAcknowledgedAfterSyncsAndWritesThatFailed) {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + seeds(); ++seed) {
    expect_none(play({.seed = seed, .faults = {.syncs = 150, .writes = 15}}), seed);
  }
}

/// While it lives, what the storage says of syncing is passed over, and its connections begin with what is given here.
class WeakenedSyncs {
 public:
  explicit WeakenedSyncs(const char* level) {
    chosen = level;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&weaken));
  }
  WeakenedSyncs(const WeakenedSyncs&) = delete;
  WeakenedSyncs& operator=(const WeakenedSyncs&) = delete;
  ~WeakenedSyncs() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&weaken)); }

 private:
  static int weaken(sqlite3* connection, const char**, const void*) {
    sqlite3_set_authorizer(
        connection,
        [](void*, int action, const char* pragma, const char* value, const char*, const char*) {
          const bool sets = action == SQLITE_PRAGMA && std::string_view(pragma) == "synchronous" && value != nullptr;
          return sets && std::string_view(value) != chosen ? SQLITE_IGNORE : SQLITE_OK;
        },
        nullptr);
    return sqlite3_exec(connection, (std::string("PRAGMA synchronous = ") + chosen).c_str(), nullptr, nullptr, nullptr);
  }
  static inline const char* chosen = "";
};

Findings play_weakened(const char* level) {
  Recording recording;
  {
    const WeakenedSyncs weakened(level);
    recording = record({}, {}, {.messages = 60});
  }
  Findings findings;
  Cuts(recording, {}, 1).run(findings);
  return findings;
}

bool any_missing(const Findings& findings) {
  return std::ranges::any_of(findings.breaches,
                             [](const std::string& breach) { return breach.contains("acknowledged and is missing"); });
}

TEST(PowerLoss, FindsOutWhoSyncsOnlyAtCheckpoints) { EXPECT_TRUE(any_missing(play_weakened("NORMAL"))); }

TEST(PowerLoss, FindsOutWhoNeverSyncs) { EXPECT_TRUE(any_missing(play_weakened("OFF"))); }

}  // namespace
}  // namespace sotto::conformance
