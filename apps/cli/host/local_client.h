#pragma once

#include <boost/asio/io_context.hpp>
#include <expected>
#include <memory>
#include <string>

#include "cli/console/console.h"
#include "cli/home/home.h"
#include "cli/host/host.h"
#include "cli/storage_key/storage_key.h"
#include "client/ports/database.h"
#include "crypto/system_random.h"

namespace sotto::cli {

/// Whether a command may begin a new home.
enum class MissingHome : std::uint8_t { is_an_error, is_created };

/// Whether a command talks to the server.
enum class Network : std::uint8_t { used, unused };

struct ClientOptions {
  std::filesystem::path home;
  /// Empty: the one that the home remembers.
  std::string server;
  std::string authorities_file;
  transport::PlainStreams plain = transport::PlainStreams::to_this_machine;
  MissingHome missing_home = MissingHome::is_an_error;
  KeyPreference key_preference = KeyPreference::best_available;
  Network network = Network::used;
};

/// One opened home with its engine and the loop that runs it. Several processes may have one home open.
class LocalClient {
 public:
  /// Fetches the key, opens the database and builds the engine. What a person should know (where a new key is kept)
  /// goes to `console`.
  [[nodiscard]] static std::expected<std::unique_ptr<LocalClient>, Failure> open(const ClientOptions& options,
                                                                                 Console& console);
  LocalClient(const LocalClient&) = delete;
  LocalClient& operator=(const LocalClient&) = delete;
  /// Lets frames that are on their way leave, briefly.
  ~LocalClient();

  [[nodiscard]] Host& host() { return *host_; }
  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] const Home& home() const { return home_; }
  /// The address in use; empty if none is known.
  [[nodiscard]] const std::string& server() const { return server_; }

 private:
  LocalClient(Home home, std::string server) : home_(std::move(home)), server_(std::move(server)) {}

  Home home_;
  std::string server_;
  crypto::SystemRandom random_;
  // Destroyed from the bottom up: the host speaks to the engine, the engine to the database.
  boost::asio::io_context context_{1};
  std::unique_ptr<client::Database> database_;
  std::unique_ptr<client::Engine> engine_;
  std::unique_ptr<Host> host_;
};

}  // namespace sotto::cli
