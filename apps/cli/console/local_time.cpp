#include "cli/console/local_time.h"

#include <array>
#include <ctime>

namespace sotto::cli {
namespace {

std::string format(UnixMillis point, const char* pattern) {
  const auto whole_seconds = static_cast<std::time_t>(point.value / 1'000);
  std::tm parts{};
  if (::localtime_r(&whole_seconds, &parts) == nullptr) return "?";
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), pattern, &parts);
  return {text.data(), size};
}

}  // namespace

std::string local_date_and_time(UnixMillis point) { return format(point, "%Y-%m-%d %H:%M"); }

std::string local_time(UnixMillis point) { return format(point, "%H:%M"); }

}  // namespace sotto::cli
