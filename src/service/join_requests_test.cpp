// An open invitation lets its holder read the chain, and join or ask to: with the invitation's proof only, by the
// server's clock, and never when it was revoked, has ended or is used up.
#include "service/join_requests.h"

#include "service/testing/group_rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;
using wire::Role;

class JoinRequestsTest : public testing::GroupRulesTest {
 protected:
  JoinRequestsTest() { found(founding(ada_, {as(bob_, Role::member)})); }

  enum class Approval : std::uint8_t { none, needed };

  void invite(Approval approval, std::uint32_t max_uses = 0) {
    invitation_.expires_at = server_.now + hours(1);
    invitation_.max_uses = max_uses;
    invitation_.needs_approval = approval == Approval::needed;
    ASSERT_TRUE(change(ada_, ada_caller_, invitation_));
  }
  Ed25519Signature proof(const testing::TestAccount& account) const {
    return membership::prove_invitation(
        {group_.id, invitation_.invitation, account.account, account.account_key.public_key}, key_);
  }
  Outcome<wire::Sent> join(const testing::TestAccount& account, const Caller& caller) {
    return change(account, caller,
                  wire::MemberJoined{invitation_.invitation, account.account_key.public_key, proof(account)});
  }
  Outcome<wire::Done> ask(const testing::TestAccount& account, const Caller& caller) {
    return server_.ask(caller, wire::RequestJoin{group_.id, invitation_.invitation, proof(account)});
  }
  std::vector<wire::JoinRequest> waiting() {
    return server_.ask(ada_caller_, wire::ListJoinRequests{group_.id})->answer.requests;
  }

  crypto::Ed25519KeyPair key_ = crypto::generate_ed25519(server_.random);
  wire::InvitationCreated invitation_{.invitation = server_.random.next<InvitationId>(),
                                      .key = key_.public_key,
                                      .expires_at = {},
                                      .role = Role::member};
};

TEST_F(JoinRequestsTest, WhoHoldsALinkReadsTheChainAndJoins) {
  invite(Approval::none);
  const auto page = server_.ask(eve_caller_, wire::ReadGroup{group_.id, 0, invitation_.invitation});
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->answer.events.size(), 2u);
  ASSERT_TRUE(join(eve_, eve_caller_));
  const wire::Conversation seen = *seen_by(eve_caller_);
  EXPECT_EQ(seen.member_count, 3u);
  EXPECT_EQ(seen.log_start, 2u);
  EXPECT_TRUE(write(eve_caller_, 1, seen.epoch));
}

// Threat 1: the holder joins itself, with the key that the directory has, and nobody else.
TEST_F(JoinRequestsTest, JoiningNeedsTheProofOfTheInvitation) {
  invite(Approval::none);
  wire::MemberJoined joined{invitation_.invitation, eve_.account_key.public_key, proof(bob_)};
  EXPECT_EQ(refusal_code(change(eve_, eve_caller_, joined)), ErrorCode::bad_signature);
  EXPECT_NE(refusal_code(join(bob_, bob_caller_)), ErrorCode::unspecified) << "a member already";
  EXPECT_EQ(seen_by(ada_caller_)->member_count, 2u);
}

TEST_F(JoinRequestsTest, AnInvitationEndsByTheServersClock) {
  invite(Approval::none);
  const UnixMillis before = server_.now;
  const wire::GroupEvent backdated =
      next(eve_, wire::MemberJoined{invitation_.invitation, eve_.account_key.public_key, proof(eve_)});
  server_.now = server_.now + hours(1);
  EXPECT_EQ(backdated.at, before);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ChangeGroup{group_.id, message_id(5), sign(eve_, backdated)})),
            ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ReadGroup{group_.id, 0, invitation_.invitation})),
            ErrorCode::not_found);
}

