// Properties: work runs in the order of submission and finishes in that order; a unit that is undone or fails harms no
// other; a reader sees what was finished before it; a full queue hands work back; a durable storage keeps all.
#include <atomic>
#include <mutex>
#include <thread>

#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::StoredConversation;
using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

class WorkSuite : public StorageSuite {};

/// Collects outcomes from the storage's threads.
class Outcomes {
 public:
  Finish add(std::size_t number) {
    return [this, number](WorkOutcome outcome) {
      const std::lock_guard lock(mutex_);
      order_.push_back(number);
      outcomes_.push_back(outcome);
    };
  }
  std::vector<std::size_t> order() {
    const std::lock_guard lock(mutex_);
    return order_;
  }
  std::vector<WorkOutcome> outcomes() {
    const std::lock_guard lock(mutex_);
    return outcomes_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::size_t> order_;
  std::vector<WorkOutcome> outcomes_;
};

/// Returns when all that was submitted for writing before has finished.
void wait_for_writes(service::Storage& storage) {
  keep(storage, [](UnitOfWork&) {});
}

TEST_P(WorkSuite, WritesRunAndFinishInTheOrderOfSubmission) {
  const StoredConversation conversation = add_conversation(storage(), 1);
  Outcomes outcomes;
  constexpr std::size_t count = 1'000;
  for (std::size_t number = 1; number <= count; ++number) {
    const auto back = storage().submit_write(make_work(
        [&, number](UnitOfWork& unit) {
          EXPECT_EQ(unit.conversations().find(conversation.conversation)->head, number - 1);
          unit.conversations().append(entry_of(conversation, number));
          return Verdict::keep;
        },
        outcomes.add(number)));
    ASSERT_EQ(back, nullptr);
  }
  wait_for_writes(storage());
  std::vector<std::size_t> expected;
  for (std::size_t number = 1; number <= count; ++number) expected.push_back(number);
  EXPECT_EQ(outcomes.order(), expected);
  EXPECT_THAT(outcomes.outcomes(), testing::Each(WorkOutcome::committed));
}

TEST_P(WorkSuite, UndoneAndFailedUnitsHarmNoOtherInTheirBatch) {
  const StoredConversation conversation = add_conversation(storage(), 1);
  Outcomes outcomes;
  // Of each three units one is kept, one is undone, one breaks a unique key after it has written.
  for (std::size_t number = 0; number < 300; ++number) {
    const auto back = storage().submit_write(make_work(
        [&, number](UnitOfWork& unit) {
          const std::uint64_t head = unit.conversations().find(conversation.conversation)->head;
          EXPECT_EQ(head, (number + 2) / 3);
          wire::LogEntry entry = entry_of(conversation, head + 1);
          unit.values().put("last", Bytes{static_cast<std::uint8_t>(number % 3)});
          unit.conversations().append(entry);
          if (number % 3 == 2) unit.conversations().append(entry);
          return number % 3 == 1 ? Verdict::undo : Verdict::keep;
        },
        outcomes.add(number)));
    ASSERT_EQ(back, nullptr);
  }
  wait_for_writes(storage());
  const auto results = outcomes.outcomes();
  ASSERT_EQ(results.size(), 300U);
  constexpr WorkOutcome expected[] = {WorkOutcome::committed, WorkOutcome::refused, WorkOutcome::failed};
  for (std::size_t number = 0; number < 300; ++number) EXPECT_EQ(results[number], expected[number % 3]);
  look(storage(), [&](UnitOfWork& unit) {
    EXPECT_EQ(unit.values().find("last"), Bytes{0});
    const auto entries = unit.conversations().read({.conversation = conversation.conversation});
    ASSERT_EQ(entries.size(), 100U);
    for (std::size_t index = 0; index < entries.size(); ++index) EXPECT_EQ(entries[index].seq, index + 1);
  });
}

TEST_P(WorkSuite, AReaderSeesWhatWasFinishedBefore) {
  const StoredConversation conversation = add_conversation(storage(), 1);
  for (std::uint64_t seq = 1; seq <= 100; ++seq) {
    keep(storage(), [&](UnitOfWork& unit) { unit.conversations().append(entry_of(conversation, seq)); });
    look(storage(),
         [&](UnitOfWork& unit) { EXPECT_EQ(unit.conversations().find(conversation.conversation)->head, seq); });
  }
}

TEST_P(WorkSuite, AReaderSeesOneConsistentState) {
  const StoredConversation conversation = add_conversation(storage(), 1);
  std::atomic<bool> done = false;
  std::thread appender([&] {
    for (std::uint64_t seq = 1; seq <= 300; ++seq) {
      keep(storage(), [&](UnitOfWork& unit) { unit.conversations().append(entry_of(conversation, seq)); });
    }
    done = true;
  });
  while (!done) {
    look(storage(), [&](UnitOfWork& unit) {
      const auto found = unit.conversations().find(conversation.conversation);
      const auto entries = unit.conversations().read({.conversation = conversation.conversation, .max_entries = 1'000});
      EXPECT_EQ(found->head, entries.size());
    });
  }
  appender.join();
}

TEST_P(WorkSuite, AReadingUnitCannotWrite) {
  EXPECT_EQ(read(storage(),
                 [](UnitOfWork& unit) {
                   unit.values().put("key", Bytes{1});
                   return Verdict::keep;
                 }),
            WorkOutcome::failed);
  look(storage(), [](UnitOfWork& unit) { EXPECT_FALSE(unit.values().find("key").has_value()); });
}

TEST_P(WorkSuite, AReadThatIsTurnedDownIsRefused) {
  EXPECT_EQ(read(storage(), [](UnitOfWork&) { return Verdict::undo; }), WorkOutcome::refused);
}

TEST_P(WorkSuite, AFullQueueHandsTheWorkBack) {
  constexpr std::size_t capacity = 4;
  reopen({.queue_capacity = capacity});
  std::atomic<std::size_t> run = 0;
  std::size_t handed_back = 0;
  // While a unit runs, nothing leaves the queue.
  keep(storage(), [&](UnitOfWork&) {
    for (std::size_t number = 0; number < capacity + 3; ++number) {
      const auto back = storage().submit_write(make_work(
          [&](UnitOfWork&) {
            ++run;
            return Verdict::keep;
          },
          [](WorkOutcome) {}));
      if (back != nullptr) ++handed_back;
    }
  });
  wait_for_writes(storage());
  EXPECT_EQ(handed_back, 3U);
  EXPECT_EQ(run, capacity);
}

TEST_P(WorkSuite, WorkMaySubmitWork) {
  std::promise<WorkOutcome> inner;
  keep(storage(), [&](UnitOfWork& unit) {
    unit.values().put("outer", Bytes{1});
    const auto back = storage().submit_write(make_work(
        [](UnitOfWork& later) {
          EXPECT_TRUE(later.values().find("outer").has_value());
          return Verdict::keep;
        },
        [&](WorkOutcome outcome) { inner.set_value(outcome); }));
    EXPECT_EQ(back, nullptr);
  });
  EXPECT_EQ(inner.get_future().get(), WorkOutcome::committed);
}

TEST_P(WorkSuite, ADurableStorageKeepsAllWhenItIsOpenedAgain) {
  if (!backend().is_durable()) GTEST_SKIP() << "keeps nothing by design";
  const StoredConversation conversation = add_conversation(storage(), 1);
  Outcomes outcomes;
  for (std::uint64_t seq = 1; seq <= 500; ++seq) {
    const auto back = storage().submit_write(make_work(
        [&, seq](UnitOfWork& unit) {
          unit.conversations().append(entry_of(conversation, seq));
          return Verdict::keep;
        },
        outcomes.add(seq)));
    ASSERT_EQ(back, nullptr);
  }
  // Closing drains what was accepted.
  reopen();
  EXPECT_EQ(outcomes.order().size(), 500U);
  EXPECT_THAT(outcomes.outcomes(), testing::Each(WorkOutcome::committed));
  look(storage(), [&](UnitOfWork& unit) {
    EXPECT_EQ(unit.conversations().find(conversation.conversation)->head, 500U);
    EXPECT_EQ(unit.conversations().read({.conversation = conversation.conversation, .max_entries = 1'000}).size(),
              500U);
  });
  keep(storage(), [&](UnitOfWork& unit) { unit.conversations().append(entry_of(conversation, 501)); });
}

INSTANTIATE_TEST_SUITE_P(Storage, WorkSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
