#pragma once

#include <cstdint>

namespace sotto::bench {

/// User and system time of all threads of a process, as the operating system counts it (in steps of 10 ms); 0 if it is
/// gone.
[[nodiscard]] std::uint64_t cpu_microseconds_of(int process);

/// Resident memory of a process; 0 if it is gone.
[[nodiscard]] std::uint64_t resident_kilobytes_of(int process);

}  // namespace sotto::bench
