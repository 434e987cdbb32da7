#include "bench/history.h"

#include <unordered_map>

#include "bench/poller.h"
#include "service/conversations.h"

namespace sotto::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

class Paging final : public FrameSink {
 public:
  Paging(ConversationId conversation, const HistoryOptions& options, LoadConnection& stream)
      : conversation_(conversation), left_(options.messages), stream_(stream) {
    for (unsigned count = 0; count < options.window; ++count) ask();
  }

  std::expected<void, std::string> run() {
    stream_.make_nonblocking();
    poller_.watch(stream_);
    while (!asked_.empty()) {
      if (auto flushed = poller_.flush(stream_); !flushed) return flushed;
      if (auto polled = poller_.poll(*this, std::chrono::seconds(1)); !polled) return polled;
      if (!fault_.empty()) return std::unexpected(fault_);
    }
    return {};
  }

  void on_frame(LoadConnection& /*connection*/, const wire::ServerFrame& frame) override {
    if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fault_ = "refused: " + error->message;
    const auto* page = std::get_if<wire::LogPage>(&frame.answer);
    const auto asked = asked_.find(frame.id);
    if (page == nullptr || asked == asked_.end()) return;
    if (page->entries.empty() || page->entries.front().seq != asked->second.after + 1) fault_ = "an entry is missing";
    const auto took = SteadyClock::now() - asked->second.at;
    latency.record(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
    entries += page->entries.size();
    asked_.erase(asked);
    ask();
  }

  Histogram latency;
  std::uint64_t entries = 0;

 private:
  struct Page {
    std::uint64_t after = 0;
    SteadyClock::time_point at;
  };

  void ask() {
    if (left_ == 0) return;
    const auto size = static_cast<std::uint32_t>(std::min<std::uint64_t>(left_, wire::max_page_entries));
    left_ -= size;
    const std::uint64_t id = stream_.queue(wire::ReadLog{conversation_, left_, size});
    asked_.emplace(id, Page{.after = left_, .at = SteadyClock::now()});
  }

  ConversationId conversation_;
  /// Entries before the page that was asked for last.
  std::uint64_t left_;
  LoadConnection& stream_;
  Poller poller_;
  std::unordered_map<std::uint64_t, Page> asked_;
  std::string fault_;
};

}  // namespace

std::expected<Report, std::string> run_history(const std::filesystem::path& program, const HistoryOptions& options) {
  auto site = Site::open(
      {.program = program,
       .people = {.accounts = 2, .pairing = PopulationPlan::Pairing::neighbours, .messages = options.messages}});
  if (!site) return std::unexpected(site.error());
  auto stream = (*site)->stream(1);
  if (!stream) return std::unexpected(stream.error());
  const auto& residents = (*site)->residents();
  Paging paging(service::direct_conversation_id(residents[0].caller.account, residents[1].caller.account), options,
                **stream);
  Report report{.form = "history", .unit = "operations"};
  const Measurement measurement((*site)->server().id());
  if (auto ran = paging.run(); !ran) return std::unexpected(ran.error());
  measurement.finish(report);
  if (paging.entries != options.messages) return std::unexpected("the history is not whole");
  report.count = paging.latency.count();
  report.latency = paging.latency;
  report.figures.push_back({"entries_per_s", static_cast<double>(paging.entries) / report.seconds});
  return report;
}

}  // namespace sotto::bench
