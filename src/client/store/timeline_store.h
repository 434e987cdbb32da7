#pragma once

#include <optional>
#include <vector>

#include "client/client_error.h"
#include "client/store/store_context.h"
#include "client/timeline_types.h"
#include "session/device.h"
#include "wire/session_message.h"

namespace sotto::client {

/// Where a row of the timeline belongs.
enum class RowPlace : std::uint8_t {
  /// A line that is shown.
  line = 0,
  /// Something about another message, or a setting: applied, never shown as a line.
  event = 1,
  /// A line that its author deleted for everyone: shown as such, with nothing in it.
  deleted = 2,
  /// A line that is gone: it expired, or this account deleted it for itself. Only its place in the log is left.
  gone = 3,
  /// A line that tells of something and is no message: a changed timer.
  notice = 4,
};

/// One row of the table `timeline`, opened.
struct TimelineRow {
  /// Order of arrival in this home; 0 before it is inserted.
  std::uint64_t position = 0;
  ConversationId conversation;
  /// Absent until the server has it.
  std::optional<std::uint64_t> seq;
  MessageId message;
  session::DeviceAddress sender;
  bool own = false;
  MessageState state = MessageState::pending;
  UndecryptableCause cause = UndecryptableCause::none;
  ClientErrorCode failure = ClientErrorCode::none;
  /// All that was said. Its kind is monostate where there is nothing to show, or nothing that this version knows.
  wire::Content content;
  UnixMillis sent_at;
  RowPlace place = RowPlace::line;
  /// The message that an event is about.
  std::optional<wire::MessageReference> target = std::nullopt;
  /// Where that is; the row's own conversation if absent.
  std::optional<ConversationId> target_conversation = std::nullopt;
  /// By the server's clock; 0 for never.
  UnixMillis expires_at;
  bool starred = false;
  /// Grows with every insertion and every change of the timeline; tells each process what is new to it.
  std::uint64_t changed = 0;
  /// The value of `changed` when it was inserted.
  std::uint64_t first_change = 0;

  [[nodiscard]] wire::MessageReference reference() const { return {sender.account, sender.device, message}; }
  [[nodiscard]] bool is_shown() const { return place != RowPlace::event && place != RowPlace::gone; }
};

struct MessageAddress {
  ConversationId conversation;
  session::DeviceAddress sender;
  MessageId message;
};

/// The table `timeline`. All calls inside a transition.
class TimelineStore {
 public:
  explicit TimelineStore(const StoreContext& context) : context_(context) {}

  /// Adds a row; lines of others start unannounced. `position` and the changes are chosen here. Returns the position.
  std::uint64_t insert(const TimelineRow& row);
  /// The row that holds this message; repeats that were refused do not count.
  [[nodiscard]] std::optional<TimelineRow> find(const MessageAddress& address);

  [[nodiscard]] std::optional<TimelineRow> at(std::uint64_t position);

  /// What opens the message at `position`, sealed at rest; replaces what was kept.
  void keep_key(std::uint64_t position, const wire::MessageKey& key);
  /// Absent for a row without one, and for one that is gone.
  [[nodiscard]] std::optional<wire::MessageKey> key_of(std::uint64_t position);

  /// Whom an own message was sealed for.
  void keep_recipients(std::uint64_t position, const std::vector<session::DeviceAddress>& recipients);
  [[nodiscard]] std::vector<session::DeviceAddress> recipients_of(std::uint64_t position);

  struct Target {
    ConversationId conversation;
    wire::MessageReference message;
  };
  /// Events about a message, in the order of the log; what the server does not have yet comes last.
  [[nodiscard]] std::vector<TimelineRow> events_about(const Target& target);
  /// Messages in the thread that begins with a message, without it.
  [[nodiscard]] std::uint32_t replies(const Target& root);
  /// The newest lines of the thread that begins with a message, oldest first.
  [[nodiscard]] std::vector<TimelineRow> thread(const Target& root, std::size_t limit);
  /// Lines that this account keeps, newest first.
  [[nodiscard]] std::vector<TimelineRow> starred(std::size_t limit);
  /// Events of a conversation that the server does not have yet, in the order of writing.
  [[nodiscard]] std::vector<TimelineRow> waiting_events(ConversationId conversation);

