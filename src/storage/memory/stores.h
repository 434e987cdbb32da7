#pragma once

#include "service/ports/stores.h"
#include "storage/memory/tables.h"

namespace sotto::storage::memory {

// The server's stores over tables in memory. Each borrows the tables for its life.

class MemoryAccountStore final : public service::AccountStore {
 public:
  explicit MemoryAccountStore(Tables& tables) : tables_(tables) {}
  std::optional<service::StoredAccount> find(AccountId account) override;
  std::optional<service::StoredAccount> find_by_name(std::string_view name) override;
  void insert(const service::StoredAccount& account) override;
  void replace_device_list(AccountId account, const wire::SignedDeviceList& list, std::uint64_t version) override;
  void replace_password_hash(AccountId account, std::string_view password_hash) override;

 private:
  Tables& tables_;
};

class MemoryLoginStore final : public service::LoginStore {
 public:
  explicit MemoryLoginStore(Tables& tables) : tables_(tables) {}
  std::optional<service::StoredLogin> find(LoginId login) override;
  std::vector<service::StoredLogin> list(AccountId account) override;
  void insert(const service::StoredLogin& login) override;
  void update(const service::StoredLogin& login) override;
  bool remove(LoginId login) override;
  std::size_t remove_idle(UnixMillis oldest_use) override;

 private:
  Tables& tables_;
};

class MemoryPrekeyStore final : public service::PrekeyStore {
 public:
  explicit MemoryPrekeyStore(Tables& tables) : tables_(tables) {}
  void replace_signed(AccountId account, DeviceId device, const wire::SignedPrekey& prekey) override;
  void replace_last_resort(AccountId account, DeviceId device, const wire::KemPrekey& prekey) override;
  void add_one_time(AccountId account, DeviceId device, std::span<const wire::OneTimePrekey> prekeys) override;
  void add_kem(AccountId account, DeviceId device, std::span<const wire::KemPrekey> prekeys) override;
  wire::PrekeyStock stock(AccountId account, DeviceId device) override;
  std::optional<wire::PrekeyBundle> claim(AccountId account, DeviceId device) override;
  void remove_device(AccountId account, DeviceId device) override;

 private:
  Tables& tables_;
};

class MemoryConversationStore final : public service::ConversationStore {
 public:
  explicit MemoryConversationStore(Tables& tables) : tables_(tables) {}
  std::optional<service::StoredConversation> find(ConversationId conversation) override;
  std::vector<service::StoredConversation> list(AccountId account) override;
  std::size_t count(AccountId account) override;
  void insert(const service::StoredConversation& conversation) override;
  void set_marks(ConversationId conversation, const wire::Member& member) override;
  std::vector<service::StoredConversation> raise_epochs(AccountId account) override;
  std::optional<service::StoredReceipt> find_receipt(ConversationId conversation, DeviceId sender_device,
                                                     MessageId message) override;
  void append(const wire::LogEntry& entry) override;
  std::vector<wire::LogEntry> read(const LogRange& range) override;

 private:
  [[nodiscard]] std::vector<ConversationId> ids_of(AccountId account) const;

  Tables& tables_;
};

class MemoryMailboxStore final : public service::MailboxStore {
 public:
  explicit MemoryMailboxStore(Tables& tables) : tables_(tables) {}
  std::optional<std::uint64_t> insert(const Address& recipient, const wire::MailboxItem& item) override;
  std::size_t count(const Address& recipient) override;
  std::vector<wire::MailboxItem> read(const Address& recipient, const Range& range) override;
  void remove_up_to(const Address& recipient, std::uint64_t item) override;
  std::size_t remove_expired(UnixMillis oldest) override;
  void remove_device(const Address& device) override;

 private:
  template <class Predicate>
  std::size_t remove_if(Predicate predicate);

  Tables& tables_;
};

class MemoryServerValueStore final : public service::ServerValueStore {
 public:
  explicit MemoryServerValueStore(Tables& tables) : tables_(tables) {}
  std::optional<Bytes> find(std::string_view name) override;
  void put(std::string_view name, ByteView value) override;

 private:
  Tables& tables_;
};

}  // namespace sotto::storage::memory
