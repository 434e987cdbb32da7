#include "bench/mixed.h"

#include <cstring>
#include <random>

#include "bench/crowd.h"
#include "bench/message_ids.h"
#include "service/conversations.h"

namespace sotto::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::microseconds;

constexpr std::chrono::seconds longest_opening{20};
constexpr std::chrono::seconds longest_collection{5};
constexpr std::size_t body_size = 400;
constexpr std::uint64_t first_epoch = 1;

std::uint64_t microseconds_at(SteadyClock::time_point time) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count());
}

/// Everybody, driven from one thread.
class Life final : public FrameSink {
 public:
  Life(Site& site, const MixedOptions& options) : site_(site), options_(options), seen_(options.users, 0) {}

  std::expected<void, std::string> open() {
    Crowd crowd(
        {.endpoint = site_.endpoint(), .size = options_.users, .at_once = 500, .token = [this](std::size_t number) {
           return site_.population().token(site_.residents()[number]);
         }});
    if (auto opened = crowd.open_until(SteadyClock::now() + longest_opening); !opened) return opened;
    if (crowd.complete() != options_.users) return std::unexpected("the users were not there within 20 s");
    streams_ = crowd.take_streams();
    live_.assign(streams_.size(), true);
    for (const auto& stream : streams_) {
      poller_.watch(*stream);
      watch_neighbour(*stream);
    }
    return run_until(SteadyClock::now() + std::chrono::seconds(1), [] { return false; });
  }

  std::expected<void, std::string> live() {
    const auto begin = SteadyClock::now();
    message_due_ = begin;
    reconnect_due_ = begin;
    const auto end = begin + std::chrono::seconds(options_.seconds);
    if (auto ran = run_until(end, [this] { return do_what_is_due(), false; }); !ran) return ran;
    const auto all_there = [this] { return delivered >= sent; };
    if (auto ran = run_until(SteadyClock::now() + longest_collection, all_there); !ran) return ran;
    if (delivered != sent) return std::unexpected("messages were accepted and not delivered within 5 s");
    return {};
  }

  void on_open(LoadConnection& connection) override {
    ask(connection, wire::Authenticate{site_.population().token(site_.residents()[connection.place])});
  }

  void on_entry(LoadConnection& connection, const EntryView& entry) override {
    deliver(connection, entry.seq, entry.body);
    ask(connection, wire::Mark{conversation_of(connection.place), entry.seq, entry.seq});
  }

  void on_frame(LoadConnection& connection, const wire::ServerFrame& frame) override {
    if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fault_ = "refused: " + error->message;
    if (std::holds_alternative<wire::Marked>(frame.answer)) ++marks;
    if (std::holds_alternative<wire::Typing>(frame.answer)) ++typing;
    if (std::holds_alternative<wire::Presence>(frame.answer)) ++presences;
    if (std::holds_alternative<wire::Authenticated>(frame.answer)) {
      const ConversationId conversation = conversation_of(connection.place);
      ask(connection, wire::Resume{{{conversation, seen_[connection.place]}}});
    }
    const auto* resumed = std::get_if<wire::Resumed>(&frame.answer);
    if (resumed == nullptr) return;
    for (const wire::LogEntry& entry : resumed->entries) {
      if (entry.sender != site_.residents()[connection.place].caller.account)
        deliver(connection, entry.seq, entry.body);
    }
    live_[connection.place] = true;
    ++reconnected;
    watch_neighbour(connection);
  }

  Histogram latency;
  std::uint64_t sent = 0;
  std::uint64_t delivered = 0;
  std::uint64_t marks = 0;
  std::uint64_t typing = 0;
  std::uint64_t presences = 0;
  std::uint64_t reconnected = 0;

 private:
  [[nodiscard]] ConversationId conversation_of(std::size_t user) const {
    return service::direct_conversation_id(site_.residents()[user].caller.account,
                                           site_.residents()[user ^ 1U].caller.account);
  }

  void ask(LoadConnection& connection, wire::Request request) {
    connection.queue(std::move(request));
    dirty_.push_back(&connection);
  }

  void watch_neighbour(LoadConnection& connection) {
    ask(connection, wire::WatchPresence{{site_.residents()[connection.place ^ 1U].caller.account}});
  }

