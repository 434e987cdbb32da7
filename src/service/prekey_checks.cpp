#include "service/prekey_checks.h"

#include "crypto/ed25519.h"
#include "crypto/mlkem768.h"
#include "crypto/x25519.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

constexpr std::string_view signed_prekey_context = "sotto signed prekey v1";
constexpr std::string_view kem_prekey_context = "sotto kem prekey v1";
constexpr std::string_view last_resort_context = "sotto last resort kem prekey v1";

/// Checks one prekey after the other and names the field at fault.
class PrekeyCheck {
 public:
  PrekeyCheck(const PrekeyOwner& owner, std::string_view path) : owner_(owner), path_(path) {}

  std::expected<void, Refusal> key(const auto& prekey, std::string_view field) const {
    using enum wire::ErrorCode;
    if (prekey.id == 0) return refuse(invalid_value, "a prekey id is 0", path_ + std::string(field));
    if (!crypto::is_acceptable(prekey.key)) {
      return refuse(invalid_value, "a prekey is not acceptable", path_ + std::string(field));
    }
    return {};
  }

  std::expected<void, Refusal> signed_key(const auto& prekey, std::string_view context, std::string_view field) const {
    if (auto checked = key(prekey, field); !checked) return checked;
    const wire::PrekeyStatement statement{owner_.account, owner_.device.device, prekey.id,
                                          Bytes(prekey.key.bytes.begin(), prekey.key.bytes.end())};
    if (!crypto::verify(owner_.device.signing_key, context, wire::encode(statement), prekey.signature)) {
      return refuse(wire::ErrorCode::bad_signature, "the device did not sign this prekey", path_ + std::string(field));
    }
    return {};
  }

 private:
  const PrekeyOwner& owner_;
  std::string path_;
};

}  // namespace

std::expected<void, Refusal> check_prekeys(const wire::PublishPrekeys& prekeys, const PrekeyOwner& owner,
                                           std::string_view path) {
  const PrekeyCheck check(owner, path);
  std::expected<void, Refusal> checked;
  if (prekeys.signed_prekey) {
    checked = check.signed_key(*prekeys.signed_prekey, signed_prekey_context, "signed_prekey");
  }
  if (checked && prekeys.last_resort_kem_prekey) {
    checked = check.signed_key(*prekeys.last_resort_kem_prekey, last_resort_context, "last_resort_kem_prekey");
  }
  for (const wire::OneTimePrekey& prekey : prekeys.one_time_prekeys) {
    if (checked) checked = check.key(prekey, "one_time_prekeys");
  }
  for (const wire::KemPrekey& prekey : prekeys.kem_prekeys) {
    if (checked) checked = check.signed_key(prekey, kem_prekey_context, "kem_prekeys");
  }
  return checked;
}

std::expected<void, Refusal> check_complete(const wire::PublishPrekeys& prekeys) {
  using enum wire::ErrorCode;
  if (!prekeys.signed_prekey) {
    return refuse(invalid_value, "the signed prekey is missing", "prekeys.signed_prekey");
  }
  if (!prekeys.last_resort_kem_prekey) {
    return refuse(invalid_value, "the last-resort prekey is missing", "prekeys.last_resort_kem_prekey");
  }
  return {};
}

}  // namespace sotto::service
