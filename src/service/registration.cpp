#include "service/registration.h"

#include <algorithm>

#include "service/account_names.h"
#include "service/device_lists.h"
#include "service/prekey_checks.h"
#include "service/prekeys.h"
#include "service/transparency_log.h"

namespace sotto::service {
namespace {

constexpr std::size_t min_password_characters = 8;

/// Unicode code points in UTF-8.
std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char octet) { return (static_cast<unsigned char>(octet) & 0xc0) != 0x80; }));
}

std::expected<void, Refusal> check_form(const wire::Register& request) {
  using enum wire::ErrorCode;
  if (count_characters(request.password) < min_password_characters) {
    return refuse(invalid_value, "the password has fewer than 8 characters", "password");
  }
  if (request.password.size() > wire::max_password_size) {
    return refuse(too_large, "the password has more than 1,024 octets", "password");
  }
  if (request.account.is_zero()) return refuse(invalid_value, "the account id is zero", "account");
  return check_complete(request.prekeys);
}

StoredAccount new_account(const wire::Register& request, std::string password_hash, UnixMillis now) {
  return {.account = request.account,
          .name = request.name,
          .password_hash = std::move(password_hash),
          .account_key = request.account_key,
          .device_list = request.device_list,
          .device_list_version = 1,
          .created_at = now};
}

/// The account that `request` already made, none if there is room for a new one, or who is in the way.
std::expected<std::optional<StoredAccount>, Refusal> find_earlier(UnitOfWork& unit, const wire::Register& request) {
  std::optional<StoredAccount> named = unit.accounts().find_by_name(request.name);
  if (named && named->account != request.account) {
    return refuse(wire::ErrorCode::name_taken, "another account has this name", "name");
  }
  std::optional<StoredAccount> same = named ? std::move(named) : unit.accounts().find(request.account);
  if (same && (same->name != request.name || same->account_key != request.account_key ||
               same->device_list.list != request.device_list.list)) {
    return refuse(wire::ErrorCode::conflict, "the account exists with other content", "account");
  }
  return same;
}

}  // namespace

std::expected<Checked<wire::Register>, Refusal> Registration::check(wire::Register request) const {
  std::optional<std::string> name = account_name(request.name);
  if (!name) {
    return refuse(wire::ErrorCode::invalid_value,
                  "a name is 3 to 32 of a-z, 0-9, '.', '_' and '-' and begins with a letter", "name");
  }
  request.name = *std::move(name);
  if (auto checked = check_form(request); !checked) return std::unexpected(std::move(checked.error()));
  const auto list = open_device_list(request.device_list, request.account, request.account_key);
  if (!list) return std::unexpected(list.error());
  if (auto checked = check_first_list(*list, request.device); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  const PrekeyOwner owner{request.account, list->devices.front()};
  if (auto checked = check_prekeys(request.prekeys, owner, "prekeys."); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return Checked<wire::Register>(std::move(request));
}

std::expected<PasswordTask, Refusal> Registration::prepare(UnitOfWork& unit,
                                                           const Checked<wire::Register>& request) const {
  auto earlier = find_earlier(unit, request.request());
  if (!earlier) return std::unexpected(std::move(earlier.error()));
  return *earlier ? passwords_.compare_with(&**earlier) : PasswordTask{};
}

Outcome<wire::SignedIn> Registration::complete(UnitOfWork& unit, const Checked<wire::Register>& checked,
                                               const PasswordProof& proof, const Moment& moment) const {
  const wire::Register& request = checked.request();
  const auto earlier = find_earlier(unit, request);
  if (!earlier) return std::unexpected(earlier.error());
  if (*earlier) {
    if (!Passwords::accept(unit, **earlier, proof)) {
      return refuse(wire::ErrorCode::unavailable, "the account was changed at the same time; try again");
    }
    return logins_.open(unit, **earlier, request.device, moment);
  }
  if (!proof.new_hash_) return refuse(wire::ErrorCode::unavailable, "the account was removed meanwhile; try again");
  const StoredAccount account = new_account(request, *proof.new_hash_, moment.now);
  unit.accounts().insert(account);
  if (auto logged = log_device_list(unit, {account.account, 1, account.device_list.list}, moment); !logged) {
    return std::unexpected(std::move(logged.error()));
  }
  store_prekeys(unit, account.account, request.device, request.prekeys);
  Accepted<wire::SignedIn> accepted = logins_.open(unit, account, request.device, moment);
  accepted.events.insert(accepted.events.begin(), {.kind = SecurityEventKind::registered,
                                                   .at = moment.now,
                                                   .account = account.account,
                                                   .device = request.device,
                                                   .login = std::nullopt,
                                                   .address = {}});
  return accepted;
}

}  // namespace sotto::service
