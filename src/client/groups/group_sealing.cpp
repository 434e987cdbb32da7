#include "client/groups/group_sealing.h"

#include <algorithm>
#include <iterator>

#include "client/claiming.h"
#include "client/directory.h"
#include "client/groups/audience.h"
#include "client/groups/learning.h"
#include "membership/permissions.h"
#include "session/group_message.h"
#include "session/mailbox_message.h"

namespace sotto::client {
namespace {

/// Octets of one request's mailbox items.
constexpr std::size_t largest_batch = 48 * 1024;
/// Devices whose addresses are kept with a message, so that its key can be given once more.
constexpr std::size_t most_kept_recipients = 128;

/// Mailbox items on their way into as few requests as they fit.
class Batch {
 public:
  explicit Batch(Turn& turn) : turn_(turn) {}

  void add(wire::PostMailbox item) {
    const std::size_t size = item.body.size() + 64;
    if (items_.items.size() >= wire::max_mailbox_posts || size_ + size > largest_batch) flush();
    size_ += size;
    items_.items.push_back(std::move(item));
  }

  void flush() {
    if (items_.items.empty()) return;
    turn_.outbox.add_upload(UploadKind::mailboxes, wire::encode(items_));
    items_.items.clear();
    size_ = 0;
  }

 private:
  Turn& turn_;
  wire::PostMailboxes items_;
  std::size_t size_ = 0;
};

/// Who gets the chain before the next message: by the plan, and who asked for it once more.
std::vector<session::DeviceAddress> recipients_of_chain(Turn& turn, ConversationId conversation,
                                                        const session::SenderKeyPlan& plan) {
  std::vector<session::DeviceAddress> recipients = plan.recipients;
  // A chain that goes on is held by nobody who may not read the next message.
  if (!plan.begins_chain) std::ranges::copy(turn.groups.given_again(conversation), std::back_inserter(recipients));
  return recipients;
}

/// Gives the chain to one device, with the profile if it does not have that.
void share_with(Turn& turn, const membership::Group& group, const session::OwnSenderChain& chain,
                const session::DeviceAddress& address, Batch& batch) {
  const auto device = listed_device(turn, address);
  DeviceSessions sessions = turn.sessions.load(address);
  if (!device || !sessions.can_seal()) return;
  wire::SenderKeyShare share{.key = session::share_of(chain), .profile = std::nullopt};
  if (turn.groups.profile_given(group.id, address) != group.profile) share.profile = turn.groups.profile(group);
  const MessageId message = turn.random.next<MessageId>();
  const Sha256Digest given = share.profile ? group.profile : turn.groups.profile_given(group.id, address);
  const wire::MailboxContent content{.version = wire::content_version, .sent_at = turn.now, .kind = std::move(share)};
  const session::LocalDevice local = turn.home.device();
  if (turn.context.damaged) return;
  auto sealed = session::seal_mailbox(sessions.sessions, {local, *device}, message, content, turn.now, turn.random);
  if (!sealed) return;
  sessions.sessions = std::move(sealed->next);
  turn.sessions.save(address, sessions);
  turn.groups.add_holder(group.id, {.device = address, .profile = given});
  batch.add(
      {.account = address.account, .device = address.device, .message = message, .body = std::move(sealed->message)});
}

SealOutcome refused(session::GroupSealError error) {
  using enum session::GroupSealError;
  switch (error) {
    case bad_content:
      return SealRefused{.why = ClientErrorCode::invalid_text, .for_good = true};
    case too_large:
      return SealRefused{.why = ClientErrorCode::too_large, .for_good = true};
    case wrong_group:
    case chain_exhausted:
      break;
  }
  return SealRefused{.why = ClientErrorCode::storage_failed, .for_good = false};
}

SealOutcome seal_with(Turn& turn, const ConversationRow& row, const TimelineRow& message,
                      const membership::Group& group, const session::OwnSenderChain& chain) {
  const Home self = turn.home.load();
  wire::Content content = message.content;
  content.version = wire::content_version;
  content.counter = row.own_counter + 1;
  content.sent_at = message.sent_at;
  auto sealed = session::seal_group(chain, {self.account, self.device}, {row.conversation, message.message},
                                    {.number = group.number, .head = group.head}, content);
  if (!sealed) return refused(sealed.error());
  turn.groups.save_own_chain(sealed->next);
  turn.timeline.keep_key(message.position, sealed->key);
  return std::move(sealed->body);
}

}  // namespace

void introduce(Turn& turn, const membership::Group& group, const Introduction& introduction) {
  std::optional<session::OwnSenderChain> chain = turn.groups.own_chain(group.id);
  const std::vector<session::DeviceAddress> holders = turn.groups.holders(group.id);
  const session::SenderKeyPlan plan =
      session::plan_sender_key(chain ? &*chain : nullptr, {.holders = holders, .entitled = introduction.all}, turn.now);
  if (plan.begins_chain) {
    chain = session::begin_sender_chain(group.id, turn.now, turn.random);
    turn.groups.forget_holders(group.id);
    turn.groups.save_own_chain(*chain);
  }
  Batch batch(turn);
  for (const session::DeviceAddress& newcomer : introduction.newcomers) {
    const bool lacks_it = std::ranges::find(plan.recipients, newcomer) != plan.recipients.end();
    if (lacks_it) share_with(turn, group, *chain, newcomer, batch);
  }
  batch.flush();
}

bool group_is_ready(Turn& turn, const ConversationRow& row) {
  if (is_claiming_for_group(turn, row.conversation)) return false;
  if (waits_for_chain(turn, row) || !turn.groups.find(row.conversation)) return false;
  // Of who has left nothing is asked; sealing says why.
  return has_left(turn, row.conversation) || members_are_known(turn, row);
}

SealOutcome seal_in_group(Turn& turn, const ConversationRow& row, const TimelineRow& message) {
  const std::optional<membership::Group> group = turn.groups.find(row.conversation);
  if (!group) return SealLater{};
  const membership::Member* self = group->find(turn.home.load().account);
  if (self == nullptr || !membership::may_write(*group, self->role)) {
    return SealRefused{.why = ClientErrorCode::not_allowed, .for_good = true};
  }
  const auto audience = audience_of(turn, *group);
  if (!audience) return SealRefused{.why = ClientErrorCode::server_distrusted, .for_good = false};
  std::optional<session::OwnSenderChain> chain = turn.groups.own_chain(row.conversation);
  const std::vector<session::DeviceAddress> holders = turn.groups.holders(row.conversation);
  const session::SenderKeyPlan plan =
      session::plan_sender_key(chain ? &*chain : nullptr, {.holders = holders, .entitled = *audience}, turn.now);
  const std::vector<session::DeviceAddress> recipients = recipients_of_chain(turn, row.conversation, plan);
  if (claim_for_group(turn, row.conversation, without_session(turn, recipients))) return SealLater{};
  if (plan.begins_chain) {
    chain = session::begin_sender_chain(row.conversation, turn.now, turn.random);
    turn.groups.forget_holders(row.conversation);
  }
  Batch batch(turn);
  for (const session::DeviceAddress& recipient : recipients) share_with(turn, *group, *chain, recipient, batch);
  batch.flush();
  if (turn.context.damaged) return SealLater{};
  if (audience->size() <= most_kept_recipients) turn.timeline.keep_recipients(message.position, *audience);
  return seal_with(turn, row, message, *group, *chain);
}

void forget_own_chains(Turn& turn) { Query(turn.context.database, "DELETE FROM own_sender_chains").run(); }

void receive_stale_group(Turn& turn, ConversationRow& row, std::uint64_t epoch) {
  row.offered_epoch = std::max(row.offered_epoch, epoch);
  row.epoch = 0;
  turn.memory.groups.members.erase(row.conversation);
  turn.memory.groups.claims.erase(row.conversation);
  turn.conversations.save(row);
  // The log holds the events that made it stale.
  turn.memory.resume_again = true;
}

}  // namespace sotto::client
