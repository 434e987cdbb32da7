#pragma once

#include <string>
#include <vector>

#include "simulation/world_test.h"

namespace sotto::simulation {

/// Ada and Bob, each with a telephone and a tablet.
class TwoAccountsTest : public WorldTest {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_}) register_account(index);
    world_.run_for(seconds(2));
    link(ada_, ada_tablet_);
    link(bob_, bob_tablet_);
    conversation_ = expect<client::Opened>(world_.ask(ada_, client::OpenConversation{"bob"})).conversation.conversation;
    expect<client::Opened>(world_.ask(bob_, client::OpenConversation{"ada"}));
    world_.run_for(seconds(2));
  }

  client::SendText text(const std::string& words) {
    client::SendText command;
    command.conversation = conversation_;
    command.text = words;
    return command;
  }

  /// Writes a text and lets it arrive everywhere; names it.
  wire::MessageReference send(std::size_t from, const client::SendText& command) {
    const auto queued = expect<client::Queued>(world_.ask(from, command));
    world_.run_for(seconds(3));
    return reference(from, queued.message);
  }
  wire::MessageReference send(std::size_t from, const std::string& words) { return send(from, text(words)); }

  wire::MessageReference reference(std::size_t from, MessageId message) {
    const auto identity = expect<client::Identity>(world_.ask(from, client::WhoAmI{}));
    return {.sender = identity.account, .sender_device = identity.device, .message = message};
  }

  std::vector<client::TimelineMessage> history(std::size_t index) {
    client::ReadHistory command;
    command.conversation = conversation_;
    command.limit = 200;
    return expect<client::History>(world_.ask(index, command)).messages;
  }

  /// The line of a message as one home shows it; absent if it shows none.
  std::optional<client::TimelineMessage> line(std::size_t index, const wire::MessageReference& message) {
    for (client::TimelineMessage& shown : history(index)) {
      if (shown.message == message.message && shown.sender_device == message.sender_device) return std::move(shown);
    }
    return std::nullopt;
  }

  client::ConversationSummary summary(std::size_t index) {
    const auto list = expect<client::ConversationList>(world_.ask(index, client::ListConversations{}));
    for (const client::ConversationSummary& shown : list.conversations) {
      if (shown.conversation == conversation_) return shown;
    }
    return {};
  }

  AccountId account(std::size_t index) { return expect<client::Identity>(world_.ask(index, client::WhoAmI{})).account; }

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t ada_tablet_ = world_.add_host("ada-tablet");
  std::size_t bob_tablet_ = world_.add_host("bob-tablet");
  std::vector<std::size_t> all_ = {ada_, bob_, ada_tablet_, bob_tablet_};
  ConversationId conversation_;
};

}  // namespace sotto::simulation
