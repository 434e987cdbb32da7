// A group is stored and read again exactly, and events are byte for byte over all versions what they have always been
// (golden files). SOTTO_WRITE_GOLDEN=1 writes the files anew, after a change of the format that was meant.

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "base/text_encoding.h"
#include "crypto/testing/deterministic_random.h"
#include "membership/group.h"
#include "membership/testing/people.h"
#include "wire/binary.h"

namespace sotto::membership {
namespace {

using testing::founding;
using testing::Person;
using testing::start_of_time;
using wire::Role;

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(SOTTO_GOLDEN_FOLDER) + "/" + name;
  if (std::getenv("SOTTO_WRITE_GOLDEN") != nullptr) {
    std::ofstream(path) << text << '\n';
    return;
  }
  std::stringstream held;
  held << std::ifstream(path).rdbuf();
  EXPECT_EQ(held.str(), text + "\n") << path;
}

class StoredGroupTest : public ::testing::Test {
 protected:
  void add(const Person& actor, wire::GroupChange change) {
    chain_.push_back(actor.change(group_, std::move(change)));
    group_ = apply(group_, chain_.back()).value();
  }

  crypto::DeterministicRandom random_{4};
  Person owner_{random_};
  Person other_{random_};
  crypto::Ed25519KeyPair key_ = crypto::generate_ed25519(random_);
  std::vector<wire::SignedGroupEvent> chain_{founding(owner_, {}, random_, wire::ConversationKind::channel)};
  Group group_ = create(chain_.front()).value();
};

TEST_F(StoredGroupTest, IsWhatItHasAlwaysBeen) {
  const wire::InvitationCreated invitation{.invitation = random_.next<InvitationId>(),
                                           .key = key_.public_key,
                                           .expires_at = start_of_time + days(7),
                                           .max_uses = 5,
                                           .role = Role::read_only};
  add(owner_, invitation);
  const wire::JoinStatement statement{.conversation = group_.id,
                                      .invitation = invitation.invitation,
                                      .account = other_.account(),
                                      .account_key = other_.account_key().public_key};
  add(other_, wire::MemberJoined{.invitation = invitation.invitation,
                                 .account_key = statement.account_key,
                                 .proof = prove_invitation(statement, key_)});
  add(owner_, wire::RoleChanged{.account = other_.account(), .role = Role::admin});
  add(other_, wire::ProfileChanged{.profile = testing::profile_named("other")});
  add(owner_, wire::PoliciesChanged{.policies = {.shares_history = true, .expires_after_ms = 1000}});
  add(owner_, wire::MembersRemoved{.accounts = {other_.account()}});
  add(owner_, wire::MembersAdded{.members = {other_.as(Role::member)}});

  expect_golden("group.hex", to_hex(wire::encode(group_)));
  std::string chain;
  for (const wire::SignedGroupEvent& event : chain_) {
    chain += (chain.empty() ? "" : "\n") + to_hex(wire::encode(event));
  }
  expect_golden("chain.hex", chain);
  EXPECT_EQ(wire::decode_canonical<Group>(wire::encode(group_)).value(), group_);
}

}  // namespace
}  // namespace sotto::membership
