#include "client/engine.h"

#include <algorithm>

#include "client/answers.h"
#include "client/backup/keeping.h"
#include "client/backup/recovery.h"
#include "client/command_runner.h"
#include "client/devices/admitting.h"
#include "client/devices/device_list_change.h"
#include "client/devices/joining.h"
#include "client/expiry.h"
#include "client/groups/history.h"
#include "client/groups/learning.h"
#include "client/receiving.h"
#include "client/resending.h"
#include "client/schema.h"
#include "client/search/searching.h"
#include "client/sending.h"
#include "client/signing_in.h"
#include "client/transparency/proving.h"
#include "client/upkeep.h"
#include "client/views.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

/// How often a home is looked at for what other processes did.
constexpr Milliseconds look_interval = seconds(5);

OpenError open_error(DatabaseError error) {
  switch (error) {
    case DatabaseError::busy:
      return OpenError::busy;
    case DatabaseError::corrupt:
      return OpenError::damaged;
    case DatabaseError::full:
    case DatabaseError::failed:
      break;
  }
  return OpenError::storage_failed;
}

Connection connection_of(Turn& turn) {
  switch (turn.memory.link.phase()) {
    case Phase::idle:
    case Phase::waiting:
    case Phase::closing:
      return Connection::closed;
    case Phase::opening:
    case Phase::open:
      return Connection::connecting;
    case Phase::resuming:
      return Connection::catching_up;
    case Phase::live:
      return turn.conversations.behind(1).empty() ? Connection::live : Connection::catching_up;
  }
  return Connection::closed;
}

void tell_connection(Turn& turn) {
  const Connection connection = connection_of(turn);
  if (connection == turn.memory.told_connection) return;
  turn.memory.told_connection = connection;
  turn.tell(ConnectionChanged{.connection = connection, .retry_at = turn.memory.link.retry_at()});
}

/// Says so when the login ended without this process having asked for it.
void tell_login(Turn& turn, const Home& home) {
  const bool ended = turn.memory.told_login == LoginState::logged_in && home.state == LoginState::logged_out;
  turn.memory.told_login = home.state;
  const bool asked = std::ranges::any_of(turn.effects.events, [](const EventFrame& frame) {
    return frame.command != 0 && std::holds_alternative<Done>(frame.event);
  });
  if (ended && !asked) turn.tell(LoggedOut{.text = error_of(ClientErrorCode::login_ended).text});
}

}  // namespace

std::string_view explain(OpenError error) {
  switch (error) {
    case OpenError::wrong_key:
      return "The storage key is not the one that this home was made with.";
    case OpenError::newer_version:
      return "This home was written by a newer version of the program.";
    case OpenError::damaged:
      return "This home's database is damaged, or is not one.";
    case OpenError::busy:
      return "Another process holds this home's database.";
    case OpenError::storage_failed:
      return "This home's database could not be opened: the medium failed or is full.";
  }
  return "";
}

class Engine::Machine {
 public:
  Machine(Database& database, StorageKey key, Random& random) : database_(database), vault_(key), random_(random) {}

  std::expected<void, OpenError> open(UnixMillis now) {
    if (const auto begun = database_.begin(); !begun) return std::unexpected(open_error(begun.error()));
    const auto prepared = prepare_schema(database_, vault_, random_);
    if (!prepared) {
      database_.roll_back();
      return std::unexpected(prepared.error() == SchemaError::wrong_key ? OpenError::wrong_key
                                                                        : OpenError::newer_version);
    }
    bool has_erased = false;
    {
      bool damaged = false;
      Turn turn(memory_, context(damaged), now);
      memory_.told_change = turn.timeline.last_change();
      memory_.told_login = turn.home.load().state;
      // What expired while nobody ran is gone before anything is shown.
      while (erase_expired(turn)) continue;
      has_erased = turn.timeline.has_erased();
    }
    if (const auto committed = database_.commit(); !committed) return std::unexpected(open_error(committed.error()));
    if (has_erased) database_.scrub();
    return {};
  }

  Effects handle(Input input, UnixMillis now) {
    const std::uint64_t command = std::holds_alternative<CommandFrame>(input) ? std::get<CommandFrame>(input).id : 0;
    if (!database_.begin()) return failed({}, command, input, now);
    const Told told{memory_.told_change, memory_.told_connection, memory_.told_login};
    bool damaged = false;
    Turn turn(memory_, context(damaged), now);
    std::visit([&](auto& given) { take(turn, given); }, input);
    settle(turn);
    if (damaged) {
      database_.roll_back();
    } else if (database_.commit()) {
      if (turn.timeline.has_erased()) database_.scrub();
      return std::move(turn.effects);
    }
    std::tie(memory_.told_change, memory_.told_connection, memory_.told_login) = told;
    return failed(std::move(turn.effects), command, input, now);
  }

 private:
  /// What was told before a turn; told again if the turn is lost.
  using Told = std::tuple<std::uint64_t, Connection, LoginState>;

