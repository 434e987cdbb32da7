#pragma once

#include <functional>
#include <map>
#include <string>
#include <variant>

#include "simulation/client_host.h"

namespace sotto::simulation {

struct WorldOptions {
  std::uint64_t seed = 1;
  /// A frame travels between these two times; frames of one connection keep their order, as on TCP.
  Milliseconds least_delay{0};
  Milliseconds most_delay{0};
  /// Of 1,000 pushes so many are dropped; the connection is told `behind` instead, as a full one would be.
  unsigned dropped_pushes = 0;
};

/// Clients, a server and a network between them, on one clock that moves from event to event. The same seed gives the
/// same course.
class World {
 public:
  explicit World(WorldOptions options);

  /// A new home; not registered yet.
  std::size_t add_host(std::string name);
  /// A second process on the home of another host.
  std::size_t add_process(std::size_t home);
  [[nodiscard]] ClientHost& host(std::size_t index) { return *slots_.at(index).host; }
  /// The file of a host's home.
  [[nodiscard]] const std::string& database_path(std::size_t index) const { return slots_.at(index).database_path; }
  [[nodiscard]] std::size_t host_count() const { return slots_.size(); }
  [[nodiscard]] ServerDouble& server() { return server_; }
  [[nodiscard]] UnixMillis now() const { return now_; }
  [[nodiscard]] crypto::DeterministicRandom& random() { return random_; }
  /// Below `bound`, by the seed.
  [[nodiscard]] std::uint64_t chance(std::uint64_t bound);

  std::uint64_t command(std::size_t index, client::Command command);
  /// Issues a command and lets time pass until it is answered, at most a minute.
  client::Event ask(std::size_t index, client::Command command);
  void run_for(Milliseconds span);

  // What goes wrong.
  void break_connection(std::size_t index);
  /// No connection for so long.
  void cut_off(std::size_t index, Milliseconds span);
  void crash(std::size_t index);
  void start(std::size_t index);
  void restart_server();
  /// From now on polls carry the host's stream: what the server says comes in answers of several frames, each of which
  /// may be altered on its way.
  using AlterPoll = std::function<void(std::vector<Bytes>&)>;
  void poll(std::size_t index, AlterPoll alter);
  /// A frame from the server that answers nothing.
  void inject(AccountId account, const wire::ServerFrame& frame);

 private:
  struct Slot {
    std::unique_ptr<ClientHost> host;
    std::string database_path;
    std::optional<ConnectionNumber> connection;
    bool connecting = false;
    UnixMillis cut_off_until;
    /// Makes what was scheduled for an earlier life of the slot void.
    std::uint64_t life = 0;
    UnixMillis last_up;
    UnixMillis last_down;
    /// Set for a stream that is polled, with what waits for the next poll.
    AlterPoll alter_poll;
    std::vector<Bytes> polled;
  };
  struct Connect {};
  struct Up {
    ConnectionNumber connection = 0;
    Bytes frame;
  };
  struct Down {
    ConnectionNumber connection = 0;
    Bytes frame;
  };
  struct Polled {
    ConnectionNumber connection = 0;
  };
  struct Happening {
    std::size_t slot = 0;
    std::uint64_t life = 0;
    std::variant<Connect, Up, Down, Polled> what;
  };

  [[nodiscard]] Milliseconds delay();
  void schedule(UnixMillis time, Happening happening);
  void happen(Happening& happening);
  void deliver(std::vector<Outgoing> frames);
  void send_down(Outgoing outgoing);
  void close(std::size_t index, client::StreamClosed::Reason reason);
  void feed(std::size_t index, client::Input input);
  void sync(std::size_t index);
  [[nodiscard]] std::optional<std::size_t> slot_of(ConnectionNumber connection) const;

  WorldOptions options_;
  ScratchFolder folder_;
  crypto::DeterministicRandom random_;
  ServerDouble server_;
  UnixMillis now_{1'800'000'000'000};
  std::vector<Slot> slots_;
  std::map<std::pair<UnixMillis, std::uint64_t>, Happening> happenings_;
  std::uint64_t scheduled_ = 0;
};

}  // namespace sotto::simulation
