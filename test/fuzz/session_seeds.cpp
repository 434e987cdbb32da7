// Writes the seeds of the session targets into the folders corpus/session_message_fuzz and corpus/session_state_fuzz
// under the folder named on the command line.

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "crypto/testing/deterministic_random.h"
#include "session/direct_message.h"
#include "session/mailbox_message.h"
#include "session/padding.h"
#include "session/stored_state.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::context;
using testing::make_party;
using testing::Party;
using testing::start_of_time;
using testing::Stock;

void write_file(const std::filesystem::path& path, ByteView content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << as_text(content);
}

void write_message(const std::filesystem::path& folder, const std::string& name, const Bytes& message) {
  write_file(folder / name, message);
  const auto taken_apart = wire::decode<wire::SessionMessage>(message);
  if (taken_apart) write_file(folder / (name + "_header"), taken_apart->header);
}

void write_messages(const std::filesystem::path& folder) {
  crypto::DeterministicRandom random(11);  // The seed of the target's own scene.
  Party alice = make_party(random, Stock::none);
  Party bob = make_party(random, Stock::none);
  testing::start(alice, bob, start_of_time, random);
  const Bytes first = testing::seal_from(alice, bob, "text", context(1), start_of_time, random);
  write_message(folder, "initiation", first);
  (void)testing::open_at(bob, alice, first, context(1), start_of_time, random);
  const Bytes reply = testing::seal_from(bob, alice, "text", context(1), start_of_time, random);
  write_message(folder, "reply", reply);
  (void)testing::open_at(alice, bob, reply, context(1), start_of_time, random);
  for (int sent = 0; sent < 50; ++sent) {
    (void)testing::seal_from(alice, bob, "text", context(1), start_of_time, random);
  }
  write_message(folder, "offer", testing::seal_from(alice, bob, "text", context(1), start_of_time, random));
  const std::vector<DirectRecipient> recipients{{bob.as_remote, alice.sessions}};
  const wire::Content content{.version = 1, .counter = 1, .sent_at = start_of_time, .kind = wire::TextContent{"words"}};
  const auto direct =
      seal_direct(alice.local, recipients, {.conversation = {}, .message = {}}, content, start_of_time, random);
  write_file(folder / "direct_message", direct->body);
  write_file(folder / "content", pad(wire::encode(content)).reveal());
  write_file(folder / "not_a_message", as_bytes("words"));
}

void write_states(const std::filesystem::path& folder) {
  crypto::DeterministicRandom random(12);
  Party alice = make_party(random, Stock::none);
  Party bob = make_party(random, Stock::none);
  testing::start(alice, bob, start_of_time, random);
  write_file(folder / "initiator", store(alice.sessions).reveal());
  (void)testing::seal_from(alice, bob, "lost", context(1), start_of_time, random);
  const Bytes first = testing::seal_from(alice, bob, "text", context(1), start_of_time, random);
  (void)testing::open_at(bob, alice, first, context(1), start_of_time, random);
  write_file(folder / "responder", store(bob.sessions).reveal());
  write_file(folder / "prekeys", store(bob.prekeys).reveal());
  write_file(folder / "device", store(bob.local).reveal());
  write_file(folder / "account", store(generate_account(random)).reveal());
}

}  // namespace
}  // namespace sotto::session

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fprintf(stderr, "usage: session_seeds <test/fuzz>\n");
    return 1;
  }
  const std::filesystem::path corpus = std::filesystem::path(arguments[1]) / "corpus";
  sotto::session::write_messages(corpus / "session_message_fuzz");
  sotto::session::write_states(corpus / "session_state_fuzz");
  return 0;
}
