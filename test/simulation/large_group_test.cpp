// Large groups of whole engines: 50 members with two devices each, the everyday case, and 1,000 members. A message is
// one durable row whatever the number, every device opens it, and who was removed opens nothing afterwards (threat 10).
// What it costs is printed, not judged.

#include <cstdio>
#include <gtest/gtest.h>

#include "service/testing/test_account.h"
#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

using Names = std::vector<std::string>;

class LargeGroupTest : public WorldTest {
 protected:
  LargeGroupTest() {
    world_.server().alter_answer = [this](const ServerDouble::Exchange& exchange, wire::ServerFrame&) {
      const auto* posted = std::get_if<wire::PostMailboxes>(&exchange.request.request);
      if (posted == nullptr) return;
      for (const wire::PostMailbox& item : posted->items) {
        ++posted_.items;
        posted_.octets += item.body.size();
      }
    };
  }

  std::size_t add_account(const std::string& name) {
    const std::size_t index = world_.add_host(name);
    register_account(index);
    return index;
  }

  void add_device(std::size_t linked) {
    const std::size_t fresh = world_.add_host(world_.host(linked).name() + " again");
    accept_link(linked, begin_linking(fresh));
    world_.run_for(seconds(1));
    expect<client::Done>(world_.ask(linked, client::ConfirmLink{.same = true}));
    world_.run_for(seconds(2));
    ASSERT_EQ(told<client::LinkProgress>(fresh).back().step, client::LinkStep::joined);
  }

  /// Accounts of one device each without an engine: true keys, signed lists and prekeys.
  Names register_plainly(std::size_t count) {
    Names names;
    service::testing::TestServer& server = world_.server().server();
    for (std::size_t number = 0; number < count; ++number) {
      names.push_back("plain" + std::to_string(number));
      service::testing::TestAccount account(names.back(), server.random);
      server.join(account, {.one_time = 0, .kem = 0});
    }
    server.notices.clear();
    return names;
  }

  void create(std::size_t owner, const Names& members) {
    client::CreateGroup command;
    command.name = "Many";
    command.members = members;
    group_ = expect<client::Opened>(world_.ask(owner, command)).conversation.conversation;
  }

  void add(std::size_t index, const Names& names) {
    expect<client::Done>(world_.ask(index, client::AddMembers{.conversation = group_, .names = names}));
  }
  void remove(std::size_t index, const std::string& name) {
    expect<client::Done>(world_.ask(index, client::RemoveMembers{.conversation = group_, .names = {name}}));
  }

  void say(std::size_t from, const std::string& text) {
    client::SendText command;
    command.conversation = group_;
    command.text = text;
    expect<client::Queued>(world_.ask(from, command));
  }

  Names texts(std::size_t index) {
    client::ReadHistory command;
    command.conversation = group_;
    command.limit = 200;
    const client::Event event = world_.ask(index, command);
    Names result;
    const auto* page = std::get_if<client::History>(&event);
    if (page == nullptr) return result;
    for (const client::TimelineMessage& line : page->messages) {
      if (line.kind == client::LineKind::text) {
        result.push_back(line.cause == client::UndecryptableCause::none ? line.text : "?");
      }
    }
    return result;
  }

  [[nodiscard]] std::size_t rows() { return world_.server().log(group_).size(); }

  /// What one engine's work and its mailbox items cost since the last call.
  void report(const char* what, std::size_t index) {
    const double milliseconds = std::chrono::duration<double, std::milli>(world_.host(index).spent()).count();
    std::printf("  %-44s %8.1f ms, %4zu mailbox items of %7zu octets, %zu rows\n", what, milliseconds - spent_,
                posted_.items, posted_.octets, rows());
    begin(index);
  }
  void begin(std::size_t index) {
    spent_ = std::chrono::duration<double, std::milli>(world_.host(index).spent()).count();
    posted_ = {};
  }

