// A notice reaches exactly the streams that it names, and one frame is encoded once for all of them.
#include "gateway/hub.h"

#include <gtest/gtest.h>

namespace sotto::gateway {
namespace {

class FrameRecorder final : public Subscriber {
 public:
  void push(Push& push) override { received.push_back(push.octets(Form::binary)); }
  std::vector<transport::SharedBytes> received;
};

class HubTest : public ::testing::Test {
 protected:
  static service::Caller caller(std::uint8_t account, std::uint8_t device) {
    service::Caller caller;
    caller.account.bytes[0] = account;
    caller.device.bytes[0] = device;
    return caller;
  }
  static service::Notice notice(std::uint8_t account) {
    service::Notice notice;
    notice.account.bytes[0] = account;
    notice.frame = std::make_shared<const wire::ServerFrame>(wire::ServerFrame{.id = 0, .answer = wire::Behind{}});
    return notice;
  }

  Hub hub_;
  FrameRecorder phone_;
  FrameRecorder laptop_;
  FrameRecorder other_;
};

TEST_F(HubTest, ReachesEveryStreamOfTheAccountAndNoOther) {
  hub_.add(caller(1, 1), phone_);
  hub_.add(caller(1, 2), laptop_);
  hub_.add(caller(2, 3), other_);
  hub_.deliver(notice(1));
  EXPECT_EQ(phone_.received.size(), 1u);
  EXPECT_EQ(laptop_.received.size(), 1u);
  EXPECT_TRUE(other_.received.empty());
  EXPECT_EQ(phone_.received[0], laptop_.received[0]);
}

TEST_F(HubTest, ObservesTheNamedAndTheExceptedDevice) {
  hub_.add(caller(1, 1), phone_);
  hub_.add(caller(1, 2), laptop_);
  service::Notice to_phone = notice(1);
  to_phone.device = caller(1, 1).device;
  service::Notice not_to_phone = notice(1);
  not_to_phone.except_device = caller(1, 1).device;
  for (const auto& each : {to_phone, not_to_phone, not_to_phone}) hub_.deliver(each);
  EXPECT_EQ(phone_.received.size(), 1u);
  EXPECT_EQ(laptop_.received.size(), 2u);
}

TEST_F(HubTest, TellsManyAndLeavesOutTheDeviceOfOneAccountOnly) {
  hub_.add(caller(1, 1), phone_);
  hub_.add(caller(1, 2), laptop_);
  hub_.add(caller(2, 1), other_);
  service::Notice to_all = notice(1);
  to_all.except_device = caller(1, 1).device;
  to_all.accounts = std::make_shared<const std::vector<AccountId>>(
      std::vector{caller(1, 1).account, caller(2, 1).account, caller(3, 1).account});
  hub_.deliver(to_all);
  EXPECT_TRUE(phone_.received.empty());
  EXPECT_EQ(laptop_.received.size(), 1u);
  EXPECT_EQ(other_.received.size(), 1u) << "another account's device may have the same id";
  EXPECT_EQ(laptop_.received, other_.received);
}

TEST_F(HubTest, ForgetsWhatIsRemoved) {
  hub_.add(caller(1, 1), phone_);
  hub_.add(caller(1, 1), laptop_);
  hub_.remove(caller(1, 1), phone_);
  EXPECT_EQ(hub_.size(), 1u);
  hub_.deliver(notice(1));
  EXPECT_TRUE(phone_.received.empty());
  EXPECT_EQ(laptop_.received.size(), 1u);
  hub_.remove(caller(1, 1), laptop_);
  hub_.remove(caller(1, 1), laptop_);
  EXPECT_EQ(hub_.size(), 0u);
}

}  // namespace
}  // namespace sotto::gateway
