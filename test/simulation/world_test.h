#pragma once

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "client/query.h"
#include "simulation/world.h"

namespace sotto::simulation {

/// A story of several homes on one simulated server.
class WorldTest : public ::testing::Test {
 protected:
  /// The account of the host's name, in its home.
  void register_account(std::size_t index) {
    expect<client::SignedIn>(
        world_.ask(index, client::RegisterAccount{.name = world_.host(index).name(), .password = password_}));
  }

  template <class Kind>
  Kind expect(client::Event event) {
    const auto* failed = std::get_if<client::Failed>(&event);
    EXPECT_TRUE(std::holds_alternative<Kind>(event)) << (failed != nullptr ? failed->error.text : "another event");
    auto* kind = std::get_if<Kind>(&event);
    return kind != nullptr ? std::move(*kind) : Kind{};
  }

  client::ClientErrorCode failure_of(const client::Event& event) {
    const auto* failed = std::get_if<client::Failed>(&event);
    if (failed == nullptr) return client::ClientErrorCode::none;
    EXPECT_FALSE(failed->error.text.empty());
    return failed->error.code;
  }

  /// What a process of the home was told of one kind.
  template <class Kind>
  std::vector<Kind> told(std::size_t index) {
    std::vector<Kind> found;
    for (const client::Event& event : world_.host(index).events) {
      if (const auto* kind = std::get_if<Kind>(&event)) found.push_back(*kind);
    }
    return found;
  }

  bool was_told(std::size_t index, client::SecurityNoticeKind kind) {
    const auto notices = told<client::SecurityNotice>(index);
    return std::ranges::any_of(notices, [&](const client::SecurityNotice& notice) { return notice.kind == kind; });
  }

  std::string begin_linking(std::size_t fresh) {
    return expect<client::LinkShown>(world_.ask(fresh, client::BeginLinking{.server = server_})).code;
  }

  client::LinkProgress accept_link(std::size_t linked, const std::string& code) {
    return expect<client::LinkProgress>(world_.ask(linked, client::AcceptLink{.code = code, .server = server_}));
  }

  /// The whole linking: `fresh` becomes a device of the account of `linked`.
  void link(std::size_t linked, std::size_t fresh) {
    const client::LinkProgress progress = accept_link(linked, begin_linking(fresh));
    world_.run_for(seconds(2));
    const auto shown = told<client::LinkProgress>(fresh);
    ASSERT_FALSE(shown.empty());
    ASSERT_EQ(shown.back().digits, progress.digits);
    ASSERT_EQ(progress.digits.size(), 6u);
    expect<client::Done>(world_.ask(linked, client::ConfirmLink{.same = true}));
    world_.run_for(seconds(10));
    ASSERT_EQ(told<client::LinkProgress>(fresh).back().step, client::LinkStep::joined);
  }

  /// The same where the linked device can give nothing that opens what was written before.
  void link_without_history(std::size_t linked, std::size_t fresh) {
    expect<client::Done>(world_.ask(linked, client::EraseBackup{}));
    world_.server().alter_answer = [](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
      if (!std::holds_alternative<wire::GetBackup>(exchange.request.request)) return;
      wire::Error refusal;
      refusal.code = wire::ErrorCode::limit_reached;
      frame.answer = refusal;
    };
    link(linked, fresh);
    world_.server().alter_answer = nullptr;
  }

  client::Queued write(std::size_t from, const std::string& to, const std::string& text) {
    client::SendText command;
    command.to = to;
    command.text = text;
    return expect<client::Queued>(world_.ask(from, command));
  }

  /// Runs a statement on the home of a process that does not run.
  void harm(std::size_t index, std::string_view statement) {
    world_.crash(index);
    {
      auto database = storage::SqliteDatabase::open(world_.database_path(index));
      EXPECT_TRUE((*database)->begin());
      client::Query(**database, statement).run();
      EXPECT_TRUE((*database)->commit());
    }
    world_.start(index);
    world_.run_for(seconds(5));
  }

  const std::string password_ = "correct horse battery staple";
  const std::string server_ = "https://chat.example.org";
  World world_{{}};
};

}  // namespace sotto::simulation
