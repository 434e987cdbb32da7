#pragma once

#include <gtest/gtest.h>
#include <string>

#include "session/device_list.h"
#include "simulation/world.h"

namespace sotto::hostile {

using client::SecurityNoticeKind;
using client::UndecryptableCause;
using simulation::ServerDouble;

/// Ada and Bob, who write to one another through a server that alters what it likes, and Eve, who works for it.
class HostileServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_, eve_}) {
      const client::Event event = world_.ask(
          index,
          client::RegisterAccount{.name = world_.host(index).name(), .password = "correct horse battery staple"});
      ASSERT_TRUE(std::holds_alternative<client::SignedIn>(event));
    }
    world_.run_for(seconds(2));
  }

  /// Ada and Bob have a conversation that works.
  void begin() {
    send(ada_, "bob", "hello bob");
    world_.run_for(seconds(2));
    send(bob_, "ada", "hello ada");
    world_.run_for(seconds(2));
    ASSERT_EQ(texts(bob_, "ada").size(), 2U);
    ASSERT_EQ(notices(ada_).size() + notices(bob_).size(), 0U);
    conversation_ = history(ada_, "bob").at(0).conversation;
  }

  client::Event send(std::size_t from, const std::string& to, const std::string& text) {
    client::SendText command;
    command.to = to;
    command.text = text;
    return world_.ask(from, command);
  }

  std::vector<client::TimelineMessage> history(std::size_t index, const std::string& with) {
    client::ReadHistory command;
    command.with = with;
    command.limit = 200;
    client::Event event = world_.ask(index, command);
    auto* page = std::get_if<client::History>(&event);
    return page != nullptr ? std::move(page->messages) : std::vector<client::TimelineMessage>{};
  }

  /// What can be read, in order.
  std::vector<std::string> texts(std::size_t index, const std::string& with) {
    std::vector<std::string> result;
    for (const client::TimelineMessage& message : history(index, with)) {
      if (message.cause == UndecryptableCause::none) result.push_back(message.text);
    }
    return result;
  }

  bool reads(std::size_t index, const std::string& with, const std::string& text) {
    const std::vector<std::string> all = texts(index, with);
    return std::ranges::find(all, text) != all.end();
  }

  std::vector<client::SecurityNotice> notices(std::size_t index) {
    std::vector<client::SecurityNotice> result;
    for (const client::Event& event : world_.host(index).events) {
      if (const auto* notice = std::get_if<client::SecurityNotice>(&event)) result.push_back(*notice);
    }
    return result;
  }

  /// The user was told of this, in words.
  bool was_told(std::size_t index, SecurityNoticeKind kind) {
    const auto all = notices(index);
    return std::ranges::any_of(
        all, [&](const client::SecurityNotice& notice) { return notice.kind == kind && notice.text.size() > 20; });
  }

  bool shows(std::size_t index, const std::string& with, UndecryptableCause cause) {
    const auto all = history(index, with);
    return std::ranges::any_of(all, [&](const client::TimelineMessage& message) {
      return message.cause == cause && message.text.empty() && message.reason.size() > 20;
    });
  }

  /// From now on the server behaves; both sides write and read again.
  void expect_recovery() {
    world_.server().alter_answer = nullptr;
    world_.server().alter_push = nullptr;
    world_.restart_server();
    world_.run_for(minutes(2));
    send(ada_, "bob", "ada is back");
    world_.run_for(seconds(40));
    send(bob_, "ada", "bob is back");
    world_.run_for(seconds(40));
    EXPECT_TRUE(reads(bob_, "ada", "ada is back"));
    EXPECT_TRUE(reads(ada_, "bob", "bob is back"));
  }

  client::Identity identity(std::size_t index) {
    return std::get<client::Identity>(world_.ask(index, client::WhoAmI{}));
  }

  wire::AccountRecord record(std::size_t index) {
    const AccountId account = identity(index).account;
    const auto stored =
        world_.server().server().read([&](service::UnitOfWork& unit) { return unit.accounts().find(account); });
    return {.account = account,
            .name = stored->name,
            .account_key = stored->account_key,
            .device_list = stored->device_list};
  }

  /// Alters every record of an account in every answer.
  void alter_records(std::size_t of, std::function<void(wire::AccountRecord&)> alter) {
    const AccountId account = identity(of).account;
    world_.server().alter_answer = [account, alter](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
      if (auto* shown = std::get_if<wire::AccountRecord>(&frame.answer); shown && shown->account == account) {
        alter(*shown);
      }
      if (auto* error = std::get_if<wire::Error>(&frame.answer); error && error->stale_epoch) {
        for (wire::AccountRecord& member : error->stale_epoch->members) {
          if (member.account == account) alter(member);
        }
      }
    };
  }

  /// The next send of this host is told that devices changed, so that it looks at the lists again.
  void raise_epoch(std::size_t of) {
    const AccountId account = identity(of).account;
    world_.server().server().write(
        [&](service::UnitOfWork& unit) { return unit.conversations().raise_epochs(account); });
  }

  /// Alters the entries of the log wherever they leave the server for this host.
  void alter_entries(std::size_t to, std::function<void(std::vector<wire::LogEntry>&)> alter) {
    const AccountId account = identity(to).account;
    world_.server().alter_push = [account](AccountId receiver, wire::ServerFrame& frame) {
      return receiver != account || !std::holds_alternative<wire::LogEntry>(frame.answer);
    };
    world_.server().alter_answer = [account, alter](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
      if (exchange.caller == nullptr || exchange.caller->account != account) return;
      if (auto* page = std::get_if<wire::LogPage>(&frame.answer)) alter(page->entries);
      if (auto* resumed = std::get_if<wire::Resumed>(&frame.answer)) resumed->entries.clear();
    };
  }

  /// Makes this host catch up from the log.
  void look_again(std::size_t index) {
    world_.break_connection(index);
    world_.run_for(seconds(5));
  }

  simulation::World world_{{}};
  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t eve_ = world_.add_host("eve");
  ConversationId conversation_;
  crypto::DeterministicRandom random_{4711};
};

}  // namespace sotto::hostile
