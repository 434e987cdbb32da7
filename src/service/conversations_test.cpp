// Two accounts have one direct conversation; only its members see it; a resuming device learns everything it missed
// that fits a page.
#include "service/conversations.h"

#include "base/text_encoding.h"
#include "crypto/hash.h"
#include "service/testing/rules_test.h"
#include "wire/binary.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class ConversationsTest : public testing::RulesTest {
 protected:
  wire::Resumed resume(const Caller& caller, std::vector<wire::Cursor> cursors = {}) {
    return server_.ask(caller, wire::Resume{std::move(cursors)})->answer;
  }
};

TEST_F(ConversationsTest, BothSidesOpenTheSame) {
  const wire::Conversation conversation = open();
  EXPECT_EQ(conversation.epoch, 1u);
  EXPECT_EQ(conversation.head, 0u);
  ASSERT_EQ(conversation.members.size(), 2u);
  const auto other = server_.ask(bob_caller_, wire::OpenDirect{ada_.account});
  EXPECT_TRUE(wire::equal(other->answer, conversation));
  EXPECT_EQ(server_.ask(ada_caller_, wire::ListConversations{})->answer.conversations.size(), 1u);
}

TEST_F(ConversationsTest, HasTheDocumentedId) {
  const AccountId smaller = std::min(ada_.account, bob_.account);
  const AccountId larger = std::max(ada_.account, bob_.account);
  Bytes text(as_bytes("sotto direct conversation v1").begin(), as_bytes("sotto direct conversation v1").end());
  text.insert(text.end(), smaller.bytes.begin(), smaller.bytes.end());
  text.insert(text.end(), larger.bytes.begin(), larger.bytes.end());
  const Sha256Digest digest = crypto::sha256(text);
  EXPECT_EQ(to_hex(open().conversation.view()), to_hex(digest.view().first(16)));
  EXPECT_EQ(direct_conversation_id(ada_.account, bob_.account), direct_conversation_id(bob_.account, ada_.account));
  EXPECT_NE(direct_conversation_id(ada_.account, bob_.account), direct_conversation_id(ada_.account, eve_.account));
}

TEST_F(ConversationsTest, AnAccountHasOneConversationWithItself) {
  const wire::Conversation own = server_.ask(ada_caller_, wire::OpenDirect{ada_.account})->answer;
  EXPECT_EQ(own.conversation, direct_conversation_id(ada_.account, ada_.account));
  EXPECT_EQ(own.member_count, 1u);
  ASSERT_EQ(own.members.size(), 1u);
  EXPECT_EQ(own.members.front().account, ada_.account);
  EXPECT_TRUE(wire::equal(server_.ask(ada_caller_, wire::OpenDirect{ada_.account})->answer, own));
  ASSERT_TRUE(send(ada_caller_, own, 1));
  EXPECT_EQ(refusal_code(send(bob_caller_, own, 1)), ErrorCode::not_found);
  EXPECT_TRUE(resume(bob_caller_).conversations.empty());
  EXPECT_EQ(resume(ada_caller_).entries.size(), 1u);
}

TEST_F(ConversationsTest, OpensWithAccountsThatExistOnly) {
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::OpenDirect{server_.random.next<AccountId>()})),
            ErrorCode::not_found);
  EXPECT_TRUE(server_.ask(ada_caller_, wire::ListConversations{})->answer.conversations.empty());
}

TEST_F(ConversationsTest, AnAccountIsInALimitedNumber) {
  const auto occupied = server_.random.next<AccountId>();
  server_.write([&](UnitOfWork& unit) {
    for (std::size_t count = 0; count < max_conversations; ++count) {
      const std::array<StoredMember, 2> members{StoredMember{.account = ada_.account, .departure = {}},
                                                StoredMember{.account = occupied, .departure = {}}};
      unit.conversations().insert(
          {.conversation = server_.random.next<ConversationId>(), .epoch = 1, .last_activity = server_.now}, members);
    }
    return 0;
  });
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::OpenDirect{bob_.account})), ErrorCode::limit_reached);
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::OpenDirect{ada_.account})), ErrorCode::limit_reached);
  EXPECT_TRUE(server_.ask(bob_caller_, wire::OpenDirect{eve_.account}));
  EXPECT_LE(wire::encoded_size(resume(ada_caller_)), wire::max_answer_size);
}

