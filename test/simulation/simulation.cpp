#include "simulation/simulation.h"

#include <algorithm>

namespace sotto::simulation {
namespace {

const std::string password = "correct horse battery staple";

WorldOptions world_options(const SimulationOptions& options) {
  return {.seed = options.seed, .least_delay = {1}, .most_delay = {400}, .dropped_pushes = 150};
}

std::string name_of(std::size_t index) { return "client" + std::to_string(index); }

}  // namespace

Simulation::Simulation(const SimulationOptions& options) : options_(options), world_(world_options(options)) {
  for (std::size_t index = 0; index < options.clients; ++index) world_.add_host(name_of(index));
}

void Simulation::breach(std::string text) { result_.breaches.push_back(std::move(text)); }

SimulationResult Simulation::run() {
  register_all();
  if (result_.breaches.empty()) {
    for (std::size_t step = 0; step < options_.steps; ++step) {
      act();
      world_.run_for({static_cast<std::int64_t>(world_.chance(1'500))});
      take_answers();
    }
    heal();
    check();
  }
  result_.messages = written_.size();
  return std::move(result_);
}

void Simulation::register_all() {
  for (std::size_t index = 0; index < options_.clients; ++index) {
    const client::Event event =
        world_.ask(index, client::RegisterAccount{.name = name_of(index), .password = password});
    if (!std::holds_alternative<client::SignedIn>(event)) breach(name_of(index) + " could not register");
  }
  second_ = world_.add_process(0);
}

void Simulation::act() {
  for (std::size_t slot = 0; slot < world_.host_count(); ++slot) {
    const auto down = down_until_.find(slot);
    if (down != down_until_.end() && world_.now() >= down->second) start_again(slot);
  }
  if (world_.chance(100) < 70) {
    write();
  } else {
    harm();
  }
}

void Simulation::write() {
  const std::size_t from = world_.chance(options_.clients);
  const std::size_t to = (from + 1 + world_.chance(options_.clients - 1)) % options_.clients;
  const std::size_t slot = from == 0 && world_.chance(2) == 0 ? second_ : from;
  // Two processes that wait for the server at the same time have no order of writing.
  if (!world_.host(slot).is_running() || waits(from)) return;
  client::SendText command;
  command.to = name_of(to);
  command.text = "text number " + std::to_string(texts_++) + " from " + name_of(from) + " to " + name_of(to);
  const std::string text = command.text;
  unanswered_.emplace(std::pair{slot, world_.command(slot, std::move(command))}, text);
  take_answers();
}

bool Simulation::waits(std::size_t home) const {
  return std::ranges::any_of(unanswered_, [&](const auto& entry) { return home_of(entry.first.first) == home; });
}

void Simulation::harm() {
  const std::size_t slot = world_.chance(options_.clients + 1);
  switch (world_.chance(8)) {
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
      put_back(home_of(slot));
      break;
    default:
      crash(slot);
      if (world_.chance(3) == 0) back_up(home_of(slot));
  }
}

void Simulation::crash(std::size_t slot) {
  if (!world_.host(slot).is_running()) return;
  take_answers();
  std::erase_if(unanswered_, [&](const auto& entry) { return entry.first.first == slot; });
  world_.crash(slot);
  ++result_.crashes;
  down_until_[slot] = world_.now() + Milliseconds{static_cast<std::int64_t>(world_.chance(8'000))};
}

void Simulation::back_up(std::size_t index) {
  crash(index);
  if (index == 0) crash(second_);
  world_.host(index).back_up();
}

void Simulation::put_back(std::size_t index) {
  if (!world_.host(index).has_backup() || world_.chance(3) != 0) return;
  crash(index);
  if (index == 0) crash(second_);
  world_.host(index).restore();
  put_back_.insert(index);
  ++result_.restores;
}

void Simulation::start_again(std::size_t slot) {
  world_.start(slot);
  down_until_.erase(slot);
}

void Simulation::take_answers() {
  for (auto entry = unanswered_.begin(); entry != unanswered_.end();) {
    const auto& [host, command] = entry->first;
    const auto answer = world_.host(host).take_answer(command);
    if (!answer) {
      ++entry;
      continue;
    }
    if (const auto* queued = std::get_if<client::Queued>(&*answer)) {
      const std::size_t number = written_.size();
      written_[queued->message] = {.author = home_of(host), .text = entry->second, .number = number};
    }
    entry = unanswered_.erase(entry);
  }
}

void Simulation::heal() {
  for (std::size_t slot = 0; slot < world_.host_count(); ++slot) {
    if (down_until_.contains(slot)) start_again(slot);
  }
  world_.run_for(minutes(2));
  take_answers();
  for (std::size_t index = 0; index < options_.clients; ++index) {
    // A home that was put back may show a refresh token of long ago, for which the server ends the login.
    const client::Event who = world_.ask(index, client::WhoAmI{});
    if (std::get<client::Identity>(who).state == client::LoginState::logged_in) continue;
    const client::Event event = world_.ask(index, client::LogIn{.name = name_of(index), .password = password});
    if (!std::holds_alternative<client::SignedIn>(event)) breach(name_of(index) + " could not log in again");
  }
  world_.run_for(minutes(15));
  take_answers();
}

std::vector<client::TimelineMessage> Simulation::timeline(std::size_t index, std::size_t peer) {
  std::vector<client::TimelineMessage> all;
  client::ReadHistory command;
  command.with = name_of(peer);
  command.after = 0;
  command.limit = 200;
  while (true) {
    client::Event event = world_.ask(index, command);
    auto* page = std::get_if<client::History>(&event);
    if (page == nullptr) return all;
    std::ranges::move(page->messages, std::back_inserter(all));
    if (!page->more) return all;
    command.after = all.back().seq;
  }
}

void Simulation::check() {
  for (std::size_t left = 0; left < options_.clients; ++left) {
    for (std::size_t right = left + 1; right < options_.clients; ++right) check_pair(left, right);
  }
}

void Simulation::check_pair(std::size_t left, std::size_t right) {
  const std::vector<client::TimelineMessage> lines = timeline(left, right);
  if (lines.empty()) {
    if (!timeline(right, left).empty()) breach(name_of(left) + " shows nothing of " + name_of(right));
    return;
  }
  const ConversationId conversation = lines.front().conversation;
  const std::vector<wire::LogEntry> log = world_.server().log(conversation);
  check_log(left, right, log);
  check_timeline(left, right, log);
  check_timeline(right, left, log);
  check_strangers(conversation, left, right);
}

void Simulation::check_log(std::size_t left, std::size_t right, const std::vector<wire::LogEntry>& log) {
  std::map<MessageId, std::size_t> places;
  std::map<std::size_t, std::size_t> last_number;
  for (const wire::LogEntry& entry : log) {
    if (++places[entry.message] > 1) breach("an entry is in the log twice");
    const auto written = written_.find(entry.message);
    if (written == written_.end()) {
      // A crash may fall between the commit and the answer; then nobody knows the text, but it was taken.
      continue;
    }
    if (as_text(entry.body).find(written->second.text) != std::string_view::npos) breach("the server can read a text");
    std::size_t& last = last_number[written->second.author];
    if (written->second.number + 1 <= last) breach("messages of " + name_of(written->second.author) + " out of order");
    last = written->second.number + 1;
  }
  for (const auto& [message, written] : written_) {
    const bool between = written.text.ends_with("from " + name_of(left) + " to " + name_of(right)) ||
                         written.text.ends_with("from " + name_of(right) + " to " + name_of(left));
    if (between && !places.contains(message) && !put_back_.contains(written.author)) breach("lost: " + written.text);
  }
}

void Simulation::check_timeline(std::size_t index, std::size_t peer, const std::vector<wire::LogEntry>& log) {
  const std::vector<client::TimelineMessage> lines = timeline(index, peer);
  const std::string where = name_of(index) + " with " + name_of(peer);
  if (lines.size() != log.size()) {
    breach(where + " shows " + std::to_string(lines.size()) + " of " + std::to_string(log.size()) + " entries");
    return;
  }
  const bool excused = put_back_.contains(index) || put_back_.contains(peer);
  std::uint64_t opened_by_peer = 0;
  for (const client::TimelineMessage& line : timeline(peer, index)) {
    if (!line.own && line.cause == client::UndecryptableCause::none) opened_by_peer = line.seq;
  }
  for (std::size_t place = 0; place < lines.size(); ++place) {
    const client::TimelineMessage& line = lines[place];
    const std::string at = where + " at " + std::to_string(place + 1);
    if (line.seq != log[place].seq || line.message != log[place].message) breach(at + " differs from the log");
    if (line.cause != client::UndecryptableCause::none) {
      if (!excused) breach(at + " cannot be read: " + line.reason);
      if (line.reason.empty()) breach(at + " cannot be read and does not say why");
      continue;
    }
    const auto written = written_.find(line.message);
    if (written != written_.end() && written->second.text != line.text) breach(at + " shows another text");
    if (line.own && line.seq <= opened_by_peer && line.state < client::MessageState::delivered) {
      breach(at + " is not shown as delivered");
    }
  }
}

void Simulation::check_strangers(ConversationId conversation, std::size_t left, std::size_t right) {
  for (std::size_t index = 0; index < options_.clients; ++index) {
    if (index == left || index == right) continue;
    const client::Event event = world_.ask(index, client::ListConversations{});
    for (const client::ConversationSummary& summary : std::get<client::ConversationList>(event).conversations) {
      if (summary.conversation == conversation) breach(name_of(index) + " knows a conversation of others");
    }
  }
}

}  // namespace sotto::simulation
