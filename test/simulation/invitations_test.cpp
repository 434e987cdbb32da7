// Invitations of whole engines against the real rules of the server: who has the link of one joins, or asks and is let
// in or turned down by an administrator; a link that has expired, was used up or revoked serves nobody; and nobody
// signs anything on top of a chain that the server made up (threat 1).

#include "base/text_encoding.h"
#include "session/group_link.h"
#include "simulation/groups_world_test.h"

namespace sotto::simulation {
namespace {

using client::ClientErrorCode;

class InvitationsTest : public GroupsWorldTest {
 protected:
  struct Terms {
    std::uint64_t expires_after_ms = 0;
    std::uint32_t max_uses = 0;
    bool needs_approval = false;
    wire::Role role = wire::Role::member;
  };

  client::CreateInvitation command_of(const Terms& terms) {
    return {.conversation = group_,
            .server = server_,
            .expires_after_ms = terms.expires_after_ms,
            .max_uses = terms.max_uses,
            .needs_approval = terms.needs_approval,
            .role = terms.role};
  }

  client::ShownInvitation invite(const Terms& terms) {
    const auto shown = expect<client::InvitationShown>(world_.ask(ada_, command_of(terms)));
    world_.run_for(seconds(5));
    return shown.invitation;
  }

  client::Event join(std::size_t index, const std::string& link) {
    client::Event event = world_.ask(index, client::JoinGroup{.link = link, .server = server_});
    world_.run_for(seconds(20));
    return event;
  }

  std::vector<client::ShownInvitation> invitations(std::size_t index) {
    return expect<client::InvitationsShown>(
               world_.ask(index, client::ListInvitations{.conversation = group_, .server = server_}))
        .invitations;
  }

  std::vector<client::ShownJoinRequest> requests(std::size_t index) {
    return expect<client::JoinRequestsShown>(world_.ask(index, client::ListJoinRequests{.conversation = group_}))
        .requests;
  }

  const std::size_t ada_ = add_account("ada");
  const std::size_t bob_ = add_account("bob");
  const std::size_t eve_ = add_account("eve");
  const ConversationId group_ = create(ada_, {"bob"});
};

TEST_F(InvitationsTest, WhoHasTheLinkJoins) {
  const auto invitation = invite({});
  EXPECT_TRUE(invitation.link.starts_with("sotto-group:"));
  const auto joined = expect<client::GroupJoined>(join(eve_, invitation.link));
  EXPECT_EQ(joined.conversation, group_);
  EXPECT_FALSE(joined.waits_for_approval);
  EXPECT_EQ(shown(ada_, group_).members.size(), 3u);
  EXPECT_EQ(shown(eve_, group_).own_role, wire::Role::member);
  EXPECT_EQ(shown(eve_, group_).profile.name, "Quiet ones") << "without anybody having written since";
  say(eve_, group_, "hello");
  say(bob_, group_, "welcome");
  for (const std::size_t index : {ada_, bob_, eve_}) {
    EXPECT_EQ(texts(index, group_), (Texts{"hello", "welcome"})) << index;
    EXPECT_EQ(notices(index), 0u) << index;
  }
  EXPECT_EQ(failure_of(join(eve_, invitation.link)), ClientErrorCode::already_member);
}

TEST_F(InvitationsTest, AReaderStaysAReader) {
  expect<client::GroupJoined>(join(eve_, invite({.role = wire::Role::read_only}).link));
  EXPECT_EQ(shown(eve_, group_).own_role, wire::Role::read_only);
}

TEST_F(InvitationsTest, TheMakersDeviceShowsTheLinkAgain) {
  const auto invitation = invite({.expires_after_ms = 3'600'000, .max_uses = 3});
  const auto own = invitations(ada_);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0].link, invitation.link);
  EXPECT_EQ(own[0].max_uses, 3u);
  EXPECT_EQ(own[0].expires_at, invitation.expires_at);
  const auto seen = invitations(bob_);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].invitation, invitation.invitation);
  EXPECT_EQ(seen[0].link, "");
}

