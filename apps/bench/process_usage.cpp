#include "bench/process_usage.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace sotto::bench {
namespace {

/// What proc(5) says of a process in its file `stat`.
struct Stat {
  int process = 0;
  int parent = 0;
  /// Of the process and of its children that have ended, in clock ticks.
  std::uint64_t ticks = 0;
};

Stat stat_of(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  // All there is; nothing if the process has just ended.
  std::getline(file, text, '\0');
  if (text.empty()) return {};
  // The second field is the name in brackets; the fourth is the parent, the 14th to 17th utime, stime, cutime, cstime.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  Stat stat{.process = process};
  std::string skipped;
  fields >> skipped >> stat.parent;
  for (int field = 5; field < 14; ++field) fields >> skipped;
  for (int field = 14; field < 18; ++field) {
    std::uint64_t ticks = 0;
    fields >> ticks;
    stat.ticks += ticks;
  }
  return stat;
}

std::vector<Stat> all_processes() {
  std::vector<Stat> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename();
    int process = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), process).ec != std::errc{}) continue;
    if (const Stat stat = stat_of(process); stat.process != 0) found.push_back(stat);
  }
  return found;
}

/// The processes, their children, and the children of those.
std::vector<Stat> families_of(std::span<const int> processes) {
  std::vector<Stat> family;
  for (const int process : processes) {
    if (const Stat stat = stat_of(process); stat.process != 0) family.push_back(stat);
  }
  const std::vector<Stat> all = all_processes();
  for (std::size_t next = 0; next < family.size(); ++next) {
    const int parent = family[next].process;
    std::ranges::copy_if(all, std::back_inserter(family), [&](const Stat& stat) { return stat.parent == parent; });
  }
  return family;
}

/// Pages that are shared count to each process by its share.
std::uint64_t proportional_kilobytes_of(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/smaps_rollup");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("Pss:")) continue;
    std::istringstream fields(line.substr(4));
    std::uint64_t kilobytes = 0;
    fields >> kilobytes;
    return kilobytes;
  }
  return 0;
}

}  // namespace

std::uint64_t cpu_microseconds_of(std::span<const int> processes) {
  std::uint64_t ticks = 0;
  for (const Stat& stat : families_of(processes)) ticks += stat.ticks;
  return ticks * 1'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t own_cpu_microseconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto microseconds = [](const timeval& time) { return 1'000'000 * time.tv_sec + time.tv_usec; };
  return static_cast<std::uint64_t>(microseconds(usage.ru_utime) + microseconds(usage.ru_stime));
}

std::uint64_t resident_kilobytes_of(std::span<const int> processes) {
  std::uint64_t kilobytes = 0;
  for (const Stat& stat : families_of(processes)) kilobytes += proportional_kilobytes_of(stat.process);
  return kilobytes;
}

}  // namespace sotto::bench
