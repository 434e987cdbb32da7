// A hostile directory: other keys, older, forked, extended or unsigned device lists, foreign prekeys. Nothing is
// encrypted to what the account does not vouch for, the user is told, and honest answers are believed again.

#include "crypto/hash.h"
#include "hostile/hostile_world.h"
#include "session/prekeys.h"

namespace sotto::hostile {
namespace {

/// An account key that the server made up, with a device of its own on a well-signed list.
wire::AccountRecord impostor(const wire::AccountRecord& victim, Random& random) {
  session::AccountIdentity identity = session::generate_account(random);
  identity.account = victim.account;
  session::LocalDevice device = session::generate_device(identity, random);
  return {.account = victim.account,
          .name = victim.name,
          .account_key = identity.account_key.public_key,
          .device_list = session::first_device_list(identity, device, {})};
}

wire::DeviceList decoded(const wire::AccountRecord& record) {
  return *wire::decode<wire::DeviceList>(record.device_list.list);
}

TEST_F(HostileServerTest, PrekeysOfAnotherKeyAreRefused) {
  const session::AccountIdentity identity = session::generate_account(random_);
  const session::LocalDevice foreign = session::generate_device(identity, random_);
  const wire::PublishPrekeys keys = session::replenish({}, foreign, {}, world_.now(), random_).uploads.front();
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* bundles = std::get_if<wire::PrekeyBundles>(&frame.answer);
    if (bundles == nullptr) return;
    for (wire::PrekeyBundle& bundle : bundles->bundles) bundle.signed_prekey = *keys.signed_prekey;
  };
  send(ada_, "bob", "to nobody else");
  world_.run_for(seconds(5));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::prekey_not_authentic));
  EXPECT_EQ(history(ada_, "bob").at(0).state, client::MessageState::pending);
  EXPECT_FALSE(history(ada_, "bob").at(0).reason.empty());
  expect_recovery();
  EXPECT_TRUE(reads(bob_, "ada", "to nobody else"));
}

TEST_F(HostileServerTest, BundleOfAnotherDeviceIsRefused) {
  const client::Identity eve = identity(eve_);
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* bundles = std::get_if<wire::PrekeyBundles>(&frame.answer);
    if (bundles == nullptr) return;
    auto other = world_.server().server().write(
        [&](service::UnitOfWork& unit) { return unit.prekeys().claim(eve.account, eve.device); });
    other->device = bundles->bundles.at(0).device;
    bundles->bundles.at(0) = *other;
  };
  send(ada_, "bob", "not for eve");
  world_.run_for(seconds(5));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::prekey_not_authentic));
  expect_recovery();
  EXPECT_TRUE(reads(bob_, "ada", "not for eve"));
}

TEST_F(HostileServerTest, DeviceAddedByTheServerIsRefused) {
  begin();
  const session::AccountIdentity identity = session::generate_account(random_);
  const session::LocalDevice planted = session::generate_device(identity, random_);
  alter_records(bob_, [&](wire::AccountRecord& shown) {
    wire::DeviceList list = decoded(shown);
    list.version += 1;
    list.devices.push_back({.device = planted.address.device,
                            .signing_key = planted.signing_key.public_key,
                            .identity_key = planted.identity_key.public_key,
                            .added_at = {}});
    std::ranges::sort(list.devices, {}, &wire::DeviceRecord::device);
    shown.device_list.list = wire::encode(list);
  });
  raise_epoch(bob_);
  send(ada_, "bob", "only for bob");
  world_.run_for(seconds(5));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::device_list_unsigned));
  EXPECT_EQ(history(ada_, "bob").back().state, client::MessageState::pending);
  expect_recovery();
  EXPECT_TRUE(reads(bob_, "ada", "only for bob"));
}

TEST_F(HostileServerTest, ListWithoutASignatureIsRefused) {
  alter_records(bob_, [](wire::AccountRecord& shown) { shown.device_list.signature = {}; });
  const client::Event event = send(ada_, "bob", "hello");
  EXPECT_EQ(std::get<client::Failed>(event).error.code, client::ClientErrorCode::server_distrusted);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::device_list_unsigned));
  expect_recovery();
}

