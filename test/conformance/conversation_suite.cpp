// Properties: a log is numbered 1, 2, 3 without a gap and read in that order within limits; a message id appears once
// for a device and conversation; epochs, marks, head and last activity follow what was done.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::ConversationStore;
using service::StoredConversation;
using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

class ConversationSuite : public StorageSuite {
 protected:
  WorkOutcome append(const wire::LogEntry& entry) {
    return write(storage(), [&](UnitOfWork& unit) {
      unit.conversations().append(entry);
      return Verdict::keep;
    });
  }
  /// Found the same by a reader and by the writer.
  std::optional<WholeConversation> find(ConversationId conversation) {
    std::optional<WholeConversation> by_reader;
    std::optional<WholeConversation> by_writer;
    look(storage(), [&](UnitOfWork& unit) { by_reader = find_whole(unit, conversation); });
    keep(storage(), [&](UnitOfWork& unit) { by_writer = find_whole(unit, conversation); });
    EXPECT_EQ(by_reader.has_value(), by_writer.has_value());
    if (by_reader && by_writer) expect_same(*by_reader, *by_writer);
    return by_reader;
  }
  std::vector<std::uint64_t> numbers(const ConversationStore::LogRange& range) {
    std::vector<std::uint64_t> result;
    look(storage(), [&](UnitOfWork& unit) {
      for (const auto& entry : unit.conversations().read(range)) result.push_back(entry.seq);
    });
    return result;
  }
  static void expect_same(const WholeConversation& left, const WholeConversation& right) {
    expect_same_state(left, right);
    EXPECT_EQ(left.members, right.members);
  }
  static void expect_same_state(const StoredConversation& left, const StoredConversation& right) {
    EXPECT_EQ(left.conversation, right.conversation);
    EXPECT_EQ(left.kind, right.kind);
    EXPECT_EQ(left.epoch, right.epoch);
    EXPECT_EQ(left.head, right.head);
    EXPECT_EQ(left.last_activity, right.last_activity);
    EXPECT_EQ(left.chain_length, right.chain_length);
    EXPECT_EQ(left.closed, right.closed);
    EXPECT_EQ(left.member_count, right.member_count);
  }
};

TEST_P(ConversationSuite, AConversationIsFoundAsItWasInserted) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  const auto found = find(conversation.conversation);
  ASSERT_TRUE(found.has_value());
  expect_same(*found, conversation);
  EXPECT_FALSE(find(numbered<ConversationId>(2)).has_value());
}

TEST_P(ConversationSuite, AConversationIsInsertedOnce) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  EXPECT_EQ(write(storage(),
                  [&](UnitOfWork& unit) {
                    insert(unit, conversation);
                    return Verdict::keep;
                  }),
            WorkOutcome::failed);
  expect_same(*find(conversation.conversation), conversation);
}

TEST_P(ConversationSuite, AnEntryComesBackAsItWasAppended) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  const wire::LogEntry entry = entry_of(conversation, 1, 60 * 1024);
  ASSERT_EQ(append(entry), WorkOutcome::committed);
  look(storage(), [&](UnitOfWork& unit) {
    const auto entries = unit.conversations().read({.conversation = conversation.conversation});
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].conversation, entry.conversation);
    EXPECT_EQ(entries[0].seq, 1U);
    EXPECT_EQ(entries[0].sender, entry.sender);
    EXPECT_EQ(entries[0].sender_device, entry.sender_device);
    EXPECT_EQ(entries[0].message, entry.message);
    EXPECT_EQ(entries[0].sent_at, entry.sent_at);
    EXPECT_EQ(entries[0].body, entry.body);
  });
}

TEST_P(ConversationSuite, AppendingRaisesTheHeadAndSetsTheLastActivity) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    ASSERT_EQ(append(entry_of(conversation, seq)), WorkOutcome::committed);
    const auto found = find(conversation.conversation);
    EXPECT_EQ(found->head, seq);
    EXPECT_EQ(found->last_activity, entry_of(conversation, seq).sent_at);
  }
}

