// The link of an invitation is read back as it was written, whatever copying adds around it; nothing else is taken for
// one, and no link is accepted in two spellings (threat 17).

#include "session/group_link.h"

#include <gtest/gtest.h>

#include "base/text_encoding.h"
#include "crypto/testing/deterministic_random.h"
#include "session/testing/golden.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

class GroupLinkTest : public ::testing::Test {
 protected:
  std::string text_of(const wire::GroupLink& link) { return std::string(as_text(group_link_text(link).reveal())); }

  GroupLinkError error_of(std::string_view text) {
    const auto link = parse_group_link(text);
    EXPECT_FALSE(link.has_value()) << text;
    return link ? GroupLinkError{} : link.error();
  }

  crypto::DeterministicRandom random_{19};
  wire::GroupLink link_{.server = "https://chat.example.org",
                        .conversation = random_.next<ConversationId>(),
                        .invitation = random_.next<InvitationId>(),
                        .seed = random_.next_secret<32>()};
};

TEST_F(GroupLinkTest, IsReadAsItWasWritten) {
  const std::string text = text_of(link_);
  testing::expect_golden("group_link.txt", text);
  const auto read = parse_group_link("\t " + text + " \r\n");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->server, link_.server);
  EXPECT_EQ(read->conversation, link_.conversation);
  EXPECT_EQ(read->invitation, link_.invitation);
  EXPECT_EQ(read->seed, link_.seed);
  EXPECT_EQ(invitation_key_of(*read).public_key, crypto::ed25519_from_seed(link_.seed.copy()).public_key);
}

TEST_F(GroupLinkTest, IsNotMistakenForSomethingElse) {
  EXPECT_EQ(error_of(""), GroupLinkError::not_a_link);
  EXPECT_EQ(error_of(" \n"), GroupLinkError::not_a_link);
  EXPECT_EQ(error_of("sotto-link:" + text_of(link_).substr(12)), GroupLinkError::not_a_link);
  EXPECT_EQ(error_of("SOTTO-GROUP:" + text_of(link_).substr(12)), GroupLinkError::not_a_link);
}

TEST_F(GroupLinkTest, IsRefusedIfAnythingIsMissingOrAdded) {
  const std::string text = text_of(link_);
  constexpr std::size_t prefix = 12;
  for (std::size_t size = prefix; size < text.size(); ++size) {
    EXPECT_EQ(error_of(text.substr(0, size)), GroupLinkError::damaged) << size;
  }
  EXPECT_EQ(error_of(text + "A"), GroupLinkError::damaged);
  EXPECT_EQ(error_of(text + "="), GroupLinkError::damaged);
  EXPECT_EQ(error_of(text + "\n" + text), GroupLinkError::damaged);
}

TEST_F(GroupLinkTest, HasOneSpelling) {
  const SecretBuffer encoding = wire::encode_secret(link_);
  Bytes octets(encoding.reveal().begin(), encoding.reveal().end());
  octets.insert(octets.end(), {0x28, 0x01});
  EXPECT_EQ(error_of("sotto-group:" + to_base64url(octets)), GroupLinkError::damaged) << "a field that nobody knows";
  link_.invitation = {};
  EXPECT_EQ(error_of(text_of(link_)), GroupLinkError::damaged) << "an id that no invitation has";
}

}  // namespace
}  // namespace sotto::session
