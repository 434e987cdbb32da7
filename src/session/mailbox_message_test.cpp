// A mailbox message reaches one device under one id; a repair over a new session makes the peer go over to it.

#include "session/mailbox_message.h"

#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "session/padding.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::context;
using testing::from_to;
using testing::make_party;
using testing::Party;
using testing::start;
using testing::start_of_time;
using testing::Stock;

class MailboxMessageTest : public ::testing::Test {
 protected:
  Bytes repair_from_bob() {
    start(bob_, alice_, start_of_time, random_);
    const wire::MailboxContent repair{.version = 1, .sent_at = start_of_time, .kind = wire::SessionRepair{}};
    Sealed sealed = seal_mailbox(bob_.sessions, from_to(bob_, alice_), id_, repair, start_of_time, random_).value();
    bob_.sessions = std::move(sealed.next);
    return std::move(sealed.message);
  }

  auto alice_opens(const MessageId& id, ByteView body) {
    return open_mailbox(alice_.sessions, from_to(alice_, bob_), alice_.prekeys, id, body, start_of_time, random_);
  }

  crypto::DeterministicRandom random_{9};
  Party alice_ = make_party(random_, Stock::none);
  Party bob_ = make_party(random_, Stock::none);
  MessageId id_ = random_.next<MessageId>();
};

TEST_F(MailboxMessageTest, ARepairMakesThePeerGoOverToTheNewSession) {
  start(alice_, bob_, start_of_time, random_);
  const Bytes body = repair_from_bob();
  const auto opened = alice_opens(id_, body);
  ASSERT_TRUE(opened.has_value());
  EXPECT_TRUE(opened->began_session);
  EXPECT_TRUE(std::holds_alternative<wire::SessionRepair>(opened->content.kind));
  EXPECT_EQ(opened->next.sessions.front().id, bob_.sessions.sessions.front().id);
  EXPECT_EQ(opened->next.sessions.size(), 2u);
}

TEST_F(MailboxMessageTest, RefusesAnotherMessageIdAndTheOtherUse) {
  const Bytes body = repair_from_bob();
  MessageId other = id_;
  other.bytes[15] ^= 1;
  EXPECT_EQ(alice_opens(other, body).error(), OpenError::bad_authentication);
  wire::SessionContext as_direct{.use = wire::SessionUse::direct_message, .conversation = {}, .message = id_};
  EXPECT_EQ(testing::open_at(alice_, bob_, body, as_direct, start_of_time, random_).error(),
            OpenError::bad_authentication);
  EXPECT_TRUE(alice_opens(id_, body).has_value());
}

TEST_F(MailboxMessageTest, ContentThatIsNotWellFormedIsNamed) {
  start(bob_, alice_, start_of_time, random_);
  const wire::SessionContext place{.use = wire::SessionUse::mailbox, .conversation = {}, .message = id_};
  const Bytes unpadded = testing::seal_from(bob_, alice_, "no padding", place, start_of_time, random_);
  EXPECT_EQ(alice_opens(id_, unpadded).error(), OpenError::bad_content);
  const SecretBuffer junk = pad(as_bytes("\xff\xff not a message"));
  const Bytes padded = testing::seal_from(bob_, alice_, as_text(junk.reveal()), place, start_of_time, random_);
  EXPECT_EQ(alice_opens(id_, padded).error(), OpenError::bad_content);
}

}  // namespace
}  // namespace sotto::session
