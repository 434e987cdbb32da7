// Properties: a dropped body leaves its entry, its number and its receipt; bodies are dropped when they are due, in
// batches, each once, also after the storage was opened again.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

class RedactionSuite : public StorageSuite {
 protected:
  void append(std::uint64_t seq, UnixMillis expires_at = {}, wire::EntryKind kind = wire::EntryKind::message) {
    wire::LogEntry entry = entry_of(conversation_, seq);
    entry.expires_at = expires_at;
    entry.kind = kind;
    keep(storage(), [&](UnitOfWork& unit) { unit.conversations().append(entry); });
  }
  std::size_t drop_expired(std::uint64_t now, std::size_t limit) {
    std::size_t dropped = 0;
    keep(storage(), [&](UnitOfWork& unit) { dropped = unit.conversations().drop_expired_bodies({now}, limit); });
    return dropped;
  }
  std::vector<wire::LogEntry> read() {
    std::vector<wire::LogEntry> entries;
    look(storage(),
         [&](UnitOfWork& unit) { entries = unit.conversations().read({.conversation = conversation_.conversation}); });
    return entries;
  }
  std::vector<std::uint64_t> dropped() {
    std::vector<std::uint64_t> seqs;
    for (const wire::LogEntry& entry : read()) {
      EXPECT_EQ(entry.redacted, entry.body.empty());
      if (entry.redacted) seqs.push_back(entry.seq);
    }
    return seqs;
  }

  WholeConversation conversation_ = add_conversation(storage(), 1);
};

TEST_P(RedactionSuite, KindAndExpiryComeBackAsTheyWere) {
  append(1, {77}, wire::EntryKind::group_event);
  append(2);
  const auto entries = read();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].kind, wire::EntryKind::group_event);
  EXPECT_EQ(entries[0].expires_at, UnixMillis{77});
  EXPECT_FALSE(entries[0].redacted);
  EXPECT_EQ(entries[1].kind, wire::EntryKind::message);
  EXPECT_EQ(entries[1].expires_at, UnixMillis{});
}

TEST_P(RedactionSuite, ADroppedBodyLeavesItsEntry) {
  for (std::uint64_t seq = 1; seq <= 3; ++seq) append(seq, {9'000});
  const std::vector<std::uint64_t> seqs{2, 2, 8};
  keep(storage(), [&](UnitOfWork& unit) { unit.conversations().drop_bodies(conversation_.conversation, seqs); });
  EXPECT_EQ(dropped(), std::vector<std::uint64_t>{2});
  if (backend().is_durable()) reopen();
  const auto entries = read();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[1].sender, numbered<AccountId>(1));
  EXPECT_EQ(entries[1].message, numbered<MessageId>(2));
  EXPECT_EQ(entries[1].expires_at, UnixMillis{9'000});
  look(storage(), [&](UnitOfWork& unit) {
    EXPECT_EQ(unit.conversations()
                  .find_receipt(conversation_.conversation, numbered<DeviceId>(1), numbered<MessageId>(2))
                  ->seq,
              2U);
  });
  EXPECT_EQ(drop_expired(10'000, 10), 2U) << "what was dropped before is not due again";
}

TEST_P(RedactionSuite, AnOutlineTellsOfWhatIsThere) {
  append(1);
  append(2, {}, wire::EntryKind::group_event);
  const std::vector<std::uint64_t> one{1};
  const std::vector<std::uint64_t> asked{2, 1, 2, 0, 3, UINT64_MAX};
  keep(storage(), [&](UnitOfWork& unit) { unit.conversations().drop_bodies(conversation_.conversation, one); });
  look(storage(), [&](UnitOfWork& unit) {
    const auto outline = unit.conversations().outline(conversation_.conversation, asked);
    ASSERT_EQ(outline.size(), 2U);
    EXPECT_EQ(outline[0].seq, 1U);
    EXPECT_TRUE(outline[0].redacted);
    EXPECT_EQ(outline[0].sender, numbered<AccountId>(1));
    EXPECT_EQ(outline[1].seq, 2U);
    EXPECT_EQ(outline[1].kind, wire::EntryKind::group_event);
    EXPECT_FALSE(outline[1].redacted);
    EXPECT_TRUE(unit.conversations().outline(numbered<ConversationId>(9), asked).empty());
  });
}

TEST_P(RedactionSuite, BodiesAreDroppedWhenDueInBatchesThoseDueFirstFirst) {
  append(1, {400});
  append(2);
  append(3, {200});
  append(4, {300});
  append(5, {500});
  EXPECT_EQ(drop_expired(199, 10), 0U);
  EXPECT_EQ(drop_expired(400, 2), 2U);
  EXPECT_EQ(dropped(), (std::vector<std::uint64_t>{3, 4}));
  if (backend().is_durable()) reopen();
  EXPECT_EQ(drop_expired(400, 2), 1U);
  EXPECT_EQ(drop_expired(400, 2), 0U);
  EXPECT_EQ(dropped(), (std::vector<std::uint64_t>{1, 3, 4}));
}

TEST_P(RedactionSuite, UndoingLeavesTheBody) {
  append(1, {100});
  const std::vector<std::uint64_t> seqs{1};
  EXPECT_EQ(write(storage(),
                  [&](UnitOfWork& unit) {
                    unit.conversations().drop_bodies(conversation_.conversation, seqs);
                    return Verdict::undo;
                  }),
            WorkOutcome::refused);
  EXPECT_TRUE(dropped().empty());
  EXPECT_EQ(drop_expired(100, 1), 1U);
}

INSTANTIATE_TEST_SUITE_P(Storage, RedactionSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
