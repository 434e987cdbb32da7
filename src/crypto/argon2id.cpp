#include "crypto/argon2id.h"

#include <sodium.h>

#include "base/text_encoding.h"
#include "crypto/sodium_start.h"

namespace sotto::crypto {
namespace {

constexpr std::string_view prefix = "$argon2id$";
constexpr std::uint32_t least_memory_kib = 8;
constexpr std::uint32_t most_memory_kib = 4'194'303;

std::size_t memory_octets(Argon2idCost cost) { return std::size_t{cost.memory_kib} * 1024; }

bool is_offered(Argon2idCost cost) {
  return cost.memory_kib >= least_memory_kib && cost.memory_kib <= most_memory_kib && cost.passes >= 1 &&
         cost.lanes == 1;
}

/// Everything that comes before the salt.
std::string beginning_for(Argon2idCost cost) {
  return std::string(prefix) + "v=19$m=" + std::to_string(cost.memory_kib) + ",t=" + std::to_string(cost.passes) +
         ",p=1$";
}

/// Never null, which the library does not take even for no octets.
const char* characters(ByteView text) { return text.empty() ? "" : reinterpret_cast<const char*>(text.data()); }

std::string base64_without_padding(ByteView bytes) {
  std::string text = to_base64(bytes);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

/// `hash` as libsodium reads it: ended by a zero and no longer than its own longest form. Nothing if it cannot be one.
std::optional<std::string> readable_form(std::string_view hash) {
  const bool fits = hash.size() < crypto_pwhash_STRBYTES && hash.find('\0') == std::string_view::npos;
  if (!fits || !hash.starts_with(prefix)) return std::nullopt;
  return std::string(hash);
}

}  // namespace

std::expected<Secret<32>, Argon2idError> argon2id(ByteView password, const ByteArray<16>& salt, Argon2idCost cost) {
  static_assert(std::tuple_size_v<ByteArray<16>> == crypto_pwhash_argon2id_SALTBYTES);
  start_sodium();
  if (!is_offered(cost)) return std::unexpected(Argon2idError::cost_refused);
  Secret<32> derived;
  const int result =
      crypto_pwhash_argon2id(derived.writable().data(), derived.size, characters(password), password.size(),
                             salt.data(), cost.passes, memory_octets(cost), crypto_pwhash_argon2id_ALG_ARGON2ID13);
  if (result != 0) return std::unexpected(Argon2idError::out_of_memory);
  return derived;
}

std::expected<std::string, Argon2idError> hash_password(ByteView password, Argon2idCost cost, Random& random) {
  ByteArray<16> salt{};
  random.fill(salt);
  const auto derived = argon2id(password, salt, cost);
  if (!derived) return std::unexpected(derived.error());
  return beginning_for(cost) + base64_without_padding(salt) + "$" + base64_without_padding(derived->reveal());
}

bool verify_password(std::string_view hash, ByteView password) {
  start_sodium();
  const auto form = readable_form(hash);
  return form && crypto_pwhash_argon2id_str_verify(form->c_str(), characters(password), password.size()) == 0;
}

bool needs_rehash(std::string_view hash, Argon2idCost cost) {
  const std::string wanted = beginning_for(cost);
  if (!is_offered(cost) || !hash.starts_with(wanted)) return true;
  constexpr std::size_t salt_length = 22;
  constexpr std::size_t derived_length = 43;
  const std::string_view rest = hash.substr(wanted.size());
  const bool is_whole = rest.size() == salt_length + 1 + derived_length && rest[salt_length] == '$';
  return !is_whole || !from_base64(std::string(rest.substr(0, salt_length)) + "==") ||
         !from_base64(std::string(rest.substr(salt_length + 1)) + "=");
}

}  // namespace sotto::crypto
