// Properties: after each event of a chain readers and the writer see the same members, up to a thousand of them; who
// left stays known with where it may read to; the chain is read by number, whatever lies between its entries.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::Departure;
using service::GroupUpdate;
using service::StoredMember;
using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

const ConversationId group_id = numbered<ConversationId>(1);

StoredMember member_of(std::uint64_t number, wire::Role role = wire::Role::member) {
  return {.account = numbered<AccountId>(number), .role = role, .departure = std::nullopt};
}

class GroupSuite : public StorageSuite {
 protected:
  GroupSuite() {
    keep(storage(), [](UnitOfWork& unit) {
      unit.conversations().insert(
          {.conversation = group_id, .kind = wire::ConversationKind::group, .last_activity = {}}, {});
    });
  }

  /// The next entry; of the next event if it is one.
  wire::LogEntry next_entry(UnitOfWork& unit, wire::EntryKind kind) {
    WholeConversation group;
    group.conversation = group_id;
    wire::LogEntry entry = entry_of(group, unit.conversations().find(group_id)->head + 1);
    entry.kind = kind;
    return entry;
  }
  static GroupUpdate update_of(std::uint64_t number) {
    GroupUpdate update;
    update.conversation = group_id;
    update.chain_length = number;
    update.state = Bytes(10, static_cast<std::uint8_t>(number));
    return update;
  }
  void apply(UnitOfWork& unit, GroupUpdate update) {
    const wire::LogEntry entry = next_entry(unit, wire::EntryKind::group_event);
    update.seq = entry.seq;
    unit.conversations().append(entry);
    unit.groups().apply(update);
  }
  void apply(const GroupUpdate& update) {
    keep(storage(), [&](UnitOfWork& unit) { apply(unit, update); });
  }
  void say_something() {
    keep(storage(), [&](UnitOfWork& unit) { unit.conversations().append(next_entry(unit, wire::EntryKind::message)); });
  }
  void found(std::uint64_t members) {
    GroupUpdate update = update_of(1);
    update.joined.push_back(member_of(1, wire::Role::owner));
    for (std::uint64_t number = 2; number <= members; ++number) update.joined.push_back(member_of(number));
    apply(update);
  }
  /// What readers and the writer find alike, also after the storage was opened again.
  WholeConversation find() {
    std::optional<WholeConversation> by_reader;
    std::optional<WholeConversation> by_writer;
    look(storage(), [&](UnitOfWork& unit) { by_reader = find_whole(unit, group_id); });
    keep(storage(), [&](UnitOfWork& unit) { by_writer = find_whole(unit, group_id); });
    EXPECT_TRUE(by_reader && by_writer);
    if (!by_reader || !by_writer) return {};
    EXPECT_EQ(by_reader->epoch, by_writer->epoch);
    EXPECT_EQ(by_reader->chain_length, by_writer->chain_length);
    EXPECT_EQ(by_reader->closed, by_writer->closed);
    EXPECT_EQ(by_reader->members, by_writer->members);
    return *by_reader;
  }
  std::optional<StoredMember> find_member(std::uint64_t number) {
    std::optional<StoredMember> result;
    const auto check = [&](UnitOfWork& unit) {
      const auto found = unit.conversations().find(group_id, numbered<AccountId>(number));
      result = found ? std::optional(found->member) : std::nullopt;
    };
    keep(storage(), check);
    const std::optional<StoredMember> by_writer = result;
    look(storage(), check);
    EXPECT_EQ(result, by_writer);
    return result;
  }
};