  struct Posted {
    std::size_t items = 0;
    std::size_t octets = 0;
  };
  Posted posted_;
  double spent_ = 0;
  ConversationId group_;
};

TEST_F(LargeGroupTest, FiftyMembersWithTwoDevices) {
  constexpr std::size_t members = 50;
  const std::size_t owner = add_account("owner");
  Names names;
  for (std::size_t number = 1; number < members; ++number) names.push_back("member" + std::to_string(number));
  for (const std::string& name : names) add_account(name);
  for (std::size_t index = 0; index < members; ++index) add_device(index);
  begin(owner);
  create(owner, names);
  world_.run_for(seconds(10));
  report("50 x 2: creation, first chain, sessions", owner);

  const std::size_t before = rows();
  say(owner, "first");
  world_.run_for(seconds(10));
  report("50 x 2: a message and its marks", owner);
  EXPECT_EQ(rows(), before + 1) << "one durable row";
  EXPECT_LT(world_.server().log(group_).back().body.size(), 700u);
  begin(1);
  say(owner, "second");
  world_.run_for(seconds(5));
  report("50 x 2: the same at another member", 1);
  std::size_t readers = 0;
  for (std::size_t index = 0; index < world_.host_count(); ++index) {
    readers += texts(index) == Names{"first", "second"} ? 1u : 0u;
  }
  EXPECT_EQ(readers, 2 * members);

  remove(owner, names.back());
  world_.run_for(seconds(5));
  begin(owner);
  say(owner, "third");
  world_.run_for(seconds(10));
  report("50 x 2: rotation after a removal", owner);
  readers = 0;
  for (std::size_t index = 0; index < world_.host_count(); ++index) {
    readers += texts(index) == Names{"first", "second", "third"} ? 1u : 0u;
  }
  EXPECT_EQ(readers, 2 * (members - 1));
  EXPECT_EQ(texts(members - 1), (Names{"first", "second"}));
}

TEST_F(LargeGroupTest, AThousandMembers) {
  constexpr std::size_t engines = 3;
  const std::size_t owner = add_account("owner"), bob = add_account("bob"), eve = add_account("eve");
  const Names plain = register_plainly(wire::max_members - engines);
  begin(owner);
  create(owner, {"bob", "eve"});
  // All but one, who comes later.
  for (std::size_t from = 0; from + 1 < plain.size(); from += wire::max_members_at_once) {
    const std::size_t to = std::min(from + wire::max_members_at_once, plain.size() - 1);
    add(owner, {plain.begin() + static_cast<std::ptrdiff_t>(from), plain.begin() + static_cast<std::ptrdiff_t>(to)});
  }
  world_.run_for(seconds(10));
  report("1,000: looking up and adding members", owner);

  std::size_t expected = rows() + 1;
  say(owner, "first");
  world_.run_for(seconds(30));
  report("1,000: first message, with sessions", owner);
  EXPECT_EQ(rows(), expected) << "one durable row";
  EXPECT_EQ(texts(bob), Names{"first"});
  EXPECT_EQ(texts(eve), Names{"first"});
  say(owner, "second");
  world_.run_for(seconds(4));
  report("1,000: next message", owner);
  begin(bob);
  say(owner, "third");
  world_.run_for(seconds(4));
  report("1,000: the same at another member", bob);

  add(owner, {plain.back()});
  world_.run_for(seconds(5));
  begin(owner);
  say(owner, "fourth");
  world_.run_for(seconds(30));
  report("1,000: message after one was added", owner);
  remove(owner, "eve");
  world_.run_for(seconds(5));
  begin(owner);
  say(owner, "fifth");
  world_.run_for(seconds(30));
  report("1,000: rotation after a removal", owner);
  expected += 6;
  EXPECT_EQ(rows(), expected);
  EXPECT_EQ(texts(bob), (Names{"first", "second", "third", "fourth", "fifth"}));
  EXPECT_EQ(texts(eve), (Names{"first", "second", "third", "fourth"}));
}

}  // namespace
}  // namespace sotto::simulation