TEST_P(ConversationSuite, AnEntryThatDoesNotFollowTheHeadIsNotStored) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  ASSERT_EQ(append(entry_of(conversation, 1)), WorkOutcome::committed);
  for (const std::uint64_t seq : {0U, 1U, 3U}) {
    wire::LogEntry entry = entry_of(conversation, seq);
    entry.message = numbered<MessageId>(100 + seq);
    EXPECT_EQ(append(entry), WorkOutcome::failed);
  }
  WholeConversation unknown = conversation;
  unknown.conversation = numbered<ConversationId>(9);
  EXPECT_EQ(append(entry_of(unknown, 1)), WorkOutcome::failed);
  EXPECT_EQ(find(conversation.conversation)->head, 1U);
  EXPECT_EQ(append(entry_of(conversation, 2)), WorkOutcome::committed);
  EXPECT_EQ(numbers({.conversation = conversation.conversation}), (std::vector<std::uint64_t>{1, 2}));
}

TEST_P(ConversationSuite, AMessageIdIsUsedOnceByADeviceInAConversation) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  const WholeConversation other = add_conversation(storage(), 2);
  ASSERT_EQ(append(entry_of(conversation, 1)), WorkOutcome::committed);
  wire::LogEntry repeat = entry_of(conversation, 2);
  repeat.message = entry_of(conversation, 1).message;
  EXPECT_EQ(append(repeat), WorkOutcome::failed);
  wire::LogEntry of_other_device = repeat;
  of_other_device.sender_device = numbered<DeviceId>(2);
  EXPECT_EQ(append(of_other_device), WorkOutcome::committed);
  EXPECT_EQ(append(entry_of(other, 1)), WorkOutcome::committed);
  EXPECT_EQ(find(conversation.conversation)->head, 2U);
}

TEST_P(ConversationSuite, ARepeatIsLeftOutAndChangesNothing) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  wire::LogEntry repeat = entry_of(conversation, 2);
  repeat.message = entry_of(conversation, 1).message;
  keep(storage(), [&](UnitOfWork& unit) {
    EXPECT_TRUE(unit.conversations().append_unless_there(entry_of(conversation, 1)));
    EXPECT_FALSE(unit.conversations().append_unless_there(repeat));
    EXPECT_EQ(unit.conversations().find(conversation.conversation)->head, 1U);
    EXPECT_TRUE(unit.conversations().append_unless_there(entry_of(conversation, 2)));
  });
  keep(storage(), [&](UnitOfWork& unit) {
    repeat.seq = 3;
    EXPECT_FALSE(unit.conversations().append_unless_there(repeat));
  });
  EXPECT_EQ(numbers({.conversation = conversation.conversation}), (std::vector<std::uint64_t>{1, 2}));
}

TEST_P(ConversationSuite, AReceiptIsFoundForThatDeviceAndConversationAlone) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  const wire::LogEntry entry = entry_of(conversation, 1);
  ASSERT_EQ(append(entry), WorkOutcome::committed);
  const auto check = [&](UnitOfWork& unit) {
    auto& log = unit.conversations();
    const auto receipt = log.find_receipt(entry.conversation, entry.sender_device, entry.message);
    ASSERT_TRUE(receipt.has_value());
    EXPECT_EQ(receipt->seq, 1U);
    EXPECT_EQ(receipt->sent_at, entry.sent_at);
    EXPECT_FALSE(log.find_receipt(entry.conversation, entry.sender_device, numbered<MessageId>(2)).has_value());
    EXPECT_FALSE(log.find_receipt(entry.conversation, numbered<DeviceId>(2), entry.message).has_value());
    EXPECT_FALSE(log.find_receipt(numbered<ConversationId>(2), entry.sender_device, entry.message).has_value());
  };
  look(storage(), check);
  keep(storage(), check);
}

