#pragma once

#include "wire/directory.h"

namespace sotto::wire {

// A mailbox holds what is addressed to one device alone. An item stays until that device acknowledges it, at most
// 30 days.

/// Puts an item into the mailbox of a device. `message` is unique for (recipient device, sender device): a repeat
/// changes nothing.
struct PostMailbox {
  AccountId account;
  DeviceId device;
  MessageId message;
  Bytes body;

  static constexpr auto describe() {
    return wire::message(
        "PostMailbox", "Puts an encrypted item into the mailbox of a device.",
        field(1, "account", &PostMailbox::account, "The recipient."),
        field(2, "device", &PostMailbox::device, "A device on its list."),
        field(3, "message", &PostMailbox::message, "Chosen by the sender; makes it repeatable."),
        field(4, "body", &PostMailbox::body, at_most(max_body_size), "Opaque to the server; not empty."));
  }
};

/// Puts many items into mailboxes, all or none of them. Items of devices that are not listed any more are left out.
struct PostMailboxes {
  std::vector<PostMailbox> items;

  static constexpr auto describe() {
    return message("PostMailboxes", "Puts encrypted items into the mailboxes of devices.",
                   field(1, "items", &PostMailboxes::items, at_most(max_mailbox_posts), "At least one."));
  }
};

struct MailboxItem {
  std::uint64_t item = 0;
  AccountId sender;
  DeviceId sender_device;
  MessageId message;
  UnixMillis sent_at;
  Bytes body;

  static constexpr auto describe() {
    return wire::message("MailboxItem", "One item of the calling device's mailbox.",
                         field(1, "item", &MailboxItem::item, "Grows; may have gaps."),
                         field(2, "sender", &MailboxItem::sender, "The sending account."),
                         field(3, "sender_device", &MailboxItem::sender_device, "The sending device."),
                         field(4, "message", &MailboxItem::message, "The sender's id for it."),
                         field(5, "sent_at", &MailboxItem::sent_at, "When the server took it."),
                         field(6, "body", &MailboxItem::body, at_most(max_body_size), "Opaque to the server."));
  }
};

struct ReadMailbox {
  std::uint64_t after = 0;
  std::uint32_t limit = 0;

  static constexpr auto describe() {
    return message("ReadMailbox", "Reads the calling device's mailbox forward.",
                   field(1, "after", &ReadMailbox::after, "The last item already held; 0 for all."),
                   field(2, "limit", &ReadMailbox::limit, "Items wanted, 1 to 200; 0 means 200."));
  }
};

struct MailboxPage {
  std::vector<MailboxItem> items;
  bool more = false;

  static constexpr auto describe() {
    return message("MailboxPage", "Items of the mailbox, oldest first.",
                   field(1, "items", &MailboxPage::items, at_most(max_page_entries), "Ascending."),
                   field(2, "more", &MailboxPage::more, "Whether more follow."));
  }
};

/// Deletes all items up to and including `item`.
struct AcknowledgeMailbox {
  std::uint64_t item = 0;

  static constexpr auto describe() {
    return message("AcknowledgeMailbox", "Deletes the items that the device has dealt with.",
                   field(1, "item", &AcknowledgeMailbox::item, "The last one dealt with."));
  }
};

}  // namespace sotto::wire
