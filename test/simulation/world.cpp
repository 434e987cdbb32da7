#include "simulation/world.h"

#include <algorithm>
#include <utility>

#include "base/invariant.h"

namespace sotto::simulation {

World::World(WorldOptions options) : options_(options), random_(options.seed), server_(options.seed + 77) {
  server_.set_time(now_);
}

std::uint64_t World::chance(std::uint64_t bound) {
  ByteArray<8> octets{};
  random_.fill(octets);
  std::uint64_t number = 0;
  for (const std::uint8_t octet : octets) number = number << 8 | octet;
  return number % bound;
}

std::size_t World::add_host(std::string name) {
  const std::string path = folder_.path() + "/" + name + ".db";
  Slot slot;
  slot.host = std::make_unique<ClientHost>(
      HostOptions{.name = std::move(name), .database_path = path, .seed = options_.seed * 100 + slots_.size()}, now_);
  slot.database_path = path;
  slots_.push_back(std::move(slot));
  return slots_.size() - 1;
}

std::size_t World::add_process(std::size_t home) {
  Slot slot;
  slot.host = std::make_unique<ClientHost>(HostOptions{.name = slots_.at(home).host->name(),
                                                       .database_path = slots_.at(home).database_path,
                                                       .seed = options_.seed * 100 + home,
                                                       .process = 1 + slots_.size()},
                                           now_);
  slot.database_path = slots_.at(home).database_path;
  slots_.push_back(std::move(slot));
  return slots_.size() - 1;
}

Milliseconds World::delay() {
  const auto width = static_cast<std::uint64_t>(options_.most_delay.count - options_.least_delay.count);
  if (width == 0) return options_.least_delay;
  return {options_.least_delay.count + static_cast<std::int64_t>(chance(width + 1))};
}

void World::schedule(UnixMillis time, Happening happening) {
  happenings_.emplace(std::pair{time, scheduled_++}, std::move(happening));
}

std::uint64_t World::command(std::size_t index, client::Command command) {
  const std::uint64_t id = host(index).command(std::move(command), now_);
  sync(index);
  return id;
}

client::Event World::ask(std::size_t index, client::Command command) {
  const std::uint64_t id = this->command(index, std::move(command));
  for (int step = 0; step < 600; ++step) {
    if (auto answer = host(index).take_answer(id)) return std::move(*answer);
    run_for({100});
  }
  return std::monostate{};
}

void World::run_for(Milliseconds span) {
  const UnixMillis end = now_ + span;
  while (true) {
    UnixMillis next = end;
    if (!happenings_.empty()) next = std::min(next, happenings_.begin()->first.first);
    std::optional<std::size_t> woken;
    for (std::size_t index = 0; index < slots_.size(); ++index) {
      const auto wake = slots_[index].host->is_running() ? slots_[index].host->wake_at() : std::nullopt;
      if (wake && *wake < next) {
        next = *wake;
        woken = index;
      }
    }
    now_ = std::max(now_, next);
    server_.set_time(now_);
    if (woken) {
      feed(*woken, client::Tick{});
    } else if (!happenings_.empty() && happenings_.begin()->first.first <= now_) {
      Happening happening = std::move(happenings_.begin()->second);
      happenings_.erase(happenings_.begin());
      happen(happening);
    } else {
      return;
    }
  }
}

void World::happen(Happening& happening) {
  Slot& slot = slots_[happening.slot];
  if (happening.life != slot.life || !slot.host->is_running()) return;
  if (std::holds_alternative<Connect>(happening.what)) {
    slot.connecting = false;
    if (now_ < slot.cut_off_until) {
      feed(happening.slot, client::StreamClosed{});
    } else {
      slot.connection = server_.connect();
      slot.last_up = slot.last_down = now_;
      feed(happening.slot, client::StreamOpened{});
    }
  } else if (auto* up = std::get_if<Up>(&happening.what)) {
    if (slot.connection == up->connection) deliver(server_.receive(up->connection, up->frame));
  } else if (auto* down = std::get_if<Down>(&happening.what)) {
    if (slot.connection != down->connection) return;
    client::FramesReceived received;
    received.frames.push_back(std::move(down->frame));
    feed(happening.slot, std::move(received));
  } else if (auto* polled = std::get_if<Polled>(&happening.what)) {
    if (slot.connection != polled->connection) return;
    client::FramesReceived received;
    received.frames = std::exchange(slot.polled, {});
    if (slot.alter_poll) slot.alter_poll(received.frames);
    feed(happening.slot, std::move(received));
  }
}

void World::deliver(std::vector<Outgoing> frames) {
  for (Outgoing& outgoing : frames) {
    const bool is_push = outgoing.frame.id == 0 && !std::holds_alternative<wire::LoginEnded>(outgoing.frame.answer);
    if (is_push && chance(1'000) < options_.dropped_pushes) outgoing.frame.answer = wire::Behind{};
    send_down(std::move(outgoing));
  }
}

void World::send_down(Outgoing outgoing) {
  const auto index = slot_of(outgoing.connection);
  if (!index) return;
  Slot& slot = slots_[*index];
  if (slot.alter_poll) {
    constexpr Milliseconds between_polls{200};
    if (slot.polled.empty()) {
      schedule(now_ + between_polls,
               {.slot = *index, .life = slot.life, .what = Polled{.connection = outgoing.connection}});
    }
    slot.polled.push_back(wire::encode(outgoing.frame));
    return;
  }
  slot.last_down = std::max(slot.last_down, now_ + delay());
  schedule(slot.last_down, {.slot = *index,
                            .life = slot.life,
                            .what = Down{.connection = outgoing.connection, .frame = wire::encode(outgoing.frame)}});
}

std::optional<std::size_t> World::slot_of(ConnectionNumber connection) const {
  for (std::size_t index = 0; index < slots_.size(); ++index) {
    if (slots_[index].connection == connection) return index;
  }
  return std::nullopt;
}

void World::feed(std::size_t index, client::Input input) {
  slots_[index].host->handle(std::move(input), now_);
  sync(index);
}

void World::sync(std::size_t index) {
  Slot& slot = slots_[index];
  if (!slot.host->is_running()) return;
  if (!slot.host->wants_stream() && slot.connection) {
    close(index, client::StreamClosed::Reason::closed_here);
    return;
  }
  if (slot.host->wants_stream() && !slot.connection && !slot.connecting) {
    slot.connecting = true;
    schedule(now_ + delay(), {.slot = index, .life = slot.life, .what = Connect{}});
  }
  std::deque<Bytes>& outgoing = slot.host->outgoing();
  for (Bytes& frame : outgoing) {
    if (!slot.connection) break;
    slot.last_up = std::max(slot.last_up, now_ + delay());
    schedule(slot.last_up,
             {.slot = index, .life = slot.life, .what = Up{.connection = *slot.connection, .frame = std::move(frame)}});
  }
  outgoing.clear();
}

void World::close(std::size_t index, client::StreamClosed::Reason reason) {
  Slot& slot = slots_[index];
  if (!slot.connection) return;
  server_.disconnect(*slot.connection);
  slot.connection.reset();
  slot.polled.clear();
  if (slot.host->is_running()) feed(index, client::StreamClosed{reason});
}

void World::break_connection(std::size_t index) { close(index, client::StreamClosed::Reason::lost); }

void World::cut_off(std::size_t index, Milliseconds span) {
  slots_[index].cut_off_until = now_ + span;
  break_connection(index);
}

void World::crash(std::size_t index) {
  Slot& slot = slots_[index];
  slot.host->crash();
  if (slot.connection) server_.disconnect(*slot.connection);
  slot.connection.reset();
  slot.polled.clear();
  slot.connecting = false;
  ++slot.life;
}

void World::start(std::size_t index) {
  slots_[index].host->start(now_);
  sync(index);
}

void World::restart_server() {
  server_.restart();
  for (std::size_t index = 0; index < slots_.size(); ++index) {
    close(index, client::StreamClosed::Reason::server_going_away);
  }
}

void World::poll(std::size_t index, AlterPoll alter) { slots_.at(index).alter_poll = std::move(alter); }

void World::inject(AccountId account, const wire::ServerFrame& frame) {
  for (const ConnectionNumber connection : server_.connections_of(account)) send_down({connection, frame});
}

}  // namespace sotto::simulation
