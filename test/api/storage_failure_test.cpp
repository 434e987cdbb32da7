// When the medium is full or fails, who wanted to change something is told so, specifically and at once, and nothing
// was changed; who reads is served; and when the fault is over everything goes on by itself (threat 37).
#include "api/signed_in.h"
#include "storage/sqlite/testing/faulty_file_system.h"

namespace sotto::test {
namespace {

using Disk = storage::sqlite::testing::FaultyFileSystem;

class StorageFailure : public ::testing::TestWithParam<Disk::Fault> {
 protected:
  static ApiOptions on(const Disk& disk) {
    ApiOptions options;
    options.backend = Backend::sqlite;
    options.vfs = disk.name();
    return options;
  }

  [[nodiscard]] wire::Send message(std::uint32_t number) const {
    return {conversation_.conversation, conversation_.epoch, message_id(number), Bytes(300, 7)};
  }
  std::vector<wire::LogEntry> log(StreamClient& reader) const {
    const wire::Answer answer = reader.ask(wire::ReadLog{conversation_.conversation, 0, 100});
    const auto* page = std::get_if<wire::LogPage>(&answer);
    EXPECT_NE(page, nullptr);
    return page != nullptr ? page->entries : std::vector<wire::LogEntry>{};
  }

  Disk disk_;
  ApiServer server_{on(disk_)};
  Person ada_{server_, "ada"};
  Person bob_{server_, "bob"};
  wire::Conversation conversation_ = ada_.open_with(bob_);
};

TEST_P(StorageFailure, Threat37IsToldToWhoWritesAndIsOverWithTheFault) {
  const auto from = ada_.live_stream();
  const auto to = bob_.live_stream();
  ASSERT_TRUE(std::holds_alternative<wire::Sent>(from->ask(message(1))));
  ASSERT_TRUE(to->next_push());

  disk_.set(GetParam());
  const wire::Answer told = from->ask(message(2));
  ASSERT_EQ(code_of(told), wire::ErrorCode::unavailable);
  EXPECT_EQ(std::get<wire::Error>(told).message, "The storage failed; nothing was changed.");
  EXPECT_EQ(std::get<wire::Error>(told).retry_after_ms, 1'000u);
  EXPECT_EQ(ada_.ask("send", message(3)).status, 503u);
  EXPECT_EQ(log(*to).size(), 1u) << "nothing was changed, and it can be read";
  EXPECT_GT(disk_.failures(), 0u);

  disk_.set(Disk::Fault::none);
  const wire::Answer sent = from->ask(message(2));
  ASSERT_TRUE(std::holds_alternative<wire::Sent>(sent));
  EXPECT_EQ(std::get<wire::Sent>(sent).seq, 2u);
  EXPECT_EQ(ada_.ask("send", message(4)).status, 200u);
  const auto entries = log(*to);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[1].message, message_id(2));
  EXPECT_EQ(entries[2].message, message_id(4));
  for (std::uint64_t seq = 2; seq <= 3; ++seq) {
    const auto push = to->next_push();
    ASSERT_TRUE(push && std::holds_alternative<wire::LogEntry>(*push));
    EXPECT_EQ(std::get<wire::LogEntry>(*push).seq, seq) << "what failed was told to nobody";
  }
}

TEST_P(StorageFailure, Threat37LeavesNoHalfAccount) {
  disk_.set(GetParam());
  TestAccount carol("carol", server_.random);
  const std::string registration = wire::to_json(carol.registration(server_.random));
  EXPECT_EQ(call(server_.port(), {.target = "/api/v1/register", .body = registration}).status, 503u);
  disk_.set(Disk::Fault::none);
  EXPECT_EQ(call(server_.port(), {.target = "/api/v1/register", .body = registration}).status, 200u);
}

INSTANTIATE_TEST_SUITE_P(Faults, StorageFailure,
                         ::testing::Values(Disk::Fault::full, Disk::Fault::write, Disk::Fault::log_sync),
                         [](const ::testing::TestParamInfo<Disk::Fault>& fault) {
                           switch (fault.param) {
                             case Disk::Fault::full:
                               return "FullDisk";
                             case Disk::Fault::write:
                               return "FailingWrites";
                             default:
                               return "FailingSyncs";
                           }
                         });

}  // namespace
}  // namespace sotto::test