TEST_P(GroupSuite, AnEventChangesStateEpochAndMembers) {
  found(3);
  GroupUpdate update = update_of(2);
  update.joined = {{.account = numbered<AccountId>(9), .log_start = 1, .delivered = 1, .read = 1, .departure = {}}};
  update.left = {numbered<AccountId>(2)};
  update.roles = {{numbered<AccountId>(3), wire::Role::admin}};
  update.closed = true;
  apply(update);
  for (int round = 0; round < 2; ++round) {
    const WholeConversation group = find();
    EXPECT_EQ(group.kind, wire::ConversationKind::group);
    EXPECT_EQ(group.epoch, 2U);
    EXPECT_EQ(group.head, 2U);
    EXPECT_EQ(group.chain_length, 2U);
    EXPECT_EQ(group.member_count, 3U);
    EXPECT_TRUE(group.closed);
    const std::vector expected{member_of(1, wire::Role::owner), member_of(3, wire::Role::admin), update.joined[0]};
    EXPECT_EQ(group.members, expected);
    look(storage(), [&](UnitOfWork& unit) { EXPECT_EQ(unit.groups().find_state(group_id), update.state); });
    if (backend().is_durable()) reopen();
  }
}

TEST_P(GroupSuite, WhoLeftStaysKnownWithWhereItMayReadTo) {
  found(3);
  say_something();
  GroupUpdate update = update_of(2);
  update.left = {numbered<AccountId>(2)};
  apply(update);
  EXPECT_EQ(find_member(2)->departure, (Departure{.seq = 3, .chain_length = 2}));
  EXPECT_FALSE(find_member(8).has_value());
  keep(storage(), [](UnitOfWork& unit) {
    unit.conversations().set_marks(group_id, {.account = numbered<AccountId>(2), .delivered = 3, .read = 2});
    EXPECT_EQ(unit.conversations().count(numbered<AccountId>(2)), 0U);
    EXPECT_EQ(unit.conversations().count(numbered<AccountId>(3)), 1U);
    ASSERT_EQ(unit.conversations().list(numbered<AccountId>(2)).size(), 1U);
    EXPECT_TRUE(unit.conversations().list(numbered<AccountId>(2)).front().member.departure.has_value());
    EXPECT_TRUE(unit.conversations().raise_epochs(numbered<AccountId>(2)).empty());
  });
  EXPECT_EQ(find_member(2)->delivered, 3U);
  EXPECT_EQ(find().epoch, 2U) << "the devices of who left are nobody's business";
  // It comes back as a new member.
  GroupUpdate back = update_of(3);
  back.joined = {{.account = numbered<AccountId>(2), .log_start = 3, .delivered = 3, .read = 3, .departure = {}}};
  apply(back);
  EXPECT_EQ(find_member(2), back.joined[0]);
  EXPECT_EQ(find().member_count, 3U);
}

TEST_P(GroupSuite, AThousandMembersAreFoundAndReadInPages) {
  found(wire::max_members);
  const WholeConversation group = find();
  ASSERT_EQ(group.members.size(), wire::max_members);
  look(storage(), [&](UnitOfWork& unit) {
    std::vector<StoredMember> paged;
    std::optional<AccountId> after;
    while (true) {
      const auto page = unit.conversations().members({group_id, after, wire::max_members_at_once});
      if (page.empty()) break;
      EXPECT_LE(page.size(), wire::max_members_at_once);
      paged.insert(paged.end(), page.begin(), page.end());
      after = page.back().account;
    }
    EXPECT_EQ(paged, group.members);
  });
  GroupUpdate update = update_of(2);
  for (std::uint64_t number = 501; number <= 750; ++number) update.left.push_back(numbered<AccountId>(number));
  apply(update);
  EXPECT_EQ(find().members.size(), 750U);
}

TEST_P(GroupSuite, UndoingLeavesNoTrace) {
  found(3);
  const WholeConversation before = find();
  const auto change = [&](UnitOfWork& unit) {
    GroupUpdate update = update_of(2);
    update.joined = {member_of(77)};
    update.left = {numbered<AccountId>(2)};
    update.roles = {{numbered<AccountId>(3), wire::Role::read_only}};
    apply(unit, update);
    unit.groups().insert_join_request(group_id, {numbered<AccountId>(5), {}, {}, {1}});
    EXPECT_EQ(unit.conversations().find(group_id)->epoch, 2U);
    EXPECT_EQ(unit.conversations().accounts_of(group_id)->size(), 3U);
    return Verdict::undo;
  };
  EXPECT_EQ(write(storage(), change), WorkOutcome::refused);
  const WholeConversation after = find();
  EXPECT_EQ(after.members, before.members);
  EXPECT_EQ(after.epoch, before.epoch);
  EXPECT_EQ(after.chain_length, 1U);
  EXPECT_EQ(after.head, 1U);
  EXPECT_FALSE(find_member(77).has_value());
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.groups().find_state(group_id), update_of(1).state);
    EXPECT_EQ(unit.groups().read_chain({.conversation = group_id, .last = 9}).size(), 1U);
    EXPECT_TRUE(unit.groups().join_requests(group_id).empty());
  });
}