TEST_P(ConversationSuite, APageEndsAtItsLimits) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  const WholeConversation other = add_conversation(storage(), 2);
  keep(storage(), [&](UnitOfWork& unit) {
    for (std::uint64_t seq = 1; seq <= 5; ++seq) {
      unit.conversations().append(entry_of(conversation, seq, 100));
      unit.conversations().append(entry_of(other, seq, 100));
    }
  });
  const ConversationId id = conversation.conversation;
  EXPECT_EQ(numbers({.conversation = id}), (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(numbers({.conversation = id, .after = 1, .max_entries = 2}), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(numbers({.conversation = id, .max_size = 300}), (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(numbers({.conversation = id, .max_size = 299}), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(numbers({.conversation = id, .after = 3, .max_size = 0}), (std::vector<std::uint64_t>{4}));
  EXPECT_TRUE(numbers({.conversation = id, .after = 5}).empty());
  EXPECT_TRUE(numbers({.conversation = id, .after = UINT64_MAX}).empty());
  EXPECT_TRUE(numbers({.conversation = numbered<ConversationId>(9)}).empty());
}

TEST_P(ConversationSuite, ConversationsAreListedByNewestActivity) {
  const WholeConversation first = add_conversation(storage(), 1);
  add_conversation(storage(), 2);
  WholeConversation foreign = first;
  foreign.conversation = numbered<ConversationId>(3);
  foreign.members = {{.account = numbered<AccountId>(2)}, {.account = numbered<AccountId>(3)}};
  keep(storage(), [&](UnitOfWork& unit) { insert(unit, foreign); });
  const auto listed = [&] {
    std::vector<ConversationId> ids;
    look(storage(), [&](UnitOfWork& unit) {
      for (const auto& [conversation, member] : unit.conversations().list(numbered<AccountId>(1))) {
        EXPECT_EQ(member.account, numbered<AccountId>(1));
        ids.push_back(conversation.conversation);
      }
      EXPECT_EQ(unit.conversations().count(numbered<AccountId>(1)), 2U);
      EXPECT_EQ(unit.conversations().count(numbered<AccountId>(2)), 3U);
      EXPECT_EQ(unit.conversations().count(numbered<AccountId>(8)), 0U);
      EXPECT_TRUE(unit.conversations().list(numbered<AccountId>(8)).empty());
    });
    return ids;
  };
  EXPECT_THAT(listed(), testing::ElementsAre(numbered<ConversationId>(2), numbered<ConversationId>(1)));
  ASSERT_EQ(append(entry_of(first, 1)), WorkOutcome::committed);
  EXPECT_THAT(listed(), testing::ElementsAre(numbered<ConversationId>(1), numbered<ConversationId>(2)));
}

TEST_P(ConversationSuite, MarksAreSetForThatMemberAlone) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  keep(storage(), [&](UnitOfWork& unit) {
    unit.conversations().set_marks(conversation.conversation,
                                   {.account = numbered<AccountId>(1), .delivered = 7, .read = 5});
  });
  WholeConversation expected = conversation;
  expected.members[0].delivered = 7;
  expected.members[0].read = 5;
  expect_same(*find(conversation.conversation), expected);
}

TEST_P(ConversationSuite, EpochsRiseInTheAccountsConversationsAlone) {
  const WholeConversation first = add_conversation(storage(), 1);
  add_conversation(storage(), 2);
  WholeConversation foreign = first;
  foreign.conversation = numbered<ConversationId>(3);
  foreign.members = {{.account = numbered<AccountId>(2)}, {.account = numbered<AccountId>(3)}};
  std::vector<StoredConversation> raised;
  keep(storage(), [&](UnitOfWork& unit) {
    insert(unit, foreign);
    raised = unit.conversations().raise_epochs(numbered<AccountId>(1));
  });
  ASSERT_EQ(raised.size(), 2U);
  for (const StoredConversation& conversation : raised) {
    EXPECT_EQ(conversation.epoch, 2U);
    expect_same_state(*find(conversation.conversation), conversation);
  }
  EXPECT_EQ(find(foreign.conversation)->epoch, 1U);
}

TEST_P(ConversationSuite, UndoingLeavesNoTrace) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  ASSERT_EQ(append(entry_of(conversation, 1)), WorkOutcome::committed);
  const auto before = find(conversation.conversation);
  WholeConversation fresh = conversation;
  fresh.conversation = numbered<ConversationId>(5);
  fresh.members[0].account = numbered<AccountId>(50);
  EXPECT_EQ(write(storage(),
                  [&](UnitOfWork& unit) {
                    auto& log = unit.conversations();
                    wire::LogEntry entry = entry_of(conversation, 2);
                    entry.sender_device = numbered<DeviceId>(51);
                    log.append(entry);
                    log.set_marks(conversation.conversation, {.account = numbered<AccountId>(1), .delivered = 2});
                    log.raise_epochs(numbered<AccountId>(1));
                    insert(unit, fresh);
                    log.append(entry_of(fresh, 1));
                    EXPECT_EQ(log.find(conversation.conversation)->head, 2U);
                    EXPECT_EQ(log.find(conversation.conversation)->epoch, 2U);
                    EXPECT_EQ(log.find(fresh.conversation)->head, 1U);
                    return Verdict::undo;
                  }),
            WorkOutcome::refused);
  expect_same(*find(conversation.conversation), *before);
  EXPECT_FALSE(find(fresh.conversation).has_value());
  // What the undone unit used first (an account, a device, a number, an id) is free.
  keep(storage(), [&](UnitOfWork& unit) {
    insert(unit, fresh);
    wire::LogEntry entry = entry_of(conversation, 2);
    entry.sender_device = numbered<DeviceId>(51);
    unit.conversations().append(entry);
  });
  EXPECT_EQ(find(conversation.conversation)->head, 2U);
  EXPECT_EQ(find(fresh.conversation)->members[1].account, numbered<AccountId>(50));
  look(storage(), [&](UnitOfWork& unit) {
    EXPECT_EQ(unit.conversations().read({.conversation = conversation.conversation})[1].sender_device,
              numbered<DeviceId>(51));
  });
}

TEST_P(ConversationSuite, UndoingASingleWriteLeavesNoTrace) {
  const WholeConversation conversation = add_conversation(storage(), 1);
  ASSERT_EQ(append(entry_of(conversation, 1)), WorkOutcome::committed);
  const auto before = find(conversation.conversation);
  const wire::Member marks = {.account = numbered<AccountId>(1), .delivered = 1, .read = 1};
  const std::vector<std::function<void(ConversationStore&)>> writes = {
      [&](ConversationStore& log) { log.append(entry_of(conversation, 2)); },
      [&](ConversationStore& log) { log.set_marks(conversation.conversation, marks); },
      [&](ConversationStore& log) {
        log.append(entry_of(conversation, 2));
        log.append(entry_of(conversation, 3));
      },
      [&](ConversationStore& log) {
        log.set_marks(conversation.conversation, marks);
        log.set_marks(conversation.conversation, {.account = numbered<AccountId>(2), .delivered = 1});
        log.append(entry_of(conversation, 2));
      },
  };
  for (const auto& change : writes) {
    EXPECT_EQ(write(storage(),
                    [&](UnitOfWork& unit) {
                      change(unit.conversations());
                      return Verdict::undo;
                    }),
              WorkOutcome::refused);
    expect_same(*find(conversation.conversation), *before);
    EXPECT_EQ(numbers({.conversation = conversation.conversation}), (std::vector<std::uint64_t>{1}));
    look(storage(), [&](UnitOfWork& unit) {
      const wire::LogEntry undone = entry_of(conversation, 2);
      EXPECT_FALSE(
          unit.conversations().find_receipt(undone.conversation, undone.sender_device, undone.message).has_value());
    });
  }
  EXPECT_EQ(append(entry_of(conversation, 2)), WorkOutcome::committed);
}

INSTANTIATE_TEST_SUITE_P(Storage, ConversationSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
