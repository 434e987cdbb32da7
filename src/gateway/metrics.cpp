#include "gateway/metrics.h"

#include <filesystem>
#include <fstream>
#include <limits>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include "gateway/http_body.h"

namespace sotto::gateway {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

std::string_view name_of_result(wire::ErrorCode code) {
  if (code == wire::ErrorCode::unspecified) return "granted";
  for (const auto& value : wire::describe(std::type_identity<wire::ErrorCode>{}).values) {
    if (value.value == code) return value.name;
  }
  return "unknown";
}

struct Number {
  std::string_view name;
  std::string_view help;
  MetricType type = MetricType::Counter;
  double value = 0;
};

MetricFamily family_of(const Number& number) {
  MetricFamily family{std::string(number.name), std::string(number.help), number.type, {}};
  ClientMetric& metric = family.metric.emplace_back();
  metric.counter.value = number.value;
  metric.gauge.value = number.value;
  return family;
}

MetricFamily requests_family(const Metrics& metrics) {
  MetricFamily family{"sotto_requests_total", "Requests by operation and result.", MetricType::Counter, {}};
  for (const auto& [key, count] : metrics.requests) {
    ClientMetric& metric = family.metric.emplace_back();
    metric.label = {{"operation", std::string(name_of(key.first))},
                    {"result", std::string(name_of_result(key.second))}};
    metric.counter.value = static_cast<double>(count);
  }
  return family;
}

MetricFamily duration_family(const DurationHistogram& histogram) {
  MetricFamily family{"sotto_request_duration_seconds",
                      "From a request's last octet to its answer's first.",
                      MetricType::Histogram,
                      {}};
  ClientMetric& metric = family.metric.emplace_back();
  std::uint64_t cumulative = 0;
  for (std::size_t index = 0; index < histogram.counts().size(); ++index) {
    cumulative += histogram.counts()[index];
    const bool last = index == DurationHistogram::bounds.size();
    const double bound = last ? std::numeric_limits<double>::infinity() : DurationHistogram::bounds[index];
    metric.histogram.bucket.push_back({cumulative, bound});
  }
  metric.histogram.sample_count = cumulative;
  metric.histogram.sample_sum = histogram.sum();
  return family;
}

MetricFamily commits_family(const service::StorageLoad& load) {
  MetricFamily family{"sotto_storage_commit_units", "Units of work in one commit.", MetricType::Histogram, {}};
  ClientMetric& metric = family.metric.emplace_back();
  std::uint64_t cumulative = 0;
  for (std::size_t place = 0; place < load.commits.size(); ++place) {
    cumulative += load.commits[place];
    metric.histogram.bucket.push_back({cumulative, static_cast<double>(load.commit_bounds[place])});
  }
  metric.histogram.bucket.push_back({cumulative, std::numeric_limits<double>::infinity()});
  metric.histogram.sample_count = cumulative;
  metric.histogram.sample_sum = static_cast<double>(load.committed_units);
  return family;
}

double resident_octets() {
  std::ifstream file("/proc/self/statm");
  double total = 0;
  double resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double open_files() {
  std::error_code ignored;
  double count = 0;
  for (std::filesystem::directory_iterator file("/proc/self/fd", ignored), end; file != end; file.increment(ignored)) {
    ++count;
  }
  return count;
}

}  // namespace

void DurationHistogram::observe(std::chrono::duration<double> duration) {
  std::size_t index = 0;
  while (index < bounds.size() && duration.count() > bounds[index]) ++index;
  ++counts_[index];
  sum_ += duration.count();
}

void Metrics::count_request(const Reply& reply, transport::MonotonicTime now) {
  const auto* error = std::get_if<wire::Error>(&reply.answer);
  ++requests[{reply.tag.operation, error == nullptr ? wire::ErrorCode::unspecified : error->code}];
  request_duration.observe(now - reply.tag.asked_at);
}

std::string metrics_text(const Metrics& metrics, const Gauges& gauges) {
  const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
  using enum MetricType;
  std::vector<MetricFamily> families;
  for (const Number& each : {
           Number{"sotto_connections", "Open connections.", Gauge, number(gauges.connections)},
           Number{"sotto_streams", "Authenticated streams.", Gauge, number(gauges.streams)},
           Number{"sotto_password_requests", "Requests whose password is hashed or waits for it.", Gauge,
                  number(gauges.password_requests)},
           Number{"sotto_storage_waiting_writes", "Units of work that wait for the writer.", Gauge,
                  number(gauges.storage.waiting_writes)},
           Number{"sotto_storage_waiting_reads", "Units of work that wait for a reader.", Gauge,
                  number(gauges.storage.waiting_reads)},
           Number{"sotto_connections_accepted_total", "Accepted.", Counter, number(metrics.connections_accepted)},
           Number{"sotto_connections_refused_total", "Refused: too many in all.", Counter,
                  number(metrics.connections_refused_total)},
           Number{"sotto_connections_refused_address_total", "Refused: too many from one address.", Counter,
                  number(metrics.connections_refused_address)},
           Number{"sotto_accept_exhausted_total", "Times that files or memory ran out.", Counter,
                  number(metrics.accept_exhausted)},
           Number{"sotto_tls_handshakes_failed_total", "TLS handshakes that failed.", Counter,
                  number(metrics.tls_handshakes_failed)},
           Number{"sotto_origins_refused_total", "Requests from pages that are not allowed.", Counter,
                  number(metrics.origins_refused)},
           Number{"sotto_messages_in_total", "Messages received on streams.", Counter, number(metrics.messages_in)},
           Number{"sotto_octets_in_total", "Octets received.", Counter, number(metrics.octets_in)},
           Number{"sotto_octets_out_total", "Octets sent.", Counter, number(metrics.octets_out)},
           Number{"sotto_malformed_total", "Frames and bodies that are no message.", Counter,
                  number(metrics.malformed)},
           Number{"sotto_pushes_total", "Pushes queued for streams.", Counter, number(metrics.pushes)},
           Number{"sotto_pushes_dropped_total", "Pushes dropped because a stream did not drain.", Counter,
                  number(metrics.pushes_dropped)},
           Number{"sotto_behind_total", "Times that a stream fell behind.", Counter, number(metrics.behind)},
           Number{"sotto_timeouts_total", "Connections ended by a time-out.", Counter, number(metrics.timeouts)},
           Number{"sotto_reading_paused_total", "Times that a connection had to wait for its own answers.", Counter,
                  number(metrics.reading_paused)},
           Number{"process_resident_memory_bytes", "Resident memory.", Gauge, resident_octets()},
           Number{"process_open_fds", "Open files.", Gauge, open_files()},
       }) {
    families.push_back(family_of(each));
  }
  families.push_back(requests_family(metrics));
  families.push_back(duration_family(metrics.request_duration));
  families.push_back(commits_family(gauges.storage));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace sotto::gateway
