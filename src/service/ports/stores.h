#pragma once

#include <memory>
#include <span>

#include "service/ports/records.h"

namespace sotto::service {

// One small port per service. All calls happen inside a unit of work (`Storage`), are synchronous, and see the
// unit's own writes. A port never decides: the rules in `service` check first and then write. A failure of the
// medium is not reported here; it fails the whole unit of work.

class AccountStore {
 public:
  virtual ~AccountStore() = default;
  [[nodiscard]] virtual std::optional<StoredAccount> find(AccountId account) = 0;
  /// `name` in lower case.
  [[nodiscard]] virtual std::optional<StoredAccount> find_by_name(std::string_view name) = 0;
  /// Neither the id nor the name may exist.
  virtual void insert(const StoredAccount& account) = 0;
  virtual void replace_device_list(AccountId account, const wire::SignedDeviceList& list, std::uint64_t version) = 0;
  /// Stores the account key, the device list and its version of `account`, which must exist.
  virtual void replace_identity(const StoredAccount& account) = 0;
  virtual void replace_password_hash(AccountId account, std::string_view password_hash) = 0;
};

class LoginStore {
 public:
  virtual ~LoginStore() = default;
  [[nodiscard]] virtual std::optional<StoredLogin> find(LoginId login) = 0;
  /// Newest first.
  [[nodiscard]] virtual std::vector<StoredLogin> list(AccountId account) = 0;
  virtual void insert(const StoredLogin& login) = 0;
  /// The login must exist; its account, device and creation time do not change.
  virtual void update(const StoredLogin& login) = 0;
  /// False if there was none.
  virtual bool remove(LoginId login) = 0;
  /// Removes logins not used since `oldest_use`, at most `limit`, the oldest first; returns how many.
  virtual std::size_t remove_idle(UnixMillis oldest_use, std::size_t limit) = 0;
};

class PrekeyStore {
 public:
  virtual ~PrekeyStore() = default;
  virtual void replace_signed(AccountId account, DeviceId device, const wire::SignedPrekey& prekey) = 0;
  virtual void replace_last_resort(AccountId account, DeviceId device, const wire::KemPrekey& prekey) = 0;
  /// Ids grow: a prekey whose id is not above the highest that the device ever added, taken or not, is passed over, so
  /// that a repeat adds nothing and no id is handed out twice.
  virtual void add_one_time(AccountId account, DeviceId device, std::span<const wire::OneTimePrekey> prekeys) = 0;
  virtual void add_kem(AccountId account, DeviceId device, std::span<const wire::KemPrekey> prekeys) = 0;
  [[nodiscard]] virtual wire::PrekeyStock stock(AccountId account, DeviceId device) = 0;
  /// Takes the one-time prekeys with the smallest ids out of the stock, so that no two callers get the same one.
  /// Nothing if the device has no signed prekey or no KEM prekey at all.
  [[nodiscard]] virtual std::optional<wire::PrekeyBundle> claim(AccountId account, DeviceId device) = 0;
  /// Forgets all prekeys of a device that left its account.
  virtual void remove_device(AccountId account, DeviceId device) = 0;
};

class ConversationStore {
 public:
  virtual ~ConversationStore() = default;
  [[nodiscard]] virtual std::optional<StoredConversation> find(ConversationId conversation) = 0;
  /// Only if the account is, or was, a member.
  [[nodiscard]] virtual std::optional<StoredMembership> find(ConversationId conversation, AccountId account) = 0;
  /// What the account is, or was, a member of; newest activity first.
  [[nodiscard]] virtual std::vector<StoredMembership> list(AccountId account) = 0;
  /// How many conversations the account is a member of.
  [[nodiscard]] virtual std::size_t count(AccountId account) = 0;

  using Accounts = std::shared_ptr<const std::vector<AccountId>>;
  /// The members, in ascending order; empty if there is no such conversation. Cheap in a writing unit even for a large
  /// group: what is returned is shared by all who ask until the members change.
  [[nodiscard]] virtual Accounts accounts_of(ConversationId conversation) = 0;

