#pragma once

#include "service/ports/group_store.h"
#include "storage/sqlite/conversation_cache.h"
#include "storage/sqlite/conversation_store.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteGroupStore final : public service::GroupStore {
 public:
  explicit SqliteGroupStore(const SqliteConversationStore::Parts& parts) : parts_(parts) {}

  std::optional<Bytes> find_state(ConversationId conversation) override;
  void apply(const service::GroupUpdate& update) override;
  std::vector<Bytes> read_chain(const ChainRange& range) override;
  std::vector<wire::JoinRequest> join_requests(ConversationId conversation) override;
  void insert_join_request(ConversationId conversation, const wire::JoinRequest& request) override;
  bool remove_join_request(ConversationId conversation, AccountId account) override;

 private:
  [[nodiscard]] std::optional<ConversationNumber> number_of(const ConversationId& conversation);
  void change_members(ConversationNumber conversation, const service::GroupUpdate& update);

  SqliteConversationStore::Parts parts_;
};

}  // namespace sotto::storage::sqlite
