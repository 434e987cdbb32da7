// Writes the seeds of group_message_fuzz into the folder corpus/group_message_fuzz under the folder named on the
// command line.

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "crypto/testing/deterministic_random.h"
#include "membership/group.h"
#include "membership/testing/people.h"
#include "session/group_message.h"
#include "session/stored_state.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using membership::testing::start_of_time;
using wire::Role;

void write_file(const std::filesystem::path& path, ByteView content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << as_text(content);
}

void write_seeds(const std::filesystem::path& folder) {
  crypto::DeterministicRandom random(31);  // The seed of the target's own scene.
  const membership::testing::Person owner(random);
  const membership::testing::Person member(random);
  const wire::SignedGroupEvent first = membership::testing::founding(owner, {member.as(Role::admin)}, random);
  const membership::Group group = membership::create(first).value();
  const OwnSenderChain chain = begin_sender_chain(group.id, start_of_time, random);
  const ReceivedSenderChains received = accept_share({}, share_of(chain), start_of_time).value();
  const wire::Content content{.version = 1, .counter = 1, .sent_at = start_of_time, .kind = wire::TextContent{"words"}};
  const auto sealed =
      seal_group(chain, {owner.account(), owner.actor().device}, {.conversation = group.id, .message = {}},
                 {.number = group.number, .head = group.head}, content);
  write_file(folder / "message", sealed->body);
  write_file(folder / "share", wire::encode_secret(share_of(chain)).reveal());
  write_file(folder / "own_chain", store(chain).reveal());
  write_file(folder / "received_chains", store(take_sender_key(received, 0, 3, start_of_time)->next).reveal());
  write_file(folder / "created", wire::encode(first));
  const auto write_change = [&](const char* name, wire::GroupChange change) {
    write_file(folder / name, wire::encode(owner.change(group, std::move(change))));
  };
  const membership::testing::Person stranger(random);
  write_change("added", wire::MembersAdded{.members = {stranger.as(Role::member)}});
  write_change("removed", wire::MembersRemoved{.accounts = {member.account()}});
  write_change("handed_over", wire::RoleChanged{.account = member.account(), .role = Role::owner});
  write_change("invited", wire::InvitationCreated{.invitation = random.next<InvitationId>(),
                                                  .key = owner.account_key().public_key,
                                                  .expires_at = start_of_time,
                                                  .max_uses = 1});
  write_change("closed", wire::GroupClosed{});
}

}  // namespace
}  // namespace sotto::session

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fprintf(stderr, "usage: group_seeds <test/fuzz>\n");
    return 1;
  }
  sotto::session::write_seeds(std::filesystem::path(arguments[1]) / "corpus" / "group_message_fuzz");
  return 0;
}