  StoreContext context(bool& damaged) {
    return {.database = database_, .vault = vault_, .random = random_, .damaged = damaged};
  }

  void take(Turn& turn, CommandFrame& frame) { take_command(turn, std::move(frame)); }
  void take(Turn&, StreamOpened&) { memory_.link.opened(); }
  void take(Turn& turn, StreamClosed& closed) { stream_closed(closed, turn.now); }
  void take(Turn& turn, FramesReceived& received) {
    for (const Bytes& frame : received.frames) receive_frame(turn, frame);
  }
  void take(Turn&, Tick&) {}

  void stream_closed(const StreamClosed& closed, UnixMillis now) {
    // The server's word for a token that it does not accept, when it says nothing else.
    if (closed.reason == StreamClosed::Reason::unauthenticated) memory_.access_refused = true;
    memory_.link.closed({.reason = closed.reason, .now = now}, random_);
    memory_.forget_stream();
  }

  /// Everything that follows from the state, whatever brought it about.
  void settle(Turn& turn) {
    Link& link = memory_.link;
    link.tick(turn.now);
    if (link.is_overdue(turn.now)) link.give_up();
    erase_expired(turn);
    run_waiting(turn);
    pump_admission(turn);
    pump_list_change(turn);
    drop_ended_recovery(turn);
    const bool wanted = turn.home.load().state == LoginState::logged_in || wants_login(memory_);
    if (wanted) {
      link.want_stream();
    } else {
      link.want_none();
    }
    pump_joining(turn);
    pump_login(turn);
    pump_groups(turn);
    pump_logs(turn);
    pump_repairs(turn);
    pump_resends(turn);
    memory_.groups.more_history = pump_history(turn);
    pump_outbox(turn);
    pump_uploads(turn);
    pump_backup(turn);
    pump_upkeep(turn);
    pump_proofs(turn);
    pump_search(turn);
    finish(turn);
  }

  void finish(Turn& turn) {
    const bool more = tell_changes(turn);
    const Home home = turn.home.load();
    tell_login(turn, home);
    tell_connection(turn);
    const Phase phase = memory_.link.phase();
    turn.effects.stream = phase == Phase::opening || memory_.link.is_open() ? StreamWish::open : StreamWish::closed;
    if (!memory_.link.is_open()) turn.effects.frames.clear();
    turn.effects.wake_at = more ? turn.now : wake_at(turn);
  }

  std::optional<UnixMillis> wake_at(Turn& turn) {
    std::optional<UnixMillis> earliest = memory_.link.wake_at(turn.now);
    const auto consider = [&](std::optional<UnixMillis> time) {
      if (time && (!earliest || *time < *earliest)) earliest = time;
    };
    for (const WaitingCommand& waiting : memory_.waiting) consider(waiting.deadline);
    consider(next_login_turn(turn));
    consider(next_expiry(turn));
    consider(turn.outbox.next_due());
    consider(next_resend(turn));
    consider(next_proof_turn(turn));
    if (memory_.search.more || memory_.groups.more_history) consider(turn.now);
    consider(linking_deadline(memory_));
    if (turn.home.load().state != LoginState::empty) consider(turn.now + look_interval);
    return earliest;
  }

  /// Nothing was written, so nothing may leave: commands are told so, and the stream, on which things were perhaps
  /// heard that are now forgotten, is given up.
  Effects failed(Effects lost, std::uint64_t command, const Input& input, UnixMillis now) {
    Effects effects;
    const auto tell = [&](std::uint64_t id) {
      effects.events.push_back({.command = id, .event = Failed{error_of(ClientErrorCode::storage_failed)}});
    };
    for (const EventFrame& frame : lost.events) {
      if (frame.command != 0) tell(frame.command);
    }
    const bool told =
        std::ranges::any_of(effects.events, [&](const EventFrame& frame) { return frame.command == command; });
    if (command != 0 && !told) tell(command);
    std::erase_if(memory_.waiting, [&](const WaitingCommand& waiting) { return waiting.frame.id == command; });
    if (const auto* closed = std::get_if<StreamClosed>(&input)) stream_closed(*closed, now);
    memory_.search = {};
    memory_.forget_unfinished();
    memory_.link.give_up();
    effects.stream = StreamWish::closed;
    effects.wake_at = now + seconds(1);
    return effects;
  }

  Database& database_;
  Vault vault_;
  Random& random_;
  Memory memory_;
};

Engine::Engine(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}
Engine::~Engine() = default;

std::expected<std::unique_ptr<Engine>, OpenError> Engine::open(Database& database, StorageKey key, Random& random,
                                                               UnixMillis now) {
  auto machine = std::make_unique<Machine>(database, std::move(key), random);
  if (const auto opened = machine->open(now); !opened) return std::unexpected(opened.error());
  return std::unique_ptr<Engine>(new Engine(std::move(machine)));
}

Effects Engine::handle(Input input, UnixMillis now) { return machine_->handle(std::move(input), now); }

}  // namespace sotto::client