  struct MemberRange {
    ConversationId conversation;
    std::optional<AccountId> after = std::nullopt;
    std::size_t limit = wire::max_members;
  };
  /// The members in ascending order of account.
  [[nodiscard]] virtual std::vector<StoredMember> members(const MemberRange& range) = 0;

  /// The conversation must not exist. `conversation.member_count` is not looked at.
  virtual void insert(const StoredConversation& conversation, std::span<const StoredMember> members) = 0;
  /// Also for who was a member. Without such a member nothing happens; without such a conversation the unit fails.
  virtual void set_marks(ConversationId conversation, const wire::Member& member) = 0;
  /// Adds one to the epoch of every conversation that the account is a member of; returns them as they are afterwards,
  /// newest activity first.
  virtual std::vector<StoredConversation> raise_epochs(AccountId account) = 0;

  [[nodiscard]] virtual std::optional<StoredReceipt> find_receipt(ConversationId conversation, DeviceId sender_device,
                                                                  MessageId message) = 0;
  /// `entry.seq` must be the head plus 1, and (conversation, sender_device, message) new; else the unit fails. Raises
  /// the head and makes `entry.sent_at` the last activity.
  virtual void append(const wire::LogEntry& entry) = 0;
  /// The same, but if (conversation, sender_device, message) is there already it changes nothing and returns false.
  /// Cheaper than to ask before.
  [[nodiscard]] virtual bool append_unless_there(const wire::LogEntry& entry) = 0;

  struct LogRange {
    ConversationId conversation;
    std::uint64_t after = 0;
    std::size_t max_entries = wire::max_page_entries;
    /// Octets of bodies; the first entry is returned whatever its size.
    std::size_t max_size = wire::max_page_size;
  };
  /// Ascending and without a gap.
  [[nodiscard]] virtual std::vector<wire::LogEntry> read(const LogRange& range) = 0;

  /// Those of the entries that are there, in ascending order.
  [[nodiscard]] virtual std::vector<EntryOutline> outline(ConversationId conversation,
                                                          std::span<const std::uint64_t> seqs) = 0;
  /// Empties the bodies of entries and marks them as redacted.
  virtual void drop_bodies(ConversationId conversation, std::span<const std::uint64_t> seqs) = 0;
  /// The same for entries whose `expires_at` is not 0 and not after `now`, at most `limit`, those due first; returns
  /// how many.
  virtual std::size_t drop_expired_bodies(UnixMillis now, std::size_t limit) = 0;
};

class MailboxStore {
 public:
  struct Address {
    AccountId account;
    DeviceId device;
  };

  virtual ~MailboxStore() = default;
  /// Gives the item the next number of the mailbox, which is never used again, and returns it; nothing if
  /// (recipient, sender_device, message) is already there.
  virtual std::optional<std::uint64_t> insert(const Address& recipient, const wire::MailboxItem& item) = 0;
  [[nodiscard]] virtual std::size_t count(const Address& recipient) = 0;

  struct Range {
    std::uint64_t after = 0;
    std::size_t max_items = wire::max_page_entries;
    /// Octets of bodies; the first item is returned whatever its size.
    std::size_t max_size = wire::max_page_size;
  };
  [[nodiscard]] virtual std::vector<wire::MailboxItem> read(const Address& recipient, const Range& range) = 0;
  virtual void remove_up_to(const Address& recipient, std::uint64_t item) = 0;
  /// Removes what was sent before `oldest`, at most `limit` items, the oldest first; returns how many.
  virtual std::size_t remove_expired(UnixMillis oldest, std::size_t limit) = 0;
  virtual void remove_device(const Address& device) = 0;
};

/// Keys and other single values that the server itself made, such as its token signing key.
class ServerValueStore {
 public:
  virtual ~ServerValueStore() = default;
  [[nodiscard]] virtual std::optional<Bytes> find(std::string_view name) = 0;
  virtual void put(std::string_view name, ByteView value) = 0;
};

}  // namespace sotto::service
