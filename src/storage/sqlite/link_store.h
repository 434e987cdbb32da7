#pragma once

#include "service/ports/link_store.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteLinkStore final : public service::LinkStore {
 public:
  SqliteLinkStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  std::optional<service::StoredLink> find(LinkId link) override;
  void insert(const service::StoredLink& link) override;
  void update(const service::StoredLink& link) override;
  std::size_t count() override;
  void add_box(LinkId link, service::LinkSide from, const Bytes& box) override;
  std::vector<Bytes> boxes(LinkId link, service::LinkSide from) override;
  std::size_t remove_ended(UnixMillis now) override;
  void remove_device(AccountId account, DeviceId linked_device) override;

 private:
  /// The row number of the signed-in side; nothing as long as there is none.
  [[nodiscard]] std::optional<DeviceNumber> linked_device_of(const service::StoredLink& link);

  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
