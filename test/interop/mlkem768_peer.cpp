// Answers questions about ML-KEM-768, one a line, with hexadecimal arguments:
//   keygen SEED            -> PUBLIC_KEY
//   encaps PUBLIC_KEY M    -> CIPHERTEXT SHARED_SECRET, or "refused"
//   decaps SEED CIPHERTEXT -> SHARED_SECRET
// A question that it cannot read is answered with "unreadable".
#include <iostream>
#include <sstream>
#include <string>

#include "base/text_encoding.h"
#include "crypto/mlkem768.h"

namespace sotto::crypto {
namespace {

constexpr auto unreadable = "unreadable";

template <std::size_t Size>
std::optional<Secret<Size>> read_secret(std::istream& line) {
  std::string text;
  line >> text;
  const auto octets = from_hex(text);
  if (!octets || octets->size() != Size) return std::nullopt;
  return Secret<Size>(std::span<const std::uint8_t, Size>(*octets));
}

template <class Fixed>
std::optional<Fixed> read_public(std::istream& line) {
  std::string text;
  line >> text;
  const auto octets = from_hex(text);
  return octets ? Fixed::from(*octets) : std::nullopt;
}

std::string answer_keygen(std::istream& line) {
  auto seed = read_secret<64>(line);
  return seed ? to_hex(mlkem768_from_seed(std::move(*seed)).public_key.bytes) : unreadable;
}

std::string answer_encaps(std::istream& line) {
  const auto public_key = read_public<MlKem768PublicKey>(line);
  const auto message = read_secret<32>(line);
  if (!public_key || !message) return unreadable;
  const auto encapsulation = encapsulate_deterministic(*public_key, *message);
  if (!encapsulation) return "refused";
  return to_hex(encapsulation->ciphertext.bytes) + " " + to_hex(encapsulation->shared_secret.reveal());
}

std::string answer_decaps(std::istream& line) {
  auto seed = read_secret<64>(line);
  const auto ciphertext = read_public<MlKem768Ciphertext>(line);
  if (!seed || !ciphertext) return unreadable;
  return to_hex(decapsulate({std::move(*seed)}, *ciphertext).reveal());
}

std::string answer(std::istream& line) {
  std::string question;
  line >> question;
  if (question == "keygen") return answer_keygen(line);
  if (question == "encaps") return answer_encaps(line);
  if (question == "decaps") return answer_decaps(line);
  return unreadable;
}

}  // namespace
}  // namespace sotto::crypto

int main() {
  for (std::string text; std::getline(std::cin, text);) {
    std::istringstream line(text);
    std::cout << sotto::crypto::answer(line) << std::endl;
  }
}
