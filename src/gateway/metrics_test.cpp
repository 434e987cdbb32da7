// The page of metrics has each number once, under one name, and says what it is; histograms are cumulative (threat 38:
// only numbers, and labels from fixed lists).
#include "gateway/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

namespace sotto::gateway {
namespace {

/// A line's name and labels to its value.
std::map<std::string, double> read_page(const std::string& page) {
  std::map<std::string, double> values;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t space = line.rfind(' ');
    EXPECT_TRUE(values.emplace(line.substr(0, space), std::stod(line.substr(space))).second) << line;
  }
  return values;
}

TEST(MetricsPage, TellsOfBuildLimitsStorageAndWhatIsAddedToIt) {
  Gauges gauges;
  gauges.version = "1.2.3";
  gauges.limits_hit[static_cast<std::size_t>(service::Action::message)] = 7;
  gauges.storage.commit_time.counts[2] = 3;
  gauges.storage.commit_time.counts[4] = 1;
  gauges.storage.commit_time.sum = 2'500'000;
  gauges.storage.log_size = 4'096;
  gauges.numbers = {{"sotto_backups_total", "Backups made.", NumberKind::counter, 2}};
  const auto values = read_page(metrics_text({}, gauges));
  EXPECT_EQ(values.at("sotto_build_info{version=\"1.2.3\"}"), 1);
  EXPECT_EQ(values.at("sotto_limits_hit_total{limit=\"message\"}"), 7);
  EXPECT_EQ(values.at("sotto_limits_hit_total{limit=\"registration\"}"), 0);
  EXPECT_EQ(values.at("sotto_storage_commit_seconds_bucket{le=\"0.0001\"}"), 0);
  EXPECT_EQ(values.at("sotto_storage_commit_seconds_bucket{le=\"0.00025\"}"), 3);
  EXPECT_EQ(values.at("sotto_storage_commit_seconds_bucket{le=\"+Inf\"}"), 4);
  EXPECT_EQ(values.at("sotto_storage_commit_seconds_sum"), 2.5);
  EXPECT_EQ(values.at("sotto_storage_log_bytes"), 4'096);
  EXPECT_EQ(values.at("sotto_backups_total"), 2);
  EXPECT_GT(values.at("process_resident_memory_bytes"), 0);
  EXPECT_GT(values.at("process_max_fds"), values.at("process_open_fds"));
  EXPECT_GT(values.at("process_cpu_seconds_total"), 0);
}

TEST(MetricsPage, EveryFamilyHasATextAndAType) {
  const std::string page = metrics_text({}, {});
  std::istringstream lines(page);
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      family = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_GT(line.size(), 7 + family.size() + 5) << line;
    } else if (line.starts_with("# TYPE ")) {
      EXPECT_THAT(line, ::testing::HasSubstr(family));
      EXPECT_EQ(family.ends_with("_total"), line.ends_with(" counter")) << line;
    } else {
      EXPECT_TRUE(line.starts_with(family)) << line;
    }
  }
}

}  // namespace
}  // namespace sotto::gateway
