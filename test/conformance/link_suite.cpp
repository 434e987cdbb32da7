// Properties: a linking is found as it was stored, its boxes come back in order and to their own side, and it goes with
// them when it ends or when its linked device leaves.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::LinkSide;
using service::StoredLink;
using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

StoredLink link_of(std::uint64_t number) {
  return {.link = numbered<LinkId>(number),
          .claim = numbered<Sha256Digest>(number),
          .ends_at = {1'000 + number},
          .account = std::nullopt,
          .linked_device = std::nullopt,
          .approved = std::nullopt,
          .login = std::nullopt};
}

StoredLink linked(StoredLink link) {
  link.account = numbered<AccountId>(1);
  link.linked_device = numbered<DeviceId>(2);
  return link;
}

void expect_same(const std::optional<StoredLink>& found, const StoredLink& stored) {
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->link, stored.link);
  EXPECT_EQ(found->claim, stored.claim);
  EXPECT_EQ(found->ends_at, stored.ends_at);
  EXPECT_EQ(found->account, stored.account);
  EXPECT_EQ(found->linked_device, stored.linked_device);
  EXPECT_EQ(found->approved, stored.approved);
  EXPECT_EQ(found->login, stored.login);
}

class LinkSuite : public StorageSuite {};

TEST_P(LinkSuite, ALinkIsFoundAsItWasStoredAndChanged) {
  StoredLink changed = linked(link_of(1));
  changed.approved = numbered<DeviceId>(3);
  changed.login = numbered<LoginId>(4);
  keep(storage(), [&](UnitOfWork& unit) {
    unit.links().insert(link_of(1));
    unit.links().insert(linked(link_of(2)));
    expect_same(unit.links().find(numbered<LinkId>(1)), link_of(1));
    unit.links().update(changed);
  });
  look(storage(), [&](UnitOfWork& unit) {
    expect_same(unit.links().find(changed.link), changed);
    expect_same(unit.links().find(numbered<LinkId>(2)), linked(link_of(2)));
    EXPECT_FALSE(unit.links().find(numbered<LinkId>(3)).has_value());
    EXPECT_EQ(unit.links().count(), 2U);
  });
}

TEST_P(LinkSuite, ALinkIsUnique) {
  keep(storage(), [](UnitOfWork& unit) { unit.links().insert(link_of(1)); });
  const auto outcome = write(storage(), [](UnitOfWork& unit) {
    StoredLink other = link_of(1);
    other.claim = numbered<Sha256Digest>(9);
    unit.links().insert(other);
    return Verdict::keep;
  });
  EXPECT_EQ(outcome, WorkOutcome::failed);
  look(storage(), [](UnitOfWork& unit) { expect_same(unit.links().find(numbered<LinkId>(1)), link_of(1)); });
}

TEST_P(LinkSuite, BoxesComeBackInOrderAndBySide) {
  keep(storage(), [](UnitOfWork& unit) {
    unit.links().insert(link_of(1));
    unit.links().insert(link_of(2));
    for (const int box : {3, 1, 2})
      unit.links().add_box(numbered<LinkId>(1), LinkSide::new_device, {static_cast<std::uint8_t>(box)});
    unit.links().add_box(numbered<LinkId>(1), LinkSide::linked_device, {7, 7});
    unit.links().add_box(numbered<LinkId>(2), LinkSide::new_device, {9});
  });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.links().boxes(numbered<LinkId>(1), LinkSide::new_device), (std::vector<Bytes>{{3}, {1}, {2}}));
    EXPECT_EQ(unit.links().boxes(numbered<LinkId>(1), LinkSide::linked_device), (std::vector<Bytes>{{7, 7}}));
    EXPECT_TRUE(unit.links().boxes(numbered<LinkId>(2), LinkSide::linked_device).empty());
    EXPECT_TRUE(unit.links().boxes(numbered<LinkId>(5), LinkSide::new_device).empty());
  });
}

TEST_P(LinkSuite, ABoxNeedsItsLink) {
  const auto outcome = write(storage(), [](UnitOfWork& unit) {
    unit.links().add_box(numbered<LinkId>(1), LinkSide::new_device, {1});
    return Verdict::keep;
  });
  EXPECT_EQ(outcome, WorkOutcome::failed);
}

TEST_P(LinkSuite, LinksGoWithTheirBoxesWhenTheyEnd) {
  keep(storage(), [](UnitOfWork& unit) {
    for (std::uint64_t number = 1; number <= 3; ++number) {
      unit.links().insert(link_of(number));
      unit.links().add_box(numbered<LinkId>(number), LinkSide::new_device, {1});
    }
    EXPECT_EQ(unit.links().remove_ended({1'002}), 2U);
    EXPECT_EQ(unit.links().remove_ended({1'002}), 0U);
  });
  keep(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.links().count(), 1U);
    unit.links().insert(link_of(1));
    EXPECT_TRUE(unit.links().boxes(numbered<LinkId>(1), LinkSide::new_device).empty());
    EXPECT_EQ(unit.links().boxes(numbered<LinkId>(3), LinkSide::new_device).size(), 1U);
  });
}

TEST_P(LinkSuite, LinksGoWithTheirLinkedDevice) {
  StoredLink other_device = linked(link_of(2));
  other_device.linked_device = numbered<DeviceId>(8);
  StoredLink other_account = linked(link_of(3));
  other_account.account = numbered<AccountId>(7);
  keep(storage(), [&](UnitOfWork& unit) {
    unit.links().insert(linked(link_of(1)));
    unit.links().add_box(numbered<LinkId>(1), LinkSide::linked_device, {1});
    unit.links().insert(other_device);
    unit.links().insert(other_account);
    unit.links().insert(link_of(4));
    unit.links().remove_device(numbered<AccountId>(1), numbered<DeviceId>(2));
    unit.links().remove_device(numbered<AccountId>(1), numbered<DeviceId>(99));
  });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.links().count(), 3U);
    EXPECT_FALSE(unit.links().find(numbered<LinkId>(1)).has_value());
  });
}

INSTANTIATE_TEST_SUITE_P(Storage, LinkSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
