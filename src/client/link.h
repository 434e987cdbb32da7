#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/random.h"
#include "client/engine.h"
#include "client/groups/group_state.h"
#include "client/transparency/transparency_state.h"
#include "wire/frame.h"

namespace sotto::client {

// What was asked on the present stream, and what its answer is for. All of it dies with the stream; what must be asked
// again is found again in the database.

struct AskRegister {};
struct AskSignIn {};
struct AskRefresh {
  /// Of the token shown, to see whether it is still the one held.
  Sha256Digest token;
};
struct AskAuthenticate {
  Sha256Digest token;
};
struct AskResume {};
struct AskSignOut {};
struct AskListLogins {};
struct AskRevokeLogin {};
struct AskFindAccount {
  std::string name;
};
struct AskGetAccount {
  AccountId account;
  /// The conversation that waits for this list, with the epoch that was current before it was asked for.
  std::optional<ConversationId> conversation;
  std::uint64_t epoch = 0;
};
struct AskPrekeyStock {};
struct AskClaim {
  AccountId account;
  std::vector<DeviceId> devices;
};
struct AskOpenDirect {
  AccountId peer;
};
struct AskSend {
  ConversationId conversation;
  MessageId message;
};
struct AskReadLog {
  ConversationId conversation;
  std::uint64_t after = 0;
};
struct AskMark {
  ConversationId conversation;
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;
};
struct AskUpload {
  std::uint64_t position = 0;
};
struct AskReadMailbox {
  std::uint64_t after = 0;
};
struct AskAcknowledge {
  std::uint64_t item = 0;
};
struct AskTyping {};
/// About what others are shown and whom the account has blocked.
struct AskPrivacy {};
struct AskPresence {};
struct AskReport {
  ConversationId conversation;
};
struct AskProof {
  AccountId account;
  std::uint64_t known_size = 0;
  ProofPurpose purpose = ProofPurpose::pinned_list;
};
struct AskReadTransparency {};

/// The questions of a linking; those before `post_offer` are the new device's.
enum class LinkingQuestion : std::uint8_t {
  begin,
  read_offer,
  post_keys,
  finish,
  post_offer,
  read_keys,
  post_reveal,
  post_secrets,
  approve,
};
struct AskLinking {
  LinkingQuestion question = LinkingQuestion::begin;
};
/// The own account's next device list.
struct AskPublishList {
  wire::SignedDeviceList list;
};

/// The questions of backup and recovery.
enum class BackupQuestion : std::uint8_t {
  recover,
  authenticate,
  account,
  get,
  publish,
  refresh,
  put,
  append,
  read,
  erase,
  reset,
  /// Whether a backup that another device began is the present one.
  check,
};
struct AskBackup {
  BackupQuestion question = BackupQuestion::get;
  /// Of the pack, where it is about one.
  std::uint32_t pack = 0;
  /// Where it is about one and no other.
  BackupId backup = {};
};

using Question =
    std::variant<AskRegister, AskSignIn, AskRefresh, AskAuthenticate, AskResume, AskSignOut, AskListLogins,
                 AskRevokeLogin, AskFindAccount, AskGetAccount, AskPrekeyStock, AskClaim, AskOpenDirect, AskSend,
                 AskReadLog, AskMark, AskUpload, AskReadMailbox, AskAcknowledge, AskTyping, AskPrivacy, AskPresence,
                 AskReport, AskLinking, AskPublishList, AskBackup, AskProof, AskReadTransparency, AskGroup>;

/// What makes two questions the same, so that each is asked once at a time.
struct QuestionKey {
  std::size_t kind = 0;
  Bytes subject;
  friend auto operator<=>(const QuestionKey&, const QuestionKey&) = default;
};

/// `command`, if not 0, makes questions of different commands different.
[[nodiscard]] QuestionKey key_of(const Question& question, std::uint64_t command = 0);

struct Asked {
  Question question;
  /// The command that is answered by it; 0 for none.
  std::uint64_t command = 0;
  UnixMillis since;
};

enum class Phase : std::uint8_t {
  /// No stream is wanted.
  idle,
  /// The next attempt waits for its time.
  waiting,
  /// The caller opens the stream.
  opening,
  /// Open; not yet authenticated.
  open,
  /// Authenticated; `resume` is under way.
  resuming,
  /// Pushes come in.
  live,
  /// The caller closes the stream; whatever arrives is ignored.
  closing,
};

/// Questions open at the same time.
inline constexpr std::size_t max_questions = 16;
/// A server that leaves a question unanswered for so long is given up.
inline constexpr Milliseconds answer_timeout = seconds(30);

/// The stream and the questions on it.
class Link {
 public:
  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] bool is_live() const { return phase_ == Phase::live; }
  [[nodiscard]] bool is_open() const { return phase_ >= Phase::open && phase_ <= Phase::live; }
  [[nodiscard]] std::optional<UnixMillis> retry_at() const;

  /// Wants a stream, or no longer wants one.
  void want_stream();
  void want_none();
  /// An attempt that waits begins now.
  void hurry();
  /// A time has come: an attempt that waited begins.
  void tick(UnixMillis now);
  void opened();
  void authenticated() { phase_ = Phase::resuming; }
  /// All is well: the next failure waits shortly again.
  void resumed();
  /// As after `resumed`, of a stream that nobody is signed in on.
  void went_well() { failures_ = 0; }
  /// The caller must close the stream; a new one follows after a pause.
  void give_up();
  /// The stream is gone. Everything asked on it is forgotten; the next attempt waits, longer after each failure, with
  /// jitter.
  struct Ending {
    StreamClosed::Reason reason = StreamClosed::Reason::lost;
    UnixMillis now;
  };
  void closed(const Ending& ending, Random& random);

  /// Whether the same question may be asked now: it is not open, not paused, and there is room.
  [[nodiscard]] bool may_ask(const QuestionKey& key, UnixMillis now) const;
  [[nodiscard]] bool is_open(const QuestionKey& key) const;
  /// Notes the question and returns its number.
  [[nodiscard]] std::uint64_t ask(Asked asked);
  /// The question that this number stood for, which is thereby answered.
  [[nodiscard]] std::optional<Asked> answered(std::uint64_t id);
  /// The same question must not be asked before this time.
  void pause(const QuestionKey& key, UnixMillis until) { paused_[key] = until; }
  [[nodiscard]] bool is_paused(const QuestionKey& key, UnixMillis now) const;
  /// A question has been open for too long.
  [[nodiscard]] bool is_overdue(UnixMillis now) const;
  /// When this link next needs a tick.
  [[nodiscard]] std::optional<UnixMillis> wake_at(UnixMillis now) const;

 private:
  Phase phase_ = Phase::idle;
  bool wanted_ = false;
  UnixMillis retry_at_;
  unsigned failures_ = 0;
  std::uint64_t next_id_ = 1;
  std::map<std::uint64_t, Asked> asked_;
  std::map<QuestionKey, std::uint64_t> open_;
  std::map<QuestionKey, UnixMillis> paused_;
};

}  // namespace sotto::client
