// A server that turned hostile, a removed device and a stranger cannot change a group: threats 1 (the server adds a
// member), 3 (an old or forked membership or device list) and 17 (ambiguous encodings). Numbers are those of the threat
// list.

#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "membership/group.h"
#include "membership/labels.h"
#include "membership/testing/people.h"
#include "wire/binary.h"

namespace sotto::membership {
namespace {

using testing::founding;
using testing::Person;
using testing::profile_named;
using testing::start_of_time;
using wire::Role;

class HostileChainTest : public ::testing::Test {
 protected:
  [[nodiscard]] GroupError refusal(const wire::SignedGroupEvent& event) const {
    const auto next = apply(group_, event);
    EXPECT_FALSE(next.has_value());
    return next.has_value() ? GroupError::invalid_change : next.error();
  }

  [[nodiscard]] wire::SignedGroupEvent rename(const Person& actor, std::string_view name) const {
    return actor.change(group_, wire::ProfileChanged{.profile = profile_named(name)});
  }

  void pass(const wire::SignedGroupEvent& event) { group_ = apply(group_, event).value(); }

  crypto::DeterministicRandom random_{2};
  Person owner_{random_};
  Person admin_{random_};
  Person server_{random_};
  Group group_ = create(founding(owner_, {admin_.as(Role::admin)}, random_)).value();
  wire::MembersAdded intruder_{.members = {server_.as(Role::member)}};
};

// Threat 1.
TEST_F(HostileChainTest, WhoIsNoMemberAddsNobody) {
  EXPECT_EQ(refusal(server_.change(group_, intruder_)), GroupError::not_allowed);
}

// Threat 1: the server names the owner as the actor, with a device and a list of its own making.
TEST_F(HostileChainTest, AnotherAccountsListVouchesForNoDeviceOfTheOwner) {
  wire::GroupEvent event = next_event(group_, server_.actor(), intruder_, start_of_time);
  event.actor = owner_.account();
  EXPECT_EQ(refusal(server_.sign(event)), GroupError::bad_signature);
  wire::SignedGroupEvent with_owners_list = server_.sign(event);
  with_owners_list.device_list = owner_.device_list();
  EXPECT_EQ(refusal(with_owners_list), GroupError::device_not_vouched_for);
  event.actor_device = owner_.actor().device;
  with_owners_list = sign_group_event(event, owner_.device_list(), server_.account_key());
  EXPECT_EQ(refusal(with_owners_list), GroupError::bad_signature);
}

// Threat 1: a list that the owner's key signed for another account (the key is the same, the account is not).
TEST_F(HostileChainTest, AListOfAnotherAccountUnderTheSameKeyVouchesForNobody) {
  wire::DeviceList list = owner_.devices();
  list.account = random_.next<AccountId>();
  wire::SignedGroupEvent event = rename(owner_, "x");
  event.device_list.list = wire::encode(list);
  event.device_list.signature = crypto::sign(owner_.account_key(), label::device_list, event.device_list.list);
  EXPECT_EQ(refusal(event), GroupError::device_not_vouched_for);
}

// Threat 3: an event of the past, an event left out, another branch.
TEST_F(HostileChainTest, RepeatsGapsAndForksAreSeen) {
  const Group before = group_;
  const wire::SignedGroupEvent first = rename(owner_, "first");
  const wire::SignedGroupEvent other = rename(admin_, "other");
  pass(first);
  EXPECT_EQ(refusal(first), GroupError::wrong_number);
  EXPECT_EQ(refusal(other), GroupError::wrong_number) << "of two with one number only one applies";
  const wire::SignedGroupEvent second = rename(owner_, "second");
  const Group branch = apply(before, other).value();
  EXPECT_EQ(apply(branch, second).error(), GroupError::forked);
  EXPECT_EQ(apply(before, second).error(), GroupError::wrong_number) << "the first was left out";
}

// Threat 3: what was signed for one group is no event of another.
TEST_F(HostileChainTest, AnEventBelongsToItsGroup) {
  const Group other = create(founding(owner_, {admin_.as(Role::admin)}, random_)).value();
  EXPECT_NE(other.id, group_.id);
  wire::GroupEvent event = next_event(group_, owner_.actor(), wire::GroupClosed{}, start_of_time);
  event.conversation = other.id;
  EXPECT_EQ(refusal(owner_.sign(event)), GroupError::wrong_group);
  event.conversation = std::nullopt;
  EXPECT_EQ(refusal(owner_.sign(event)), GroupError::wrong_group);
}

// Threat 3: a device that was taken off the list keeps the list that names it.
TEST_F(HostileChainTest, ADeviceThatWasRemovedActsNoMoreOnceItsAccountHasActed) {
  owner_.add_device(random_);
  const wire::SignedDeviceList old_list = owner_.device_list();
  wire::GroupEvent stolen = next_event(group_, owner_.actor(1), wire::GroupClosed{}, start_of_time);
  EXPECT_TRUE(apply(group_, owner_.sign(stolen)).has_value()) << "while it is listed";
  owner_.drop_device(1);
  EXPECT_EQ(refusal(owner_.sign(stolen)), GroupError::device_not_vouched_for);
  pass(rename(owner_, "by the newer list"));
  stolen.number = group_.number + 1, stolen.previous = group_.head;
  wire::SignedGroupEvent event = owner_.sign(stolen);
  event.device_list = old_list;
  EXPECT_EQ(refusal(event), GroupError::old_device_list);
}

// Threat 3: two lists of one version.
TEST_F(HostileChainTest, AForkedDeviceListIsRefused) {
  Person twin = owner_.copy();
  owner_.add_device(random_);
  twin.add_device(random_);
  pass(rename(owner_, "one branch"));
  EXPECT_EQ(refusal(rename(twin, "the other")), GroupError::old_device_list);
}

// Threat 17: there is one encoding of an event and of a list, and a signature serves one purpose.
TEST_F(HostileChainTest, OnlyCanonicalOctetsCount) {
  wire::SignedGroupEvent event = rename(owner_, "x");
  event.event.insert(event.event.end(), {0xf8, 0x06, 0x01});  // Field 111, which nobody knows.
  EXPECT_EQ(refusal(event), GroupError::not_canonical);
  event.event = {0xff};
  EXPECT_EQ(refusal(event), GroupError::malformed);
  wire::SignedGroupEvent longer_list = rename(owner_, "x");
  longer_list.device_list.list.insert(longer_list.device_list.list.end(), {0xf8, 0x06, 0x01});
  longer_list.device_list.signature =
      crypto::sign(owner_.account_key(), label::device_list, longer_list.device_list.list);
  EXPECT_EQ(refusal(longer_list), GroupError::not_canonical);
}

TEST_F(HostileChainTest, EveryFlippedBitIsNoticed) {
  const wire::SignedGroupEvent event = rename(owner_, "x");
  for (std::size_t octet = 0; octet < event.event.size(); ++octet) {
    wire::SignedGroupEvent bad = event;
    bad.event[octet] ^= static_cast<std::uint8_t>(1u << (octet % 8));
    EXPECT_FALSE(apply(group_, bad).has_value()) << octet;
  }
  for (std::size_t octet = 0; octet < event.device_list.list.size(); ++octet) {
    wire::SignedGroupEvent bad = event;
    bad.device_list.list[octet] ^= 1;
    EXPECT_FALSE(apply(group_, bad).has_value()) << octet;
  }
  for (std::size_t octet = 0; octet < Ed25519Signature::size; ++octet) {
    wire::SignedGroupEvent bad = event;
    bad.signature.bytes[octet] ^= 1;
    EXPECT_EQ(refusal(bad), GroupError::bad_signature) << octet;
  }
}

}  // namespace
}  // namespace sotto::membership
