// The local bus gives every notice to every listener, in the order of publication, before `publish` returns.
#include "bus/local_bus.h"

#include <gtest/gtest.h>

namespace sotto::bus {
namespace {

class Recorder final : public service::NoticeListener {
 public:
  void receive(const service::Notice& notice) override { received.push_back(notice); }
  std::vector<service::Notice> received;
};

service::Notice notice_for(std::uint8_t account) {
  service::Notice notice;
  notice.account.bytes.fill(account);
  notice.frame = std::make_shared<wire::ServerFrame>();
  return notice;
}

TEST(LocalBus, GivesEachNoticeToEachListenerInOrder) {
  Recorder first;
  Recorder second;
  LocalBus bus;
  bus.add_listener(first);
  bus.add_listener(second);
  const service::Notice one = notice_for(1);
  const service::Notice two = notice_for(2);
  bus.publish(one);
  bus.publish(two);
  for (const Recorder* recorder : {&first, &second}) {
    ASSERT_EQ(recorder->received.size(), 2u);
    EXPECT_EQ(recorder->received[0].account, one.account);
    EXPECT_EQ(recorder->received[1].account, two.account);
    EXPECT_EQ(recorder->received[1].frame, two.frame) << "the frame is handed on, not copied";
  }
}

}  // namespace
}  // namespace sotto::bus
