// A group over the wire: made by one form, changed by the other, pushed to its members in order and to the one removed
// as the last; a stranger finds none of it on any route, and changes are rationed.
#include "api/signed_in.h"
#include "membership/own_event.h"
#include "service/limits.h"

namespace sotto::test {
namespace {

using gateway::Form;
using wire::ErrorCode;
using wire::Role;

class GroupApi : public ::testing::TestWithParam<Backend> {
 protected:
  static ApiOptions options() {
    ApiOptions options;
    options.backend = GetParam();
    options.limits[service::Action::group_change] = {.capacity = 20, .refill_every = minutes(1)};
    return options;
  }
  static wire::GroupMember as(const Person& person, Role role) {
    return {person.account.account, person.account.account_key.public_key, role};
  }
  static wire::SignedGroupEvent sign(const Person& person, const wire::GroupEvent& event) {
    return membership::sign_group_event(event, person.account.first_list(), person.account.devices.front().signing_key);
  }
  static membership::Actor actor(const Person& person) {
    return {person.account.account, person.account.devices.front().device};
  }
  void found() {
    wire::GroupCreated created;
    created.salt = message_id(77);
    created.kind = wire::ConversationKind::group;
    created.members = {as(ada_, Role::owner), as(bob_, Role::member)};
    std::ranges::sort(created.members, {}, &wire::GroupMember::account);
    const auto event = sign(ada_, membership::first_event(actor(ada_), std::move(created), server_.clock.now()));
    group_ = *membership::create(event);
    const HttpAnswer answer = ada_.ask("create_group", wire::CreateGroup{message_id(1), event});
    ASSERT_EQ(answer.status, 200u) << answer.body;
    EXPECT_EQ(wire::from_json<wire::Conversation>(answer.body)->conversation, group_.id);
  }
  wire::ChangeGroup request(const Person& person, wire::GroupChange change, std::uint32_t number) {
    const auto event = membership::next_event(group_, actor(person), std::move(change), server_.clock.now());
    return {group_.id, message_id(number), sign(person, event)};
  }
  template <class Push>
  static Push next_of(StreamClient& stream) {
    const auto push = stream.next_push();
    EXPECT_TRUE(push && std::holds_alternative<Push>(*push));
    return push && std::holds_alternative<Push>(*push) ? std::get<Push>(*push) : Push{};
  }

  ApiServer server_{options()};
  Person ada_{server_, "ada"};
  Person bob_{server_, "bob"};
  Person eve_{server_, "eve"};
  membership::Group group_;
};

TEST_P(GroupApi, ReachesItsMembersInOrderAndWhoIsRemovedLast) {
  const auto ada = ada_.live_stream();
  const auto bob = bob_.live_stream({}, Form::json);
  found();
  EXPECT_EQ(next_of<wire::LogEntry>(*bob).kind, wire::EntryKind::group_event);
  EXPECT_EQ(next_of<wire::EpochRaised>(*bob).epoch, 1u);
  const wire::Answer sent = ada->ask(wire::Send{group_.id, 1, message_id(2), {7}, {}});
  ASSERT_TRUE(std::holds_alternative<wire::Sent>(sent));
  EXPECT_EQ(next_of<wire::LogEntry>(*bob).seq, 2u);
  ASSERT_EQ(ada_.ask("redact", wire::Redact{group_.id, {2}}).status, 200u);
  EXPECT_EQ(next_of<wire::Redacted>(*bob).seqs, std::vector<std::uint64_t>{2});
  const wire::ChangeGroup removal = request(ada_, wire::MembersRemoved{{bob_.account.account}}, 3);
  ASSERT_TRUE(std::holds_alternative<wire::Sent>(ada->ask(removal)));
  EXPECT_EQ(next_of<wire::LogEntry>(*bob).seq, 3u);
  EXPECT_EQ(next_of<wire::EpochRaised>(*bob).epoch, 2u);
  ASSERT_TRUE(std::holds_alternative<wire::Sent>(ada->ask(wire::Send{group_.id, 2, message_id(4), {8}, {}})));
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(bob->ask(wire::ListLogins{})));
  EXPECT_TRUE(bob->pushes.empty());
  const auto page = wire::from_json<wire::LogPage>(bob_.ask("read_log", wire::ReadLog{group_.id, 0, 0}).body);
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->head, 3u);
  ASSERT_EQ(page->entries.size(), 3u);
  EXPECT_TRUE(page->entries[1].redacted);
}

// Threat 32: whatever a stranger names, it is told the same as of a group that does not exist.
TEST_P(GroupApi, AStrangerFindsNothingOnAnyRoute) {
  found();
  for (const ConversationId id : {group_.id, ConversationId{}}) {
    wire::ChangeGroup change = request(eve_, wire::MembersAdded{{as(eve_, Role::member)}}, 5);
    change.conversation = id;
    for (const HttpAnswer& answer :
         {eve_.ask("change_group", change), eve_.ask("read_group", wire::ReadGroup{id, 0, InvitationId{}}),
          eve_.ask("read_members", wire::ReadMembers{id, {}}), eve_.ask("request_join", wire::RequestJoin{id, {}, {}}),
          eve_.ask("list_join_requests", wire::ListJoinRequests{id}),
          eve_.ask("decline_join", wire::DeclineJoin{id, eve_.account.account}),
          eve_.ask("redact", wire::Redact{id, {1}}), eve_.ask("send", wire::Send{id, 1, message_id(9), {1}, {}}),
          eve_.ask("read_log", wire::ReadLog{id, 0, 0}), eve_.ask("mark", wire::Mark{id, 1, 1})}) {
      EXPECT_EQ(answer.status, 404u) << answer.body;
      EXPECT_EQ(answer.error().code, ErrorCode::not_found) << answer.body;
      EXPECT_EQ(answer.error().field, "conversation") << answer.body;
    }
  }
}

// Threat 35.
TEST_P(GroupApi, ChangesAreRationed) {
  found();
  std::uint32_t refused = 0;
  for (std::uint32_t number = 0; number < 25; ++number) {
    const HttpAnswer answer = ada_.ask("change_group", request(ada_, wire::GroupClosed{}, 100));
    if (answer.error().code == ErrorCode::rate_limited) ++refused;
  }
  EXPECT_EQ(refused, 5u);
}

INSTANTIATE_TEST_SUITE_P(Backends, GroupApi, ::testing::Values(Backend::memory, Backend::sqlite),
                         [](const auto& backend) { return backend.param == Backend::memory ? "memory" : "sqlite"; });

}  // namespace
}  // namespace sotto::test
