#pragma once

#include <tuple>
#include <variant>

#include "service/ports/link_store.h"
#include "service/ports/records.h"
#include "service/ports/report_store.h"
#include "storage/memory/table.h"
#include "wire/backup.h"
#include "wire/privacy.h"
#include "wire/transparency.h"

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
  Table<std::pair<ConversationId, AccountId>, service::StoredMember> members{journal};
  /// Also of those who left.
  Table<std::pair<AccountId, ConversationId>, std::monostate> memberships{journal};
  Table<std::pair<ConversationId, std::uint64_t>, wire::LogEntry> entries{journal};
  Table<std::tuple<ConversationId, DeviceId, MessageId>, service::StoredReceipt> receipts{journal};
  /// The entries whose bodies are still to be dropped.
  Table<std::tuple<UnixMillis, ConversationId, std::uint64_t>, std::monostate> expiries{journal};
  Table<ConversationId, Bytes> group_states{journal};
  /// The entry of the log that holds an event of a chain.
  Table<std::pair<ConversationId, std::uint64_t>, std::uint64_t> group_events{journal};
  Table<std::pair<ConversationId, AccountId>, wire::JoinRequest> join_requests{journal};
  Table<std::pair<DeviceAddress, std::uint64_t>, wire::MailboxItem> mailbox_items{journal};
  Table<std::tuple<DeviceAddress, DeviceId, MessageId>, std::uint64_t> mailbox_receipts{journal};
  Table<LinkId, service::StoredLink> links{journal};
  Table<std::pair<LinkId, service::LinkSide>, std::vector<Bytes>> link_boxes{journal};
  Table<AccountId, wire::Backup> backups{journal};
  Table<std::pair<AccountId, std::uint32_t>, Bytes> backup_packs{journal};
  Table<AccountId, wire::Privacy> privacy{journal};
  Table<std::pair<AccountId, AccountId>, std::monostate> blocks{journal};
  Table<AccountId, UnixMillis> last_seen{journal};
  Table<std::pair<AccountId, ConversationId>, service::StoredReport> reports{journal};
  Table<std::uint64_t, wire::TransparencyLeaf> transparency_entries{journal};
  Table<std::pair<AccountId, std::uint64_t>, std::monostate> account_entries{journal};
  Table<std::pair<std::uint32_t, std::uint64_t>, Sha256Digest> transparency_nodes{journal};
  Table<std::string, Bytes> values{journal};
};

}  // namespace sotto::storage::memory
