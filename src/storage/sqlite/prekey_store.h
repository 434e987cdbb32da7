#pragma once

#include "service/ports/stores.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqlitePrekeyStore final : public service::PrekeyStore {
 public:
  SqlitePrekeyStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  void replace_signed(AccountId account, DeviceId device, const wire::SignedPrekey& prekey) override;
  void replace_last_resort(AccountId account, DeviceId device, const wire::KemPrekey& prekey) override;
  void add_one_time(AccountId account, DeviceId device, std::span<const wire::OneTimePrekey> prekeys) override;
  void add_kem(AccountId account, DeviceId device, std::span<const wire::KemPrekey> prekeys) override;
  wire::PrekeyStock stock(AccountId account, DeviceId device) override;
  std::optional<wire::PrekeyBundle> claim(AccountId account, DeviceId device) override;
  void remove_device(AccountId account, DeviceId device) override;

 private:
  [[nodiscard]] std::optional<wire::SignedPrekey> find_signed(DeviceNumber device);
  [[nodiscard]] std::optional<wire::KemPrekey> find_last_resort(DeviceNumber device);
  [[nodiscard]] std::optional<wire::KemPrekey> take_kem(DeviceNumber device);
  [[nodiscard]] std::optional<wire::OneTimePrekey> take_one_time(DeviceNumber device);

  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