TEST_F(JoinRequestsTest, ARevokedOrUsedInvitationIsNone) {
  invite(Approval::none, 1);
  ASSERT_TRUE(join(eve_, eve_caller_));
  ASSERT_TRUE(remove(eve_));
  EXPECT_EQ(refusal_code(join(eve_, eve_caller_)), ErrorCode::not_found) << "used up";
  invitation_.invitation = server_.random.next<InvitationId>();
  invite(Approval::none);
  ASSERT_TRUE(change(ada_, ada_caller_, wire::InvitationRevoked{invitation_.invitation}));
  EXPECT_EQ(refusal_code(join(eve_, eve_caller_)), ErrorCode::not_found);
  const auto page = server_.ask(eve_caller_, wire::ReadGroup{group_.id, 0, invitation_.invitation});
  ASSERT_TRUE(page.has_value()) << "Eve was a member";
  EXPECT_FALSE(page->answer.more);
  EXPECT_EQ(page->answer.events.size(), 4u) << "up to its removal";
}

TEST_F(JoinRequestsTest, WhoNeedsApprovalAsksOnce) {
  invite(Approval::needed);
  EXPECT_EQ(refusal_code(join(eve_, eve_caller_)), ErrorCode::forbidden);
  ASSERT_TRUE(ask(eve_, eve_caller_));
  server_.now = server_.now + minutes(1);
  ASSERT_TRUE(ask(eve_, eve_caller_));
  ASSERT_EQ(waiting().size(), 1u);
  EXPECT_EQ(waiting()[0].account, eve_.account);
  EXPECT_EQ(waiting()[0].asked_at + minutes(1), server_.now);
  EXPECT_EQ(waiting()[0].proof, proof(eve_));
  EXPECT_EQ(refusal_code(ask(bob_, bob_caller_)), ErrorCode::conflict) << "a member already";
  ASSERT_TRUE(add(eve_));
  EXPECT_TRUE(waiting().empty()) << "adding answers it";
}

TEST_F(JoinRequestsTest, AskingNeedsAnOpenInvitationAndItsProof) {
  EXPECT_EQ(refusal_code(ask(eve_, eve_caller_)), ErrorCode::not_found);
  invite(Approval::needed);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::RequestJoin{group_.id, invitation_.invitation, proof(bob_)})),
            ErrorCode::bad_signature);
  server_.now = server_.now + hours(1);
  EXPECT_EQ(refusal_code(ask(eve_, eve_caller_)), ErrorCode::forbidden);
  invitation_.invitation = server_.random.next<InvitationId>();
  invite(Approval::none);
  EXPECT_EQ(refusal_code(ask(eve_, eve_caller_)), ErrorCode::invalid_value) << "it needs no approval";
}

// Threat 32: who asks to join is for administrators to know.
TEST_F(JoinRequestsTest, OnlyAdministratorsSeeAndDeclineRequests) {
  invite(Approval::needed);
  ASSERT_TRUE(ask(eve_, eve_caller_));
  for (const Caller& caller : {bob_caller_, eve_caller_}) {
    const ErrorCode expected = caller == bob_caller_ ? ErrorCode::forbidden : ErrorCode::not_found;
    EXPECT_EQ(refusal_code(server_.ask(caller, wire::ListJoinRequests{group_.id})), expected);
    EXPECT_EQ(refusal_code(server_.ask(caller, wire::DeclineJoin{group_.id, eve_.account})), expected);
  }
  ASSERT_TRUE(server_.ask(ada_caller_, wire::DeclineJoin{group_.id, eve_.account}));
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::DeclineJoin{group_.id, eve_.account})), ErrorCode::not_found);
  EXPECT_TRUE(ask(eve_, eve_caller_)) << "it may ask again";
}

TEST_F(JoinRequestsTest, ALimitedNumberWaits) {
  invite(Approval::needed);
  server_.write([&](UnitOfWork& unit) {
    for (std::size_t count = 0; count < max_join_requests; ++count) {
      unit.groups().insert_join_request(group_.id, {server_.random.next<AccountId>(), {}, {}, server_.now});
    }
    return 0;
  });
  EXPECT_EQ(refusal_code(ask(eve_, eve_caller_)), ErrorCode::limit_reached);
  EXPECT_EQ(waiting().size(), max_join_requests);
}

}  // namespace
}  // namespace sotto::service
