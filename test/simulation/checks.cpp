#include "simulation/checks.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "session/group_message.h"
#include "wire/binary.h"
#include "wire/session_message.h"

namespace sotto::simulation {
namespace {

constexpr std::size_t most_holders = 64;

std::string place(const LoggedEntry& logged) {
  return "entry " + std::to_string(logged.entry.seq) + " of " + to_hex(logged.entry.conversation.view()).substr(0, 6);
}

bool is_message(const LoggedEntry& logged) { return logged.entry.kind == wire::EntryKind::message; }

bool is_expired(const LoggedEntry& logged, UnixMillis now) {
  return logged.entry.expires_at.value != 0 && logged.entry.expires_at <= now;
}

}  // namespace

void Checks::breach(std::string_view checker, const std::string& text) {
  breaches_.push_back("[" + std::string(checker) + "] " + text);
}

std::string Checks::name(std::size_t home) const {
  const PersonsHome& named = course_.homes[home];
  std::string text = world_.host(named.slot).name();
  if (named.is_removed) text += " (removed)";
  if (named.was_put_back) text += " (put back)";
  return text;
}

std::string Checks::name(const session::DeviceAddress& device) const {
  for (std::size_t home = 0; home < course_.homes.size(); ++home) {
    if (course_.homes[home].address == device) return name(home);
  }
  return "a device that was never seen";
}

std::vector<std::string> Checks::run() {
  for (const std::string& text : ledger_.handed()) breach("handed", text);
  for (std::size_t home = 0; home < course_.homes.size(); ++home) check_home(home);
  check_written();
  check_server();
  return std::move(breaches_);
}

void Checks::check_home(std::size_t home) {
  const PersonsHome& checked = course_.homes[home];
  const client::StorageKey key = world_.host(checked.slot).storage_key();
  HomeReader reader(world_.database_path(checked.slot), key);
  check_outsider(home, reader);
  check_left(home, reader);
  check_bounds(home, reader);
  if (!ledger_.is_listed(checked.address)) return;
  const client::Event event = world_.ask(checked.slot, client::GetStatus{});
  const auto* status = std::get_if<client::Status>(&event);
  if (status == nullptr || status->connection != client::Connection::live) breach("quiet", name(home) + " is not live");
  for (const auto& [conversation, log] : ledger_.logs()) check_conversation(home, conversation);
}

void Checks::check_outsider(std::size_t home, HomeReader& reader) {
  const session::DeviceAddress& self = course_.homes[home].address;
  std::set<std::pair<ConversationId, std::uint64_t>> readable;
  for (const KeptMessage& message : reader.messages()) {
    if (message.is_readable && !message.body.empty()) readable.emplace(message.conversation, message.seq);
  }
  for (const auto& [conversation, log] : ledger_.logs()) {
    for (const LoggedEntry& logged : log) {
      if (!is_message(logged) || logged.entitled.contains(self)) continue;
      const std::string sender = name({logged.entry.sender, logged.entry.sender_device});
      if (readable.contains({conversation, logged.entry.seq}) && !ledger_.is_history_for(self, logged)) {
        breach("outsider", name(home) + " shows " + place(logged) + " of " + sender + ", which was not for it");
      } else if (could_open(home, reader, logged.entry)) {
        breach("outsider", name(home) + " could open " + place(logged) + " of " + sender + ", which was not for it");
      }
    }
  }
}

bool Checks::could_open(std::size_t home, HomeReader& reader, const wire::LogEntry& entry) {
  const session::DeviceAddress& self = course_.homes[home].address;
  const session::DeviceAddress sender{entry.sender, entry.sender_device};
  if (session::read_group_message(entry.body)) {
    const auto chains = reader.received(entry.conversation, sender);
    return session::open_group(chains, sender, {entry.conversation, entry.message}, entry.body, world_.now())
        .has_value();
  }
  const auto direct = wire::decode<wire::DirectMessage>(entry.body);
  return direct && std::ranges::any_of(direct->slots, [&](const wire::DirectSlot& slot) {
           return slot.account == self.account && slot.device == self.device;
         });
}

Checks::Lines Checks::lines(std::size_t home, ConversationId conversation) {
  Lines all;
  client::ReadHistory command;
  command.conversation = conversation;
  command.after = 0;
  command.limit = 200;
  while (true) {
    client::Event event = world_.ask(course_.homes[home].slot, command);
    auto* page = std::get_if<client::History>(&event);
    if (page == nullptr) return all;
    std::ranges::move(page->messages, std::back_inserter(all));
    if (!page->more) return all;
    command.after = all.back().seq;
  }
}

void Checks::check_conversation(std::size_t home, ConversationId conversation) {
  const auto member = ledger_.member(conversation, course_.homes[home].address.account);
  if (!member || member->departure) return;
  const std::vector<LoggedEntry>& log = ledger_.logs().at(conversation);
  // What an account's own devices tell one another is not shown.
  if (!log.empty() && log.front().readers.size() == 1 && is_message(log.front())) return;
  Lines shown = lines(home, conversation);
  // What waits to be sent has no place yet.
  std::erase_if(shown, [](const client::TimelineMessage& line) { return line.seq == 0; });
  if (std::ranges::adjacent_find(shown, std::ranges::greater_equal{}, &client::TimelineMessage::seq) != shown.end()) {
    breach("order", name(home) + " does not show the lines of its conversation once and in order");
  }
  for (const LoggedEntry& logged : log) {
    if (logged.entry.seq > member->log_start) check_entry(home, logged, shown);
  }
}

void Checks::check_entry(std::size_t home, const LoggedEntry& logged, const Lines& shown) {
  const std::string where = name(home) + " at " + place(logged);
  const auto line = std::ranges::find(shown, logged.entry.seq, &client::TimelineMessage::seq);
  const bool is_opened = line != shown.end() && line->cause == client::UndecryptableCause::none;
  if (line != shown.end() && line->message != logged.entry.message) breach("order", where + " shows another entry");
  if (line != shown.end() && !is_opened && line->reason.empty()) breach("unopened", where + " does not say why");
  if (is_message(logged) && is_expired(logged, world_.now())) {
    if (is_opened) breach("left", where + " shows what has expired");
    return;
  }
  const bool is_its = !is_message(logged) || logged.entitled.contains(course_.homes[home].address);
  if (!is_its) return;
  if (!is_opened) {
    const std::string why = line == shown.end() ? "nothing is shown" : line->reason;
    const std::string sender = name({logged.entry.sender, logged.entry.sender_device});
    if (excuse(home, logged).empty()) breach("unopened", where + " of " + sender + ": " + why);
    return;
  }
  const auto written = course_.written.find(logged.entry.message);
  if (written == course_.written.end()) return;
  if (written->second.text != line->text) breach("order", where + " shows other words");
}

bool Checks::was_put_back(const session::DeviceAddress& device) const {
  return std::ranges::any_of(course_.homes,
                             [&](const PersonsHome& home) { return home.address == device && home.was_put_back; });
}

/// Why a device may not show what was sealed for it. Nothing else is accepted.
std::string_view Checks::excuse(std::size_t home, const LoggedEntry& logged) {
  const session::DeviceAddress sender{logged.entry.sender, logged.entry.sender_device};
  const session::DeviceAddress& self = course_.homes[home].address;
  if (course_.homes[home].was_put_back) return "its database was put back, and its keys with it";
  if (was_put_back(sender)) return "the sender's database was put back, so that it sealed with keys used before";
  if (!ledger_.is_listed(sender)) return "the sending device was removed: its sessions are gone, and it answers nobody";
  if (is_message(logged) && logged.without_prekeys.contains(self)) {
    return "it had published no prekeys when the message was sealed";
  }
  return {};
}

void Checks::check_written() {
  std::set<std::pair<session::DeviceAddress, MessageId>> seen;
  std::map<std::pair<ConversationId, std::size_t>, std::size_t> newest;
  std::set<MessageId> logged_messages;
  for (const auto& [conversation, log] : ledger_.logs()) {
    for (const LoggedEntry& logged : log) {
      const session::DeviceAddress sender{logged.entry.sender, logged.entry.sender_device};
      if (!seen.emplace(sender, logged.entry.message).second) breach("doubled", place(logged) + " is there twice");
      logged_messages.insert(logged.entry.message);
      const auto written = course_.written.find(logged.entry.message);
      // A crash may fall between the commit and the answer; then nobody knows the words, but they were taken.
      if (written == course_.written.end()) continue;
      std::size_t& number = newest[{conversation, written->second.home}];
      if (written->second.number < number) breach("order", place(logged) + " was written before the one before it");
      number = written->second.number;
    }
  }
  for (const auto& [message, written] : course_.written) {
    if (!logged_messages.contains(message)) check_missing(message, written);
  }
}

/// A text that is not in the log: its author's home says why, or was put back or taken off since.
void Checks::check_missing(MessageId message, const Written& written) {
  const PersonsHome& home = course_.homes[written.home];
  if (home.was_put_back || !ledger_.is_listed(home.address)) return;
  const Lines shown = lines(written.home, written.conversation);
  const auto line = std::ranges::find(shown, message, &client::TimelineMessage::message);
  const bool says_why = line != shown.end() && line->state == client::MessageState::failed && !line->reason.empty();
  if (!says_why) breach("lost", written.text + (line == shown.end() ? "" : ": " + line->reason));
}

void Checks::check_left(std::size_t home, HomeReader& reader) {
  for (const KeptMessage& message : reader.messages()) {
    const auto log = ledger_.logs().find(message.conversation);
    if (log == ledger_.logs().end() || message.seq > log->second.size()) continue;
    if (!is_expired(log->second[message.seq - 1], world_.now())) continue;
    if (!message.body.empty()) breach("left", name(home) + " keeps the words of a message that has expired");
    if (!message.key.empty()) breach("left", name(home) + " keeps the key of a message that has expired");
  }
  for (const std::string_view suffix : {"", "-wal"}) check_file(home, reader, suffix);
}

void Checks::check_file(std::size_t home, const HomeReader& reader, std::string_view suffix) {
  const Bytes octets = reader.octets(suffix);
  const std::string where = name(home) + "'s database" + std::string(suffix);
  if (contains(octets, as_bytes("text number "))) breach("plain", where + " holds written words");
  const auto parts = course_.sealed_parts.find(home);
  // Put back to before it was sent, a message waits in the outbox again, and of a removed device for ever.
  const bool may_wait = course_.homes[home].was_put_back && !ledger_.is_listed(course_.homes[home].address);
  if (parts == course_.sealed_parts.end() || may_wait) return;
  for (const Bytes& part : parts->second) {
    if (contains(octets, part)) breach("left", where + " holds what was to disappear");
  }
}

void Checks::check_server() {
  for (const auto& [conversation, log] : ledger_.logs()) {
    for (const wire::LogEntry& entry : world_.server().log(conversation)) {
      const LoggedEntry& logged = log[entry.seq - 1];
      if (is_message(logged) && is_expired(logged, world_.now()) && !entry.body.empty()) {
        breach("left", "the server holds the body of " + place(logged));
      }
      if (contains(logged.entry.body, as_bytes("text number ")))
        breach("plain", "the server can read " + place(logged));
    }
  }
}

void Checks::check_bounds(std::size_t home, HomeReader& reader) {
  const session::DeviceAddress& self = course_.homes[home].address;
  const HomeSizes sizes = reader.sizes();
  const bool is_in_use = ledger_.is_listed(self);
  const auto at_most = [&](std::string_view what, std::size_t size, std::size_t bound) {
    if (size > bound) {
      breach("bounds", name(home) + " holds " + std::to_string(size) + " of " + std::string(what) + ", at most " +
                           std::to_string(bound));
    }
  };
  at_most("sessions with a device", sizes.sessions, 1 + session::max_archived_sessions);
  at_most("skipped keys of a session", sizes.skipped_session_keys, session::max_skipped_per_session);
  at_most("chains of a device", sizes.received_chains, 1 + session::max_old_sender_chains);
  at_most("skipped keys of a chain", sizes.skipped_sender_keys, session::max_skipped_sender_keys);
  at_most("one-time prekeys", sizes.one_time_prekeys, session::max_private_one_time_prekeys);
  at_most("profiles of a group", sizes.group_profiles, 9);
  at_most("holders of a chain", sizes.holders, most_holders);
  // At rest nothing is left to be done.
  if (is_in_use) at_most("outbox", sizes.outbox, 0);
  if (is_in_use) at_most("uploads", sizes.uploads, 0);
  const std::size_t mailbox = world_.server().server().read(
      [&](service::UnitOfWork& unit) { return unit.mailboxes().count({self.account, self.device}); });
  at_most("mailbox items", mailbox, 0);
}

}  // namespace sotto::simulation
