#include "bench/groups.h"

#include <algorithm>
#include <span>

#include "bench/deaf_readers.h"
#include "crypto/system_random.h"
#include "membership/own_event.h"

namespace sotto::bench {
namespace {

UnixMillis now() { return SystemClock().now(); }

using Members = std::span<const wire::GroupMember>;

std::vector<wire::GroupMember> sorted(Members members) {
  std::vector<wire::GroupMember> result(members.begin(), members.end());
  std::ranges::sort(result, {}, &wire::GroupMember::account);
  return result;
}

/// Makes a group by its owner's stream.
class Founding {
 public:
  Founding(const Resident& owner, LoadConnection& stream) : owner_(owner), stream_(stream) {}

  /// Creates it with the owner alone; the error is a sentence.
  std::expected<void, std::string> create() {
    wire::GroupCreated created{.salt = random_.next<MessageId>(),
                               .kind = wire::ConversationKind::group,
                               .members = {member(owner_, wire::Role::owner)},
                               .policies = {},
                               .profile = random_.next<Sha256Digest>()};
    const wire::SignedGroupEvent event = sign(membership::first_event(actor(), std::move(created), now()));
    auto answer = stream_.call(wire::CreateGroup{random_.next<MessageId>(), event});
    if (!answer) return std::unexpected(answer.error());
    group_ = membership::create(event).value();
    return {};
  }

  std::expected<void, std::string> add(Members members) {
    const wire::GroupEvent next = membership::next_event(group_, actor(), wire::MembersAdded{sorted(members)}, now());
    const wire::SignedGroupEvent event = sign(next);
    auto answer = stream_.call(wire::ChangeGroup{group_.id, random_.next<MessageId>(), event});
    if (!answer) return std::unexpected(answer.error());
    group_ = membership::apply(group_, event).value();
    return {};
  }

  static wire::GroupMember member(const Resident& account, wire::Role role) {
    return {.account = account.keys.account, .account_key = account.keys.account_key.public_key, .role = role};
  }

 private:
  [[nodiscard]] membership::Actor actor() const { return {owner_.keys.account, owner_.keys.devices.front().device}; }
  [[nodiscard]] wire::SignedGroupEvent sign(const wire::GroupEvent& event) const {
    return membership::sign_group_event(event, owner_.keys.first_list(), owner_.keys.devices.front().signing_key);
  }

  const Resident& owner_;
  LoadConnection& stream_;
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

std::expected<void, std::string> found(std::span<const Resident> people, LoadConnection& owner) {
  Founding founding(people.front(), owner);
  if (auto created = founding.create(); !created) return created;
  std::vector<wire::GroupMember> members;
  for (const Resident& other : people.subspan(1)) members.push_back(Founding::member(other, wire::Role::member));
  for (Members left = members; !left.empty();) {
    const Members some = left.first(std::min<std::size_t>(left.size(), wire::max_members_at_once));
    if (auto added = founding.add(some); !added) return added;
    left = left.subspan(some.size());
  }
  return {};
}

/// Of the residents from `first` on.
std::expected<Room, std::string> make_group(const Site& site, std::size_t first, const GroupsOptions& options) {
  Room room;
  for (std::size_t member = 0; member < options.size; ++member) {
    // The deaf come when the group is there.
    if (member > 0 && member <= options.deaf) continue;
    auto stream = site.stream(first + member);
    if (!stream) return std::unexpected(stream.error());
    if (member == 0) {
      room.sender = std::move(*stream);
    } else {
      room.readers.push_back(std::move(*stream));
    }
  }
  const auto people = std::span(site.residents()).subspan(first, options.size);
  if (auto made = found(people, *room.sender); !made) return std::unexpected(made.error());
  const auto conversation = only_conversation(*room.sender);
  if (!conversation) return std::unexpected(conversation.error());
  room.conversation = conversation->conversation;
  room.epoch = conversation->epoch;
  room.head = conversation->head;
  return room;
}

}  // namespace

std::expected<Report, std::string> run_groups(const std::filesystem::path& program, const GroupsOptions& options) {
  if (options.deaf + 2 > options.size) return std::unexpected("a group needs a writer and a reader beside the deaf");
  const unsigned people = options.groups * options.size;
  auto site = Site::open({.program = program, .people = {.accounts = people}});
  if (!site) return std::unexpected(site.error());
  std::vector<Room> rooms;
  DeafReaders deaf(**site);
  for (std::size_t first = 0; first < people; first += options.size) {
    auto room = make_group(**site, first, options);
    if (!room) return std::unexpected(room.error());
    rooms.push_back(std::move(*room));
    for (std::size_t member = 1; member <= options.deaf; ++member) {
      if (auto added = deaf.add(first + member); !added) return std::unexpected(added.error());
    }
  }
  deaf.keep_coming();
  auto report = run_rooms((*site)->server().id(), std::move(rooms), options.pace);
  if (!report) return report;
  report->form = "group";
  if (options.deaf > 0) report->figures.push_back({"deaf_streams", static_cast<double>(deaf.streams())});
  return report;
}

}  // namespace sotto::bench
