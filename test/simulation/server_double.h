#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "service/testing/test_server.h"
#include "simulation/failing_disk.h"
#include "storage/memory/memory_storage.h"
#include "wire/frame_codec.h"

namespace sotto::simulation {

using ConnectionNumber = std::uint64_t;

/// One frame on its way from the server.
struct Outgoing {
  ConnectionNumber connection = 0;
  wire::ServerFrame frame;
};

/// The real rules of the server over a storage in memory, whose disk may fail, with what a gateway does around them:
/// connections, who is behind them, and pushes. What it sends may be altered on the way out, which makes it a hostile
/// server.
class ServerDouble {
 public:
  explicit ServerDouble(std::uint64_t seed);

  [[nodiscard]] ConnectionNumber connect();
  void disconnect(ConnectionNumber connection);
  [[nodiscard]] bool is_connected(ConnectionNumber connection) const { return connections_.contains(connection); }
  /// All streams end; what is stored stays.
  void restart();

  /// Deals with one frame of a client. The answer comes first, then pushes to whomever they concern.
  [[nodiscard]] std::vector<Outgoing> receive(ConnectionNumber connection, ByteView frame);

  /// Frames that a hostile server sends by itself.
  [[nodiscard]] std::vector<ConnectionNumber> connections_of(AccountId account) const;

  service::testing::TestServer& server() { return server_; }
  void set_time(UnixMillis now) { server_.now = now; }
  /// What its storage is on.
  FailingDisk& disk() { return disk_; }

  /// The whole log of a conversation, as stored.
  [[nodiscard]] std::vector<wire::LogEntry> log(ConversationId conversation);

  struct Exchange {
    const service::Caller* caller = nullptr;
    const wire::ClientFrame& request;
  };
  /// Alters an answer before it leaves.
  std::function<void(const Exchange&, wire::ServerFrame&)> alter_answer;
  /// Alters a push to an account before it leaves; false drops it.
  std::function<bool(AccountId, wire::ServerFrame&)> alter_push;
  /// Sees every frame that leaves for somebody who is signed in, as it leaves.
  std::function<void(const service::Caller&, const wire::ServerFrame&)> watch_leaving;
  /// A broken server: who was removed stays connected, and is told everything as before.
  bool keeps_ended_logins = false;

  /// What the server does by itself now and then; on a disk that is not well it leaves it for later.
  void run_jobs();

 private:
  struct Connection {
    std::optional<service::Caller> caller;
    bool live = false;
  };

  template <class Request>
  wire::Answer answer(Connection& connection, const Request& request);
  void push_notices(std::vector<Outgoing>& out);
  /// The connections that a notice is for.
  [[nodiscard]] std::vector<ConnectionNumber> receivers_of(const service::Notice& notice) const;

  storage::MemoryStorage storage_;
  FailingDisk disk_;
  service::testing::TestServer server_;
  std::map<ConnectionNumber, Connection> connections_;
  ConnectionNumber next_connection_ = 1;
};

}  // namespace sotto::simulation
