#include "service/mailboxes.h"

#include <algorithm>
#include <limits>
#include <map>

#include "service/device_lists.h"
#include "service/message_bodies.h"
#include "service/privacy.h"

namespace sotto::service {
namespace {

/// Storage counts in signed 64-bit numbers; no item has a larger one.
std::uint64_t within_storage(std::uint64_t item) {
  return std::min<std::uint64_t>(item, std::numeric_limits<std::int64_t>::max());
}

std::expected<void, Refusal> check_recipient(UnitOfWork& unit, const Caller& caller, const wire::PostMailbox& request) {
  const std::optional<StoredAccount> account = unit.accounts().find(request.account);
  if (!account) return refuse(wire::ErrorCode::not_found, "there is no such account", "account");
  const std::optional<wire::DeviceList> list = stored_device_list(*account);
  if (!list || find_device(*list, request.device) == nullptr) {
    return refuse(wire::ErrorCode::device_not_listed, "the device is not on the account's list", "device");
  }
  return check_mail_is_welcome(unit, caller, request.account);
}

/// Stores an item; nothing if it is there already.
std::optional<Notice> put(UnitOfWork& unit, const Caller& caller, const wire::PostMailbox& post, const Moment& moment) {
  wire::MailboxItem item{.sender = caller.account,
                         .sender_device = caller.device,
                         .message = post.message,
                         .sent_at = moment.now,
                         .body = post.body};
  const std::optional<std::uint64_t> number = unit.mailboxes().insert({post.account, post.device}, item);
  if (!number) return std::nullopt;
  item.item = *number;
  return Notice{post.account, post.device, std::nullopt, push_frame(std::move(item))};
}

/// The devices that one batch may go to, each account looked at once.
class ReachableDevices {
 public:
  ReachableDevices(UnitOfWork& unit, const Caller& caller) : unit_(unit), caller_(caller) {}

  [[nodiscard]] bool contain(const MailboxStore::Address& address) {
    auto found = lists_.find(address.account);
    if (found == lists_.end()) {
      found = lists_.emplace(address.account, list_of(address.account)).first;
    }
    return found->second && find_device(*found->second, address.device) != nullptr;
  }

 private:
  [[nodiscard]] std::optional<wire::DeviceList> list_of(AccountId recipient) {
    const std::optional<StoredAccount> account = unit_.accounts().find(recipient);
    if (!account || !check_mail_is_welcome(unit_, caller_, recipient)) return std::nullopt;
    return stored_device_list(*account);
  }

  UnitOfWork& unit_;
  const Caller& caller_;
  std::map<AccountId, std::optional<wire::DeviceList>> lists_;
};

}  // namespace

Outcome<wire::Done> Mailboxes::post(UnitOfWork& unit, const Caller& caller, const wire::PostMailbox& request,
                                    const Moment& moment) const {
  if (auto checked = check_body(request.body); !checked) return std::unexpected(std::move(checked.error()));
  if (auto checked = check_recipient(unit, caller, request); !checked)
    return std::unexpected(std::move(checked.error()));
  Accepted<wire::Done> accepted;
  auto notice = put(unit, caller, request, moment);
  if (!notice) return accepted;
  if (unit.mailboxes().count({request.account, request.device}) > max_mailbox_items) {
    return refuse(wire::ErrorCode::limit_reached, "the mailbox is full", "device");
  }
  accepted.notices.push_back(*std::move(notice));
  return accepted;
}

Outcome<wire::Done> Mailboxes::post_all(UnitOfWork& unit, const Caller& caller, const wire::PostMailboxes& request,
                                        const Moment& moment) const {
  if (request.items.empty()) return refuse(wire::ErrorCode::invalid_value, "no item is named", "items");
  ReachableDevices reachable(unit, caller);
  Accepted<wire::Done> accepted;
  for (const wire::PostMailbox& post : request.items) {
    if (auto checked = check_body(post.body); !checked) {
      checked.error().error.field = "items.body";
      return std::unexpected(std::move(checked.error()));
    }
    const MailboxStore::Address recipient{post.account, post.device};
    if (!reachable.contain(recipient) || unit.mailboxes().count(recipient) >= max_mailbox_items) continue;
    if (auto notice = put(unit, caller, post, moment)) accepted.notices.push_back(*std::move(notice));
  }
  return accepted;
}

Outcome<wire::MailboxPage> Mailboxes::read(UnitOfWork& unit, const Caller& caller, const wire::ReadMailbox& request,
                                           const Moment& /*moment*/) const {
  if (request.limit > wire::max_page_entries) {
    return refuse(wire::ErrorCode::invalid_value, "a page has at most 200 items", "limit");
  }
  const MailboxStore::Address own{caller.account, caller.device};
  MailboxStore::Range range{.after = within_storage(request.after)};
  if (request.limit != 0) range.max_items = request.limit;
  Accepted<wire::MailboxPage> accepted;
  accepted.answer.items = unit.mailboxes().read(own, range);
  if (!accepted.answer.items.empty()) {
    const MailboxStore::Range next{.after = accepted.answer.items.back().item, .max_items = 1};
    accepted.answer.more = !unit.mailboxes().read(own, next).empty();
  }
  return accepted;
}

Outcome<wire::Done> Mailboxes::acknowledge(UnitOfWork& unit, const Caller& caller,
                                           const wire::AcknowledgeMailbox& request, const Moment& /*moment*/) const {
  unit.mailboxes().remove_up_to({caller.account, caller.device}, within_storage(request.item));
  return Accepted<wire::Done>{};
}

}  // namespace sotto::service
