#include "bench/peers/peer_history.h"

#include "bench/peers/xmpp_crowd.h"

namespace sotto::bench::peers {
namespace {

/// The most that all servers give at a time.
constexpr unsigned page_size = 200;
constexpr const char* history_reader = "reader";

class ArchivePaging final : private StanzaSink {
 public:
  explicit ArchivePaging(XmppConnection& stream) : stream_(stream) { poller_.watch(stream); }

  std::expected<void, std::string> run() {
    ask({});
    while (!complete_) {
      if (auto flushed = poller_.flush(stream_); !flushed) return flushed;
      if (auto polled = poller_.poll(*this, std::chrono::seconds(1)); !polled) return polled;
      if (!fault_.empty()) return std::unexpected(fault_);
    }
    return {};
  }

  Histogram latency;
  std::uint64_t entries = 0;

 private:
  void ask(std::string before) {
    asked_at_ = std::chrono::steady_clock::now();
    stream_.queue(query_archive({.id = "page", .page_size = page_size, .before = std::move(before)}));
  }

  void on_stanza(XmppConnection& /*connection*/, const Stanza& stanza) override {
    if (stanza.name == "message" && text_of(stanza, "result")) ++entries;
    if (stanza.name != "iq") return;
    const auto oldest = text_of(stanza, "first");
    if (attribute(stanza, "type") != "result") {
      fault_ = "refused: " + std::string(stanza.octets);
      return;
    }
    const auto took = std::chrono::steady_clock::now() - asked_at_;
    latency.record(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
    complete_ = !oldest || oldest->empty() || stanza.octets.find("complete='true'") != std::string_view::npos;
    if (!complete_) ask(std::string(*oldest));
  }

  XmppConnection& stream_;
  XmppPoller poller_;
  std::chrono::steady_clock::time_point asked_at_;
  bool complete_ = false;
  std::string fault_;
};

}  // namespace

std::expected<Report, std::string> run_history(const PeerPlan& plan, const HistoryOptions& options) {
  const auto site = PeerSite::open(plan);
  if (!site) return std::unexpected(site.error());
  auto streams = open_streams({.endpoint = (*site)->endpoint(),
                               .size = 1,
                               .account = [](std::size_t) { return std::string(history_reader); },
                               .purpose = Negotiation::Purpose::register_and_sign_in});
  if (!streams) return std::unexpected(streams.error());
  // Prosody makes its tables when it is first asked.
  if (auto asked = ArchivePaging(*streams->front()).run(); !asked) return std::unexpected(asked.error());
  if (auto filled = (*site)->fill_archive({.account = history_reader, .messages = options.messages}); !filled) {
    return std::unexpected(filled.error());
  }
  ArchivePaging paging(*streams->front());
  Report report{.form = "history", .unit = "operations"};
  const Measurement measurement((*site)->processes());
  if (auto ran = paging.run(); !ran) return std::unexpected(ran.error());
  measurement.finish(report);
  if (paging.entries != options.messages) return std::unexpected("the history is not whole");
  report.count = paging.latency.count();
  report.latency = paging.latency;
  report.figures.push_back({"entries_per_s", static_cast<double>(paging.entries) / report.seconds});
  return report;
}

}  // namespace sotto::bench::peers
