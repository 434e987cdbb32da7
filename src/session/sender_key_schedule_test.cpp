// Over random schedules of a group whose members and devices come and go, whose messages are dropped for some, delayed,
// reordered and repeated: every message that arrives at a device which was entitled when it was sealed, and has the
// share, is opened exactly once with the text that was sealed; and a device that was removed opens nothing that was
// sealed afterwards, with everything it ever held (threats 7, 10, 14, 15 and 19 of the threat list at once).
//
// SOTTO_SCHEDULE_SEED=<n> replays one seed, SOTTO_SCHEDULE_COUNT=<n> runs more of them.

#include <cstdlib>
#include <gmock/gmock.h>
#include <map>
#include <random>
#include <set>

#include "crypto/testing/deterministic_random.h"
#include "session/group_message.h"
#include "session/stored_state.h"
#include "session/testing/party.h"

namespace sotto::session {
namespace {

using testing::start_of_time;

struct FlyingGroupMessage {
  MessageId message;
  std::string text;
  Bytes body;
  std::set<DeviceAddress> entitled;
};

/// A device that hears one sender.
struct Hearer {
  bool is_in = true;
  ReceivedSenderChains chains;
  std::set<MessageId> opened;
};

class SenderKeySchedule {
 public:
  explicit SenderKeySchedule(std::uint64_t seed) : choice_(seed), random_(seed) {
    for (int device = 0; device < 5; ++device) add_device();
  }

  void run() {
    for (int step = 0; step < 120 && !::testing::Test::HasFatalFailure(); ++step) act();
    for (auto& [address, hearer] : hearers_) {
      for (const FlyingGroupMessage& message : sent_) arrive(address, hearer, message);
    }
  }

  int opened = 0;
  int rotations = 0;
  int kept_out = 0;

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(choice_); }

  void add_device() { hearers_[{random_.next<AccountId>(), random_.next<DeviceId>()}]; }

  auto& any_hearer() { return *std::next(hearers_.begin(), static_cast<std::ptrdiff_t>(below(hearers_.size()))); }

  void act() {
    switch (below(12)) {
      case 0:
        add_device();
        return;
      case 1:
        any_hearer().second.is_in = false;
        return;
      case 2:
        now_ = now_ + hours(static_cast<std::int64_t>(below(60)));
        return;
      case 3:
      case 4:
      case 5:
      case 6:
        say();
        return;
      default:
        if (sent_.empty()) return;
        auto& [address, hearer] = any_hearer();
        arrive(address, hearer, sent_[below(sent_.size())]);
        if (below(4) == 0) hearer.chains = load_received_sender_chains(store(hearer.chains).reveal()).value();
        return;
    }
  }

  [[nodiscard]] std::vector<DeviceAddress> entitled() const {
    std::vector<DeviceAddress> all;
    for (const auto& [address, hearer] : hearers_) {
      if (hearer.is_in) all.push_back(address);
    }
    return all;
  }

  void say() {
    const std::vector<DeviceAddress> audience = entitled();
    const SenderKeyPlan plan =
        plan_sender_key(chain_ ? &*chain_ : nullptr, {.holders = holders_, .entitled = audience}, now_);
    if (plan.begins_chain) {
      chain_ = begin_sender_chain(conversation_, now_, random_);
      holders_.clear(), ++rotations;
    }
    for (const DeviceAddress& recipient : plan.recipients) {
      Hearer& hearer = hearers_.at(recipient);
      hearer.chains = accept_share(hearer.chains, share_of(*chain_), now_).value();
      holders_.insert(std::ranges::upper_bound(holders_, recipient), recipient);
    }
    FlyingGroupMessage flying{.message = random_.next<MessageId>(),
                              .text = std::to_string(sent_.size()),
                              .body = {},
                              .entitled = {audience.begin(), audience.end()}};
    const wire::Content content{
        .version = 1, .counter = sent_.size() + 1, .sent_at = now_, .kind = wire::TextContent{flying.text}};
    auto sealed = seal_group(*chain_, sender_, {conversation_, flying.message}, {}, content);
    ASSERT_TRUE(sealed.has_value());
    chain_ = std::move(sealed->next);
    flying.body = std::move(sealed->body);
    sent_.push_back(std::move(flying));
  }

  void arrive(const DeviceAddress& address, Hearer& hearer, const FlyingGroupMessage& message) {
    auto result = open_group(hearer.chains, sender_, {conversation_, message.message}, message.body, now_);
    if (!message.entitled.contains(address)) {
      ASSERT_FALSE(result.has_value()) << "opened by who was not entitled";
      ASSERT_EQ(result.error(), OpenError::no_sender_key);
      ++kept_out;
      return;
    }
    if (hearer.opened.contains(message.message)) {
      ASSERT_FALSE(result.has_value()) << "opened twice";
      return;
    }
    // Five old chains are kept, for 30 days: what arrives later than that is lost by name.
    if (!result) {
      ASSERT_THAT(result.error(), ::testing::AnyOf(OpenError::no_sender_key, OpenError::duplicate));
      ASSERT_TRUE(was_dropped(hearer, message));
      return;
    }
    ASSERT_EQ(std::get<wire::TextContent>(result->content.kind).text, message.text);
    hearer.chains = std::move(result->next);
    hearer.opened.insert(message.message);
    ++opened;
  }

  /// Whether the message's chain, or its skipped key, was given up for age or number.
  [[nodiscard]] bool was_dropped(const Hearer& hearer, const FlyingGroupMessage& message) const {
    const wire::SenderChainId chain = read_group_message(message.body).value().chain;
    const auto held = std::ranges::find(hearer.chains.chains, chain, &ReceivedSenderChain::chain);
    if (held == hearer.chains.chains.end()) return rotations > 1;
    return held->received_at + days(7) < now_;
  }

  std::mt19937_64 choice_;
  crypto::DeterministicRandom random_;
  UnixMillis now_ = start_of_time;
  ConversationId conversation_ = random_.next<ConversationId>();
  DeviceAddress sender_{random_.next<AccountId>(), random_.next<DeviceId>()};
  std::optional<OwnSenderChain> chain_;
  std::vector<DeviceAddress> holders_;
  std::map<DeviceAddress, Hearer> hearers_;
  std::vector<FlyingGroupMessage> sent_;
};

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(SenderKeySchedule, EntitledDevicesOpenEverythingAndOthersNothing) {
  const std::uint64_t first = number_from("SOTTO_SCHEDULE_SEED", 1);
  const std::uint64_t count =
      std::getenv("SOTTO_SCHEDULE_SEED") != nullptr ? 1 : number_from("SOTTO_SCHEDULE_COUNT", 40);
  int opened = 0, rotations = 0, kept_out = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE(seed);
    SenderKeySchedule schedule(seed);
    schedule.run();
    opened += schedule.opened, rotations += schedule.rotations, kept_out += schedule.kept_out;
    ASSERT_FALSE(HasFatalFailure());
  }
  if (count < 10) return;
  // The schedules meet what they are meant to meet.
  EXPECT_GT(opened, static_cast<int>(count) * 50);
  EXPECT_GT(rotations, static_cast<int>(count) * 3);
  EXPECT_GT(kept_out, static_cast<int>(count) * 10);
}

}  // namespace
}  // namespace sotto::session
