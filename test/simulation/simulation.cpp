#include "simulation/simulation.h"

#include <algorithm>

#include "simulation/checks.h"
#include "simulation/home_reader.h"

namespace sotto::simulation {
namespace {

const std::string password = "correct horse battery staple";

WorldOptions world_options(const SimulationOptions& options) {
  return {.seed = options.seed, .least_delay = {1}, .most_delay = {400}, .dropped_pushes = 150};
}

std::string name_of(std::size_t person) { return "person" + std::to_string(person); }

}  // namespace

Simulation::Simulation(const SimulationOptions& options)
    : options_(options), world_(world_options(options)), ledger_(world_.server()) {
  world_.server().keeps_ended_logins = options.serves_removed_devices;
}

SimulationResult Simulation::run() {
  register_all();
  if (result_.breaches.empty()) {
    for (std::size_t step = 0; step < options_.steps; ++step) {
      act();
      world_.run_for({static_cast<std::int64_t>(world_.chance(1'500))});
      mend_disk();
      world_.server().run_jobs();
      take_answers();
      if (step % 8 == 0) keep_sealed_parts();
    }
    heal();
    result_.breaches = Checks(world_, ledger_, course_).run();
  }
  result_.messages = course_.written.size();
  result_.devices = course_.homes.size();
  result_.disk_failures = world_.server().disk().failures();
  return std::move(result_);
}

void Simulation::register_all() {
  for (std::size_t person = 0; person < options_.people; ++person) {
    course_.people.push_back(name_of(person));
    const std::size_t slot = world_.add_host(name_of(person));
    const client::Event event =
        world_.ask(slot, client::RegisterAccount{.name = name_of(person), .password = password});
    if (!std::holds_alternative<client::SignedIn>(event)) {
      result_.breaches.push_back("[start] " + name_of(person) + " could not register");
      return;
    }
    adopt(slot, person);
  }
  second_ = world_.add_process(course_.homes.front().slot);
}

void Simulation::adopt(std::size_t slot, std::size_t person) {
  const client::Event event = world_.ask(slot, client::WhoAmI{});
  const auto* identity = std::get_if<client::Identity>(&event);
  if (identity == nullptr || identity->state != client::LoginState::logged_in) {
    unlinked_[slot] = person;
    return;
  }
  unlinked_.erase(slot);
  course_.homes.push_back({.slot = slot, .person = person, .address = {identity->account, identity->device}});
}

void Simulation::act() {
  for (std::size_t slot = 0; slot < world_.host_count(); ++slot) {
    const auto down = down_until_.find(slot);
    if (down != down_until_.end() && world_.now() >= down->second) start_again(slot);
  }
  const std::uint64_t kind = world_.chance(100);
  if (kind < 58) {
    write();
  } else if (kind < 70) {
    change_members();
  } else if (kind < 75) {
    change_devices();
  } else if (kind < 78) {
    set_timer();
  } else {
    harm();
  }
}

std::vector<std::size_t> Simulation::slots_of(std::size_t home) const {
  std::vector<std::size_t> slots{course_.homes[home].slot};
  if (home == 0) slots.push_back(second_);
  return slots;
}

std::vector<std::size_t> Simulation::homes_of(std::size_t person) const {
  std::vector<std::size_t> homes;
  for (std::size_t home = 0; home < course_.homes.size(); ++home) {
    if (course_.homes[home].person == person && !course_.homes[home].is_removed) homes.push_back(home);
  }
  return homes;
}

std::optional<std::size_t> Simulation::running_home() {
  const std::size_t home = world_.chance(course_.homes.size());
  const PersonsHome& chosen = course_.homes[home];
  if (chosen.is_removed || !world_.host(chosen.slot).is_running()) return std::nullopt;
  return home;
}

void Simulation::write() {
  const auto from = running_home();
  if (!from) return;
  const PersonsHome& home = course_.homes[*from];
  const std::size_t slot = *from == 0 && world_.chance(2) == 0 ? second_ : home.slot;
  // Two processes that wait for the server at the same time have no order of writing.
  if (!world_.host(slot).is_running() || waits(*from)) return;
  client::SendText command;
  if (!groups_.empty() && world_.chance(2) == 0) {
    command.conversation = groups_[world_.chance(groups_.size())];
  } else {
    command.to = name_of((home.person + 1 + world_.chance(options_.people - 1)) % options_.people);
  }
  command.text =
      "text number " + std::to_string(texts_++) + " from " + name_of(home.person) + " at " + std::to_string(*from);
  if (world_.chance(5) == 0) command.expires_after_ms = 20'000 + world_.chance(120'000);
  Unanswered unanswered{.home = *from, .text = command.text};
  unanswered_.emplace(std::pair{slot, world_.command(slot, std::move(command))}, std::move(unanswered));
  take_answers();
}

void Simulation::set_timer() {
  const auto from = running_home();
  if (!from || ledger_.logs().empty()) return;
  auto log = ledger_.logs().begin();
  std::advance(log, static_cast<std::ptrdiff_t>(world_.chance(ledger_.logs().size())));
  const std::uint64_t timer = world_.chance(2) == 0 ? 0 : 60'000;
  // Of a group it is a policy, and the engine says so.
  world_.command(course_.homes[*from].slot, client::SetTimer{.conversation = log->first, .expires_after_ms = timer});
}

bool Simulation::waits(std::size_t home) const {
  return std::ranges::any_of(unanswered_, [&](const auto& entry) { return entry.second.home == home; });
}

void Simulation::harm() {
  const std::size_t home = world_.chance(course_.homes.size());
  const std::vector<std::size_t> slots = slots_of(home);
  const std::size_t slot = slots[world_.chance(slots.size())];
  switch (world_.chance(11)) {
    case 0:
    case 1:
      world_.break_connection(slot);
      break;
    case 2:
      world_.cut_off(slot, {static_cast<std::int64_t>(world_.chance(20'000))});
      break;
    case 3:
      world_.restart_server();
      break;
    case 4:
    case 5:
      put_back(home);
      break;
    case 6:
    case 7:
      harm_disk();
      break;
    default:
      crash(slot);
      if (world_.chance(2) == 0) back_up(home);
  }
}

void Simulation::harm_disk() {
  using enum FailingDisk::State;
  world_.server().disk().set(world_.chance(2) == 0 ? full : failing);
  disk_well_at_ = world_.now() + Milliseconds{static_cast<std::int64_t>(world_.chance(15'000))};
}

void Simulation::mend_disk() {
  using enum FailingDisk::State;
  FailingDisk& disk = world_.server().disk();
  if (disk.state() == lost) world_.restart_server();
  if (disk.state() != well && world_.now() >= disk_well_at_) disk.set(well);
}

void Simulation::crash(std::size_t slot) {
  if (!world_.host(slot).is_running()) return;
  take_answers();
  std::erase_if(unanswered_, [&](const auto& entry) { return entry.first.first == slot; });
  world_.crash(slot);
  ++result_.crashes;
  down_until_[slot] = world_.now() + Milliseconds{static_cast<std::int64_t>(world_.chance(8'000))};
}

void Simulation::back_up(std::size_t home) {
  for (const std::size_t slot : slots_of(home)) crash(slot);
  world_.host(course_.homes[home].slot).back_up();
}

void Simulation::put_back(std::size_t home) {
  if (!world_.host(course_.homes[home].slot).has_backup() || world_.chance(2) != 0) return;
  for (const std::size_t slot : slots_of(home)) crash(slot);
  world_.host(course_.homes[home].slot).restore();
  course_.homes[home].was_put_back = true;
  ++result_.restores;
}

void Simulation::start_again(std::size_t slot) {
  world_.start(slot);
  down_until_.erase(slot);
}

void Simulation::take_answers() {
  for (auto entry = unanswered_.begin(); entry != unanswered_.end();) {
    const auto& [slot, command] = entry->first;
    const auto answer = world_.host(slot).take_answer(command);
    if (!answer) {
      ++entry;
      continue;
    }
    if (const auto* queued = std::get_if<client::Queued>(&*answer)) {
      course_.written[queued->message] = {.home = entry->second.home,
                                          .conversation = queued->conversation,
                                          .text = entry->second.text,
                                          .number = ++taken_};
    }
    entry = unanswered_.erase(entry);
  }
}

void Simulation::keep_sealed_parts() {
  for (std::size_t home = 0; home < course_.homes.size(); ++home) {
    const std::size_t slot = course_.homes[home].slot;
    const client::StorageKey key = world_.host(slot).storage_key();
    for (const KeptMessage& message : HomeReader(world_.database_path(slot), key).messages()) {
      const auto log = ledger_.logs().find(message.conversation);
      if (log == ledger_.logs().end() || message.seq > log->second.size()) continue;
      if (log->second[message.seq - 1].entry.expires_at.value == 0) continue;
      for (const Bytes& part : {message.body, message.key}) {
        if (!part.empty()) course_.sealed_parts[home].insert(part);
      }
    }
  }
}

void Simulation::log_in_again() {
  for (const PersonsHome& home : course_.homes) {
    if (!ledger_.is_listed(home.address)) continue;
    // A home that was put back may show a refresh token of long ago, for which the server ends the login.
    const client::Event who = world_.ask(home.slot, client::WhoAmI{});
    if (std::get<client::Identity>(who).state == client::LoginState::logged_in) continue;
    static_cast<void>(world_.ask(home.slot, client::LogIn{.name = name_of(home.person), .password = password}));
  }
}

void Simulation::sleep(Milliseconds span) {
  for (std::size_t slot = 0; slot < world_.host_count(); ++slot) world_.crash(slot);
  world_.run_for(span);
  for (std::size_t slot = 0; slot < world_.host_count(); ++slot) start_again(slot);
  world_.server().run_jobs();
}

void Simulation::heal() {
  disk_well_at_ = world_.now();
  mend_disk();
  for (std::size_t slot = 0; slot < world_.host_count(); ++slot) {
    if (down_until_.contains(slot)) start_again(slot);
  }
  world_.run_for(minutes(1));
  take_answers();
  for (const auto& [slot, person] : std::map(unlinked_)) adopt(slot, person);
  log_in_again();
  world_.run_for(minutes(3));
  keep_sealed_parts();
  // What waits for a key asks after a minute, then after an hour, then after a day; repairs wait for ten minutes.
  for (const Milliseconds span : {minutes(15), minutes(70), hours(25)}) {
    sleep(span);
    world_.run_for(minutes(1));
  }
}

}  // namespace sotto::simulation
