#pragma once

#include "membership/own_event.h"
#include "service/testing/rules_test.h"

namespace sotto::service::testing {

/// A server with a group that Ada owns and Bob is in; Eve is the stranger to it.
class GroupRulesTest : public RulesTest {
 protected:
  static wire::GroupMember as(const TestAccount& account, wire::Role role) {
    return {account.account, account.account_key.public_key, role};
  }
  static std::vector<wire::GroupMember> in_order(std::vector<wire::GroupMember> members) {
    std::ranges::sort(members, {}, &wire::GroupMember::account);
    return members;
  }
  static wire::SignedGroupEvent sign(const TestAccount& account, const wire::GroupEvent& event) {
    return membership::sign_group_event(event, account.first_list(), account.devices.front().signing_key);
  }
  /// The first event of another group each time.
  wire::GroupEvent founding(const TestAccount& owner, std::vector<wire::GroupMember> others,
                            wire::ConversationKind kind = wire::ConversationKind::group,
                            wire::GroupPolicies policies = {}) {
    others.push_back(as(owner, wire::Role::owner));
    return membership::first_event({owner.account, owner.devices.front().device},
                                   {.salt = server_.random.next<MessageId>(),
                                    .kind = kind,
                                    .members = in_order(std::move(others)),
                                    .policies = policies,
                                    .profile = {}},
                                   server_.now);
  }
  Outcome<wire::Conversation> create(const wire::GroupEvent& event, std::uint8_t message = 255) {
    return server_.ask(ada_caller_, wire::CreateGroup{message_id(message), sign(ada_, event)});
  }
  /// Creates a group and follows it from here on.
  wire::Conversation found(const wire::GroupEvent& event) {
    const auto created = create(event);
    EXPECT_TRUE(created.has_value());
    group_ = *membership::create(sign(ada_, event));
    return created->answer;
  }

  wire::GroupEvent next(const TestAccount& actor, wire::GroupChange change) {
    return membership::next_event(group_, {actor.account, actor.devices.front().device}, std::move(change),
                                  server_.now);
  }
  wire::ChangeGroup request(const TestAccount& actor, wire::GroupChange change) {
    return {group_.id, server_.random.next<MessageId>(), sign(actor, next(actor, std::move(change)))};
  }
  /// Asks for a change, and follows it if it is granted.
  Outcome<wire::Sent> change(const TestAccount& actor, const Caller& caller, wire::GroupChange what) {
    const wire::ChangeGroup asked = request(actor, std::move(what));
    auto outcome = server_.ask(caller, asked);
    if (outcome) group_ = *membership::apply(group_, asked.event);
    return outcome;
  }
  Outcome<wire::Sent> add(const TestAccount& account, wire::Role role = wire::Role::member) {
    return change(ada_, ada_caller_, wire::MembersAdded{{as(account, role)}});
  }
  Outcome<wire::Sent> remove(const TestAccount& account) {
    return change(ada_, ada_caller_, wire::MembersRemoved{{account.account}});
  }
  Outcome<wire::Sent> write(const Caller& caller, std::uint8_t number, std::uint64_t epoch) {
    return server_.ask(caller, wire::Send{group_.id, epoch, message_id(number), {number}});
  }
  Outcome<wire::LogPage> read_log(const Caller& caller, std::uint64_t after = 0) {
    return server_.ask(caller, wire::ReadLog{group_.id, after, 0});
  }
  /// The group as the caller is shown it.
  std::optional<wire::Conversation> seen_by(const Caller& caller) {
    const auto listed = server_.ask(caller, wire::ListConversations{});
    for (const wire::Conversation& conversation : listed->answer.conversations) {
      if (conversation.conversation == group_.id) return conversation;
    }
    return std::nullopt;
  }

  membership::Group group_;
};

}  // namespace sotto::service::testing
