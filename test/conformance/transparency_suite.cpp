// Properties: entries and hashes come back as they were appended, in order and after a restart; an entry out of order,
// or a hash that is there already, fails its unit and leaves nothing; an account's newest entry and history are its
// own.
#include "storage_suite.h"
#include "wire/binary.h"
#include "wire/equality.h"

namespace sotto::conformance {
namespace {

using service::StoredNode;
using service::TransparencyStore;
using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

wire::TransparencyLeaf leaf(std::uint64_t account, std::uint64_t version) {
  wire::TransparencyLeaf leaf;
  leaf.account = numbered<AccountId>(account);
  leaf.version = version;
  leaf.device_list = numbered<Sha256Digest>(100 * account + version);
  if (version > 1) leaf.previous = numbered<Sha256Digest>(version);
  leaf.at = {1'000 + version};
  return leaf;
}

Sha256Digest hash(std::uint64_t number) { return numbered<Sha256Digest>(number); }

class TransparencySuite : public StorageSuite {
 protected:
  void append(std::uint64_t index, const wire::TransparencyLeaf& entry) {
    keep(storage(), [&](UnitOfWork& unit) { unit.transparency().append({index, entry}, {{0, index, hash(index)}}); });
  }
  template <class Function>
  auto seen(Function function) {
    decltype(function(std::declval<TransparencyStore&>())) result{};
    look(storage(), [&](UnitOfWork& unit) { result = function(unit.transparency()); });
    return result;
  }
  std::uint64_t size() {
    return seen([](TransparencyStore& store) { return store.size(); });
  }
};

TEST_P(TransparencySuite, IsEmptyAtFirst) {
  EXPECT_EQ(size(), 0u);
  EXPECT_FALSE(seen([](TransparencyStore& store) { return store.newest(numbered<AccountId>(1)); }));
  EXPECT_FALSE(seen([](TransparencyStore& store) { return store.node({0, 0}); }));
  EXPECT_TRUE(seen([](TransparencyStore& store) { return store.entries({0, 10}); }).empty());
}

TEST_P(TransparencySuite, GivesBackWhatWasAppended) {
  append(0, leaf(1, 1));
  append(1, leaf(2, 1));
  append(2, leaf(1, 2));
  reopen();
  if (!backend().is_durable()) {
    append(0, leaf(1, 1));
    append(1, leaf(2, 1));
    append(2, leaf(1, 2));
  }
  EXPECT_EQ(size(), 3u);
  const auto newest = seen([](TransparencyStore& store) { return store.newest(numbered<AccountId>(1)); });
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->index, 2u);
  EXPECT_TRUE(wire::equal(newest->leaf, leaf(1, 2)));
  const auto entries = seen([](TransparencyStore& store) { return store.entries({1, 5}); });
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0], wire::encode(leaf(2, 1)));
  EXPECT_EQ(seen([](TransparencyStore& store) { return store.node({0, 1}); }), hash(1));
  const auto nodes = seen([](TransparencyStore& store) { return store.nodes({{0, 1}, 1}); });
  EXPECT_EQ(nodes, std::vector{hash(1)});
}

TEST_P(TransparencySuite, AnEntryOutOfOrderFails) {
  append(0, leaf(1, 1));
  for (const std::uint64_t index : {0u, 2u}) {
    EXPECT_EQ(write(storage(),
                    [&](UnitOfWork& unit) {
                      unit.transparency().append({index, leaf(1, 2)}, {{0, index + 7, hash(index)}});
                      return Verdict::keep;
                    }),
              WorkOutcome::failed);
  }
  EXPECT_EQ(size(), 1u);
  EXPECT_EQ(seen([](TransparencyStore& store) { return store.nodes({{0, 0}, 10}); }).size(), 1u);
}

TEST_P(TransparencySuite, AHashIsWrittenOnce) {
  append(0, leaf(1, 1));
  EXPECT_EQ(write(storage(),
                  [&](UnitOfWork& unit) {
                    unit.transparency().append({1, leaf(1, 2)}, {{0, 1, hash(1)}, {0, 0, hash(9)}});
                    return Verdict::keep;
                  }),
            WorkOutcome::failed);
  EXPECT_EQ(size(), 1u);
  EXPECT_EQ(seen([](TransparencyStore& store) { return store.node({0, 0}); }), hash(0));
}

TEST_P(TransparencySuite, AnUndoneUnitAppendsNothing) {
  EXPECT_EQ(write(storage(),
                  [&](UnitOfWork& unit) {
                    unit.transparency().append({0, leaf(1, 1)}, {{0, 0, hash(0)}});
                    EXPECT_EQ(unit.transparency().size(), 1u);
                    return Verdict::undo;
                  }),
            WorkOutcome::refused);
  EXPECT_EQ(size(), 0u);
  EXPECT_FALSE(seen([](TransparencyStore& store) { return store.newest(numbered<AccountId>(1)); }));
}

TEST_P(TransparencySuite, AHistoryIsOneAccountsAndMayBeginAnew) {
  std::uint64_t index = 0;
  for (std::uint64_t version = 1; version <= 3; ++version) {
    append(index++, leaf(1, version));
    append(index++, leaf(2, version));
  }
  append(index++, leaf(1, 1));
  append(index++, leaf(1, 2));
  const auto versions = [&](std::uint64_t after, std::size_t most) {
    std::vector<std::uint64_t> found;
    for (const auto& entry :
         seen([&](TransparencyStore& store) { return store.of_account({numbered<AccountId>(1), after, most}); })) {
      EXPECT_EQ(entry.account, numbered<AccountId>(1));
      found.push_back(entry.version);
    }
    return found;
  };
  EXPECT_EQ(versions(0, 10), (std::vector<std::uint64_t>{1, 2, 3, 1, 2}));
  EXPECT_EQ(versions(0, 2), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(versions(3, 10), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(versions(1, 10), (std::vector<std::uint64_t>{2}));
  EXPECT_TRUE(versions(2, 10).empty());
}

TEST_P(TransparencySuite, NamesAccountsThatAreNotInIt) {
  keep(storage(), [&](UnitOfWork& unit) {
    for (std::uint64_t number = 1; number <= 3; ++number) {
      service::StoredAccount account;
      account.account = numbered<AccountId>(number);
      account.name = "account" + std::to_string(number);
      account.device_list_version = 1;
      unit.accounts().insert(account);
    }
  });
  append(0, leaf(2, 1));
  const auto missing = seen([](TransparencyStore& store) { return store.without_entry(10); });
  EXPECT_THAT(missing, testing::UnorderedElementsAre(numbered<AccountId>(1), numbered<AccountId>(3)));
  EXPECT_EQ(seen([](TransparencyStore& store) { return store.without_entry(1); }).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Storage, TransparencySuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
