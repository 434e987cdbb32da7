#include "service/directory.h"

#include "service/account_names.h"

namespace sotto::service {
namespace {

Outcome<wire::AccountRecord> answer_with(const std::optional<StoredAccount>& account, std::string_view field) {
  if (!account) return refuse(wire::ErrorCode::not_found, "there is no such account", field);
  return Accepted<wire::AccountRecord>{record_of(*account), {}, {}};
}

}  // namespace

wire::AccountRecord record_of(const StoredAccount& account) {
  return {account.account, account.name, account.account_key, account.device_list};
}

Outcome<wire::AccountRecord> Directory::find(UnitOfWork& unit, const Caller& /*caller*/,
                                             const wire::FindAccount& request, const Moment& /*moment*/) const {
  const std::optional<std::string> name = account_name(request.name);
  return answer_with(name ? unit.accounts().find_by_name(*name) : std::nullopt, "name");
}

Outcome<wire::AccountRecord> Directory::get(UnitOfWork& unit, const Caller& /*caller*/, const wire::GetAccount& request,
                                            const Moment& /*moment*/) const {
  return answer_with(unit.accounts().find(request.account), "account");
}

Outcome<wire::Accounts> Directory::get_all(UnitOfWork& unit, const Caller& /*caller*/, const wire::GetAccounts& request,
                                           const Moment& /*moment*/) const {
  Accepted<wire::Accounts> accepted;
  for (const AccountId account : request.accounts) {
    if (const auto found = unit.accounts().find(account)) accepted.answer.accounts.push_back(record_of(*found));
  }
  return accepted;
}

}  // namespace sotto::service
