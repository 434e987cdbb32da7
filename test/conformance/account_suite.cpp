// Properties: an account is found by id and by name as it was stored and both are unique; logins are listed newest
// first, change only in what may change, and go when removed or idle; server values are replaced.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::StoredAccount;
using service::StoredLogin;
using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

class AccountSuite : public StorageSuite {};

StoredAccount account_of(std::uint64_t number) {
  return {.account = numbered<AccountId>(number),
          .name = "name" + std::to_string(number),
          .password_hash = "$argon2id$" + std::to_string(number),
          .account_key = numbered<Ed25519PublicKey>(number),
          .device_list = {.list = {1, 2, 3}, .signature = numbered<Ed25519Signature>(number)},
          .device_list_version = 1,
          .created_at = {100 + number}};
}

StoredLogin login_of(std::uint64_t number) {
  return {.login = numbered<LoginId>(number),
          .account = numbered<AccountId>(1),
          .device = numbered<DeviceId>(number),
          .current_token = numbered<Sha256Digest>(number),
          .previous_token = std::nullopt,
          .created_at = {100 + number},
          .last_used_at = {100 + number}};
}

void expect_same(const std::optional<StoredAccount>& found, const StoredAccount& stored) {
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->account, stored.account);
  EXPECT_EQ(found->name, stored.name);
  EXPECT_EQ(found->password_hash, stored.password_hash);
  EXPECT_EQ(found->account_key, stored.account_key);
  EXPECT_EQ(found->device_list.list, stored.device_list.list);
  EXPECT_EQ(found->device_list.signature, stored.device_list.signature);
  EXPECT_EQ(found->device_list_version, stored.device_list_version);
  EXPECT_EQ(found->created_at, stored.created_at);
}

void expect_same(const std::optional<StoredLogin>& found, const StoredLogin& stored) {
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->login, stored.login);
  EXPECT_EQ(found->account, stored.account);
  EXPECT_EQ(found->device, stored.device);
  EXPECT_EQ(found->current_token, stored.current_token);
  EXPECT_EQ(found->previous_token, stored.previous_token);
  EXPECT_EQ(found->created_at, stored.created_at);
  EXPECT_EQ(found->last_used_at, stored.last_used_at);
  EXPECT_EQ(found->scope, stored.scope);
}

TEST_P(AccountSuite, AnAccountIsFoundByIdAndByNameAsItWasStored) {
  keep(storage(), [](UnitOfWork& unit) {
    unit.accounts().insert(account_of(1));
    unit.accounts().insert(account_of(2));
    expect_same(unit.accounts().find_by_name("name1"), account_of(1));
  });
  look(storage(), [](UnitOfWork& unit) {
    expect_same(unit.accounts().find(numbered<AccountId>(1)), account_of(1));
    expect_same(unit.accounts().find_by_name("name2"), account_of(2));
    EXPECT_FALSE(unit.accounts().find(numbered<AccountId>(3)).has_value());
    EXPECT_FALSE(unit.accounts().find_by_name("name").has_value());
    EXPECT_FALSE(unit.accounts().find_by_name("name1' OR '1'='1").has_value());
  });
}

TEST_P(AccountSuite, IdAndNameAreUnique) {
  keep(storage(), [](UnitOfWork& unit) { unit.accounts().insert(account_of(1)); });
  StoredAccount same_name = account_of(2);
  same_name.name = "name1";
  StoredAccount same_id = account_of(1);
  same_id.name = "name3";
  for (const StoredAccount& account : {same_name, same_id}) {
    EXPECT_EQ(write(storage(),
                    [&](UnitOfWork& unit) {
                      unit.accounts().insert(account);
                      return Verdict::keep;
                    }),
              WorkOutcome::failed);
  }
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_FALSE(unit.accounts().find(numbered<AccountId>(2)).has_value());
    EXPECT_FALSE(unit.accounts().find_by_name("name3").has_value());
    expect_same(unit.accounts().find_by_name("name1"), account_of(1));
  });
}

TEST_P(AccountSuite, DeviceListAndPasswordAreReplacedOfThatAccountAlone) {
  StoredAccount changed = account_of(1);
  changed.password_hash = "other";
  changed.device_list = {.list = {9}, .signature = numbered<Ed25519Signature>(9)};
  changed.device_list_version = 2;
  keep(storage(), [&](UnitOfWork& unit) {
    unit.accounts().insert(account_of(1));
    unit.accounts().insert(account_of(2));
    unit.accounts().replace_device_list(changed.account, changed.device_list, 2);
    unit.accounts().replace_password_hash(changed.account, "other");
  });
  look(storage(), [&](UnitOfWork& unit) {
    expect_same(unit.accounts().find(changed.account), changed);
    expect_same(unit.accounts().find(numbered<AccountId>(2)), account_of(2));
  });
}

