#include "gateway/metrics.h"

#include <limits>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <span>

#include "gateway/http_body.h"
#include "gateway/process_numbers.h"

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

MetricFamily family_of(const NamedNumber& number) {
  const MetricType type = number.kind == NumberKind::counter ? MetricType::Counter : MetricType::Gauge;
  MetricFamily family{std::string(number.name), std::string(number.help), type, {}};
  ClientMetric& metric = family.metric.emplace_back();
  metric.counter.value = number.value;
  metric.gauge.value = number.value;
  return family;
}

MetricFamily build_family(std::string_view version) {
  MetricFamily family{"sotto_build_info", "The version of the program; always 1.", MetricType::Gauge, {}};
  ClientMetric& metric = family.metric.emplace_back();
  metric.label = {{"version", std::string(version)}};
  metric.gauge.value = 1;
  return family;
}

MetricFamily limits_family(const Gauges& gauges) {
  MetricFamily family{
      "sotto_limits_hit_total", "Requests told to come back later, by rate limit.", MetricType::Counter, {}};
  for (std::size_t action = 0; action < gauges.limits_hit.size(); ++action) {
    ClientMetric& metric = family.metric.emplace_back();
    metric.label = {{"limit", std::string(service::name_of(static_cast<service::Action>(action)))}};
    metric.counter.value = static_cast<double>(gauges.limits_hit[action]);
  }
  return family;
}

/// How often something was how large. Counts are not cumulative; one more than there are bounds is beyond them all.
template <class Bound, std::size_t Size>
struct Distribution {
  const std::array<Bound, Size>& bounds;
  std::span<const std::uint64_t> counts;
  double sum;
  /// Bounds and sum are divided by it.
  double unit = 1;
};

template <class Bound, std::size_t Size>
void fill(ClientMetric& metric, const Distribution<Bound, Size>& distribution) {
  std::uint64_t cumulative = 0;
  for (std::size_t place = 0; place <= Size; ++place) {
    if (place < distribution.counts.size()) cumulative += distribution.counts[place];
    const double bound = place < Size ? static_cast<double>(distribution.bounds[place]) / distribution.unit
                                      : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({cumulative, bound});
  }
  metric.histogram.sample_count = cumulative;
  metric.histogram.sample_sum = distribution.sum / distribution.unit;
}

struct TimeFamily {
  std::string_view name;
  std::string_view help;
  const service::TimeCounts& counts;
};

MetricFamily family_of(const TimeFamily& time) {
  constexpr double microseconds = 1e6;
  MetricFamily family{std::string(time.name), std::string(time.help), MetricType::Histogram, {}};
  fill(family.metric.emplace_back(), Distribution{.bounds = service::TimeCounts::bounds,
                                                  .counts = time.counts.counts,
                                                  .sum = static_cast<double>(time.counts.sum),
                                                  .unit = microseconds});
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
  fill(family.metric.emplace_back(),
       Distribution{.bounds = DurationHistogram::bounds, .counts = histogram.counts(), .sum = histogram.sum()});
  return family;
}

MetricFamily commits_family(const service::StorageLoad& load) {
  MetricFamily family{"sotto_storage_commit_units", "Units of work in one commit.", MetricType::Histogram, {}};
  fill(family.metric.emplace_back(), Distribution{.bounds = service::StorageLoad::commit_bounds,
                                                  .counts = load.commits,
                                                  .sum = static_cast<double>(load.committed_units)});
  return family;
}

constexpr double number(std::uint64_t value) { return static_cast<double>(value); }

std::vector<NamedNumber> numbers_of(const Gauges& gauges) {
  using enum NumberKind;
  const service::StorageLoad& storage = gauges.storage;
  return {
      {"sotto_connections", "Open connections.", gauge, number(gauges.connections)},
      {"sotto_streams", "Authenticated streams.", gauge, number(gauges.streams)},
      {"sotto_polled_streams", "Streams over polls.", gauge, number(gauges.polled_streams)},
      {"sotto_password_requests", "Requests whose password is hashed or waits for it.", gauge,
       number(gauges.password_requests)},
      {"sotto_limit_buckets", "Token buckets that are not full.", gauge, number(gauges.limit_buckets)},
      {"sotto_storage_waiting_writes", "Units of work that wait for the writer.", gauge,
       number(storage.waiting_writes)},
      {"sotto_storage_waiting_reads", "Units of work that wait for a reader.", gauge, number(storage.waiting_reads)},
      {"sotto_storage_bytes", "Size of the database file.", gauge, number(storage.size)},
      {"sotto_storage_log_bytes", "Size of the write-ahead log after the last commit.", gauge,
       number(storage.log_size)},
      {"process_start_time_seconds", "When the server was started.", gauge, number(gauges.started_at.value) / 1'000},
  };
}

std::vector<NamedNumber> numbers_of(const Metrics& metrics) {
  using enum NumberKind;
  return {
      {"sotto_connections_accepted_total", "Accepted.", counter, number(metrics.connections_accepted)},
      {"sotto_connections_refused_total", "Refused: too many in all.", counter,
       number(metrics.connections_refused_total)},
      {"sotto_connections_refused_address_total", "Refused: too many from one address.", counter,
       number(metrics.connections_refused_address)},
      {"sotto_accept_exhausted_total", "Times that files or memory ran out.", counter,
       number(metrics.accept_exhausted)},
      {"sotto_tls_handshakes_failed_total", "TLS handshakes that failed.", counter,
       number(metrics.tls_handshakes_failed)},
      {"sotto_origins_refused_total", "Requests from pages that are not allowed.", counter,
       number(metrics.origins_refused)},
      {"sotto_messages_in_total", "Messages received on streams.", counter, number(metrics.messages_in)},
      {"sotto_octets_in_total", "Octets received.", counter, number(metrics.octets_in)},
      {"sotto_octets_out_total", "Octets sent.", counter, number(metrics.octets_out)},
      {"sotto_malformed_total", "Frames and bodies that are no message.", counter, number(metrics.malformed)},
      {"sotto_pushes_total", "Pushes queued for streams.", counter, number(metrics.pushes)},
      {"sotto_pushes_dropped_total", "Pushes dropped because a stream did not drain.", counter,
       number(metrics.pushes_dropped)},
      {"sotto_behind_total", "Times that a stream fell behind.", counter, number(metrics.behind)},
      {"sotto_timeouts_total", "Connections ended by a time-out.", counter, number(metrics.timeouts)},
      {"sotto_reading_paused_total", "Times that a connection had to wait for its own answers.", counter,
       number(metrics.reading_paused)},
  };
}

void add(std::vector<MetricFamily>& families, const std::vector<NamedNumber>& numbers) {
  for (const NamedNumber& each : numbers) families.push_back(family_of(each));
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
  const service::StorageLoad& storage = gauges.storage;
  std::vector<MetricFamily> families{build_family(gauges.version)};
  add(families, numbers_of(gauges));
  add(families, numbers_of(metrics));
  add(families, gauges.numbers);
  add(families, process_numbers());
  families.push_back(requests_family(metrics));
  families.push_back(limits_family(gauges));
  families.push_back(duration_family(metrics.request_duration));
  families.push_back(commits_family(storage));
  families.push_back(
      family_of(TimeFamily{"sotto_storage_write_seconds",
                           "Running the units of one commit, without waiting for the medium.", storage.write_time}));
  families.push_back(family_of(
      TimeFamily{"sotto_storage_commit_seconds", "Making the units of one commit durable.", storage.commit_time}));
  families.push_back(
      family_of(TimeFamily{"sotto_storage_read_seconds", "Running one unit of reading work.", storage.read_time}));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace sotto::gateway
