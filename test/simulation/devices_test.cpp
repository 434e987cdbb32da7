// Several devices of one account against the real rules of the server: a linking makes an empty home one of the
// account's; what is written by or to the account reaches each of its devices once and in order; a removed device is
// out at once; and who interferes with a linking gets nothing (threats 2, 6 and 23).

#include <gtest/gtest.h>

#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

class DevicesTest : public WorldTest {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_}) register_account(index);
    world_.run_for(seconds(2));
  }

  std::vector<std::string> texts(std::size_t index, const std::string& with) {
    client::ReadHistory command;
    command.with = with;
    command.limit = 200;
    client::Event event = world_.ask(index, command);
    std::vector<std::string> result;
    if (const auto* page = std::get_if<client::History>(&event)) {
      for (const client::TimelineMessage& message : page->messages) {
        if (message.cause == client::UndecryptableCause::none) result.push_back(message.text);
      }
    }
    return result;
  }

  std::size_t devices(std::size_t index) {
    return expect<client::Devices>(world_.ask(index, client::ListDevices{})).devices.size();
  }

  DeviceId device(std::size_t index) { return expect<client::Identity>(world_.ask(index, client::WhoAmI{})).device; }

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t tablet_ = world_.add_host("tablet");
};

using Texts = std::vector<std::string>;

TEST_F(DevicesTest, LinkedDeviceIsOneOfTheAccounts) {
  link(ada_, tablet_);
  const auto identity = expect<client::Identity>(world_.ask(tablet_, client::WhoAmI{}));
  EXPECT_EQ(identity.state, client::LoginState::logged_in);
  EXPECT_EQ(identity.name, "ada");
  EXPECT_EQ(identity.account_key, expect<client::Identity>(world_.ask(ada_, client::WhoAmI{})).account_key);
  EXPECT_EQ(devices(ada_), 2U);
  EXPECT_EQ(devices(tablet_), 2U);
  // Every device is told (threat 23).
  ASSERT_EQ(told<client::OwnDevicesChanged>(ada_).size(), 1U);
  EXPECT_EQ(told<client::OwnDevicesChanged>(ada_)[0].added, std::vector{identity.device});
  EXPECT_TRUE(told<client::SecurityNotice>(ada_).empty() && told<client::SecurityNotice>(tablet_).empty());
}

TEST_F(DevicesTest, AllDevicesOfAnAccountThatWritesToNobodyAreToldAtOnce) {
  link(ada_, tablet_);
  world_.host(tablet_).events.clear();
  const std::size_t third = world_.add_host("third");
  link(ada_, third);
  const auto told_of = told<client::OwnDevicesChanged>(tablet_);
  ASSERT_EQ(told_of.size(), 1U);
  EXPECT_EQ(told_of[0].added, std::vector{device(third)});
}

TEST_F(DevicesTest, MessagesReachAllDevicesOfBothSidesOnceAndInOrder) {
  link(ada_, tablet_);
  write(bob_, "ada", "one");
  world_.run_for(seconds(3));
  write(ada_, "bob", "two");
  world_.run_for(seconds(3));
  write(tablet_, "bob", "three");
  world_.run_for(seconds(5));
  const Texts all{"one", "two", "three"};
  EXPECT_EQ(texts(ada_, "bob"), all);
  EXPECT_EQ(texts(tablet_, "bob"), all);
  EXPECT_EQ(texts(bob_, "ada"), all);
}

TEST_F(DevicesTest, DeviceThatWasOfflineForLongReadsAll) {
  link(ada_, tablet_);
  write(bob_, "ada", "before");
  world_.run_for(seconds(3));
  world_.cut_off(tablet_, hours(7));
  world_.run_for(seconds(1));
  Texts all{"before"};
  for (int round = 0; round < 20; ++round) {
    all.push_back("from bob " + std::to_string(round));
    write(bob_, "ada", all.back());
    all.push_back("from ada " + std::to_string(round));
    write(ada_, "bob", all.back());
    world_.run_for(minutes(20));
  }
  world_.run_for(minutes(30));
  EXPECT_EQ(texts(tablet_, "bob").size(), all.size());
  EXPECT_EQ(texts(tablet_, "bob"), texts(ada_, "bob"));
}

TEST_F(DevicesTest, BothSidesMayBeginSessionsAtTheSameTime) {
  write(bob_, "ada", "hello");
  world_.run_for(seconds(2));
  link(ada_, tablet_);
  world_.cut_off(tablet_, seconds(20));
  world_.cut_off(bob_, seconds(20));
  world_.run_for(seconds(1));
  write(bob_, "ada", "from bob");
  client::SendText reply;
  reply.to = "bob";
  reply.text = "from the tablet";
  world_.command(tablet_, reply);
  world_.run_for(minutes(2));
  write(tablet_, "bob", "again");
  write(bob_, "ada", "and again");
  world_.run_for(seconds(30));
  for (const std::size_t index : {bob_, tablet_, ada_}) {
    const Texts read = texts(index, index == bob_ ? "ada" : "bob");
    for (const char* text : {"from bob", "again", "and again"}) {
      EXPECT_EQ(std::ranges::count(read, text), 1) << text << " at " << world_.host(index).name();
    }
  }
}

