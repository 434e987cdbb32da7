#pragma once

#include <optional>

#include "bench/peers/child_process.h"
#include "bench/peers/configuration.h"

namespace sotto::bench::peers {

struct ArchiveDatabasePlan {
  /// Where the cluster and its log go; it is the children's own.
  std::filesystem::path folder;
  std::filesystem::path configuration;
  std::uint16_t port = 0;
};

/// A PostgreSQL cluster of its own, with nobody else's settings: every commit is on disk before its answer. Whoever
/// connects over the loopback address as `peers` may do all in the database `postgres`.
class ArchiveDatabase {
 public:
  /// Makes the cluster, starts it and waits until it answers. The error is a sentence.
  static std::expected<ArchiveDatabase, std::string> start(const ArchiveDatabasePlan& plan);

  /// Runs the file's statements, or those given. The error is a sentence.
  std::expected<void, std::string> load(const std::filesystem::path& statements) const;
  std::expected<void, std::string> change(const std::string& statements) const;
  /// What the query gives: one number. The error is a sentence.
  [[nodiscard]] std::expected<std::uint64_t, std::string> number(const std::string& query) const;
  [[nodiscard]] int id() const { return process_->id(); }

 private:
  explicit ArchiveDatabase(ArchiveDatabasePlan plan) : plan_(std::move(plan)) {}
  [[nodiscard]] std::expected<void, std::string> make_cluster() const;
  [[nodiscard]] std::expected<void, std::string> wait_until_it_answers();
  [[nodiscard]] Command psql(std::vector<std::string> words, const std::string& output) const;

  ArchiveDatabasePlan plan_;
  std::optional<ChildProcess> process_;
};

}  // namespace sotto::bench::peers
