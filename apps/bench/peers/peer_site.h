#pragma once

#include <memory>

#include "bench/loopback_socket.h"
#include "bench/peers/archive_database.h"
#include "bench/temporary_folder.h"

namespace sotto::bench::peers {

/// A server that people run today instead of Sotto.
enum class Peer : std::uint8_t { ejabberd, prosody };

struct PeerPlan {
  Peer peer = Peer::ejabberd;
  /// Where the committed configurations are.
  std::filesystem::path configurations;
};

/// Messages that an account has had, in its archive.
struct ArchivePlan {
  std::string account;
  std::uint64_t messages = 0;
};

/// A server on a folder of its own, with a database of its own for its archive. Nobody has an account yet.
class PeerSite {
 public:
  /// Starts both and waits until the server serves. The error is a sentence.
  static std::expected<std::unique_ptr<PeerSite>, std::string> open(const PeerPlan& plan);

  [[nodiscard]] Endpoint endpoint() const { return endpoint_; }
  /// The server and its database, for `Measurement`.
  [[nodiscard]] std::vector<int> processes() const { return {server_->id(), database_->id()}; }
  [[nodiscard]] int server() const { return server_->id(); }
  /// How many messages the archives hold, in the database, now. The error is a sentence.
  [[nodiscard]] std::expected<std::uint64_t, std::string> archived() const;
  /// Puts messages of 400 octets into the archive of an account, as the server would have written them. The error is a
  /// sentence.
  [[nodiscard]] std::expected<void, std::string> fill_archive(const ArchivePlan& plan) const;

 private:
  PeerSite(Peer peer, TemporaryFolder folder) : peer_(peer), folder_(std::move(folder)) {}
  std::expected<void, std::string> start_database(const std::filesystem::path& configurations);
  std::expected<void, std::string> start_server(const std::filesystem::path& configurations);
  [[nodiscard]] std::expected<void, std::string> wait_until_it_serves();

  Peer peer_;
  /// The last to go: all below write to it.
  TemporaryFolder folder_;
  Endpoint database_endpoint_;
  Endpoint endpoint_;
  std::optional<ArchiveDatabase> database_;
  std::optional<ChildProcess> server_;
};

}  // namespace sotto::bench::peers
