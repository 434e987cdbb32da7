#pragma once

#include <optional>
#include <vector>

#include "client/store/store_context.h"
#include "session/device.h"
#include "wire/session_message.h"

namespace sotto::client {

/// Keys that this device still has to give to an account that came to a group.
struct HistoryDebt {
  ConversationId conversation;
  AccountId account;
  /// Of the event that brought it: keys of what stands before that.
  std::uint64_t before_seq = 0;
  /// 0 in a group that does not share its history: then it gets the group's profile alone.
  std::uint64_t most_keys = 0;
};

[[nodiscard]] wire::MessageKey copy_of(const wire::MessageKey& key);

/// A key of an old message, as a device gave it.
struct GivenKey {
  session::DeviceAddress giver;
  wire::MessageKey key;
};

/// The tables `history_debts` and `history_keys`. All calls inside a transition.
class HistoryStore {
 public:
  explicit HistoryStore(const StoreContext& context) : context_(context) {}

  void owe(const HistoryDebt& debt);
  [[nodiscard]] std::vector<HistoryDebt> debts(std::size_t limit);
  void settle(const HistoryDebt& debt);
  /// Keys of messages that the server has before a place of the log and that never disappear, newest first.
  [[nodiscard]] std::vector<wire::MessageKey> keys_before(const HistoryDebt& debt);

  /// Keeps a key until the entry that it is for was read.
  void keep(ConversationId conversation, const GivenKey& given);
  /// How many keys an account's devices gave that are not used yet.
  [[nodiscard]] std::uint64_t kept_of(AccountId giver);
  /// For conversations that this home does not know.
  [[nodiscard]] std::uint64_t kept_unplaced();
  [[nodiscard]] std::vector<ConversationId> conversations();
  [[nodiscard]] std::vector<GivenKey> of(ConversationId conversation, std::size_t limit);
  void forget(ConversationId conversation, const GivenKey& given);
  void forget_all(ConversationId conversation);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