  /// The row is to be shown anew.
  void touch(std::uint64_t position);
  void set_starred(std::uint64_t position, std::uint8_t starred);
  void set_expiry(std::uint64_t position, UnixMillis expires_at);
  /// Forgets all that was said, its key and whom it was for; what is left is its place in the log.
  void erase(std::uint64_t position, RowPlace place);
  struct Line {
    ConversationId conversation;
    std::uint64_t seq = 0;
  };
  /// As `erase`, of all lines of a conversation up to one; of events about them too. What comes later at a place before
  /// that is gone at once, as long as the settings say that it was deleted.
  void erase_up_to(const Line& last);
  /// Whether anything was erased in this transition.
  [[nodiscard]] bool has_erased() const { return has_erased_; }
  /// Forgets what an event said whose effect is kept elsewhere.
  void forget_body(std::uint64_t position);
  [[nodiscard]] std::vector<std::uint64_t> expired(UnixMillis now, std::size_t limit);
  [[nodiscard]] std::optional<UnixMillis> next_expiry();

  /// A line that waited can be read at last: it takes what `row` says. Lines of others are to be announced again.
  void make_readable(const TimelineRow& row);
  void set_cause(std::uint64_t position, UndecryptableCause cause);

  struct Count {
    AccountId account;
    std::uint64_t messages = 0;
    std::uint64_t starred = 0;
    UnixMillis first_at;
    UnixMillis last_at;
  };
  /// Of the messages of a conversation that can be read, by sender, most first.
  [[nodiscard]] std::vector<Count> counts(ConversationId conversation);

  struct Progress {
    MessageState state = MessageState::pending;
    ClientErrorCode failure = ClientErrorCode::none;
    std::optional<std::uint64_t> seq;
    UnixMillis sent_at;
  };
  /// Moves an own message on.
  void advance(std::uint64_t position, const Progress& progress);
  /// Says why a pending message is held back, or with `none` that it no longer is. Nothing if it says so already.
  void set_failure(const MessageAddress& address, ClientErrorCode failure);

  struct Raise {
    ConversationId conversation;
    std::uint64_t up_to = 0;
    MessageState state = MessageState::delivered;
  };
  /// Raises the own, sent messages up to a mark.
  void raise(const Raise& raise);

  struct Page {
    ConversationId conversation;
    /// Exclusive.
    std::optional<std::uint64_t> before;
    /// Exclusive.
    std::optional<std::uint64_t> after;
    std::size_t limit = 0;
  };
  /// Lines that the server has, ascending; with neither bound the newest.
  [[nodiscard]] std::vector<TimelineRow> page(const Page& page);
  /// Own lines without a seq, in the order of writing.
  [[nodiscard]] std::vector<TimelineRow> waiting(ConversationId conversation, std::size_t limit);
  [[nodiscard]] std::optional<TimelineRow> last(ConversationId conversation);
  struct AfterMark {
    ConversationId conversation;
    std::uint64_t mark = 0;
  };
  /// Messages of others after the mark.
  [[nodiscard]] std::uint64_t unread(const AfterMark& after);

  [[nodiscard]] std::uint64_t last_change();
  struct Since {
    std::uint64_t change = 0;
    std::size_t limit = 0;
  };
  [[nodiscard]] std::vector<TimelineRow> changes(const Since& since);

  struct HandOut {
    UnixMillis now;
    UnixMillis until;
    std::size_t limit = 0;
  };
  /// Unannounced messages that are not handed out to anybody at the moment, oldest first, now handed out.
  [[nodiscard]] std::vector<TimelineRow> hand_out(const HandOut& hand_out);
  void announced(const Line& line);
  [[nodiscard]] std::uint64_t unannounced();

 private:
  [[nodiscard]] std::vector<TimelineRow> read_rows(Query query);
  [[nodiscard]] TimelineRow read_row(Query& query);
  [[nodiscard]] std::uint64_t next_change();
  /// Whether the conversation was deleted up to the place of this row or beyond.
  [[nodiscard]] bool was_deleted(const TimelineRow& row);

  StoreContext context_;
  bool has_erased_ = false;
};

}  // namespace sotto::client
