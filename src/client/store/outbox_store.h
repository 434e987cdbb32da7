#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "client/store/store_context.h"

namespace sotto::client {

/// A message that the server does not have yet. Its text is in the timeline.
struct OutboxRow {
  std::uint64_t position = 0;
  ConversationId conversation;
  MessageId message;
  /// The epoch that `body` was sealed for.
  std::uint64_t epoch = 0;
  /// The sealed octets, so that a repeat is the same; absent until sealed.
  std::optional<Bytes> body;
  /// 0 for what may go now.
  UnixMillis not_before;
};

enum class UploadKind : std::uint8_t {
  /// A wire::PublishPrekeys.
  prekeys,
  /// A wire::PostMailbox.
  mailbox,
  /// A wire::Redact.
  redact,
  /// A wire::PostMailboxes.
  mailboxes,
};

/// A request that must reach the server and whose answer nobody waits for.
struct Upload {
  std::uint64_t position = 0;
  UploadKind kind = UploadKind::prekeys;
  Bytes request;
};

/// The tables `outbox` (one queue for each conversation) and `uploads`. Both hold only what the server may see. All
/// calls inside a transition.
class OutboxStore {
 public:
  explicit OutboxStore(const StoreContext& context) : context_(context) {}

  struct NewMessage {
    ConversationId conversation;
    MessageId message;
    /// It stays out of its queue until then; 0 for now.
    UnixMillis not_before = {};
  };
  void add(const NewMessage& message);
  /// Puts what was scheduled and is due at the end of its queue.
  void release_due(UnixMillis now);
  [[nodiscard]] std::optional<UnixMillis> next_due();
  /// The oldest of each conversation that may go now.
  [[nodiscard]] std::vector<OutboxRow> heads(std::size_t limit);
  [[nodiscard]] std::optional<OutboxRow> find(const NewMessage& message);
  /// Keeps `row.epoch` and `row.body`.
  void save_body(const OutboxRow& row);
  /// The sealed octets are no longer right: seal again before sending.
  void unseal(ConversationId conversation);
  void remove(std::uint64_t position);
  /// Of what may go now; what is scheduled does not count.
  [[nodiscard]] std::uint64_t count();
  [[nodiscard]] std::uint64_t count(ConversationId conversation);

  void add_upload(UploadKind kind, const Bytes& request);
  [[nodiscard]] std::vector<Upload> uploads(std::size_t limit);
  [[nodiscard]] bool has_uploads(UploadKind kind);
  void remove_upload(std::uint64_t position);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
