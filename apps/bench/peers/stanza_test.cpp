// Stanzas come out of a stream one by one, however it is cut, and what the load generator reads of them is what stands
// there.
#include "bench/peers/stanza.h"

#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace sotto::bench::peers {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::Optional;

constexpr std::string_view stream =
    "<?xml version='1.0'?><stream:stream id='1' xmlns='jabber:client'>"
    "<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms><starttls/></stream:features> \n"
    "<message from=\"a>b\" to='c'><body>one</body><stanza-id by='c' id='7'/></message><presence/></stream:stream>";

std::vector<std::string> names_in(std::string_view octets) {
  std::vector<std::string> names;
  while (const auto stanza = take_stanza(octets)) names.emplace_back(stanza->name);
  return names;
}

TEST(TakeStanza, SplitsStreamIntoChildrenOfItsRoot) {
  EXPECT_THAT(names_in(stream),
              ElementsAre("stream:stream", "stream:features", "message", "presence", "/stream:stream"));
}

TEST(TakeStanza, WaitsForTheRestWhereverItIsCut) {
  std::string_view rest = stream;
  while (!rest.empty()) {
    std::string_view after = rest;
    const auto whole = take_stanza(after);
    ASSERT_TRUE(whole);
    const auto size = static_cast<std::size_t>(whole->octets.data() + whole->octets.size() - rest.data());
    for (std::size_t cut = 0; cut < size; ++cut) {
      std::string_view some = rest.substr(0, cut);
      const auto stanza = take_stanza(some);
      ASSERT_FALSE(stanza) << rest.substr(0, cut);
      EXPECT_EQ(stanza.error(), NoStanza::incomplete);
      EXPECT_EQ(some, rest.substr(0, cut));
    }
    rest = after;
  }
}

TEST(TakeStanza, RefusesWhatNoServerWrites) {
  for (std::string_view octets :
       {"text<presence/>", "</message>", "<>", "<a><!-- no --></a>", "<a><![CDATA[<b>]]></a>"}) {
    const auto stanza = take_stanza(octets);
    ASSERT_FALSE(stanza);
    EXPECT_EQ(stanza.error(), NoStanza::malformed);
  }
}

TEST(Stanza, GivesAttributesOfItsOwnTag) {
  std::string_view octets = "<iq type='result' id=\"x'y\" empty='' ><bind id='inner' jid='a'/></iq>";
  const auto stanza = take_stanza(octets);
  ASSERT_TRUE(stanza);
  EXPECT_THAT(attribute(*stanza, "type"), Optional(Eq("result")));
  EXPECT_THAT(attribute(*stanza, "id"), Optional(Eq("x'y")));
  EXPECT_THAT(attribute(*stanza, "empty"), Optional(Eq("")));
  EXPECT_FALSE(attribute(*stanza, "jid"));
  EXPECT_FALSE(attribute(*stanza, "typ"));
}

TEST(Stanza, GivesTextOfElementAtAnyDepth) {
  std::string_view octets =
      "<message><result><bodyguard>no</bodyguard><body xml:lang='en'>yes</body></result><b/></message>";
  const auto stanza = take_stanza(octets);
  ASSERT_TRUE(stanza);
  EXPECT_THAT(text_of(*stanza, "body"), Optional(Eq("yes")));
  EXPECT_THAT(text_of(*stanza, "b"), Optional(Eq("")));
  EXPECT_FALSE(text_of(*stanza, "subject"));
}

}  // namespace
}  // namespace sotto::bench::peers
