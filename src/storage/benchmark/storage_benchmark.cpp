// Appends messages the way the server's delivery does (find the conversation, look for a receipt, append) to a SQLite
// storage in a directory, and prints what that costs:
//   storage_benchmark <empty directory> [messages] [conversations] [messages in flight] [members of each]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <mutex>
#include <random>
#include <string>
#include <sys/resource.h>

#include "storage/sqlite/sqlite_storage.h"

namespace sotto::storage {
namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

struct Plan {
  std::size_t messages = 200'000;
  std::size_t conversations = 1'000;
  std::size_t in_flight = 256;
  std::size_t members = 2;
};

/// Ids scattered as random ones are, the same for the same number, at next to no cost.
template <class Id>
Id scattered(std::uint64_t number) {
  Id id;
  std::uint64_t state = number * 2;
  for (std::uint8_t* half = id.bytes.data(); half != id.bytes.data() + 16; half += 8) {
    std::uint64_t value = ++state * 0x9E37'79B9'7F4A'7C15;
    value = (value ^ (value >> 30U)) * 0xBF58'476D'1CE4'E5B9;
    value = (value ^ (value >> 27U)) * 0x94D0'49BB'1331'11EB;
    std::memcpy(half, &value, sizeof value);
  }
  return id;
}

ConversationId conversation_id(std::size_t number) { return scattered<ConversationId>(number); }
AccountId account_id(std::size_t number) { return scattered<AccountId>(number + 10'000'000); }

MessageId message_id(std::size_t number) {
  MessageId id = scattered<MessageId>(number + 20'000'000);
  const auto milliseconds = std::uint64_t{1'700'000'000'000} + number / 20;
  for (std::size_t octet = 0; octet < 6; ++octet) {
    id.bytes[octet] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * octet));
  }
  return id;
}

/// Lets at most so many pieces of work be on their way.
class Window {
 public:
  explicit Window(std::size_t size) : free_(size), size_(size) {}
  void enter() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return free_ > 0; });
    --free_;
  }
  void leave() {
    bool wake = false;
    {
      const std::lock_guard lock(mutex_);
      ++free_;
      // Not for each place: waking is a system call, and the cost of storing is what is asked here.
      wake = free_ == (size_ + 1) / 2 || free_ == size_;
    }
    if (wake) changed_.notify_one();
  }
  void wait_until_empty() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return free_ == size_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t free_;
  const std::size_t size_;
};

double thread_processor_seconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

struct Measurement {
  Window window;
  std::size_t messages = 0;
  std::vector<double> latencies;
  std::atomic<std::size_t> lost = 0;
  /// Of the writer's thread, at the first work and after the last.
  double writer_processor_before = 0;
  double writer_processor_after = 0;
};

class Append final : public service::Work {
 public:
  Append(Measurement& measurement, std::size_t number, std::size_t conversation)
      : measurement_(measurement), started_(Clock::now()) {
    entry_.conversation = conversation_id(conversation);
    entry_.sender = account_id(conversation);
    entry_.sender_device.bytes = entry_.sender.bytes;
    entry_.message = message_id(number);
    entry_.sent_at = {1'700'000'000'000 + number};
    entry_.body.assign(512, static_cast<std::uint8_t>(number));
  }
  service::Verdict run(service::UnitOfWork& unit) override {
    if (measurement_.writer_processor_before == 0) measurement_.writer_processor_before = thread_processor_seconds();
    auto& log = unit.conversations();
    const auto membership = log.find(entry_.conversation, entry_.sender);
    if (!membership || log.find_receipt(entry_.conversation, entry_.sender_device, entry_.message)) {
      return service::Verdict::undo;
    }
    entry_.seq = membership->conversation.head + 1;
    log.append(entry_);
    told_ = log.accounts_of(entry_.conversation);
    return service::Verdict::keep;
  }
  void finish(service::WorkOutcome outcome) override {
    if (outcome != service::WorkOutcome::committed) ++measurement_.lost;
    measurement_.latencies.push_back(Microseconds(Clock::now() - started_).count());
    if (measurement_.latencies.size() == measurement_.messages) {
      measurement_.writer_processor_after = thread_processor_seconds();
    }
    measurement_.window.leave();
  }

 private:
  Measurement& measurement_;
  Clock::time_point started_;
  wire::LogEntry entry_;
  service::ConversationStore::Accounts told_;
};