  void deliver(LoadConnection& connection, std::uint64_t seq, ByteView body) {
    if (seq <= seen_[connection.place]) fault_ = "a message was doubled or out of order";
    seen_[connection.place] = seq;
    std::uint64_t due = 0;
    std::memcpy(&due, body.data(), sizeof due);
    latency.record(microseconds_at(SteadyClock::now()) - due);
    ++delivered;
  }

  void do_what_is_due() {
    const auto now = SteadyClock::now();
    for (; message_due_ <= now; message_due_ += microseconds(1'000'000 / options_.rate)) write();
    if (options_.reconnects == 0) return;
    for (; reconnect_due_ <= now; reconnect_due_ += microseconds(1'000'000 / options_.reconnects)) {
      broken_.push_back(somebody());
    }
  }

  std::size_t somebody() {
    std::size_t user = choice_() % streams_.size();
    while (!live_[user]) user = (user + 1) % streams_.size();
    return user;
  }

  void write() {
    const std::size_t user = somebody();
    Bytes body(body_size, 0x5a);
    const std::uint64_t stamp = microseconds_at(message_due_);
    std::memcpy(body.data(), &stamp, sizeof stamp);
    const ConversationId conversation = conversation_of(user);
    ask(*streams_[user], wire::SetTyping{conversation, true});
    ask(*streams_[user], wire::Send{conversation, first_epoch, ids_.next(), std::move(body)});
    ++sent;
  }

  /// Its requests under way are answered to nobody; the messages among them are kept all the same.
  std::expected<void, std::string> reconnect(std::size_t user) {
    if (!live_[user] || streams_[user]->wants_to_write()) return {};
    streams_[user]->reset_at_end();
    live_[user] = false;
    auto connection = LoadConnection::begin(site_.endpoint());
    if (!connection) return std::unexpected(connection.error());
    (*connection)->place = user;
    streams_[user] = std::move(*connection);
    poller_.watch(*streams_[user]);
    return poller_.flush(*streams_[user]);
  }

  template <class Step>
  std::expected<void, std::string> run_until(SteadyClock::time_point end, Step step) {
    while (SteadyClock::now() < end && !step()) {
      for (LoadConnection* connection : dirty_) {
        if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
      }
      dirty_.clear();
      for (const std::size_t user : broken_) {
        if (auto begun = reconnect(user); !begun) return begun;
      }
      broken_.clear();
      if (auto polled = poller_.poll(*this, std::chrono::milliseconds(1)); !polled) return polled;
      if (!fault_.empty()) return std::unexpected(fault_);
    }
    return {};
  }

  Site& site_;
  const MixedOptions& options_;
  Poller poller_;
  std::vector<std::unique_ptr<LoadConnection>> streams_;
  /// Whether a user's stream is resumed.
  std::vector<bool> live_;
  /// The neighbour's newest message that each user has.
  std::vector<std::uint64_t> seen_;
  std::vector<LoadConnection*> dirty_;
  std::vector<std::size_t> broken_;
  MessageIds ids_;
  std::minstd_rand choice_{7};
  SteadyClock::time_point message_due_;
  SteadyClock::time_point reconnect_due_;
  std::string fault_;
};

}  // namespace

std::expected<Report, std::string> run_mixed(const std::filesystem::path& program, const MixedOptions& options) {
  auto site = Site::open(
      {.program = program, .people = {.accounts = options.users, .pairing = PopulationPlan::Pairing::neighbours}});
  if (!site) return std::unexpected(site.error());
  Life life(**site, options);
  if (auto opened = life.open(); !opened) return std::unexpected(opened.error());
  Report report{.form = "mixed"};
  const Measurement measurement((*site)->server().id());
  if (auto lived = life.live(); !lived) return std::unexpected(lived.error());
  measurement.finish(report);
  report.count = life.delivered;
  report.latency = life.latency;
  const auto a_second = [&](std::uint64_t count) { return static_cast<double>(count) / report.seconds; };
  report.figures = {{"users", static_cast<double>(options.users)},
                    {"marks_per_s", a_second(life.marks)},
                    {"typing_per_s", a_second(life.typing)},
                    {"presences_per_s", a_second(life.presences)},
                    {"reconnects_per_s", a_second(life.reconnected)}};
  return report;
}

}  // namespace sotto::bench