TEST_F(ConversationsTest, ListsNewestActivityFirst) {
  const wire::Conversation with_bob = open();
  const wire::Conversation with_eve = server_.ask(ada_caller_, wire::OpenDirect{eve_.account})->answer;
  server_.now = server_.now + seconds(1);
  ASSERT_TRUE(send(ada_caller_, with_bob, 1));
  const auto list = [&] { return server_.ask(ada_caller_, wire::ListConversations{})->answer.conversations; };
  EXPECT_EQ(list().front().conversation, with_bob.conversation);
  server_.now = server_.now + seconds(1);
  ASSERT_TRUE(send(eve_caller_, with_eve, 1));
  EXPECT_EQ(list().front().conversation, with_eve.conversation);
  EXPECT_EQ(server_.ask(bob_caller_, wire::ListConversations{})->answer.conversations.size(), 1u);
}

TEST_F(ConversationsTest, ResumingTellsWhatWasMissed) {
  const wire::Conversation conversation = open();
  for (std::uint8_t number = 1; number <= 5; ++number) ASSERT_TRUE(send(ada_caller_, conversation, number, {number}));
  ASSERT_TRUE(server_.ask(ada_caller_, wire::PostMailbox{bob_.account, bob_caller_.device, message_id(1), {1}}));
  const wire::Resumed all = resume(bob_caller_);
  ASSERT_EQ(all.conversations.size(), 1u);
  EXPECT_EQ(all.conversations.front().head, 5u);
  EXPECT_EQ(all.mailbox_items, 1u);
  ASSERT_EQ(all.entries.size(), 5u);
  const wire::Resumed rest = resume(bob_caller_, {{conversation.conversation, 3}});
  ASSERT_EQ(rest.entries.size(), 2u);
  EXPECT_EQ(rest.entries[0].seq, 4u);
  EXPECT_EQ(rest.entries[1].body, Bytes{5});
  EXPECT_TRUE(resume(bob_caller_, {{conversation.conversation, 5}}).entries.empty());
}

TEST_F(ConversationsTest, ACursorBeyondTheHeadGetsTheHead) {
  const wire::Conversation conversation = open();
  ASSERT_TRUE(send(ada_caller_, conversation, 1));
  for (const std::uint64_t cursor : {std::uint64_t{2}, ~std::uint64_t{0}}) {
    const wire::Resumed resumed = resume(bob_caller_, {{conversation.conversation, cursor}});
    EXPECT_TRUE(resumed.entries.empty());
    EXPECT_EQ(resumed.conversations.front().head, 1u);
  }
}

TEST_F(ConversationsTest, ResumingShowsNothingOfOthers) {
  const wire::Conversation conversation = open();
  ASSERT_TRUE(send(ada_caller_, conversation, 1));
  const wire::Resumed resumed = resume(eve_caller_, {{conversation.conversation, 0}});
  EXPECT_TRUE(resumed.conversations.empty());
  EXPECT_TRUE(resumed.entries.empty());
}

TEST_F(ConversationsTest, AResumedPageIsBounded) {
  const wire::Conversation with_bob = open();
  const wire::Conversation with_eve = server_.ask(eve_caller_, wire::OpenDirect{bob_.account})->answer;
  for (std::uint8_t number = 0; number < 150; ++number) {
    ASSERT_TRUE(send(ada_caller_, with_bob, number, {number}));
    ASSERT_TRUE(send(eve_caller_, with_eve, number, {number}));
  }
  const wire::Resumed resumed = resume(bob_caller_);
  ASSERT_EQ(resumed.entries.size(), wire::max_page_entries);
  std::unordered_map<ConversationId, std::uint64_t> last;
  for (const wire::LogEntry& entry : resumed.entries) EXPECT_EQ(entry.seq, ++last[entry.conversation]);
}

TEST_F(ConversationsTest, LargeBodiesFitAnAnswer) {
  const wire::Conversation with_bob = open();
  const wire::Conversation with_eve = server_.ask(eve_caller_, wire::OpenDirect{bob_.account})->answer;
  for (std::uint8_t number = 0; number < 6; ++number) {
    ASSERT_TRUE(send(ada_caller_, with_bob, number, Bytes(wire::max_body_size, number)));
    ASSERT_TRUE(send(eve_caller_, with_eve, number, Bytes(wire::max_body_size, number)));
  }
  const wire::Resumed resumed = resume(bob_caller_);
  EXPECT_EQ(resumed.entries.size(), wire::max_page_size / wire::max_body_size);
  EXPECT_LE(wire::encoded_size(resumed), wire::max_answer_size);
}

}  // namespace
}  // namespace sotto::service