TEST_P(AccountSuite, AnIdentityIsReplacedOfThatAccountAlone) {
  StoredAccount changed = account_of(1);
  changed.account_key = numbered<Ed25519PublicKey>(9);
  changed.device_list = {.list = {9}, .signature = numbered<Ed25519Signature>(9)};
  keep(storage(), [&](UnitOfWork& unit) {
    unit.accounts().insert(account_of(1));
    unit.accounts().insert(account_of(2));
    unit.accounts().replace_device_list(changed.account, changed.device_list, 5);
    unit.accounts().replace_identity(changed);
  });
  look(storage(), [&](UnitOfWork& unit) {
    expect_same(unit.accounts().find(changed.account), changed);
    expect_same(unit.accounts().find(numbered<AccountId>(2)), account_of(2));
  });
}

TEST_P(AccountSuite, LoginsAreListedNewestFirst) {
  StoredLogin other_account = login_of(9);
  other_account.account = numbered<AccountId>(2);
  keep(storage(), [&](UnitOfWork& unit) {
    for (const std::uint64_t number : {2U, 3U, 1U}) unit.logins().insert(login_of(number));
    unit.logins().insert(other_account);
  });
  look(storage(), [](UnitOfWork& unit) {
    const auto logins = unit.logins().list(numbered<AccountId>(1));
    ASSERT_EQ(logins.size(), 3U);
    expect_same(logins[0], login_of(3));
    expect_same(logins[1], login_of(2));
    expect_same(logins[2], login_of(1));
    EXPECT_TRUE(unit.logins().list(numbered<AccountId>(7)).empty());
  });
}

TEST_P(AccountSuite, ALoginKeepsItsTokensUseAndScope) {
  StoredLogin first = login_of(1);
  first.scope = service::LoginScope::recovery;
  StoredLogin changed = login_of(1);
  changed.previous_token = changed.current_token;
  changed.current_token = numbered<Sha256Digest>(77);
  changed.last_used_at = {9'000};
  keep(storage(), [&](UnitOfWork& unit) {
    unit.logins().insert(first);
    expect_same(unit.logins().find(first.login), first);
    unit.logins().update(changed);
  });
  look(storage(), [&](UnitOfWork& unit) { expect_same(unit.logins().find(changed.login), changed); });
}

TEST_P(AccountSuite, LoginsGoWhenRemovedOrIdle) {
  keep(storage(), [](UnitOfWork& unit) {
    for (std::uint64_t number = 1; number <= 4; ++number) unit.logins().insert(login_of(number));
    EXPECT_TRUE(unit.logins().remove(numbered<LoginId>(4)));
    EXPECT_FALSE(unit.logins().remove(numbered<LoginId>(4)));
    // Used at 101 and 102, before 103.
    EXPECT_EQ(unit.logins().remove_idle({103}, 1), 1U);
    EXPECT_FALSE(unit.logins().find(numbered<LoginId>(1)).has_value()) << "the oldest first";
    EXPECT_EQ(unit.logins().remove_idle({103}, 10), 1U);
    EXPECT_EQ(unit.logins().remove_idle({103}, 10), 0U);
  });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.logins().list(numbered<AccountId>(1)).size(), 1U);
    expect_same(unit.logins().find(numbered<LoginId>(3)), login_of(3));
    EXPECT_FALSE(unit.logins().find(numbered<LoginId>(1)).has_value());
  });
}

TEST_P(AccountSuite, ServerValuesAreReplaced) {
  keep(storage(), [](UnitOfWork& unit) {
    EXPECT_FALSE(unit.values().find("key").has_value());
    unit.values().put("key", Bytes{1});
    unit.values().put("key", Bytes{2, 3});
    unit.values().put("empty", Bytes{});
  });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.values().find("key"), (Bytes{2, 3}));
    EXPECT_EQ(unit.values().find("empty"), Bytes{});
    EXPECT_FALSE(unit.values().find("KEY").has_value());
  });
}

INSTANTIATE_TEST_SUITE_P(Storage, AccountSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