TEST_F(InvitationsTest, AnInvitationThatIsUsedUpServesNobody) {
  const auto invitation = invite({.max_uses = 1});
  expect<client::GroupJoined>(join(eve_, invitation.link));
  EXPECT_TRUE(invitations(ada_).empty());
  const std::size_t carl = add_account("carl");
  EXPECT_EQ(failure_of(join(carl, invitation.link)), ClientErrorCode::invitation_void);
}

TEST_F(InvitationsTest, AnInvitationThatHasExpiredServesNobody) {
  const auto invitation = invite({.expires_after_ms = 60'000});
  world_.run_for(minutes(2));
  EXPECT_EQ(failure_of(join(eve_, invitation.link)), ClientErrorCode::invitation_void);
  ASSERT_EQ(invitations(ada_).size(), 1u);
  EXPECT_TRUE(invitations(ada_)[0].expired);
}

TEST_F(InvitationsTest, AnInvitationThatWasRevokedServesNobody) {
  const auto invitation = invite({});
  const client::RevokeInvitation revoke{.conversation = group_, .invitation = invitation.invitation};
  EXPECT_EQ(failure_of(world_.ask(bob_, revoke)), ClientErrorCode::not_allowed);
  expect<client::Done>(world_.ask(ada_, revoke));
  world_.run_for(seconds(5));
  EXPECT_EQ(failure_of(join(eve_, invitation.link)), ClientErrorCode::invitation_void);
  EXPECT_EQ(failure_of(world_.ask(ada_, revoke)), ClientErrorCode::unknown_invitation);
}

TEST_F(InvitationsTest, WhoNeedsApprovalAsksAndIsLetIn) {
  const auto invitation = invite({.needs_approval = true});
  EXPECT_TRUE(expect<client::GroupJoined>(join(eve_, invitation.link)).waits_for_approval);
  EXPECT_EQ(shown(ada_, group_).members.size(), 2u);
  const auto waiting = requests(ada_);
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].name, "eve");
  EXPECT_FALSE(waiting[0].is_void);
  EXPECT_EQ(failure_of(world_.ask(bob_, client::ListJoinRequests{.conversation = group_})),
            ClientErrorCode::not_allowed);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ApproveJoin{.conversation = group_, .name = "carl"})),
            ClientErrorCode::unknown_account);
  expect<client::Done>(world_.ask(ada_, client::ApproveJoin{.conversation = group_, .name = "eve"}));
  world_.run_for(seconds(20));
  EXPECT_EQ(shown(eve_, group_).own_role, wire::Role::member);
  EXPECT_EQ(shown(eve_, group_).profile.name, "Quiet ones");
  EXPECT_TRUE(requests(ada_).empty());
}

TEST_F(InvitationsTest, WhoIsDeclinedStaysOutside) {
  const auto invitation = invite({.needs_approval = true});
  expect<client::GroupJoined>(join(eve_, invitation.link));
  const client::DeclineJoin decline{.conversation = group_, .name = "eve"};
  expect<client::Done>(world_.ask(ada_, decline));
  EXPECT_TRUE(requests(ada_).empty());
  EXPECT_EQ(failure_of(world_.ask(ada_, decline)), ClientErrorCode::no_join_request);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ApproveJoin{.conversation = group_, .name = "eve"})),
            ClientErrorCode::no_join_request);
  EXPECT_EQ(shown(ada_, group_).members.size(), 2u);
}

TEST_F(InvitationsTest, ARequestEndsWithItsInvitation) {
  const auto invitation = invite({.needs_approval = true});
  expect<client::GroupJoined>(join(eve_, invitation.link));
  expect<client::Done>(
      world_.ask(ada_, client::RevokeInvitation{.conversation = group_, .invitation = invitation.invitation}));
  world_.run_for(seconds(5));
  ASSERT_EQ(requests(ada_).size(), 1u);
  EXPECT_TRUE(requests(ada_)[0].is_void);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ApproveJoin{.conversation = group_, .name = "eve"})),
            ClientErrorCode::join_request_void);
}

