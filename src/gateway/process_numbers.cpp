#include "gateway/process_numbers.h"

#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace sotto::gateway {
namespace {

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

double file_limit() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? static_cast<double>(limit.rlim_cur) : 0;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double processor_seconds() {
  rusage usage{};
  return ::getrusage(RUSAGE_SELF, &usage) == 0 ? seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime) : 0;
}

}  // namespace

std::vector<NamedNumber> process_numbers() {
  using enum NumberKind;
  return {
      {"process_resident_memory_bytes", "Resident memory.", gauge, resident_octets()},
      {"process_open_fds", "Open files.", gauge, open_files()},
      {"process_max_fds", "Files that may be open.", gauge, file_limit()},
      {"process_cpu_seconds_total", "Processor time, of user and system.", counter, processor_seconds()},
  };
}

}  // namespace sotto::gateway
