#pragma once

#include "service/ports/stores.h"
#include "storage/sqlite/conversation_cache.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

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
  /// Null if there is none. Valid until the next call.
  [[nodiscard]] NumberedConversation* state(const ConversationId& conversation);
  /// The same for a change; a conversation that does not exist fails the unit.
  [[nodiscard]] NumberedConversation* state_to_change(const ConversationId& conversation);
  [[nodiscard]] std::optional<NumberedConversation> load(const ConversationId& conversation);
  void load_head(NumberedConversation& conversation);
  void load_members(NumberedConversation& conversation);
  [[nodiscard]] std::optional<ConversationNumber> number_of(const ConversationId& conversation);
  [[nodiscard]] std::vector<ConversationId> ids_of(AccountNumber account);

  Parts parts_;
  /// What a reader, which has no cache, looks at.
  std::optional<NumberedConversation> loaded_;
};

}  // namespace sotto::storage::sqlite
