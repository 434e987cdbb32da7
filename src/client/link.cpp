#include "client/link.h"

#include <algorithm>
#include <array>

namespace sotto::client {
namespace {

void append_number(Bytes& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

template <class Fixed>
Bytes octets_of(const Fixed& value) {
  return {value.bytes.begin(), value.bytes.end()};
}

struct SubjectOf {
  Bytes operator()(const AskFindAccount& ask) const { return {ask.name.begin(), ask.name.end()}; }
  Bytes operator()(const AskGetAccount& ask) const { return octets_of(ask.account); }
  Bytes operator()(const AskClaim& ask) const { return octets_of(ask.account); }
  Bytes operator()(const AskOpenDirect& ask) const { return octets_of(ask.peer); }
  Bytes operator()(const AskSend& ask) const { return octets_of(ask.conversation); }
  Bytes operator()(const AskReadLog& ask) const { return octets_of(ask.conversation); }
  Bytes operator()(const AskMark& ask) const { return octets_of(ask.conversation); }
  Bytes operator()(const AskUpload& ask) const {
    Bytes subject;
    append_number(subject, ask.position);
    return subject;
  }
  Bytes operator()(const AskGroup& ask) const {
    Bytes subject = octets_of(ask.conversation);
    subject.push_back(static_cast<std::uint8_t>(ask.question));
    return subject;
  }
  Bytes operator()(const AskLinking& ask) const { return {static_cast<std::uint8_t>(ask.question)}; }
  Bytes operator()(const AskBackup& ask) const { return {static_cast<std::uint8_t>(ask.question)}; }
  Bytes operator()(const auto&) const { return {}; }
};

constexpr std::int64_t first_pause_ms = 250;
constexpr std::int64_t longest_pause_ms = 60'000;

/// Half of it is certain, half is chance, so that a thousand clients of a restarted server do not come back at once.
Milliseconds pause_after(unsigned failures, Random& random) {
  const unsigned doublings = std::min(failures, 8U);
  const std::int64_t pause = std::min(first_pause_ms << doublings, longest_pause_ms);
  ByteArray<2> chance{};
  random.fill(chance);
  const std::int64_t share = chance[0] * 256 + chance[1];
  return {pause / 2 + pause / 2 * share / 65'536};
}

}  // namespace

QuestionKey key_of(const Question& question, std::uint64_t command) {
  QuestionKey key{.kind = question.index(), .subject = std::visit(SubjectOf{}, question)};
  if (command != 0) append_number(key.subject, command);
  return key;
}

std::optional<UnixMillis> Link::retry_at() const {
  if (phase_ != Phase::waiting) return std::nullopt;
  return retry_at_;
}

void Link::want_stream() {
  wanted_ = true;
  if (phase_ == Phase::idle) phase_ = Phase::opening;
}

void Link::want_none() {
  wanted_ = false;
  if (phase_ == Phase::waiting) phase_ = Phase::idle;
  if (phase_ == Phase::opening || is_open()) phase_ = Phase::closing;
}

void Link::tick(UnixMillis now) {
  if (phase_ == Phase::waiting && now >= retry_at_) phase_ = Phase::opening;
}

void Link::hurry() {
  if (phase_ == Phase::waiting) phase_ = Phase::opening;
}

void Link::opened() {
  if (phase_ == Phase::opening) phase_ = Phase::open;
}

void Link::resumed() {
  phase_ = Phase::live;
  failures_ = 0;
}

void Link::give_up() {
  if (phase_ == Phase::opening || is_open()) phase_ = Phase::closing;
}

void Link::closed(const Ending& ending, Random& random) {
  asked_.clear();
  open_.clear();
  paused_.clear();
  if (!wanted_) {
    phase_ = Phase::idle;
    return;
  }
  if (ending.reason == StreamClosed::Reason::server_going_away) failures_ = std::min(failures_, 1U);
  phase_ = Phase::waiting;
  retry_at_ = ending.now + pause_after(failures_, random);
  ++failures_;
}

bool Link::is_open(const QuestionKey& key) const { return open_.contains(key); }

bool Link::is_paused(const QuestionKey& key, UnixMillis now) const {
  const auto found = paused_.find(key);
  return found != paused_.end() && now < found->second;
}

bool Link::may_ask(const QuestionKey& key, UnixMillis now) const {
  return is_open() && asked_.size() < max_questions && !is_open(key) && !is_paused(key, now);
}

std::uint64_t Link::ask(Asked asked) {
  const std::uint64_t id = next_id_++;
  open_[key_of(asked.question, asked.command)] = id;
  asked_.emplace(id, std::move(asked));
  return id;
}

std::optional<Asked> Link::answered(std::uint64_t id) {
  const auto found = asked_.find(id);
  if (found == asked_.end()) return std::nullopt;
  Asked asked = std::move(found->second);
  asked_.erase(found);
  const QuestionKey key = key_of(asked.question, asked.command);
  open_.erase(key);
  paused_.erase(key);
  return asked;
}

bool Link::is_overdue(UnixMillis now) const {
  return std::any_of(asked_.begin(), asked_.end(),
                     [&](const auto& entry) { return now - entry.second.since > answer_timeout; });
}

std::optional<UnixMillis> Link::wake_at(UnixMillis now) const {
  if (phase_ == Phase::closing) return std::nullopt;
  std::optional<UnixMillis> earliest = retry_at();
  const auto consider = [&](UnixMillis time) {
    if (!earliest || time < *earliest) earliest = time;
  };
  for (const auto& [id, asked] : asked_) consider(asked.since + answer_timeout + Milliseconds{1});
  for (const auto& [key, until] : paused_) {
    if (until > now) consider(until);
  }
  return earliest;
}

}  // namespace sotto::client
