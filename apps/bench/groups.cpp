#include "bench/groups.h"

#include <algorithm>
#include <chrono>
#include <span>

#include "bench/bench_account.h"
#include "crypto/system_random.h"
#include "membership/own_event.h"

namespace sotto::bench {
namespace {

UnixMillis now() {
  const auto time = std::chrono::system_clock::now().time_since_epoch();
  return {static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count())};
}

using Members = std::span<const wire::GroupMember>;

std::vector<wire::GroupMember> sorted(Members members) {
  std::vector<wire::GroupMember> result(members.begin(), members.end());
  std::ranges::sort(result, {}, &wire::GroupMember::account);
  return result;
}

/// Makes a group by its owner's stream.
class Founding {
 public:
  explicit Founding(BenchAccount& owner) : owner_(owner) {}

  /// Creates it with the owner alone; the error is a sentence.
  std::expected<void, std::string> create() {
    wire::GroupCreated created{.salt = random_.next<MessageId>(),
                               .kind = wire::ConversationKind::group,
                               .members = {member(owner_, wire::Role::owner)},
                               .policies = {},
                               .profile = random_.next<Sha256Digest>()};
    const wire::SignedGroupEvent event = sign(membership::first_event(actor(), std::move(created), now()));
    auto answer = owner_.connection->call(wire::CreateGroup{random_.next<MessageId>(), event});
    if (!answer) return std::unexpected(answer.error());
    group_ = membership::create(event).value();
    return {};
  }

  std::expected<void, std::string> add(Members members) {
    const wire::GroupEvent next = membership::next_event(group_, actor(), wire::MembersAdded{sorted(members)}, now());
    const wire::SignedGroupEvent event = sign(next);
    auto answer = owner_.connection->call(wire::ChangeGroup{group_.id, random_.next<MessageId>(), event});
    if (!answer) return std::unexpected(answer.error());
    group_ = membership::apply(group_, event).value();
    return {};
  }

  static wire::GroupMember member(const BenchAccount& account, wire::Role role) {
    return {.account = account.keys.account, .account_key = account.keys.account_key.public_key, .role = role};
  }

 private:
  [[nodiscard]] membership::Actor actor() const { return {owner_.keys.account, owner_.keys.devices.front().device}; }
  [[nodiscard]] wire::SignedGroupEvent sign(const wire::GroupEvent& event) const {
    return membership::sign_group_event(event, owner_.keys.first_list(), owner_.keys.devices.front().signing_key);
  }

  BenchAccount& owner_;
  crypto::SystemRandom random_;
  membership::Group group_;
};

/// The one conversation of an account.
std::expected<wire::Conversation, std::string> only_conversation(LoadConnection& connection) {
  auto listed = connection.call(wire::ListConversations{});
  if (!listed) return std::unexpected(listed.error());
  const auto* conversations = std::get_if<wire::Conversations>(&*listed);
  if (conversations == nullptr || conversations->conversations.size() != 1) {
    return std::unexpected("the server does not list the group");
  }
  return conversations->conversations.front();
}

std::expected<void, std::string> found(BenchAccount& owner, std::span<const BenchAccount> others) {
  Founding founding(owner);
  if (auto created = founding.create(); !created) return created;
  std::vector<wire::GroupMember> members;
  for (const BenchAccount& other : others) members.push_back(Founding::member(other, wire::Role::member));
  for (Members left = members; !left.empty();) {
    const Members some = left.first(std::min<std::size_t>(left.size(), wire::max_members_at_once));
    if (auto added = founding.add(some); !added) return added;
    left = left.subspan(some.size());
  }
  return {};
}

std::expected<Room, std::string> make_group(Endpoint endpoint, unsigned number, unsigned size) {
  std::vector<BenchAccount> accounts;
  for (unsigned index = 0; index < size; ++index) {
    auto account = register_account(endpoint, "member" + std::to_string(number) + "of" + std::to_string(index));
    if (!account) return std::unexpected(account.error());
    accounts.push_back(std::move(*account));
  }
  if (auto made = found(accounts.front(), std::span(accounts).subspan(1)); !made) return std::unexpected(made.error());
  const auto conversation = only_conversation(*accounts.front().connection);
  if (!conversation) return std::unexpected(conversation.error());
  Room room{.conversation = conversation->conversation,
            .epoch = conversation->epoch,
            .head = conversation->head,
            .sender = std::move(accounts.front().connection),
            .readers = {}};
  for (BenchAccount& account : std::span(accounts).subspan(1)) room.readers.push_back(std::move(account.connection));
  return room;
}

}  // namespace

std::expected<DeliveryReport, std::string> run_groups(ServerProcess& server, const GroupsOptions& options) {
  std::vector<Room> rooms;
  for (unsigned number = 0; number < options.groups; ++number) {
    auto room = make_group(server.endpoint(), number, options.size);
    if (!room) return std::unexpected(room.error());
    rooms.push_back(std::move(*room));
  }
  auto report = run_rooms(server, std::move(rooms), options.pace);
  if (report) report->form = "group";
  return report;
}

}  // namespace sotto::bench