TEST_F(HostileServerTest, OlderAndForkedListsAreRefused) {
  // The account itself signed all three, as if an old copy of its device had been misused.
  crypto::Ed25519KeyPair account_key = crypto::generate_ed25519(random_);
  session::AccountIdentity carol{random_.next<AccountId>(), account_key.copy()};
  const session::LocalDevice device = session::generate_device(carol, random_);
  const wire::SignedDeviceList first = session::first_device_list(carol, device, world_.now());
  wire::DeviceList list = *wire::decode<wire::DeviceList>(first.list);
  list.version = 2;
  list.previous = crypto::sha256(first.list);
  const wire::SignedDeviceList second = session::sign_device_list(list, carol);
  list.devices.at(0).added_at = {5};
  const wire::SignedDeviceList fork = session::sign_device_list(list, carol);

  wire::AccountRecord shown{
      .account = carol.account, .name = "carol", .account_key = account_key.public_key, .device_list = second};
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    const auto* find = std::get_if<wire::FindAccount>(&exchange.request.request);
    const auto* get = std::get_if<wire::GetAccount>(&exchange.request.request);
    if ((find != nullptr && find->name == "carol") || (get != nullptr && get->account == carol.account)) {
      frame.answer = shown;
    }
  };
  EXPECT_TRUE(std::holds_alternative<client::SafetyNumber>(world_.ask(ada_, client::GetSafetyNumber{"carol"})));
  const auto show = [&](const wire::SignedDeviceList& offered) {
    shown.device_list = offered;
    world_.inject(identity(ada_).account, {.id = 0,
                                           .answer = wire::MailboxItem{.item = 1,
                                                                       .sender = carol.account,
                                                                       .sender_device = random_.next<DeviceId>(),
                                                                       .message = {},
                                                                       .sent_at = world_.now(),
                                                                       .body = {1}}});
    world_.run_for(seconds(2));
    look_again(ada_);
  };
  show(first);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::device_list_older));
  show(fork);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::device_list_forked));
  const client::Event devices = world_.ask(ada_, client::ListDevices{"carol"});
  EXPECT_EQ(std::get<client::Devices>(devices).version, 2U);
  expect_recovery();
}

TEST_F(HostileServerTest, ChangedIdentityOfAVerifiedContactStopsSending) {
  begin();
  world_.ask(ada_, client::SetVerified{.name = "bob", .verified = true, .digits = {}});
  const wire::AccountRecord other = impostor(record(bob_), random_);
  alter_records(bob_, [&](wire::AccountRecord& shown) { shown = other; });
  raise_epoch(bob_);
  send(ada_, "bob", "for the bob I know");
  world_.run_for(seconds(5));
  const auto& events = world_.host(ada_).events;
  EXPECT_TRUE(std::ranges::any_of(events, [](const client::Event& event) {
    const auto* changed = std::get_if<client::IdentityChanged>(&event);
    return changed != nullptr && changed->verification == client::Verification::changed && !changed->text.empty();
  }));
  const client::Event refused = send(ada_, "bob", "another");
  EXPECT_EQ(std::get<client::Failed>(refused).error.code, client::ClientErrorCode::identity_changed);
  EXPECT_EQ(history(ada_, "bob").back().state, client::MessageState::pending);
  expect_recovery();
  EXPECT_TRUE(reads(bob_, "ada", "for the bob I know"));
}

TEST_F(HostileServerTest, ChangedIdentityOfAnUnverifiedContactIsTold) {
  begin();
  const wire::AccountRecord other = impostor(record(bob_), random_);
  alter_records(bob_, [&](wire::AccountRecord& shown) { shown = other; });
  raise_epoch(bob_);
  send(ada_, "bob", "whoever you are");
  world_.run_for(seconds(5));
  const auto& events = world_.host(ada_).events;
  EXPECT_TRUE(std::ranges::any_of(events, [](const client::Event& event) {
    const auto* changed = std::get_if<client::IdentityChanged>(&event);
    return changed != nullptr && changed->verification == client::Verification::unverified && !changed->text.empty();
  }));
}

TEST_F(HostileServerTest, AnswerAboutAnotherAccountIsRefused) {
  const wire::AccountRecord eve = record(eve_);
  alter_records(bob_, [&](wire::AccountRecord& shown) { shown = eve; });
  const client::Event event = send(ada_, "bob", "not for eve");
  EXPECT_EQ(std::get<client::Failed>(event).error.code, client::ClientErrorCode::server_distrusted);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::wrong_account));
  expect_recovery();
}

}  // namespace
}  // namespace sotto::hostile
