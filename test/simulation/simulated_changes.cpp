// How the people of a simulation change their groups and devices.

#include "simulation/simulation.h"

namespace sotto::simulation {
namespace {

constexpr std::size_t most_groups = 2;
constexpr std::size_t most_devices = 3;
const std::string server_address = "https://chat.example.org";

}  // namespace

void Simulation::change_members() {
  ++result_.changes;
  if (groups_.size() < most_groups && (groups_.empty() || world_.chance(6) == 0)) return create_group();
  change_group();
}

void Simulation::create_group() {
  const auto from = running_home();
  if (!from) return;
  client::CreateGroup command;
  command.name = "Group " + std::to_string(groups_.size());
  for (std::size_t person = 0; person < options_.people; ++person) {
    if (person != course_.homes[*from].person && world_.chance(3) != 0)
      command.members.push_back(course_.people[person]);
  }
  if (world_.chance(4) == 0) command.policies.expires_after_ms = 45'000;
  const client::Event event = world_.ask(course_.homes[*from].slot, command);
  if (const auto* opened = std::get_if<client::Opened>(&event)) groups_.push_back(opened->conversation.conversation);
}

client::Command Simulation::random_change(ConversationId group) {
  const std::string name = course_.people[world_.chance(options_.people)];
  switch (world_.chance(11)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return client::AddMembers{.conversation = group, .names = {name}};
    case 4:
    case 5:
    case 6:
      return client::RemoveMembers{.conversation = group, .names = {name}};
    case 7:
      return client::LeaveGroup{.conversation = group};
    case 8: {
      const auto role = static_cast<wire::Role>(world_.chance(4));
      return client::SetRole{.conversation = group, .name = name, .role = role};
    }
    case 9: {
      client::ChangeGroupProfile command;
      command.conversation = group;
      command.name = "Renamed " + std::to_string(world_.chance(1'000));
      return command;
    }
    default: {
      wire::GroupPolicies policies;
      policies.members_add = world_.chance(2) == 0;
      policies.expires_after_ms = world_.chance(2) == 0 ? 0 : 45'000;
      return client::ChangeGroupPolicies{.conversation = group, .policies = policies};
    }
  }
}

void Simulation::change_group() {
  const auto from = running_home();
  if (!from || groups_.empty()) return;
  const ConversationId group = groups_[world_.chance(groups_.size())];
  // Most may do little; then the engine or the server says no, which is part of the course.
  world_.command(course_.homes[*from].slot, random_change(group));
}

void Simulation::change_devices() {
  ++result_.changes;
  if (world_.chance(5) < 3) {
    link_device();
  } else {
    remove_device();
  }
}

void Simulation::link_device() {
  const auto linked = running_home();
  if (!linked) return;
  const std::size_t person = course_.homes[*linked].person;
  if (homes_of(person).size() >= most_devices) return;
  const std::size_t fresh = world_.add_host(course_.people[person] + "-" + std::to_string(world_.host_count()));
  link(fresh, course_.homes[*linked].slot);
  adopt(fresh, person);
}

void Simulation::link(std::size_t fresh, std::size_t linked) {
  const client::Event shown = world_.ask(fresh, client::BeginLinking{.server = server_address});
  const auto* code = std::get_if<client::LinkShown>(&shown);
  if (code == nullptr) return;
  const client::Event offered = world_.ask(linked, client::AcceptLink{.code = code->code, .server = server_address});
  if (!std::holds_alternative<client::LinkProgress>(offered)) return;
  world_.run_for(seconds(2));
  static_cast<void>(world_.ask(linked, client::ConfirmLink{.same = true}));
  world_.run_for(seconds(5));
}

void Simulation::remove_device() {
  const auto from = running_home();
  if (!from) return;
  for (const std::size_t other : homes_of(course_.homes[*from].person)) {
    // The first home has two processes and stays.
    if (other == *from || other == 0) continue;
    course_.homes[other].is_removed = true;
    static_cast<void>(
        world_.ask(course_.homes[*from].slot, client::RemoveDevice{.device = course_.homes[other].address.device}));
    return;
  }
}

}  // namespace sotto::simulation
