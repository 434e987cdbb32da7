// Property: whenever the server's process is killed, every entry that was acknowledged is there once under its number,
// the logs have no gap, and nothing that was undone appears.
#include <array>
#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sqlite/sqlite_storage.h"
#include "storage/sqlite/testing/temporary_directory.h"
#include "storage_harness.h"

namespace sotto::conformance {
namespace {

using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

constexpr std::size_t rounds = 15;
constexpr std::uint64_t conversation_count = 4;
constexpr std::uint64_t messages_of_a_round = 1'000'000;
constexpr std::size_t in_flight = 64;

/// What the child says of a committed entry; short enough that the pipe takes it whole or not at all.
struct Acknowledgement {
  std::uint64_t conversation = 0;
  std::uint64_t seq = 0;
  std::uint64_t message = 0;
};

bool is_undone(std::uint64_t message) { return message % 5 == 4; }

WholeConversation conversation_of(std::uint64_t number) {
  WholeConversation conversation;
  conversation.conversation = numbered<ConversationId>(number);
  conversation.members = {{.account = numbered<AccountId>(1)}, {.account = numbered<AccountId>(2)}};
  return conversation;
}

/// Appends without end until it is killed; each acknowledgement is written when the storage says committed.
class Child {
 public:
  Child(service::Storage& storage, int pipe) : storage_(storage), pipe_(pipe) {}

  [[noreturn]] void run(std::uint64_t first_message) {
    for (std::uint64_t message = first_message;; ++message) {
      enter();
      auto entry = std::make_shared<Acknowledgement>();
      entry->conversation = message % conversation_count;
      entry->message = message;
      auto work = make_work([entry](UnitOfWork& unit) { return append(unit, *entry); },
                            [this, entry](WorkOutcome outcome) { finish(*entry, outcome); });
      if (storage_.submit_write(std::move(work)) != nullptr) ::_exit(2);
    }
  }

 private:
  static Verdict append(UnitOfWork& unit, Acknowledgement& acknowledgement) {
    auto& log = unit.conversations();
    const WholeConversation conversation = conversation_of(acknowledgement.conversation);
    const auto found = log.find(conversation.conversation);
    if (!found) insert(unit, conversation);
    acknowledgement.seq = (found ? found->head : 0) + 1;
    wire::LogEntry entry = entry_of(conversation, acknowledgement.seq, 512);
    entry.message = numbered<MessageId>(acknowledgement.message);
    log.append(entry);
    return is_undone(acknowledgement.message) ? Verdict::undo : Verdict::keep;
  }
  void finish(const Acknowledgement& acknowledgement, WorkOutcome outcome) {
    const WorkOutcome expected = is_undone(acknowledgement.message) ? WorkOutcome::refused : WorkOutcome::committed;
    if (outcome != expected) ::_exit(3);
    if (outcome == WorkOutcome::committed &&
        ::write(pipe_, &acknowledgement, sizeof acknowledgement) != sizeof acknowledgement) {
      ::_exit(4);
    }
    {
      const std::lock_guard lock(mutex_);
      --waiting_;
    }
    left_.notify_one();
  }
  void enter() {
    std::unique_lock lock(mutex_);
    left_.wait(lock, [this] { return waiting_ < in_flight; });
    ++waiting_;
  }

  service::Storage& storage_;
  int pipe_;
  std::mutex mutex_;
  std::condition_variable left_;
  std::size_t waiting_ = 0;
};

/// Runs a child until it has acknowledged `count` entries, kills it, and returns all that it had acknowledged by then.
std::vector<Acknowledgement> run_and_kill(const std::filesystem::path& directory, std::uint64_t first_message,
                                          std::size_t count) {
  std::array<int, 2> ends = {};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    auto storage = storage::SqliteStorage::open(directory, {});
    if (!storage) ::_exit(1);
    Child(**storage, ends[1]).run(first_message);
  }
  ::close(ends[1]);
  std::vector<Acknowledgement> acknowledged;
  Acknowledgement next;
  bool killed = false;
  while (::read(ends[0], &next, sizeof next) == sizeof next) {
    acknowledged.push_back(next);
    if (acknowledged.size() >= count && !killed) killed = ::kill(child, SIGKILL) == 0;
  }
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
  return acknowledged;
}

/// The message numbers of a log in order. Expects it to be gapless.
std::vector<std::uint64_t> read_log(service::Storage& storage, std::uint64_t conversation) {
  std::vector<std::uint64_t> messages;
  look(storage, [&](UnitOfWork& unit) {
    const ConversationId id = numbered<ConversationId>(conversation);
    const auto found = unit.conversations().find(id);
    std::vector<wire::LogEntry> page;
    do {
      page = unit.conversations().read({.conversation = id, .after = messages.size()});
      for (const wire::LogEntry& entry : page) {
        EXPECT_EQ(entry.seq, messages.size() + 1);
        EXPECT_EQ(entry.body, Bytes(512, static_cast<std::uint8_t>(entry.seq)));
        std::uint64_t message = 0;
        for (const std::uint8_t octet : entry.message.bytes) message = message << 8U | octet;
        messages.push_back(message);
      }
    } while (!page.empty());
    EXPECT_EQ(found ? found->head : 0, messages.size());
  });
  return messages;
}

TEST(SqliteCrash, LosesNothingAcknowledgedAndRepeatsNothing) {
  const storage::sqlite::testing::TemporaryDirectory directory;
  std::mt19937 random(20'240'601);
  std::uniform_int_distribution<std::size_t> instants(1, 1'500);
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> all_acknowledged;
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto acknowledged = run_and_kill(directory.path(), round * messages_of_a_round, instants(random));
    ASSERT_FALSE(acknowledged.empty());
    for (const Acknowledgement& entry : acknowledged) {
      EXPECT_TRUE(all_acknowledged.emplace(std::pair(entry.conversation, entry.seq), entry.message).second);
    }
    auto storage = storage::SqliteStorage::open(directory.path(), {});
    ASSERT_TRUE(storage.has_value()) << storage.error();
    std::set<std::uint64_t> seen;
    for (std::uint64_t conversation = 0; conversation < conversation_count; ++conversation) {
      const auto messages = read_log(**storage, conversation);
      for (std::size_t index = 0; index < messages.size(); ++index) {
        EXPECT_TRUE(seen.insert(messages[index]).second) << "stored twice";
        EXPECT_FALSE(is_undone(messages[index]));
        const auto promised = all_acknowledged.find({conversation, index + 1});
        if (promised == all_acknowledged.end()) continue;
        EXPECT_EQ(messages[index], promised->second);
      }
    }
    for (const auto& [place, message] : all_acknowledged) EXPECT_TRUE(seen.contains(message)) << "lost";
  }
}

}  // namespace
}  // namespace sotto::conformance
