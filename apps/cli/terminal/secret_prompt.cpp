#include "cli/terminal/secret_prompt.h"

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

#include "cli/terminal/raw_mode.h"

namespace sotto::cli {
namespace {

constexpr std::size_t longest_secret = 1024;

void write_text(int terminal, std::string_view text) {
  // A prompt that cannot be shown is no reason to give up: what is typed still counts.
  static_cast<void>(!::write(terminal, text.data(), text.size()));
}

/// Removes the last character, however many octets it has.
std::size_t without_last_character(std::span<const std::uint8_t> typed, std::size_t size) {
  while (size > 0 && (typed[--size] & 0xc0) == 0x80) {
  }
  return size;
}

std::optional<SecretBuffer> read_typed(int terminal) {
  SecretBuffer typed(longest_secret);
  std::size_t size = 0;
  while (true) {
    std::uint8_t octet = 0;
    if (::read(terminal, &octet, 1) != 1 || octet == 0x03) return std::nullopt;
    if (octet == '\r' || octet == '\n' || octet == 0x04) break;
    if (octet == 0x7f || octet == 0x08) {
      size = without_last_character(typed.reveal(), size);
    } else if (octet == 0x15) {
      size = 0;
    } else if (octet >= 0x20 && size < longest_secret) {
      typed.writable()[size++] = octet;
    }
  }
  if (size == 0) return std::nullopt;
  return SecretBuffer(typed.reveal().first(size));
}

}  // namespace

std::optional<SecretBuffer> ask_secret(std::string_view question) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) return std::nullopt;
  std::optional<SecretBuffer> answer;
  if (const auto raw = RawMode::enter(terminal)) {
    write_text(terminal, question);
    answer = read_typed(terminal);
    write_text(terminal, "\r\n");
  }
  ::close(terminal);
  return answer;
}

std::optional<SecretBuffer> ask_new_secret(std::string_view question) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    auto first = ask_secret(question);
    if (!first) return std::nullopt;
    const auto second = ask_secret("The same again: ");
    if (!second) return std::nullopt;
    if (*first == *second) return first;
    question = "These differ. Once more from the start: ";
  }
  return std::nullopt;
}

std::optional<SecretBuffer> secret_from_environment(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return SecretBuffer(as_bytes(value));
}

}  // namespace sotto::cli
