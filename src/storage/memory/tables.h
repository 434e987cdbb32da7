#pragma once

#include <tuple>
#include <variant>

#include "service/ports/records.h"
#include "storage/memory/table.h"

namespace sotto::storage::memory {

using DeviceAddress = std::pair<AccountId, DeviceId>;
/// A device and the id of one of its prekeys.
using PrekeyName = std::pair<DeviceAddress, std::uint32_t>;

/// The counters of a device, which outlive it.
struct DeviceCounters {
  std::uint64_t last_mailbox_item = 0;
  std::uint32_t highest_one_time_prekey = 0;
  std::uint32_t highest_kem_prekey = 0;
};

/// All that the server keeps.
struct Tables {
  explicit Tables(Journal& journal_of_all) : journal(journal_of_all) {}

  Journal& journal;
  Table<AccountId, service::StoredAccount> accounts{journal};
  Table<std::string, AccountId> account_names{journal};
  Table<LoginId, service::StoredLogin> logins{journal};
  Table<DeviceAddress, DeviceCounters> devices{journal};
  Table<DeviceAddress, wire::SignedPrekey> signed_prekeys{journal};
  Table<DeviceAddress, wire::KemPrekey> last_resort_prekeys{journal};
  Table<PrekeyName, wire::OneTimePrekey> one_time_prekeys{journal};
  Table<PrekeyName, wire::KemPrekey> kem_prekeys{journal};
  Table<ConversationId, service::StoredConversation> conversations{journal};
  Table<std::pair<AccountId, ConversationId>, std::monostate> memberships{journal};
  Table<std::pair<ConversationId, std::uint64_t>, wire::LogEntry> entries{journal};
  Table<std::tuple<ConversationId, DeviceId, MessageId>, service::StoredReceipt> receipts{journal};
  Table<std::pair<DeviceAddress, std::uint64_t>, wire::MailboxItem> mailbox_items{journal};
  Table<std::tuple<DeviceAddress, DeviceId, MessageId>, std::uint64_t> mailbox_receipts{journal};
  Table<std::string, Bytes> values{journal};
};

}  // namespace sotto::storage::memory