class AddConversation final : public service::Work {
 public:
  struct Conversation {
    std::size_t number = 0;
    std::size_t members = 2;
  };
  AddConversation(Measurement& measurement, Conversation conversation)
      : measurement_(measurement), number_(conversation.number), members_(conversation.members) {}
  service::Verdict run(service::UnitOfWork& unit) override {
    service::StoredConversation conversation;
    conversation.conversation = conversation_id(number_);
    conversation.epoch = 1;
    unit.conversations().insert(conversation, members());
    return service::Verdict::keep;
  }
  void finish(service::WorkOutcome outcome) override {
    if (outcome != service::WorkOutcome::committed) ++measurement_.lost;
    measurement_.window.leave();
  }

 private:
  /// The sender and as many others.
  [[nodiscard]] std::vector<service::StoredMember> members() const {
    std::vector<service::StoredMember> members;
    for (std::size_t place = 0; place < members_; ++place) {
      members.push_back({.account = account_id(number_ + place * 500'000), .departure = std::nullopt});
    }
    std::ranges::sort(members, {}, &service::StoredMember::account);
    return members;
  }

  Measurement& measurement_;
  std::size_t number_;
  std::size_t members_;
};

double processor_seconds() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void measure(service::Storage& storage, const char* title, const Plan& plan) {
  static std::size_t next_message = 0;
  Measurement measurement{.window = Window(plan.in_flight), .messages = plan.messages, .latencies = {}};
  measurement.latencies.reserve(plan.messages);
  std::minstd_rand choice(7);
  const double processor_before = processor_seconds();
  const auto start = Clock::now();
  for (std::size_t number = 0; number < plan.messages; ++number) {
    measurement.window.enter();
    if (storage.submit_write(std::make_unique<Append>(measurement, next_message++, choice() % plan.conversations))) {
      ++measurement.lost;
      measurement.window.leave();
    }
  }
  measurement.window.wait_until_empty();
  const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
  const double processor = processor_seconds() - processor_before;
  std::ranges::sort(measurement.latencies);
  const auto quantile = [&](double share) {
    return measurement.latencies[static_cast<std::size_t>(share * static_cast<double>(plan.messages - 1))];
  };
  const auto count = static_cast<double>(plan.messages);
  std::printf("%s: %zu messages, %zu conversations, %zu in flight\n", title, plan.messages, plan.conversations,
              plan.in_flight);
  const double writer = measurement.writer_processor_after - measurement.writer_processor_before;
  std::printf("  %.0f appends/s; processor a row: writer %.1f us, all threads with this program's own part %.1f us\n",
              count / elapsed, writer / count * 1e6, processor / count * 1e6);
  std::printf("  latency p50 %.2f ms, p99 %.2f ms, max %.2f ms; not committed %zu\n", quantile(0.5) / 1e3,
              quantile(0.99) / 1e3, quantile(1) / 1e3, measurement.lost.load());
}

int run(int argument_count, char** arguments) {
  if (argument_count < 2) {
    std::fprintf(stderr,
                 "usage: storage_benchmark <empty directory> [messages] [conversations] [in flight] [members]\n");
    return 2;
  }
  const auto number = [&](int index, std::size_t usual) {
    return argument_count > index ? std::max<std::size_t>(1, std::strtoull(arguments[index], nullptr, 10)) : usual;
  };
  const Plan plan = {.messages = number(2, 200'000),
                     .conversations = number(3, 1'000),
                     .in_flight = number(4, 256),
                     .members = number(5, 2)};
  auto storage = SqliteStorage::open(arguments[1], {});
  if (!storage) {
    std::fprintf(stderr, "%s\n", storage.error().c_str());
    return 1;
  }
  Measurement preparation{.window = Window(256), .latencies = {}};
  for (std::size_t index = 0; index < plan.conversations; ++index) {
    preparation.window.enter();
    if ((*storage)->submit_write(std::make_unique<AddConversation>(
            preparation, AddConversation::Conversation{.number = index, .members = plan.members}))) {
      preparation.window.leave();
    }
  }
  preparation.window.wait_until_empty();
  measure(**storage, "in batches", plan);
  measure(
      **storage, "one at a time",
      {.messages = std::max<std::size_t>(1, plan.messages / 20), .conversations = plan.conversations, .in_flight = 1});
  std::printf("write-ahead log at the end: %.1f MiB\n", static_cast<double>((*storage)->log_size()) / (1 << 20));
  return 0;
}

}  // namespace
}  // namespace sotto::storage

int main(int argument_count, char** arguments) { return sotto::storage::run(argument_count, arguments); }
