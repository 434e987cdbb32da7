// A member's report of a conversation is kept for those who run the server; nobody reports what is not theirs.
#include "service/reports.h"

#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ReportReason;

class ReportsTest : public testing::RulesTest {
 protected:
  std::vector<StoredReport> reports() {
    return server_.read([](UnitOfWork& unit) { return unit.reports().newest(10); });
  }
};

TEST_F(ReportsTest, IsKeptForTheOperator) {
  const wire::Conversation conversation = open();
  server_.events.clear();
  const auto done = server_.ask(
      ada_caller_, wire::ReportConversation{.conversation = conversation.conversation, .reason = ReportReason::spam});
  ASSERT_TRUE(done);
  const StoredReport expected{.reporter = ada_.account,
                              .conversation = conversation.conversation,
                              .reason = ReportReason::spam,
                              .reported_at = server_.now};
  EXPECT_EQ(reports(), std::vector<StoredReport>{expected});
  ASSERT_EQ(server_.events.size(), 1U);
  EXPECT_EQ(server_.events[0].kind, SecurityEventKind::conversation_reported);
}

// Threat 32: a conversation of others cannot be named.
TEST_F(ReportsTest, OfAForeignConversationIsRefused) {
  const wire::Conversation conversation = open();
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ReportConversation{.conversation = conversation.conversation,
                                                                           .reason = ReportReason::illegal})),
            wire::ErrorCode::not_found);
  EXPECT_TRUE(reports().empty());
}

}  // namespace
}  // namespace sotto::service
