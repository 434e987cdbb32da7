#include "service/account_names.h"

#include <algorithm>

namespace sotto::service {
namespace {

bool is_letter(char character) { return character >= 'a' && character <= 'z'; }

bool is_allowed(char character) {
  return is_letter(character) || (character >= '0' && character <= '9') || character == '.' || character == '_' ||
         character == '-';
}

char to_lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

}  // namespace

std::optional<std::string> account_name(std::string_view name) {
  if (name.size() < 3 || name.size() > 32) return std::nullopt;
  std::string lowered(name);
  std::ranges::transform(lowered, lowered.begin(), to_lower);
  if (!is_letter(lowered.front()) || !std::ranges::all_of(lowered, is_allowed)) return std::nullopt;
  return lowered;
}

}  // namespace sotto::service
