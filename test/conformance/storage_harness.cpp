#include "storage_harness.h"

#include <gtest/gtest.h>

namespace sotto::conformance {

using service::Storage;
using service::StoredConversation;
using service::UnitOfWork;
using service::Verdict;
using service::Work;
using service::WorkOutcome;

namespace {

class RuleWork final : public Work {
 public:
  RuleWork(Rule rule, Finish finish) : rule_(std::move(rule)), finish_(std::move(finish)) {}
  Verdict run(UnitOfWork& unit) override { return rule_(unit); }
  void finish(WorkOutcome outcome) override { finish_(outcome); }

 private:
  Rule rule_;
  Finish finish_;
};

using Submit = std::unique_ptr<Work> (Storage::*)(std::unique_ptr<Work>);

WorkOutcome run(Storage& storage, Submit submit, Rule rule) {
  std::promise<WorkOutcome> outcome;
  std::future<WorkOutcome> finished = outcome.get_future();
  const auto refused =
      (storage.*submit)(make_work(std::move(rule), [&outcome](WorkOutcome result) { outcome.set_value(result); }));
  EXPECT_EQ(refused, nullptr);
  return refused == nullptr ? finished.get() : WorkOutcome::failed;
}

Rule kept(const std::function<void(UnitOfWork&)>& rule) {
  return [&rule](UnitOfWork& unit) {
    rule(unit);
    return Verdict::keep;
  };
}

}  // namespace

std::unique_ptr<Work> make_work(Rule rule, Finish finish) {
  return std::make_unique<RuleWork>(std::move(rule), std::move(finish));
}

WorkOutcome write(Storage& storage, Rule rule) { return run(storage, &Storage::submit_write, std::move(rule)); }

WorkOutcome read(Storage& storage, Rule rule) { return run(storage, &Storage::submit_read, std::move(rule)); }

void keep(Storage& storage, const std::function<void(UnitOfWork&)>& rule) {
  EXPECT_EQ(write(storage, kept(rule)), WorkOutcome::committed);
}

void look(Storage& storage, const std::function<void(UnitOfWork&)>& rule) {
  EXPECT_EQ(read(storage, kept(rule)), WorkOutcome::committed);
}

std::optional<WholeConversation> find_whole(UnitOfWork& unit, ConversationId conversation) {
  const auto found = unit.conversations().find(conversation);
  if (!found) return std::nullopt;
  WholeConversation whole{*found, unit.conversations().members({conversation, std::nullopt})};
  EXPECT_EQ(whole.member_count, whole.members.size());
  std::vector<AccountId> accounts;
  for (const service::StoredMember& member : whole.members) {
    accounts.push_back(member.account);
    const auto membership = unit.conversations().find(conversation, member.account);
    EXPECT_TRUE(membership && membership->member == member);
  }
  EXPECT_EQ(*unit.conversations().accounts_of(conversation), accounts);
  return whole;
}

void insert(UnitOfWork& unit, const WholeConversation& conversation) {
  unit.conversations().insert(conversation, conversation.members);
}

WholeConversation add_conversation(Storage& storage, std::uint64_t number) {
  WholeConversation conversation;
  conversation.conversation = numbered<ConversationId>(number);
  conversation.epoch = 1;
  conversation.last_activity = {1'000 + number};
  conversation.members = {{.account = numbered<AccountId>(1)}, {.account = numbered<AccountId>(2)}};
  conversation.member_count = 2;
  keep(storage, [&](UnitOfWork& unit) { insert(unit, conversation); });
  return conversation;
}

wire::LogEntry entry_of(const StoredConversation& conversation, std::uint64_t seq, std::size_t size) {
  return {.conversation = conversation.conversation,
          .seq = seq,
          .sender = numbered<AccountId>(1),
          .sender_device = numbered<DeviceId>(1),
          .message = numbered<MessageId>(seq),
          .sent_at = {5'000 + seq},
          .body = Bytes(size, static_cast<std::uint8_t>(seq))};
}

}  // namespace sotto::conformance
