#pragma once

#include <expected>
#include <memory>

#include "base/random.h"
#include "base/time.h"
#include "client/commands.h"
#include "client/events.h"
#include "client/ports/database.h"

namespace sotto::client {

/// The key under which everything secret in the database is sealed. Losing it loses the home.
using StorageKey = Secret<32>;

/// The stream that `Effects` asked for is open.
struct StreamOpened {};

/// The stream ended, or could not be opened.
struct StreamClosed {
  enum class Reason : std::uint8_t {
    /// Broken, refused or not reachable: it is tried again with growing pauses.
    lost,
    /// The server said that it goes away for a moment.
    server_going_away,
    /// The server did not accept or ended the login.
    unauthenticated,
    /// The caller closed it because `Effects` asked for that.
    closed_here,
  };
  Reason reason = Reason::lost;
};

/// Binary frames from the stream, in the order of arrival. All of them are dealt with in one transaction, so a caller
/// with slow commits hands over many at once; a caller with many hands over at most 64.
struct FramesReceived {
  std::vector<Bytes> frames;
};

/// A time that `Effects::wake_at` named has come. More often does no harm.
struct Tick {};

using Input = std::variant<CommandFrame, StreamOpened, StreamClosed, FramesReceived, Tick>;

/// Whether the caller should have a stream to the server.
enum class StreamWish : std::uint8_t {
  /// None: close it if there is one, open none before a later transition asks for it.
  closed,
  /// One: open it if there is none.
  open,
};

/// What the caller must do, after the transition is durable.
struct Effects {
  /// Frames to send on the stream, in order. Empty while it is not open.
  std::vector<Bytes> frames;
  std::vector<EventFrame> events;
  /// Call with `Tick` not later than this. Replaces what an earlier transition named.
  std::optional<UnixMillis> wake_at;
  StreamWish stream = StreamWish::closed;
};

/// Why a home cannot be opened. Nothing was changed.
enum class OpenError : std::uint8_t {
  /// The key is not the one that this home was made with.
  wrong_key,
  /// The home was written by a newer version of this program.
  newer_version,
  /// The database is damaged.
  damaged,
  /// Another process holds the database.
  busy,
  /// The medium failed or is full.
  storage_failed,
};

/// The reason in English, for people.
[[nodiscard]] std::string_view explain(OpenError error);

/// The machine behind every client (design section 8): commands, frames and time go in, frames and events come out.
/// All that lasts is in the database, and every transition is one transaction that reads what it needs inside it; so
/// several engines, also in several processes, may work on one home, and one that dies leaves nothing half done. In
/// memory are only the connection's own matters: what was asked on this stream, and which commands wait. One thread
/// uses an engine.
class Engine {
 public:
  /// Migrates the database and checks the key. `database` and `random` outlive the engine.
  [[nodiscard]] static std::expected<std::unique_ptr<Engine>, OpenError> open(Database& database, StorageKey key,
                                                                              Random& random, UnixMillis now);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// One transition. The effects are returned only after its transaction is durable. If the database fails, nothing
  /// has happened: a command is answered with `storage_failed`, and for anything else the stream is given up, because
  /// what the server said on it can be asked for again.
  [[nodiscard]] Effects handle(Input input, UnixMillis now);

 private:
  class Machine;
  explicit Engine(std::unique_ptr<Machine> machine);
  std::unique_ptr<Machine> machine_;
};

}  // namespace sotto::client
