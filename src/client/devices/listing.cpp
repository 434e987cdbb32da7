#include "client/devices/listing.h"

#include <algorithm>

#include "client/settings.h"

namespace sotto::client {
namespace {

Devices devices_of(Turn& turn, const Contact& contact) {
  const Home home = turn.home.load();
  const session::VerifiedDeviceList list = contact.devices();
  Devices devices{.account = contact.account, .version = list.list.version, .devices = {}};
  for (const wire::DeviceRecord& record : list.list.devices) {
    Device device{.device = record.device, .added_at = record.added_at};
    if (contact.account == home.account) {
      device.current = record.device == home.device;
      device.name = turn.settings.device_name(record.device);
    }
    devices.devices.push_back(std::move(device));
  }
  return devices;
}

Devices with_last_seen(Devices devices, const wire::Logins& logins) {
  for (Device& device : devices.devices) {
    for (const wire::Login& login : logins.logins) {
      if (login.device == device.device) device.last_seen = std::max(device.last_seen, login.last_used_at);
    }
  }
  return devices;
}

Logins shown_logins(const wire::Logins& logins) {
  Logins result;
  for (const wire::Login& login : logins.logins) {
    result.logins.push_back({.login = login.login,
                             .device = login.device,
                             .created_at = login.created_at,
                             .last_used_at = login.last_used_at,
                             .current = login.current});
  }
  return result;
}

}  // namespace

void run_command(RunningCommand& running, const ListDevices& command) {
  const Home home = running.turn.home.load();
  if (home.state == LoginState::empty) return running.fail(ClientErrorCode::not_registered);
  const bool is_own = command.name.empty() || command.name == home.name;
  if (is_own && command.with_last_seen) {
    if (running.can_ask()) running.ask(AskListLogins{}, wire::ListLogins{});
    return;
  }
  const auto contact = is_own ? running.turn.contacts.find(home.account) : running.contact_named(command.name);
  if (contact) running.answer(devices_of(running.turn, *contact));
}

void run_command(RunningCommand& running, const ListLogins&) {
  if (running.can_ask()) running.ask(AskListLogins{}, wire::ListLogins{});
}

void run_command(RunningCommand& running, const NameDevice& command) {
  Turn& turn = running.turn;
  const Home home = turn.home.load();
  const auto own = turn.contacts.find(home.account);
  if (home.state == LoginState::empty || !own) return running.fail(ClientErrorCode::not_registered);
  if (!session::remote_device(own->devices(), command.device)) return running.fail(ClientErrorCode::unknown_device);
  if (!is_one_line(command.name)) return running.fail(ClientErrorCode::invalid_text);
  queue_setting(turn, wire::DeviceSetting{.device = command.device, .name = command.name});
  running.answer(Done{});
}

void receive_logins(Turn& turn, const Asked& asked, const wire::Logins& logins) {
  const bool is_of_devices = is_waiting<ListDevices>(turn.memory, asked.command);
  const auto own = is_of_devices ? turn.contacts.find(turn.home.load().account) : std::nullopt;
  if (own) {
    turn.answer(asked.command, with_last_seen(devices_of(turn, *own), logins));
  } else {
    turn.answer(asked.command, shown_logins(logins));
  }
}

}  // namespace sotto::client