TEST_P(GroupSuite, AnEventOfAGroupThatIsNotThereFailsTheUnit) {
  EXPECT_EQ(write(storage(),
                  [](UnitOfWork& unit) {
                    GroupUpdate update = update_of(1);
                    update.conversation = numbered<ConversationId>(9);
                    unit.groups().apply(update);
                    return Verdict::keep;
                  }),
            WorkOutcome::failed);
}

TEST_P(GroupSuite, TheChainIsReadByNumberWithinLimits) {
  found(2);
  for (std::uint64_t number = 2; number <= 5; ++number) {
    say_something();
    apply(update_of(number));
  }
  look(storage(), [](UnitOfWork& unit) {
    const auto first_octets = [&](const service::GroupStore::ChainRange& range) {
      std::vector<int> octets;
      for (const Bytes& body : unit.groups().read_chain(range)) octets.push_back(body.front());
      return octets;
    };
    // The body of an entry repeats its number in the log: events are every other one.
    EXPECT_EQ(first_octets({.conversation = group_id, .last = 5}), (std::vector{1, 3, 5, 7, 9}));
    EXPECT_EQ(first_octets({.conversation = group_id, .after = 1, .last = 3}), (std::vector{3, 5}));
    EXPECT_EQ(first_octets({.conversation = group_id, .last = 5, .max_events = 2}), (std::vector{1, 3}));
    EXPECT_EQ(first_octets({.conversation = group_id, .after = 2, .last = 5, .max_size = 25}), (std::vector{5, 7}));
    EXPECT_EQ(first_octets({.conversation = group_id, .after = 2, .last = 5, .max_size = 0}), (std::vector{5}));
    EXPECT_TRUE(first_octets({.conversation = group_id, .after = UINT64_MAX, .last = UINT64_MAX}).empty());
    EXPECT_TRUE(first_octets({.conversation = numbered<ConversationId>(9), .last = 5}).empty());
  });
}

TEST_P(GroupSuite, JoinRequestsWaitOnceForEachAccountOldestFirst) {
  const auto request = [](std::uint64_t account, std::uint64_t at) {
    return wire::JoinRequest{numbered<AccountId>(account), numbered<InvitationId>(account),
                             numbered<Ed25519Signature>(account), UnixMillis{at}};
  };
  keep(storage(), [&](UnitOfWork& unit) {
    unit.groups().insert_join_request(group_id, request(2, 30));
    unit.groups().insert_join_request(group_id, request(3, 10));
    unit.groups().insert_join_request(group_id, request(4, 20));
    unit.groups().insert_join_request(group_id, request(2, 5));
    EXPECT_TRUE(unit.groups().remove_join_request(group_id, numbered<AccountId>(4)));
    EXPECT_FALSE(unit.groups().remove_join_request(group_id, numbered<AccountId>(4)));
    EXPECT_FALSE(unit.groups().remove_join_request(numbered<ConversationId>(9), numbered<AccountId>(2)));
  });
  look(storage(), [&](UnitOfWork& unit) {
    const auto waiting = unit.groups().join_requests(group_id);
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].account, numbered<AccountId>(3));
    EXPECT_EQ(waiting[1].account, numbered<AccountId>(2));
    EXPECT_EQ(waiting[1].asked_at, UnixMillis{30});
    EXPECT_EQ(waiting[1].proof, numbered<Ed25519Signature>(2));
  });
}

INSTANTIATE_TEST_SUITE_P(Storage, GroupSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
