#pragma once

#include <expected>

#include "service/ports/storage.h"
#include "storage/sqlite/account_store.h"
#include "storage/sqlite/backup_store.h"
#include "storage/sqlite/conversation_store.h"
#include "storage/sqlite/group_store.h"
#include "storage/sqlite/link_store.h"
#include "storage/sqlite/login_store.h"
#include "storage/sqlite/mailbox_store.h"
#include "storage/sqlite/prekey_store.h"
#include "storage/sqlite/privacy_store.h"
#include "storage/sqlite/report_store.h"
#include "storage/sqlite/server_value_store.h"
#include "storage/sqlite/transparency_store.h"

namespace sotto::storage::sqlite {

/// The stores over one connection, reused for one unit of work after the other. Lives on its connection's thread.
class SqliteUnitOfWork final : public service::UnitOfWork {
 public:
  /// The writer remembers conversations; a reader cannot, because it does not see them change.
  enum class Role : std::uint8_t { writer, reader };

  SqliteUnitOfWork(Connection& connection, Role role);

  service::AccountStore& accounts() override { return accounts_; }
  service::LoginStore& logins() override { return logins_; }
  service::PrekeyStore& prekeys() override { return prekeys_; }
  service::ConversationStore& conversations() override { return conversations_; }
  service::GroupStore& groups() override { return groups_; }
  service::MailboxStore& mailboxes() override { return mailboxes_; }
  service::LinkStore& links() override { return links_; }
  service::BackupStore& backups() override { return backups_; }
  service::PrivacyStore& privacy() override { return privacy_; }
  service::ReportStore& reports() override { return reports_; }
  service::TransparencyStore& transparency() override { return transparency_; }
  service::ServerValueStore& values() override { return values_; }

  /// Runs a work inside the connection's open transaction. If its verdict is `undo` or a statement failed, its writes
  /// and only its writes are undone. If that takes the whole transaction with it, the connection is in none afterwards.
  [[nodiscard]] std::expected<service::Verdict, Error> run(service::Work& work);

  /// The transaction was lost: drops all that was remembered of it.
  void forget() { scope_.forget(); }

 private:
  Connection& connection_;
  WriteScope scope_;
  Identities identities_;
  ConversationCache cache_;
  RecentBlocks recent_blocks_;
  SqliteAccountStore accounts_;
  SqliteLoginStore logins_;
  SqlitePrekeyStore prekeys_;
  SqliteConversationStore conversations_;
  SqliteGroupStore groups_;
  SqliteMailboxStore mailboxes_;
  SqliteLinkStore links_;
  SqliteBackupStore backups_;
  SqlitePrivacyStore privacy_;
  SqliteReportStore reports_;
  SqliteTransparencyStore transparency_;
  SqliteServerValueStore values_;
};

}  // namespace sotto::storage::sqlite
