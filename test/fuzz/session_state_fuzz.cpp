// Property: no octets crash the reading of stored states; a state that is accepted is written again to what reads as
// the same, and can be worked with.

#include "base/invariant.h"
#include "crypto/testing/deterministic_random.h"
#include "session/device_list.h"
#include "session/safety_number.h"
#include "session/stored_state.h"
#include "session/testing/party.h"

namespace sotto::session {
namespace {

struct Scene {
  crypto::DeterministicRandom random{12};
  testing::Party alice = testing::make_party(random, testing::Stock::none);
  testing::Party bob = testing::make_party(random, testing::Stock::none);
};

template <class Loaded>
void check_round_trip(const Loaded& loaded, auto load) {
  const SecretBuffer stored = store(loaded);
  const auto again = load(stored.reveal());
  invariant(again.has_value() && store(*again) == stored);
}

void work_with(Scene& scene, const PeerSessions& sessions) {
  const auto place = testing::context(1);
  const auto sealed = seal(sessions, testing::from_to(scene.alice, scene.bob), {.plaintext = {}, .context = place},
                           testing::start_of_time, scene.random);
  if (sealed) check_round_trip(sealed->next, load_sessions);
}

}  // namespace
}  // namespace sotto::session

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotto::session;
  static Scene scene;
  const sotto::ByteView input(data, size);
  if (const auto account = load_account(input)) check_round_trip(*account, load_account);
  if (const auto device = load_device(input)) check_round_trip(*device, load_device);
  if (const auto sessions = load_sessions(input)) {
    check_round_trip(*sessions, load_sessions);
    work_with(scene, *sessions);
  }
  if (const auto prekeys = load_prekeys(input)) {
    check_round_trip(*prekeys, load_prekeys);
    const auto next = replenish(*prekeys, scene.alice.local, {.one_time_prekeys = 50, .kem_prekeys = 50},
                                testing::start_of_time, scene.random);
    check_round_trip(next.next, load_prekeys);
  }
  (void)compare_safety_code({.own = {}, .peer = {}}, input);
  return 0;
}
