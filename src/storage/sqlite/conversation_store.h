#pragma once

#include "service/ports/stores.h"
#include "storage/sqlite/conversation_cache.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

/// Who is in a conversation, and its log (`conversation_log.cpp`).
class SqliteConversationStore final : public service::ConversationStore {
 public:
  struct Parts {
    Connection& connection;
    WriteScope& scope;
    Identities& identities;
    /// Null for a reader.
    ConversationCache* cache;
  };
  explicit SqliteConversationStore(const Parts& parts) : parts_(parts) {}

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
  /// Appends by a statement that may leave out what is there; false if it did.
  bool insert_entry(const wire::LogEntry& entry, std::string_view sql);
  /// With the members, and from the cache if there is one. Null if there is none. Valid until the next call.
  [[nodiscard]] NumberedConversation* state(const ConversationId& conversation);
  /// The same for a change; a conversation that does not exist fails the unit.
  [[nodiscard]] NumberedConversation* state_to_change(const ConversationId& conversation);
  [[nodiscard]] std::optional<NumberedConversation> load(const ConversationId& conversation);
  /// Who is, or was, in a conversation, as the database has it.
  [[nodiscard]] std::optional<service::StoredMember> load_member(ConversationNumber conversation, AccountId account);
  [[nodiscard]] std::optional<ConversationNumber> number_of(const ConversationId& conversation);
  [[nodiscard]] std::optional<service::StoredMembership> find_by_reader(const ConversationId& conversation,
                                                                        const AccountId& account);

  Parts parts_;
  /// What a reader, which has no cache, looks at.
  std::optional<NumberedConversation> loaded_;
};

}  // namespace sotto::storage::sqlite
