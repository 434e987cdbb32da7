#include "service/privacy.h"

#include <algorithm>

#include "wire/conversation.h"
#include "wire/frame.h"

namespace sotto::service {
namespace {

using wire::Audience;
using wire::ErrorCode;

/// The last word on somebody's presence: nothing.
std::shared_ptr<const wire::ServerFrame> unknown_presence(AccountId account) {
  return push_frame(wire::Presence{.account = account, .online = false, .last_seen = {}});
}

bool shows_presence(UnitOfWork& unit, const Regard& regard) {
  return unit.privacy().find(regard.shown).presence == Audience::companions &&
         !unit.privacy().is_blocked({.by = regard.shown, .whom = regard.viewer}) &&
         unit.privacy().are_companions({regard.shown, regard.viewer});
}

bool share_a_group(UnitOfWork& unit, const PrivacyStore::Pair& pair) {
  return std::ranges::any_of(unit.conversations().list(pair.left), [&](const StoredMembership& membership) {
    if (membership.conversation.kind == wire::ConversationKind::direct) return false;
    const auto accounts = unit.conversations().accounts_of(membership.conversation.conversation);
    return std::ranges::binary_search(*accounts, pair.left) && std::ranges::binary_search(*accounts, pair.right);
  });
}

}  // namespace

bool shows_reading(UnitOfWork& unit, const Regard& regard) {
  return unit.privacy().find(regard.shown).read_receipts == Audience::companions &&
         unit.privacy().find(regard.viewer).read_receipts == Audience::companions &&
         !unit.privacy().is_blocked({.by = regard.shown, .whom = regard.viewer});
}

bool shows_typing(UnitOfWork& unit, const Regard& regard) {
  return unit.privacy().find(regard.shown).typing == Audience::companions &&
         unit.privacy().find(regard.viewer).typing == Audience::companions &&
         !unit.privacy().is_blocked({.by = regard.shown, .whom = regard.viewer}) &&
         !unit.privacy().is_blocked({.by = regard.viewer, .whom = regard.shown});
}

std::expected<void, Refusal> check_not_blocked(UnitOfWork& unit, const Caller& sender, AccountId peer) {
  if (!unit.privacy().is_blocked({.by = peer, .whom = sender.account})) return {};
  return refuse(ErrorCode::forbidden, "the peer does not take messages from the caller");
}

std::expected<void, Refusal> check_mail_is_welcome(UnitOfWork& unit, const Caller& sender, AccountId recipient) {
  auto welcome = check_not_blocked(unit, sender, recipient);
  return welcome || share_a_group(unit, {.left = sender.account, .right = recipient}) ? std::expected<void, Refusal>()
                                                                                      : std::move(welcome);
}

void record_last_seen(UnitOfWork& unit, std::span<const LastSeen> seen) {
  for (const LastSeen& one : seen) {
    if (unit.privacy().find(one.account).presence == Audience::companions) {
      unit.privacy().put_last_seen(one.account, one.at);
    }
  }
}

Outcome<wire::Done> PrivacySettings::set(UnitOfWork& unit, const Caller& caller, const wire::SetPrivacy& request,
                                         const Moment& /*moment*/) const {
  Accepted<wire::Done> accepted;
  if (unit.privacy().find(caller.account) == request.privacy) return accepted;
  unit.privacy().put(caller.account, request.privacy);
  if (request.privacy.presence == Audience::companions) return accepted;
  unit.privacy().put_last_seen(caller.account, {});
  accepted.notices.push_back({.account = caller.account,
                              .device = std::nullopt,
                              .except_device = std::nullopt,
                              .frame = unknown_presence(caller.account),
                              .kind = NoticeKind::presence_hidden});
  return accepted;
}

Outcome<wire::Privacy> PrivacySettings::get(UnitOfWork& unit, const Caller& caller, const wire::GetPrivacy& /*request*/,
                                            const Moment& /*moment*/) const {
  return Accepted<wire::Privacy>{unit.privacy().find(caller.account), {}, {}};
}

Outcome<wire::Presences> PrivacySettings::watch(UnitOfWork& unit, const Caller& caller,
                                                const wire::WatchPresence& request, const Moment& /*moment*/) const {
  Accepted<wire::Presences> accepted;
  // Who shows nothing is shown nothing.
  if (unit.privacy().find(caller.account).presence == Audience::nobody) return accepted;
  std::vector<AccountId> accounts = request.accounts;
  std::ranges::sort(accounts);
  accounts.erase(std::ranges::unique(accounts).begin(), accounts.end());
  for (const AccountId account : accounts) {
    if (account == caller.account || !shows_presence(unit, {.shown = account, .viewer = caller.account})) continue;
    accepted.answer.presences.push_back(
        {.account = account, .online = false, .last_seen = unit.privacy().last_seen(account)});
  }
  return accepted;
}

Outcome<wire::Done> PrivacySettings::set_blocked(UnitOfWork& unit, const Caller& caller,
                                                 const wire::SetBlocked& request, const Moment& /*moment*/) const {
  const PrivacyStore::Block block{.by = caller.account, .whom = request.account};
  Accepted<wire::Done> accepted;
  if (request.account == caller.account) {
    return refuse(ErrorCode::invalid_value, "nobody blocks the own account", "account");
  }
  if (!request.blocked) {
    unit.privacy().remove_block(block);
    return accepted;
  }
  if (unit.privacy().is_blocked(block)) return accepted;
  if (!unit.accounts().find(request.account))
    return refuse(ErrorCode::not_found, "there is no such account", "account");
  if (unit.privacy().blocked_by(caller.account).size() >= max_blocked) {
    return refuse(ErrorCode::limit_reached, "the caller blocks as many as may be");
  }
  unit.privacy().add_block(block);
  accepted.notices.push_back({.account = caller.account,
                              .device = std::nullopt,
                              .except_device = std::nullopt,
                              .frame = unknown_presence(caller.account),
                              .kind = NoticeKind::presence_hidden_from_watcher,
                              .watcher = request.account});
  return accepted;
}

Outcome<wire::Blocked> PrivacySettings::list_blocked(UnitOfWork& unit, const Caller& caller,
                                                     const wire::ListBlocked& /*request*/,
                                                     const Moment& /*moment*/) const {
  return Accepted<wire::Blocked>{{unit.privacy().blocked_by(caller.account)}, {}, {}};
}

}  // namespace sotto::service
