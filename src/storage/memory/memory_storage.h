#pragma once

#include <deque>
#include <mutex>

#include "service/ports/storage.h"
#include "storage/memory/stores.h"
#include "storage/memory/transparency_store.h"

namespace sotto::storage {

/// A server's state in memory, for tests and simulation. Work runs inside the submitting call, so one thread gets a
/// reproducible course of events; what is submitted while other work runs, from inside it or by another thread, waits
/// in the queue and runs after it on the thread that is running.
class MemoryStorage final : public service::Storage {
 public:
  /// `queue_capacity`: pieces of work that may wait while others run.
  explicit MemoryStorage(std::size_t queue_capacity = 8'192) : queue_capacity_(queue_capacity) {}

  [[nodiscard]] std::unique_ptr<service::Work> submit_write(std::unique_ptr<service::Work> work) override;
  [[nodiscard]] std::unique_ptr<service::Work> submit_read(std::unique_ptr<service::Work> work) override;
  /// Nothing is committed here, and what waits is counted as writing.
  [[nodiscard]] service::StorageLoad load() const override;

 private:
  using Access = memory::Journal::Access;

  struct Waiting {
    std::unique_ptr<service::Work> work;
    Access access;
  };

  class Unit final : public service::UnitOfWork {
   public:
    explicit Unit(memory::Tables& tables)
        : accounts_(tables),
          logins_(tables),
          prekeys_(tables),
          conversations_(tables),
          groups_(tables),
          mailboxes_(tables),
          links_(tables),
          backups_(tables),
          privacy_(tables),
          reports_(tables),
          transparency_(tables),
          values_(tables) {}
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

   private:
    memory::MemoryAccountStore accounts_;
    memory::MemoryLoginStore logins_;
    memory::MemoryPrekeyStore prekeys_;
    memory::MemoryConversationStore conversations_;
    memory::MemoryGroupStore groups_;
    memory::MemoryMailboxStore mailboxes_;
    memory::MemoryLinkStore links_;
    memory::MemoryBackupStore backups_;
    memory::MemoryPrivacyStore privacy_;
    memory::MemoryReportStore reports_;
    memory::MemoryTransparencyStore transparency_;
    memory::MemoryServerValueStore values_;
  };

  [[nodiscard]] std::unique_ptr<service::Work> submit(Waiting waiting);
  void run_waiting(std::unique_lock<std::mutex>& lock);
  void run(Waiting waiting);

  const std::size_t queue_capacity_;
  memory::Journal journal_;
  memory::Tables tables_{journal_};
  Unit unit_{tables_};
  mutable std::mutex mutex_;
  std::deque<Waiting> queue_;
  bool running_ = false;
};

}  // namespace sotto::storage
