#include <charconv>
#include <cstdio>
#include <string_view>

#include "simulation/simulation.h"

namespace {

/// `--seed N --seeds K`: the first seed and how many.
struct Arguments {
  std::uint64_t seed = 1;
  std::uint64_t seeds = 1;
  bool serves_removed_devices = false;
};

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool read_arguments(int count, char** values, Arguments& arguments) {
  for (int index = 1; index < count; index += 2) {
    const std::string_view name = values[index];
    if (index + 1 >= count) return false;
    const std::string_view value = values[index + 1];
    if (name == "--fault") {
      if (value != "serves-removed-devices") return false;
      arguments.serves_removed_devices = true;
    } else if (name == "--seed" || name == "--seeds") {
      if (!read_number(value, name == "--seed" ? arguments.seed : arguments.seeds)) return false;
    } else {
      return false;
    }
  }
  return true;
}

void print(std::uint64_t seed, const sotto::simulation::SimulationResult& result) {
  std::printf(
      "seed %llu: %zu messages, %zu devices, %zu changes, %zu crashes, %zu restores, %zu disk failures, %zu breaches\n",
      static_cast<unsigned long long>(seed), result.messages, result.devices, result.changes, result.crashes,
      result.restores, result.disk_failures, result.breaches.size());
  for (const std::string& breach : result.breaches) {
    std::printf("  seed %llu: %s\n", static_cast<unsigned long long>(seed), breach.c_str());
  }
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** values) {
  Arguments arguments;
  if (!read_arguments(count, values, arguments)) {
    std::fputs("usage: sotto_simulation [--seed FIRST] [--seeds HOW_MANY] [--fault serves-removed-devices]\n", stderr);
    return 2;
  }
  bool all_held = true;
  for (std::uint64_t seed = arguments.seed; seed < arguments.seed + arguments.seeds; ++seed) {
    const sotto::simulation::SimulationResult result =
        sotto::simulation::Simulation({.seed = seed, .serves_removed_devices = arguments.serves_removed_devices}).run();
    print(seed, result);
    all_held = all_held && result.breaches.empty();
  }
  return all_held ? 0 : 1;
}
