#pragma once

#include "service/ports/backup_store.h"
#include "service/ports/group_store.h"
#include "service/ports/link_store.h"
#include "service/ports/privacy_store.h"
#include "service/ports/report_store.h"
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
  void replace_identity(const service::StoredAccount& account) override;
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
  std::size_t remove_idle(UnixMillis oldest_use, std::size_t limit) override;

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
  std::optional<service::StoredMembership> find(ConversationId conversation, AccountId account) override;
  std::vector<service::StoredMembership> list(AccountId account) override;
  std::size_t count(AccountId account) override;
  Accounts accounts_of(ConversationId conversation) override;
  std::vector<service::StoredMember> members(const MemberRange& range) override;
  void insert(const service::StoredConversation& conversation, std::span<const service::StoredMember> members) override;
  void set_marks(ConversationId conversation, const wire::Member& member) override;
  std::vector<service::StoredConversation> raise_epochs(AccountId account) override;
  std::optional<service::StoredReceipt> find_receipt(ConversationId conversation, DeviceId sender_device,
                                                     MessageId message) override;
  void append(const wire::LogEntry& entry) override;
  bool append_unless_there(const wire::LogEntry& entry) override;
  std::vector<wire::LogEntry> read(const LogRange& range) override;
  std::vector<service::EntryOutline> outline(ConversationId conversation, std::span<const std::uint64_t> seqs) override;
  void drop_bodies(ConversationId conversation, std::span<const std::uint64_t> seqs) override;
  std::size_t drop_expired_bodies(UnixMillis now, std::size_t limit) override;

 private:
  [[nodiscard]] std::vector<ConversationId> ids_of(AccountId account) const;

  Tables& tables_;
};

class MemoryGroupStore final : public service::GroupStore {
 public:
  explicit MemoryGroupStore(Tables& tables) : tables_(tables) {}
  std::optional<Bytes> find_state(ConversationId conversation) override;
  void apply(const service::GroupUpdate& update) override;
  std::vector<Bytes> read_chain(const ChainRange& range) override;
  std::vector<wire::JoinRequest> join_requests(ConversationId conversation) override;
  void insert_join_request(ConversationId conversation, const wire::JoinRequest& request) override;
  bool remove_join_request(ConversationId conversation, AccountId account) override;

 private:
  void change_members(const service::GroupUpdate& update);

  Tables& tables_;
};

class MemoryMailboxStore final : public service::MailboxStore {
 public:
  explicit MemoryMailboxStore(Tables& tables) : tables_(tables) {}
  std::optional<std::uint64_t> insert(const Address& recipient, const wire::MailboxItem& item) override;
  std::size_t count(const Address& recipient) override;
  std::vector<wire::MailboxItem> read(const Address& recipient, const Range& range) override;
  void remove_up_to(const Address& recipient, std::uint64_t item) override;
  std::size_t remove_expired(UnixMillis oldest, std::size_t limit) override;
  void remove_device(const Address& device) override;

 private:
  void remove(const std::pair<DeviceAddress, std::uint64_t>& place);
  template <class Predicate>
  void remove_if(Predicate predicate);

  Tables& tables_;
};

class MemoryLinkStore final : public service::LinkStore {
 public:
  explicit MemoryLinkStore(Tables& tables) : tables_(tables) {}
  std::optional<service::StoredLink> find(LinkId link) override;
  void insert(const service::StoredLink& link) override;
  void update(const service::StoredLink& link) override;
  std::size_t count() override;
  void add_box(LinkId link, service::LinkSide from, const Bytes& box) override;
  std::vector<Bytes> boxes(LinkId link, service::LinkSide from) override;
  std::size_t remove_ended(UnixMillis now) override;
  void remove_device(AccountId account, DeviceId linked_device) override;

 private:
  template <class Predicate>
  std::size_t remove_if(Predicate predicate);

  Tables& tables_;
};

class MemoryBackupStore final : public service::BackupStore {
 public:
  explicit MemoryBackupStore(Tables& tables) : tables_(tables) {}
  std::optional<wire::Backup> find(AccountId account) override;
  void begin(AccountId account, const wire::Backup& backup) override;
  void append(AccountId account, const wire::BackupPack& pack, UnixMillis now) override;
  std::vector<wire::BackupPack> read(AccountId account, const Range& range) override;
  void remove(AccountId account) override;

 private:
  Tables& tables_;
};

class MemoryPrivacyStore final : public service::PrivacyStore {
 public:
  explicit MemoryPrivacyStore(Tables& tables) : tables_(tables) {}
  wire::Privacy find(AccountId account) override;
  void put(AccountId account, const wire::Privacy& privacy) override;
  bool is_blocked(const Block& block) override;
  void add_block(const Block& block) override;
  void remove_block(const Block& block) override;
  std::vector<AccountId> blocked_by(AccountId account) override;
  UnixMillis last_seen(AccountId account) override;
  void put_last_seen(AccountId account, UnixMillis at) override;
  bool are_companions(const Pair& pair) override;

 private:
  Tables& tables_;
};

class MemoryReportStore final : public service::ReportStore {
 public:
  explicit MemoryReportStore(Tables& tables) : tables_(tables) {}
  void put(const service::StoredReport& report) override;
  std::vector<service::StoredReport> newest(std::size_t limit) override;

 private:
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
