#pragma once

#include "simulation/world_test.h"

namespace sotto::simulation {

using Texts = std::vector<std::string>;

/// A story of several accounts in groups.
class GroupsWorldTest : public WorldTest {
 protected:
  std::size_t add_account(const std::string& name) {
    const std::size_t index = world_.add_host(name);
    register_account(index);
    world_.run_for(seconds(2));
    return index;
  }

  /// Another device of the account of `linked`.
  std::size_t add_device(std::size_t linked) {
    const std::size_t fresh = world_.add_host(world_.host(linked).name() + " again");
    link(linked, fresh);
    return fresh;
  }

  ConversationId create(std::size_t owner, const Texts& members, const wire::GroupPolicies& policies = {}) {
    client::CreateGroup command;
    command.members = members;
    command.policies = policies;
    return create_by(owner, std::move(command));
  }

  ConversationId create_by(std::size_t owner, client::CreateGroup command) {
    command.name = "Quiet ones";
    const auto opened = expect<client::Opened>(world_.ask(owner, command));
    world_.run_for(seconds(5));
    return opened.conversation.conversation;
  }

  /// Queued; on its way when time passes.
  void post(std::size_t from, ConversationId group, const std::string& text) {
    client::SendText command;
    command.conversation = group;
    command.text = text;
    expect<client::Queued>(world_.ask(from, command));
  }

  void say(std::size_t from, ConversationId group, const std::string& text) {
    post(from, group, text);
    world_.run_for(seconds(10));
  }

  std::vector<client::TimelineMessage> lines(std::size_t index, ConversationId group) {
    client::ReadHistory command;
    command.conversation = group;
    command.limit = 200;
    const client::Event event = world_.ask(index, command);
    const auto* page = std::get_if<client::History>(&event);
    return page != nullptr ? page->messages : std::vector<client::TimelineMessage>{};
  }

  /// What was written, in order; "?" for what cannot be read.
  Texts texts(std::size_t index, ConversationId group) {
    Texts result;
    for (const client::TimelineMessage& line : lines(index, group)) {
      if (line.cause != client::UndecryptableCause::none) {
        result.push_back("?");
      } else if (line.kind == client::LineKind::text) {
        result.push_back(line.text);
      }
    }
    return result;
  }

  client::GroupShown shown(std::size_t index, ConversationId group) {
    return expect<client::GroupShown>(world_.ask(index, client::ShowGroup{.conversation = group}));
  }

  std::size_t notices(std::size_t index) { return told<client::SecurityNotice>(index).size(); }
  std::size_t notices(std::size_t index, client::SecurityNoticeKind kind) {
    return static_cast<std::size_t>(
        std::ranges::count(told<client::SecurityNotice>(index), kind, &client::SecurityNotice::kind));
  }
};

}  // namespace sotto::simulation
