#include "bench/pairs.h"

#include <chrono>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "bench/bench_account.h"
#include "bench/poller.h"
#include "crypto/system_random.h"

namespace sotto::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::uint64_t microseconds_now() {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now().time_since_epoch()).count());
}

struct Pair {
  std::unique_ptr<LoadConnection> sender;
  std::unique_ptr<LoadConnection> reader;
  wire::Conversation conversation;
  std::uint64_t sent = 0;
  std::uint64_t delivered = 0;
};

/// Drives all pairs from one thread.
class PairsRun final : public FrameSink {
 public:
  PairsRun(const PairsOptions& options, std::vector<Pair>& pairs) : options_(options), pairs_(pairs) {
    for (Pair& pair : pairs_) {
      owners_[pair.sender.get()] = &pair;
      owners_[pair.reader.get()] = &pair;
      for (LoadConnection* connection : {pair.sender.get(), pair.reader.get()}) {
        connection->make_nonblocking();
        poller_.watch(*connection);
      }
    }
  }

  std::expected<void, std::string> fill_windows() {
    for (Pair& pair : pairs_) {
      for (unsigned index = 0; index < options_.window; ++index) send(pair);
    }
    return flush_dirty();
  }

  /// Runs for the time given; keeps sending, or only collects what is still under way.
  enum class Mode : std::uint8_t { send, collect };
  std::expected<void, std::string> run(std::chrono::milliseconds duration, Mode mode) {
    mode_ = mode;
    const auto end = SteadyClock::now() + duration;
    while (SteadyClock::now() < end && !(mode == Mode::collect && all_delivered())) {
      if (auto polled = poller_.poll(*this); !polled) return polled;
      if (!fault_.empty()) return std::unexpected(fault_);
      if (auto flushed = flush_dirty(); !flushed) return flushed;
    }
    return {};
  }

  void on_frame(LoadConnection& connection, const wire::ServerFrame& frame) override {
    Pair& pair = *owners_.at(&connection);
    if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fault_ = "refused: " + error->message;
    if (std::holds_alternative<wire::Behind>(frame.answer)) fault_ = "a reader fell behind; use a smaller window";
    const auto* entry = std::get_if<wire::LogEntry>(&frame.answer);
    if (entry == nullptr) return;
    if (entry->seq != pair.delivered + 1) fault_ = "a message was lost, doubled or out of order";
    pair.delivered = entry->seq;
    std::uint64_t sent_at = 0;
    std::memcpy(&sent_at, entry->body.data(), sizeof sent_at);
    latency_.record(microseconds_now() - sent_at);
    if (mode_ == Mode::send) send(pair);
  }

  [[nodiscard]] std::uint64_t delivered() const {
    std::uint64_t sum = 0;
    for (const Pair& pair : pairs_) sum += pair.delivered;
    return sum;
  }
  [[nodiscard]] bool all_delivered() const {
    return std::all_of(pairs_.begin(), pairs_.end(), [](const Pair& pair) { return pair.delivered == pair.sent; });
  }
  void forget_latencies() { latency_ = {}; }
  [[nodiscard]] const Histogram& latency() const { return latency_; }

 private:
  void send(Pair& pair) {
    wire::Send request{pair.conversation.conversation, pair.conversation.epoch, next_message_id(random_),
                       Bytes(options_.body_size, 0x5a)};
    const std::uint64_t now = microseconds_now();
    std::memcpy(request.body.data(), &now, sizeof now);
    pair.sender->queue(std::move(request));
    ++pair.sent;
    dirty_.push_back(pair.sender.get());
  }

  std::expected<void, std::string> flush_dirty() {
    for (LoadConnection* connection : dirty_) {
      if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
    }
    dirty_.clear();
    return {};
  }

  const PairsOptions& options_;
  std::vector<Pair>& pairs_;
  std::unordered_map<const LoadConnection*, Pair*> owners_;
  std::vector<LoadConnection*> dirty_;
  Poller poller_;
  crypto::SystemRandom random_;
  Histogram latency_;
  std::string fault_;
  Mode mode_ = Mode::send;
};

std::expected<Pair, std::string> make_pair(Endpoint endpoint, unsigned number) {
  auto sender = register_account(endpoint, "sender" + std::to_string(number));
  if (!sender) return std::unexpected(sender.error());
  auto reader = register_account(endpoint, "reader" + std::to_string(number));
  if (!reader) return std::unexpected(reader.error());
  auto opened = sender->connection->call(wire::OpenDirect{reader->account});
  if (!opened) return std::unexpected(opened.error());
  for (LoadConnection* connection : {sender->connection.get(), reader->connection.get()}) {
    if (auto resumed = connection->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
  }
  return Pair{std::move(sender->connection), std::move(reader->connection), std::get<wire::Conversation>(*opened)};
}

}  // namespace

std::expected<DeliveryReport, std::string> run_pairs(ServerProcess& server, const PairsOptions& options) {
  std::vector<Pair> pairs;
  for (unsigned number = 0; number < options.pairs; ++number) {
    auto pair = make_pair(server.endpoint(), number);
    if (!pair) return std::unexpected(pair.error());
    pairs.push_back(std::move(*pair));
  }
  PairsRun run(options, pairs);
  if (auto filled = run.fill_windows(); !filled) return std::unexpected(filled.error());
  if (auto warm = run.run(std::chrono::seconds(1), PairsRun::Mode::send); !warm) return std::unexpected(warm.error());
  run.forget_latencies();

  DeliveryReport report{.form = "pairs", .latency = {}};
  const std::uint64_t delivered_before = run.delivered();
  const std::uint64_t cpu_before = server.cpu_microseconds();
  const auto start = SteadyClock::now();
  if (auto ran = run.run(std::chrono::seconds(options.seconds), PairsRun::Mode::send); !ran)
    return std::unexpected(ran.error());
  report.seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
  report.deliveries = run.delivered() - delivered_before;
  report.server_cpu_microseconds = server.cpu_microseconds() - cpu_before;
  report.latency = run.latency();
  report.server_resident_kilobytes = server.resident_kilobytes();

  if (auto collected = run.run(std::chrono::seconds(5), PairsRun::Mode::collect); !collected)
    return std::unexpected(collected.error());
  if (!run.all_delivered()) return std::unexpected("messages were accepted and not delivered within 5 s");
  return report;
}

}  // namespace sotto::bench