TEST_F(DevicesTest, RemovedDeviceIsOutAtOnce) {
  link(ada_, tablet_);
  write(bob_, "ada", "for both");
  world_.run_for(seconds(3));
  const DeviceId removed = device(tablet_);
  expect<client::Done>(world_.ask(ada_, client::RemoveDevice{.device = removed}));
  world_.run_for(seconds(3));
  EXPECT_EQ(devices(ada_), 1U);
  EXPECT_EQ(told<client::LoggedOut>(tablet_).size(), 1U);
  write(bob_, "ada", "for the one that is left");
  world_.run_for(seconds(5));
  EXPECT_EQ(texts(ada_, "bob"), (Texts{"for both", "for the one that is left"}));
  EXPECT_EQ(texts(tablet_, "bob"), (Texts{"for both"}));
  EXPECT_EQ(failure_of(world_.ask(ada_, client::RemoveDevice{.device = removed})),
            client::ClientErrorCode::unknown_device);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::RemoveDevice{.device = device(ada_)})),
            client::ClientErrorCode::own_device);
}

TEST_F(DevicesTest, Threat23NothingCrossesBeforeTheUserHasCompared) {
  accept_link(ada_, begin_linking(tablet_));
  world_.run_for(minutes(2));
  EXPECT_EQ(devices(ada_), 1U);
  EXPECT_EQ(expect<client::Identity>(world_.ask(tablet_, client::WhoAmI{})).state, client::LoginState::empty);
  expect<client::Done>(world_.ask(ada_, client::ConfirmLink{.same = false}));
  world_.run_for(minutes(1));
  EXPECT_EQ(devices(ada_), 1U);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ConfirmLink{.same = true})), client::ClientErrorCode::no_linking);
  // The new device is told in the end, and may begin again.
  world_.run_for(minutes(10));
  ASSERT_FALSE(told<client::LinkProgress>(tablet_).empty());
  EXPECT_EQ(told<client::LinkProgress>(tablet_).back().step, client::LinkStep::failed);
  link(ada_, tablet_);
}

TEST_F(DevicesTest, Threat23CodeOfAnotherServerOrHalfACodeIsRefused) {
  const std::string code = begin_linking(tablet_);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::AcceptLink{.code = code, .server = "https://other.example.org"})),
            client::ClientErrorCode::other_server);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::AcceptLink{.code = code.substr(0, 60), .server = {}})),
            client::ClientErrorCode::invalid_link_code);
  EXPECT_EQ(failure_of(world_.ask(bob_, client::BeginLinking{.server = server_})),
            client::ClientErrorCode::already_registered);
}

TEST_F(DevicesTest, Threat6ChangedBoxesAreRefusedAndNothingIsJoined) {
  // The server changes whatever it passes on: first the offer to the new device, then the new device's keys.
  for (const bool for_new_device : {true, false}) {
    const std::string code = begin_linking(tablet_);
    world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
      auto* boxes = std::get_if<wire::LinkBoxes>(&frame.answer);
      if (boxes == nullptr || boxes->boxes.empty() || (exchange.caller == nullptr) != for_new_device) return;
      boxes->boxes[0][10] ^= 1;
    };
    const std::uint64_t command = world_.command(ada_, client::AcceptLink{.code = code, .server = server_});
    world_.run_for(minutes(1));
    const auto answer = world_.host(ada_).take_answer(command);
    ASSERT_TRUE(answer.has_value());
    EXPECT_TRUE(std::holds_alternative<client::Failed>(*answer));
    world_.server().alter_answer = nullptr;
    world_.ask(tablet_, client::CancelLinking{});
    world_.ask(ada_, client::CancelLinking{});
    EXPECT_EQ(devices(ada_), 1U);
    EXPECT_EQ(expect<client::Identity>(world_.ask(tablet_, client::WhoAmI{})).state, client::LoginState::empty);
  }
  link(ada_, tablet_);
}

TEST_F(DevicesTest, Threat2DeviceThatTheServerPutsOnTheListIsNotBelieved) {
  link(ada_, tablet_);
  // An older list, without the tablet, and a newer one that nobody signed.
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* record = std::get_if<wire::AccountRecord>(&frame.answer);
    if (record != nullptr && record->name == "ada" && !record->device_list.list.empty()) {
      record->device_list.list.back() ^= 1;
    }
  };
  world_.break_connection(ada_);
  world_.run_for(minutes(1));
  EXPECT_EQ(devices(ada_), 2U);
  ASSERT_FALSE(told<client::SecurityNotice>(ada_).empty());
  EXPECT_EQ(told<client::SecurityNotice>(ada_)[0].kind, client::SecurityNoticeKind::device_list_unsigned);
}

TEST_F(DevicesTest, LinkingSurvivesLostConnections) {
  const client::LinkProgress progress = accept_link(ada_, begin_linking(tablet_));
  world_.run_for(seconds(2));
  for (const std::size_t index : {tablet_, ada_}) world_.break_connection(index);
  world_.run_for(seconds(3));
  const std::uint64_t command = world_.command(ada_, client::ConfirmLink{.same = true});
  world_.run_for(Milliseconds{1});
  for (const std::size_t index : {tablet_, ada_}) world_.break_connection(index);
  world_.run_for(seconds(20));
  const auto answer = world_.host(ada_).take_answer(command);
  ASSERT_TRUE(answer.has_value());
  expect<client::Done>(*answer);
  EXPECT_EQ(told<client::LinkProgress>(tablet_).back().step, client::LinkStep::joined);
  EXPECT_EQ(told<client::LinkProgress>(tablet_)[0].digits, progress.digits);
  EXPECT_EQ(devices(tablet_), 2U);
}

}  // namespace
}  // namespace sotto::simulation
