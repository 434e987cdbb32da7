#include "bench/process_usage.h"

#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace sotto::bench {

std::uint64_t cpu_microseconds_of(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  if (text.empty()) return 0;
  // proc(5): the second field is the name in brackets; utime and stime are the 14th and 15th, in clock ticks.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  fields >> user >> system;
  return (user + system) * 1'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t resident_kilobytes_of(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("VmRSS:")) continue;
    std::istringstream fields(line.substr(6));
    std::uint64_t kilobytes = 0;
    fields >> kilobytes;
    return kilobytes;
  }
  return 0;
}

}  // namespace sotto::bench
