// An account is created only with a list and prekeys that its own keys vouch for; a repeat signs in; nobody else's name
// or id can be taken.
#include "service/registration.h"

#include <gtest/gtest.h>

#include "service/testing/test_server.h"
#include "storage/memory/memory_storage.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class RegistrationTest : public ::testing::Test {
 protected:
  std::optional<StoredAccount> stored() {
    return server_.read([&](UnitOfWork& unit) { return unit.accounts().find(ada_.account); });
  }
  /// Registers `request`, expects a refusal, and that nothing was stored.
  void expect_refused(const wire::Register& request, ErrorCode code, std::string_view field) {
    const auto outcome = server_.enter(request);
    ASSERT_FALSE(outcome.has_value()) << field;
    EXPECT_EQ(outcome.error().error.code, code) << field << ": " << outcome.error().error.message;
    EXPECT_EQ(outcome.error().error.field, field);
    EXPECT_FALSE(stored());
  }
  wire::Register valid() { return ada_.registration(server_.random); }
  wire::Register with_list(const wire::DeviceList& list) {
    wire::Register request = valid();
    request.device_list = ada_.sign(list);
    return request;
  }

  storage::MemoryStorage storage_;
  testing::TestServer server_{storage_};
  testing::TestAccount ada_{"Ada", server_.random};
};

TEST_F(RegistrationTest, CreatesTheAccountAndSignsItIn) {
  const auto outcome = server_.enter(valid());
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->answer.account, ada_.account);
  EXPECT_EQ(outcome->answer.device, ada_.devices.front().device);
  const auto account = stored();
  ASSERT_TRUE(account.has_value());
  EXPECT_EQ(account->name, "ada");
  EXPECT_EQ(account->device_list_version, 1u);
  EXPECT_EQ(account->account_key, ada_.account_key.public_key);
  EXPECT_EQ(account->password_hash.find(ada_.password), std::string::npos);
  EXPECT_TRUE(crypto::verify_password(account->password_hash, as_bytes(ada_.password)));
  const Caller caller = testing::TestServer::caller_of(outcome->answer);
  EXPECT_EQ(server_.tokens.check(outcome->answer.tokens.access_token, server_.now)->caller, caller);
  const auto stock = server_.ask(caller, wire::GetPrekeyStock{});
  EXPECT_EQ(stock->answer.one_time_prekeys, 2u);
  EXPECT_EQ(stock->answer.kem_prekeys, 2u);
  ASSERT_EQ(server_.events.size(), 2u);
  EXPECT_EQ(server_.events[0].kind, SecurityEventKind::registered);
  EXPECT_EQ(server_.events[1].kind, SecurityEventKind::signed_in);
}

TEST_F(RegistrationTest, RefusesBadNamesAndPasswords) {
  wire::Register request = valid();
  request.name = "a!";
  expect_refused(request, ErrorCode::invalid_value, "name");
  request = valid();
  request.password = "seven 7";
  expect_refused(request, ErrorCode::invalid_value, "password");
  request.password = "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9";
  expect_refused(request, ErrorCode::invalid_value, "password");
  request.password = std::string(wire::max_password_size + 1, 'x');
  expect_refused(request, ErrorCode::too_large, "password");
  request.password = "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9";
  EXPECT_TRUE(server_.enter(request)) << "eight characters";
}

TEST_F(RegistrationTest, RefusesListsThatAreNotTheFirstOfThisDevice) {
  wire::DeviceList list = ada_.list_of_devices(2);
  expect_refused(with_list(list), ErrorCode::invalid_value, "device_list.list");
  list = ada_.list_of_devices(1);
  list.previous = Sha256Digest{};
  expect_refused(with_list(list), ErrorCode::invalid_value, "device_list.list");
  list = ada_.list_of_devices(1);
  list.devices.front().device = server_.random.next<DeviceId>();
  expect_refused(with_list(list), ErrorCode::invalid_value, "device_list.list");
  list = ada_.list_of_devices(1);
  list.devices.clear();
  expect_refused(with_list(list), ErrorCode::invalid_value, "device_list.list");
  list = ada_.list_of_devices(1);
  list.account = server_.random.next<AccountId>();
  expect_refused(with_list(list), ErrorCode::invalid_value, "device_list.list");
  ada_.devices.push_back(testing::TestDevice::make(server_.random));
  expect_refused(with_list(ada_.list_of_devices(1)), ErrorCode::invalid_value, "device_list.list");
}

TEST_F(RegistrationTest, RefusesListsThatTheAccountKeyDidNotSignAsSuch) {
  wire::Register request = valid();
  request.device_list.signature.bytes[5] ^= 1;
  expect_refused(request, ErrorCode::bad_signature, "device_list.signature");
  request = valid();
  request.account_key = crypto::generate_ed25519(server_.random).public_key;
  expect_refused(request, ErrorCode::bad_signature, "device_list.signature");
  request = valid();
  request.device_list.signature = crypto::sign(ada_.account_key, "sotto other thing v1", request.device_list.list);
  expect_refused(request, ErrorCode::bad_signature, "device_list.signature");
}

TEST_F(RegistrationTest, RefusesListsThatAreNotCanonical) {
  wire::Register request = valid();
  Bytes& list = request.device_list.list;
  list.insert(list.end(), {0x98, 0x06, 0x01});
  request.device_list.signature = crypto::sign(ada_.account_key, "sotto device list v1", list);
  expect_refused(request, ErrorCode::malformed, "device_list.list");
  request.device_list.list = {0xff};
  expect_refused(request, ErrorCode::malformed, "device_list.list");
}

