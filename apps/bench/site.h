#pragma once

#include "bench/population.h"
#include "bench/server_process.h"
#include "bench/temporary_folder.h"

namespace sotto::bench {

struct SitePlan {
  std::filesystem::path program;
  PopulationPlan people;
  LoadConnection::Security security = LoadConnection::Security::plain;
  /// Where the server's data is kept after the run, and found again by a later one with the same people; empty for a
  /// folder that goes with the site.
  std::filesystem::path kept = {};
};

/// A server on a folder of its own, with people who were there before it began.
class Site {
 public:
  /// The error is a sentence.
  [[nodiscard]] static std::expected<std::unique_ptr<Site>, std::string> open(const SitePlan& plan);

  [[nodiscard]] const Population& population() const { return *population_; }
  [[nodiscard]] const std::vector<Resident>& residents() const { return population_->residents(); }
  [[nodiscard]] ServerProcess& server() { return *server_; }
  /// The server's data directory.
  [[nodiscard]] const std::filesystem::path& data() const { return options_.data; }
  [[nodiscard]] Endpoint endpoint() const { return server_->endpoint(); }

  /// An authenticated stream of the resident with this number.
  [[nodiscard]] std::expected<std::unique_ptr<LoadConnection>, std::string> stream(std::size_t resident) const;

  /// Starts the server again on the same port, after it was ended.
  [[nodiscard]] std::expected<void, std::string> restart();

 private:
  explicit Site(TemporaryFolder folder) : folder_(std::move(folder)) {}

  /// Puts the people into the data directory, or finds those who were put there before. The error is a sentence.
  std::expected<void, std::string> settle(const SitePlan& plan);

  TemporaryFolder folder_;
  ServerOptions options_;
  LoadConnection::Security security_ = LoadConnection::Security::plain;
  std::optional<Population> population_;
  std::unique_ptr<ServerProcess> server_;
};

}  // namespace sotto::bench