TEST_F(InvitationsTest, WhatIsNoLinkOrAnotherServersIsRefusedBeforeAnythingIsAsked) {
  EXPECT_EQ(failure_of(join(eve_, "sotto-link:abc")), ClientErrorCode::invalid_group_link);
  const std::string link = invite({}).link;
  EXPECT_EQ(failure_of(join(eve_, link.substr(0, link.size() - 2))), ClientErrorCode::invalid_group_link);
  const client::JoinGroup elsewhere{.link = link, .server = "https://other.example.org"};
  EXPECT_EQ(failure_of(world_.ask(eve_, elsewhere)), ClientErrorCode::group_elsewhere);
  auto other_seed = session::parse_group_link(link).value();
  other_seed.seed = world_.random().next_secret<32>();
  const std::string forged(as_text(session::group_link_text(other_seed).reveal()));
  EXPECT_EQ(failure_of(join(eve_, forged)), ClientErrorCode::invalid_group_link);
}

TEST_F(InvitationsTest, OnlyAdministratorsInviteAndNotOnTermsThatContradict) {
  EXPECT_EQ(failure_of(world_.ask(bob_, command_of({}))), ClientErrorCode::not_allowed);
  EXPECT_EQ(failure_of(world_.ask(ada_, command_of({.max_uses = 2, .needs_approval = true}))),
            ClientErrorCode::bad_command);
  EXPECT_EQ(failure_of(world_.ask(ada_, command_of({.role = wire::Role::admin}))), ClientErrorCode::bad_command);
}

TEST_F(InvitationsTest, WhoWasRemovedComesBackByALink) {
  expect<client::Done>(world_.ask(ada_, client::RemoveMembers{.conversation = group_, .names = {"bob"}}));
  world_.run_for(seconds(5));
  say(ada_, group_, "without bob");
  expect<client::GroupJoined>(join(bob_, invite({}).link));
  say(ada_, group_, "with bob");
  EXPECT_EQ(texts(bob_, group_), Texts{"with bob"});
  EXPECT_EQ(notices(bob_), 0u);
}

TEST_F(InvitationsTest, TwoWhoJoinAtOnceAreBothIn) {
  const std::string link = invite({.max_uses = 2}).link;
  const std::size_t carl = add_account("carl");
  const std::uint64_t first = world_.command(eve_, client::JoinGroup{.link = link, .server = server_});
  const std::uint64_t second = world_.command(carl, client::JoinGroup{.link = link, .server = server_});
  world_.run_for(seconds(30));
  expect<client::GroupJoined>(world_.host(eve_).take_answer(first).value_or(client::Event{}));
  expect<client::GroupJoined>(world_.host(carl).take_answer(second).value_or(client::Event{}));
  EXPECT_EQ(shown(ada_, group_).members.size(), 4u);
}

// Threat 1: the server makes up a group, or puts an event into the chain that nobody was allowed to make. Whoever has
// the link signs nothing on top of it.
TEST_F(InvitationsTest, AForgedChainIsNotSignedOnTopOf) {
  const std::string link = invite({}).link;
  const auto forge = [](wire::GroupPage& page, wire::GroupChange change) {
    wire::SignedGroupEvent& last = page.events.back();
    auto event = wire::decode<wire::GroupEvent>(last.event).value();
    event.change = std::move(change);
    last.event = wire::encode(event);
  };
  std::size_t shown_pages = 0;
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* page = std::get_if<wire::GroupPage>(&frame.answer);
    if (page == nullptr || page->events.empty()) return;
    ++shown_pages;
    forge(*page, wire::PoliciesChanged{.policies = {.members_add = true}});
  };
  EXPECT_EQ(failure_of(join(eve_, link)), ClientErrorCode::server_distrusted);
  EXPECT_TRUE(was_told(eve_, client::SecurityNoticeKind::group_chain_refused));
  EXPECT_EQ(shown_pages, 1u);
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* page = std::get_if<wire::GroupPage>(&frame.answer);
    if (page != nullptr && !page->events.empty()) page->events.erase(page->events.begin());
  };
  EXPECT_EQ(failure_of(join(eve_, link)), ClientErrorCode::server_distrusted);
  world_.server().alter_answer = nullptr;
  EXPECT_EQ(shown(ada_, group_).members.size(), 2u);
}

}  // namespace
}  // namespace sotto::simulation