TEST_F(RegistrationTest, RefusesLowOrderIdentityKeys) {
  wire::DeviceList list = ada_.list_of_devices(1);
  list.devices.front().identity_key = X25519PublicKey{};
  expect_refused(with_list(list), ErrorCode::invalid_value, "device_list.list");
  list.devices.front().identity_key.bytes.fill(0xff);
  expect_refused(with_list(list), ErrorCode::invalid_value, "device_list.list");
}

TEST_F(RegistrationTest, RefusesALowOrderAccountKey) {
  wire::Register request = valid();
  request.account_key = Ed25519PublicKey{};
  request.account_key.bytes[0] = 1;
  request.device_list.signature = Ed25519Signature{};
  request.device_list.signature.bytes[0] = 1;
  expect_refused(request, ErrorCode::bad_signature, "device_list.signature");
}

TEST_F(RegistrationTest, NeedsASignedAndALastResortPrekey) {
  wire::Register request = valid();
  request.prekeys.signed_prekey.reset();
  expect_refused(request, ErrorCode::invalid_value, "prekeys.signed_prekey");
  request = valid();
  request.prekeys.last_resort_kem_prekey.reset();
  expect_refused(request, ErrorCode::invalid_value, "prekeys.last_resort_kem_prekey");
}

TEST_F(RegistrationTest, RefusesPrekeysThatTheDeviceDidNotSign) {
  wire::Register request = valid();
  request.prekeys.signed_prekey->signature.bytes[0] ^= 1;
  expect_refused(request, ErrorCode::bad_signature, "prekeys.signed_prekey");
  request = valid();
  request.prekeys.last_resort_kem_prekey = request.prekeys.kem_prekeys.front();
  expect_refused(request, ErrorCode::bad_signature, "prekeys.last_resort_kem_prekey");
  request = valid();
  request.prekeys.kem_prekeys.back().id += 1;
  expect_refused(request, ErrorCode::bad_signature, "prekeys.kem_prekeys");
  request = valid();
  request.prekeys.one_time_prekeys.back().key = X25519PublicKey{};
  expect_refused(request, ErrorCode::invalid_value, "prekeys.one_time_prekeys");
  request = valid();
  request.prekeys.one_time_prekeys.back().id = 0;
  expect_refused(request, ErrorCode::invalid_value, "prekeys.one_time_prekeys");
  request = valid();
  request.prekeys.kem_prekeys.front().key.bytes.fill(0xff);
  expect_refused(request, ErrorCode::invalid_value, "prekeys.kem_prekeys");
}

TEST_F(RegistrationTest, ARepeatSignsIn) {
  const wire::Register request = valid();
  const auto first = server_.enter(request);
  const auto second = server_.enter(request);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->answer.login, second->answer.login);
  const Caller caller = testing::TestServer::caller_of(second->answer);
  EXPECT_EQ(server_.ask(caller, wire::ListLogins{})->answer.logins.size(), 2u);
  EXPECT_EQ(server_.ask(caller, wire::GetPrekeyStock{})->answer.one_time_prekeys, 2u);
}

TEST_F(RegistrationTest, ARepeatNeedsTheSamePassword) {
  wire::Register request = valid();
  ASSERT_TRUE(server_.enter(request));
  request.password = "another password";
  EXPECT_EQ(refusal_code(server_.enter(request)), ErrorCode::wrong_credentials);
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::sign_in_failed);
  EXPECT_TRUE(crypto::verify_password(stored()->password_hash, as_bytes(ada_.password)));
}

TEST_F(RegistrationTest, ARepeatWithOtherContentIsAConflict) {
  ASSERT_TRUE(server_.enter(valid()));
  wire::Register request = valid();
  request.name = "ada2";
  EXPECT_EQ(refusal_code(server_.enter(request)), ErrorCode::conflict);
  testing::TestAccount impostor("ada2", server_.random);
  impostor.account = ada_.account;
  wire::DeviceList list = impostor.list_of_devices(1);
  request = impostor.registration(server_.random);
  request.device_list = impostor.sign(list);
  EXPECT_EQ(refusal_code(server_.enter(request)), ErrorCode::conflict) << "the id is another account key's";
  ada_.devices.front() = testing::TestDevice::make(server_.random);
  request = valid();
  request.device_list = ada_.sign(ada_.list_of_devices(1));
  EXPECT_EQ(refusal_code(server_.enter(request)), ErrorCode::conflict) << "another device";
  EXPECT_EQ(stored()->name, "ada");
}

TEST_F(RegistrationTest, ANameIsTakenWhateverItsCapitals) {
  ASSERT_TRUE(server_.enter(valid()));
  testing::TestAccount other("aDA", server_.random);
  EXPECT_EQ(refusal_code(server_.enter(other.registration(server_.random))), ErrorCode::name_taken);
}

TEST_F(RegistrationTest, TwoAtTheSameTimeMakeOneAccount) {
  const wire::Register request = valid();
  const auto checked = server_.rules.check(request);
  const auto task = server_.read([&](UnitOfWork& unit) { return server_.rules.prepare(unit, *checked); });
  const auto proof = server_.rules.prove(*task, *checked, server_.moment());
  ASSERT_TRUE(proof.has_value());
  ASSERT_TRUE(server_.enter(request));
  const auto late =
      server_.write([&](UnitOfWork& unit) { return server_.rules.complete(unit, *checked, *proof, server_.moment()); });
  EXPECT_EQ(refusal_code(late), ErrorCode::unavailable) << "it proved nothing about the password that is stored now";
}

}  // namespace
}  // namespace sotto::service
