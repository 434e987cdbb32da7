#pragma once

#include <cstdint>
#include <span>

namespace sotto::bench {

/// User and system time of all threads of these processes and of their children, those that have ended too, as the
/// operating system counts it (of children that have ended in steps of 10 ms). Processes that are gone count nothing.
[[nodiscard]] std::uint64_t cpu_microseconds_of(std::span<const int> processes);
[[nodiscard]] inline std::uint64_t cpu_microseconds_of(int process) { return cpu_microseconds_of({&process, 1}); }

/// The same of this process without its children.
[[nodiscard]] std::uint64_t own_cpu_microseconds();

/// Resident memory of these processes and of their children, in which what several of them share counts once.
[[nodiscard]] std::uint64_t resident_kilobytes_of(std::span<const int> processes);
[[nodiscard]] inline std::uint64_t resident_kilobytes_of(int process) { return resident_kilobytes_of({&process, 1}); }

/// The most that was ever resident of each of them, added up; what they share counts to each.
[[nodiscard]] std::uint64_t peak_kilobytes_of(std::span<const int> processes);

}  // namespace sotto::bench
