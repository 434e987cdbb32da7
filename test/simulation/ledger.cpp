#include "simulation/ledger.h"

#include <algorithm>

#include "service/device_lists.h"

namespace sotto::simulation {
namespace {

/// A device that had no prekeys when somebody asked is not asked again for ten seconds; the rest is travel.
constexpr Milliseconds supply_delay = seconds(40);

std::optional<ConversationId> written_to(const wire::Request& request) {
  if (const auto* send = std::get_if<wire::Send>(&request)) return send->conversation;
  if (const auto* change = std::get_if<wire::ChangeGroup>(&request)) return change->conversation;
  return std::nullopt;
}

}  // namespace

Ledger::Ledger(ServerDouble& server) : server_(server) {
  server_.alter_answer = [this](const ServerDouble::Exchange& exchange, wire::ServerFrame& reply) {
    note(exchange, reply);
  };
  server_.watch_leaving = [this](const service::Caller& receiver, const wire::ServerFrame& frame) {
    check_leaving(receiver, frame);
  };
}

void Ledger::note(const ServerDouble::Exchange& exchange, const wire::ServerFrame& reply) {
  if (std::holds_alternative<wire::Error>(reply.answer)) return;
  if (const auto* registered = std::get_if<wire::Register>(&exchange.request.request)) {
    supplied_.emplace(session::DeviceAddress{registered->account, registered->device}, server_.server().now);
  } else if (exchange.caller != nullptr && std::holds_alternative<wire::PublishPrekeys>(exchange.request.request)) {
    supplied_.emplace(session::DeviceAddress{exchange.caller->account, exchange.caller->device}, server_.server().now);
  } else if (exchange.caller != nullptr && std::holds_alternative<wire::CreateGroup>(exchange.request.request)) {
    // The answer does not name the group where it was taken by a disk that failed afterwards.
    const auto memberships = server_.server().read(
        [&](service::UnitOfWork& unit) { return unit.conversations().list(exchange.caller->account); });
    for (const service::StoredMembership& membership : memberships) {
      note_new_entries(membership.conversation.conversation);
    }
  } else if (const auto conversation = written_to(exchange.request.request)) {
    note_new_entries(*conversation);
  }
}

void Ledger::note_new_entries(ConversationId conversation) {
  std::vector<LoggedEntry>& log = logs_[conversation];
  const auto fresh = server_.server().read([&](service::UnitOfWork& unit) {
    return unit.conversations().read({.conversation = conversation, .after = log.size()});
  });
  for (const wire::LogEntry& entry : fresh) log.push_back(logged(entry));
}

LoggedEntry Ledger::logged(const wire::LogEntry& entry) {
  LoggedEntry result{.entry = entry, .readers = {}, .entitled = {}, .without_prekeys = {}};
  const auto accounts = server_.server().read(
      [&](service::UnitOfWork& unit) { return *unit.conversations().accounts_of(entry.conversation); });
  std::set<AccountId>& before = members_[entry.conversation];
  if (entry.kind == wire::EntryKind::group_event) result.readers = before;
  before = {accounts.begin(), accounts.end()};
  result.readers.insert(accounts.begin(), accounts.end());
  for (const AccountId& account : accounts) {
    for (const DeviceId& device : devices_of(account)) {
      const session::DeviceAddress address{account, device};
      result.entitled.insert(address);
      const auto supplied = supplied_.find(address);
      const bool is_new = supplied == supplied_.end() || entry.sent_at < supplied->second + supply_delay;
      if (is_new) result.without_prekeys.insert(address);
    }
  }
  return result;
}

std::vector<DeviceId> Ledger::devices_of(AccountId account) {
  return server_.server().read([&](service::UnitOfWork& unit) {
    std::vector<DeviceId> devices;
    const auto stored = unit.accounts().find(account);
    const auto list = stored ? service::stored_device_list(*stored) : std::nullopt;
    if (!list) return devices;
    for (const wire::DeviceRecord& record : list->devices) devices.push_back(record.device);
    return devices;
  });
}

bool Ledger::is_listed(const session::DeviceAddress& device) {
  return std::ranges::count(devices_of(device.account), device.device) != 0;
}

bool Ledger::is_history_for(const session::DeviceAddress& device, const LoggedEntry& logged) const {
  const auto supplied = supplied_.find(device);
  const bool came_later = supplied != supplied_.end() && logged.entry.sent_at < supplied->second;
  return came_later && logged.readers.contains(device.account);
}

std::optional<service::StoredMember> Ledger::member(ConversationId conversation, AccountId account) {
  return server_.server().read([&](service::UnitOfWork& unit) {
    const auto found = unit.conversations().find(conversation, account);
    return found ? std::optional(found->member) : std::nullopt;
  });
}

void Ledger::check_leaving(const service::Caller& receiver, const wire::ServerFrame& frame) {
  if (const auto* entry = std::get_if<wire::LogEntry>(&frame.answer)) check_handed(receiver, *entry);
  if (const auto* page = std::get_if<wire::LogPage>(&frame.answer)) {
    for (const wire::LogEntry& entry : page->entries) check_handed(receiver, entry);
  }
  if (const auto* resumed = std::get_if<wire::Resumed>(&frame.answer)) {
    for (const wire::LogEntry& entry : resumed->entries) check_handed(receiver, entry);
  }
}

void Ledger::check_handed(const service::Caller& receiver, const wire::LogEntry& entry) {
  const auto log = logs_.find(entry.conversation);
  const std::string what = "entry " + std::to_string(entry.seq);
  if (log == logs_.end() || entry.seq == 0 || entry.seq > log->second.size()) {
    handed_.push_back(what + " was handed out and is in no log");
  } else if (!log->second[entry.seq - 1].readers.contains(receiver.account)) {
    handed_.push_back(what + " was handed to an account that was no member");
  } else if (!is_listed({receiver.account, receiver.device})) {
    handed_.push_back(what + " was handed to a device that is not on its account's list");
  }
}

}  // namespace sotto::simulation
