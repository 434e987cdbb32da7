#pragma once

#include "service/ports/stores.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteMailboxStore final : public service::MailboxStore {
 public:
  SqliteMailboxStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  std::optional<std::uint64_t> insert(const Address& recipient, const wire::MailboxItem& item) override;
  std::size_t count(const Address& recipient) override;
  std::vector<wire::MailboxItem> read(const Address& recipient, const Range& range) override;
  void remove_up_to(const Address& recipient, std::uint64_t item) override;
  std::size_t remove_expired(UnixMillis oldest, std::size_t limit) override;
  void remove_device(const Address& device) override;

 private:
  [[nodiscard]] bool holds(DeviceNumber recipient, const wire::MailboxItem& item);
  [[nodiscard]] std::uint64_t next_item(DeviceNumber recipient);

  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
