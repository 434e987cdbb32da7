// Property: no octets crash the opening of a group message, the acceptance of a sender's chain, the reading of stored
// chains or the replay of a membership chain, and a refusal has a name. What stands behind the signature, where only a
// misbehaving member gets, leaves states that can be stored and read again.

#include "base/invariant.h"
#include "crypto/testing/deterministic_random.h"
#include "membership/group.h"
#include "membership/testing/people.h"
#include "session/group_message.h"
#include "session/stored_state.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using membership::testing::start_of_time;

/// A group of two, and a chain of the owner's device that the other one holds.
struct Scene {
  crypto::DeterministicRandom random{31};
  membership::testing::Person owner{random};
  membership::testing::Person member{random};
  membership::Group group =
      membership::create(membership::testing::founding(owner, {member.as(wire::Role::admin)}, random)).value();
  DeviceAddress sender{owner.account(), owner.actor().device};
  GroupPlace place{.conversation = group.id, .message = {}};
  OwnSenderChain chain = begin_sender_chain(group.id, start_of_time, random);
  ReceivedSenderChains received = accept_share({}, share_of(chain), start_of_time).value();
};

void check_round_trip(const ReceivedSenderChains& chains) {
  const SecretBuffer stored = store(chains);
  const auto again = load_received_sender_chains(stored.reveal());
  invariant(again.has_value() && store(*again) == stored);
}

void open_as_message(const Scene& scene, ByteView input) {
  const auto opened = open_group(scene.received, scene.sender, scene.place, input, start_of_time);
  if (!opened) invariant(explain(opened.error()) != "unknown");
  const auto message = wire::decode<wire::GroupMessage>(input);
  if (!message) return;
  // Past the signature.
  const auto taken = take_sender_key(scene.received, 0, message->iteration, start_of_time);
  if (taken) check_round_trip(taken->next);
}

void accept_as_share(const Scene& scene, ByteView input) {
  const auto share = wire::decode<wire::SenderKey>(input);
  if (!share) return;
  const auto next = accept_share(scene.received, *share, start_of_time);
  if (next) check_round_trip(*next);
  if (!next) invariant(explain(next.error()) != "unknown");
}

void load_as_state(ByteView input) {
  if (const auto chains = load_received_sender_chains(input)) {
    check_round_trip(*chains);
    for (std::size_t position = 0; position < chains->chains.size(); ++position) {
      const auto taken = take_sender_key(*chains, position, chains->chains[position].iteration, start_of_time);
      if (taken) check_round_trip(taken->next);
    }
  }
  if (auto chain = load_own_sender_chain(input)) static_cast<void>(share_of(*chain));
}

void replay_as_event(const Scene& scene, ByteView input) {
  const auto event = wire::decode<wire::SignedGroupEvent>(input);
  if (!event) return;
  const auto next = membership::apply(scene.group, *event);
  if (!next) invariant(membership::explain(next.error()) != "unknown");
  if (next) invariant(wire::decode_canonical<membership::Group>(wire::encode(*next)).value() == *next);
  static_cast<void>(membership::create(*event));
  // Past the signature: what a member makes up itself.
  if (auto made_up = membership::read_event(*event)) {
    made_up->conversation = scene.group.id;
    made_up->number = scene.group.number + 1;
    made_up->previous = scene.group.head;
    made_up->actor = scene.owner.account();
    made_up->actor_device = scene.sender.device;
    const auto changed = membership::apply(scene.group, scene.owner.sign(*made_up));
    if (changed) invariant(wire::decode_canonical<membership::Group>(wire::encode(*changed)).value() == *changed);
  }
}

}  // namespace
}  // namespace sotto::session

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotto::session;
  static const Scene scene;
  const sotto::ByteView input(data, size);
  open_as_message(scene, input);
  accept_as_share(scene, input);
  load_as_state(input);
  replay_as_event(scene, input);
  return 0;
}
