#include "client/devices/device_list_change.h"

#include <algorithm>

#include "client/directory.h"
#include "client/sending.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

ClientErrorCode code_of(session::DeviceListChangeError error) {
  using enum session::DeviceListChangeError;
  switch (error) {
    case too_many:
      return ClientErrorCode::too_many_devices;
    case not_listed:
      return ClientErrorCode::unknown_device;
    case already_listed:
    case none_left:
      break;
  }
  return ClientErrorCode::bad_command;
}

void give_up(Turn& turn, ClientError error) {
  const std::uint64_t command = turn.memory.list_change->command;
  turn.memory.list_change.reset();
  if (turn.memory.admission && turn.memory.admission->confirm_command == command) turn.memory.admission.reset();
  turn.fail(command, std::move(error));
}

std::vector<DeviceId> missing_in(const session::VerifiedDeviceList& list, const session::VerifiedDeviceList& other) {
  std::vector<DeviceId> devices;
  for (const wire::DeviceRecord& record : list.list.devices) {
    if (!session::remote_device(other, record.device)) devices.push_back(record.device);
  }
  return devices;
}

}  // namespace

bool begin_list_change(Turn& turn, session::DeviceListChange change, std::uint64_t command) {
  std::optional<ListChange>& present = turn.memory.list_change;
  if (present && present->command != command) return false;
  if (!present) present = ListChange{.change = std::move(change), .command = command};
  return true;
}

bool is_made(Turn& turn, const session::DeviceListChange& change) {
  const std::optional<Contact> own = turn.contacts.find(turn.home.load().account);
  if (!own) return false;
  const session::VerifiedDeviceList list = own->devices();
  const auto is_listed = [&](DeviceId device) { return session::remote_device(list, device).has_value(); };
  if (std::ranges::any_of(change.removed, is_listed)) return false;
  if (!change.added) return true;
  const auto added = session::remote_device(list, change.added->device);
  return added && added->signing_key == change.added->signing_key && added->identity_key == change.added->identity_key;
}

void run_remove_device(Turn& turn, WaitingCommand& waiting, const RemoveDevice& command) {
  const std::uint64_t id = waiting.frame.id;
  const Home home = turn.home.load();
  if (home.state == LoginState::empty) return turn.fail(id, ClientErrorCode::not_registered);
  if (home.state != LoginState::logged_in) return turn.fail(id, ClientErrorCode::not_logged_in);
  if (command.device == home.device) return turn.fail(id, ClientErrorCode::own_device);
  std::optional<ListChange>& present = turn.memory.list_change;
  const bool begun = present && present->command == id;
  const bool listed = listed_device(turn, {home.account, command.device}).has_value();
  if (!begun && !listed) return turn.fail(id, ClientErrorCode::unknown_device);
  if (begun && !listed) {
    present.reset();
    return turn.answer(id, Done{});
  }
  (void)begin_list_change(turn, {.removed = {command.device}}, id);
}

void pump_list_change(Turn& turn) {
  const std::optional<ListChange>& present = turn.memory.list_change;
  if (!present || !turn.memory.link.is_live()) return;
  const bool waits = std::ranges::any_of(
      turn.memory.waiting, [&](const WaitingCommand& waiting) { return waiting.frame.id == present->command; });
  if (!waits) {
    turn.memory.list_change.reset();
    return;
  }
  if (is_made(turn, present->change)) return;
  const std::optional<Contact> own = turn.contacts.find(turn.home.load().account);
  const session::AccountIdentity identity = turn.home.identity();
  if (!own || turn.context.damaged) return;
  auto next = session::sign_next_device_list(own->devices(), present->change, identity);
  if (!next) return give_up(turn, error_of(code_of(next.error())));
  AskPublishList question{std::move(*next)};
  wire::PublishDeviceList request{.device_list = question.list};
  turn.ask(std::move(question), std::move(request));
}

void receive_list_published(Turn& turn, const AskPublishList& asked) {
  const Home home = turn.home.load();
  // Whether it follows what is pinned is checked as for any list: another process may have learned a newer one.
  (void)take_record(
      turn, {.account = home.account, .name = home.name, .account_key = home.account_key, .device_list = asked.list});
}

void receive_list_refused(Turn& turn, const AskPublishList& asked, const wire::Error& error) {
  if (!turn.memory.list_change) return;
  if (error.code == wire::ErrorCode::stale_device_list) {
    // Another device was faster: its list is fetched, and this change is signed on top of it.
    turn.memory.own_list_checked = false;
    turn.memory.link.pause(key_of(asked), turn.now + seconds(1));
  } else if (is_passing(error)) {
    pause_after(turn, asked, error);
  } else {
    give_up(turn, error_of(error));
  }
}

void tell_own_devices(Turn& turn, const session::VerifiedDeviceList& before, const session::VerifiedDeviceList& after) {
  OwnDevicesChanged event{.added = missing_in(after, before), .removed = missing_in(before, after), .text = {}};
  if (event.added.empty() && event.removed.empty()) return;
  event.text = words_for_devices(event);
  turn.tell(std::move(event));
}

}  // namespace sotto::client
