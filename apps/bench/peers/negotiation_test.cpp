// A client that says what the negotiation tells it is registered, authenticated and bound by a server that follows
// RFC 6120, and a refusal ends it; what it writes into a message's body it finds there again.
#include "bench/peers/negotiation.h"

#include <gmock/gmock.h>

#include "bench/peers/requests.h"

namespace sotto::bench::peers {
namespace {

using testing::HasSubstr;

std::expected<std::string, std::string> say(Negotiation& negotiation, std::string_view octets) {
  const auto stanza = take_stanza(octets);
  if (!stanza) return std::unexpected("no stanza");
  return negotiation.take(*stanza);
}

constexpr std::string_view features = "<stream:features><mechanisms/></stream:features>";

TEST(Negotiation, RegistersAuthenticatesAndBinds) {
  Negotiation negotiation("alice", Negotiation::Purpose::register_and_sign_in);
  EXPECT_EQ(negotiation.begin(), open_stream());
  EXPECT_EQ(say(negotiation, "<stream:stream id='1'>"), "");
  EXPECT_EQ(say(negotiation, features), register_account("alice"));
  EXPECT_EQ(say(negotiation, "<iq type='result' id='register'/>"), authenticate("alice"));
  EXPECT_EQ(say(negotiation, "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"), open_stream());
  EXPECT_EQ(say(negotiation, "<stream:stream id='2'>"), "");
  EXPECT_EQ(say(negotiation, features), bind_resource());
  EXPECT_FALSE(negotiation.is_bound());
  EXPECT_EQ(say(negotiation, "<iq type='result' id='bind'><bind><jid>alice@localhost/1</jid></bind></iq>"), "");
  EXPECT_TRUE(negotiation.is_bound());
}

TEST(Negotiation, SignsInWithoutRegistering) {
  Negotiation negotiation("alice", Negotiation::Purpose::sign_in);
  EXPECT_EQ(say(negotiation, features), authenticate("alice"));
}

TEST(Negotiation, EndsWithARefusal) {
  Negotiation signing_in("alice", Negotiation::Purpose::sign_in);
  ASSERT_TRUE(say(signing_in, features));
  EXPECT_FALSE(say(signing_in, "<failure><not-authorized/></failure>"));
  Negotiation registering("alice", Negotiation::Purpose::register_and_sign_in);
  ASSERT_TRUE(say(registering, features));
  EXPECT_FALSE(say(registering, "<iq type='error' id='register'><error type='cancel'/></iq>"));
  Negotiation ended("alice", Negotiation::Purpose::sign_in);
  EXPECT_FALSE(say(ended, "<stream:error><host-unknown/></stream:error>"));
}

TEST(Requests, AuthenticateByPlainCredentials) {
  // base64 of NUL, alice, NUL, load.
  EXPECT_THAT(authenticate("alice"), HasSubstr("mechanism='PLAIN'>AGFsaWNlAGxvYWQ=</auth>"));
}

TEST(Requests, AreOneStanzaEach) {
  for (const std::string& request : {register_account("a"), authenticate("a"), bind_resource(), become_available(),
                                     enter_room({"r", "a"}), send_message({.to = "a@localhost", .body = "text"}),
                                     query_archive({.id = "1", .page_size = 5, .before = ""})}) {
    std::string_view octets = request;
    EXPECT_TRUE(take_stanza(octets)) << request;
    EXPECT_TRUE(octets.empty()) << request;
  }
}

TEST(Body, CarriesNumberAndTime) {
  const std::string body = body_of({.number = 70'000, .due_at = 0x123456789abcdef0}, 400);
  EXPECT_EQ(body.size(), 400U);
  const std::string sent = send_message({.to = "b@localhost", .body = body});
  std::string_view octets = sent;
  const auto read = message_in(text_of(*take_stanza(octets), "body").value_or(""));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->number, 70'000U);
  EXPECT_EQ(read->due_at, 0x123456789abcdef0U);
  EXPECT_FALSE(message_in("hello"));
  EXPECT_FALSE(message_in(std::string(40, 'z')));
}

}  // namespace
}  // namespace sotto::bench::peers
