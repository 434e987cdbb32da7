#include "bench/process_usage.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <vector>

namespace sotto::bench {
namespace {

/// What proc(5) says of a process in its file `stat`.
struct Stat {
  int process = 0;
  int parent = 0;
  /// Of its children that have ended, in clock ticks.
  std::uint64_t ticks_of_children = 0;
};

Stat stat_of(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  // All there is; nothing if the process has just ended.
  std::getline(file, text, '\0');
  if (text.empty()) return {};
  // The second field is the name in brackets; the fourth is the parent, the 16th and 17th are cutime and cstime.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  Stat stat{.process = process};
  std::string skipped;
  fields >> skipped >> stat.parent;
  for (int field = 5; field < 16; ++field) fields >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  fields >> user >> system;
  stat.ticks_of_children = user + system;
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

/// Of its threads, those that have ended too.
std::uint64_t microseconds_of(int process) {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
  return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(used.tv_nsec) / 1'000;
}

/// The figure in a line of a file in /proc, found by its name.
std::uint64_t kilobytes_in(const std::string& file_name, std::string_view name) {
  std::ifstream file(file_name);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(name)) continue;
    std::istringstream fields(line.substr(name.size()));
    std::uint64_t kilobytes = 0;
    fields >> kilobytes;
    return kilobytes;
  }
  return 0;
}

}  // namespace

std::uint64_t cpu_microseconds_of(std::span<const int> processes) {
  std::uint64_t ticks = 0;
  std::uint64_t microseconds = 0;
  for (const Stat& stat : families_of(processes)) {
    ticks += stat.ticks_of_children;
    microseconds += microseconds_of(stat.process);
  }
  return microseconds + ticks * 1'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t own_cpu_microseconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto microseconds = [](const timeval& time) { return 1'000'000 * time.tv_sec + time.tv_usec; };
  return static_cast<std::uint64_t>(microseconds(usage.ru_utime) + microseconds(usage.ru_stime));
}

std::uint64_t resident_kilobytes_of(std::span<const int> processes) {
  std::uint64_t kilobytes = 0;
  for (const Stat& stat : families_of(processes)) {
    // Pages that are shared count to each process by its share.
    kilobytes += kilobytes_in("/proc/" + std::to_string(stat.process) + "/smaps_rollup", "Pss:");
  }
  return kilobytes;
}

std::uint64_t peak_kilobytes_of(std::span<const int> processes) {
  std::uint64_t kilobytes = 0;
  for (const Stat& stat : families_of(processes)) {
    kilobytes += kilobytes_in("/proc/" + std::to_string(stat.process) + "/status", "VmHWM:");
  }
  return kilobytes;
}

}  // namespace sotto::bench
