// Property: no octets crash the opening of a session message, a direct message or a mailbox item, and a refusal has a
// name. What stands behind the authentication, where only a misbehaving peer gets, does not crash either and leaves a
// state that can be stored and read again.

#include "base/invariant.h"
#include "crypto/testing/deterministic_random.h"
#include "session/direct_content.h"
#include "session/direct_message.h"
#include "session/mailbox_message.h"
#include "session/padding.h"
#include "session/stored_state.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::context;
using testing::from_to;
using testing::make_party;
using testing::Party;
using testing::start_of_time;
using testing::Stock;

/// Bob listens, has skipped keys and an answer under way; Alice speaks.
struct Scene {
  crypto::DeterministicRandom random{11};
  Party alice = make_party(random, Stock::none);
  Party bob = make_party(random, Stock::none);

  Scene() {
    testing::start(alice, bob, start_of_time, random);
    pass(alice, bob);
    pass(bob, alice);
    for (int sent = 0; sent < 50; ++sent) (void)say(alice, bob);
    pass(alice, bob);
  }

  Bytes say(Party& from, const Party& to) {
    return testing::seal_from(from, to, "text", context(1), start_of_time, random);
  }
  void pass(Party& from, Party& to) {
    const Bytes message = say(from, to);
    invariant(testing::open_at(to, from, message, context(1), start_of_time, random).has_value());
  }
};

void open_everything(Scene& scene, ByteView input) {
  const Correspondents ends = from_to(scene.bob, scene.alice);
  const PeerSessions& sessions = scene.bob.sessions;
  const auto opened =
      open(sessions, ends, scene.bob.prekeys, {.message = input, .context = context(1)}, start_of_time, scene.random);
  if (!opened) invariant(explain(opened.error()) != "unknown");
  const DirectPlace place{.conversation = {}, .message = {}};
  const auto direct = open_direct(sessions, ends, scene.bob.prekeys, place, input, start_of_time, scene.random);
  if (!direct) invariant(explain(direct.error()) != "unknown");
  const auto mailbox = open_mailbox(sessions, ends, scene.bob.prekeys, {}, input, start_of_time, scene.random);
  if (!mailbox) invariant(explain(mailbox.error()) != "unknown");
}

/// A header that the peer itself made up.
void follow_header(Scene& scene, ByteView input) {
  const auto header = wire::decode<wire::SessionHeader>(input);
  if (!header) return;
  for (const Party* party : {&scene.alice, &scene.bob}) {
    PeerSessions sessions = party->sessions.copy();
    Ratchet& ratchet = sessions.sessions.front().ratchet;
    if (!take_receiving_key(ratchet, *header, start_of_time)) continue;
    take_up(ratchet.rekey, *header, scene.random);
    const SecretBuffer stored = store(sessions);
    const auto loaded = load_sessions(stored.reveal());
    invariant(loaded.has_value() && store(*loaded) == stored);
  }
}

/// A plaintext that the peer itself made up.
void read_content(ByteView input) {
  if (const auto content = unpad(input)) {
    invariant(pad(*content).size() == input.size());
    (void)wire::decode<wire::Content>(*content);
    (void)wire::decode<wire::MailboxContent>(*content);
  }
  (void)wire::decode_canonical<wire::DirectKey>(input);
}

}  // namespace
}  // namespace sotto::session

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static sotto::session::Scene scene;
  const sotto::ByteView input(data, size);
  sotto::session::open_everything(scene, input);
  sotto::session::follow_header(scene, input);
  sotto::session::read_content(input);
  return 0;
}
