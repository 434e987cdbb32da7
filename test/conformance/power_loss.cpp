#include "power_loss.h"

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "storage/sqlite/sqlite_storage.h"
#include "storage/sqlite/testing/temporary_directory.h"
#include "storage_harness.h"

namespace sotto::conformance {
namespace {

using namespace storage::sqlite::testing;
using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

constexpr std::uint64_t logs = 4;
constexpr std::size_t most_under_way = 12;
const service::MailboxStore::Address mailbox{.account = numbered<AccountId>(1), .device = numbered<DeviceId>(1)};

bool was_undone(std::uint64_t message) { return message % 5 == 4; }
bool has_item(std::uint64_t message) { return message % 3 == 0; }
/// Some bodies take several pages.
std::size_t body_size(std::uint64_t message) { return message % 23 == 0 ? 12'000 : message * 7'919 % 1'500; }

WholeConversation log_number(std::uint64_t number) {
  WholeConversation conversation;
  conversation.conversation = numbered<ConversationId>(number);
  conversation.members = {{.account = numbered<AccountId>(1)}, {.account = numbered<AccountId>(2)}};
  return conversation;
}

template <class Fixed>
std::uint64_t number_in(const Fixed& id) {
  std::uint64_t number = 0;
  for (const std::uint8_t octet : id.bytes) number = number << 8U | octet;
  return number;
}

/// Appends one message and says where it stands.
Place append_message(UnitOfWork& unit, std::uint64_t message) {
  const WholeConversation conversation = log_number(message % logs);
  const auto found = unit.conversations().find(conversation.conversation);
  if (!found) insert(unit, conversation);
  const Place place{.conversation = message % logs, .seq = (found ? found->head : 0) + 1};
  wire::LogEntry entry = entry_of(conversation, place.seq, 0);
  entry.message = numbered<MessageId>(message);
  entry.body = Bytes(body_size(message), static_cast<std::uint8_t>(message));
  unit.conversations().append(entry);
  if (has_item(message)) {
    unit.mailboxes().insert(mailbox, {.item = 0,
                                      .sender = entry.sender,
                                      .sender_device = entry.sender_device,
                                      .message = entry.message,
                                      .sent_at = entry.sent_at,
                                      .body = {}});
  }
  return place;
}

/// Keeps a number of messages under way.
class Load {
 public:
  Load(service::Storage& storage, DiskRecorder& recorder, Recording& recording)
      : storage_(storage), recorder_(recorder), recording_(recording) {}

  void append(std::uint64_t message) {
    {
      std::unique_lock lock(mutex_);
      left_.wait(lock, [this] { return under_way_ < most_under_way; });
      ++under_way_;
    }
    auto place = std::make_shared<Place>();
    auto work = make_work(
        [place, message](UnitOfWork& unit) {
          *place = append_message(unit, message);
          return was_undone(message) ? Verdict::undo : Verdict::keep;
        },
        [this, place, message](WorkOutcome outcome) { finish(message, *place, outcome); });
    if (storage_.submit_write(std::move(work)) != nullptr) finish(message, {}, WorkOutcome::failed);
  }

 private:
  void finish(std::uint64_t message, Place place, WorkOutcome outcome) {
    const std::lock_guard lock(mutex_);
    if (outcome == WorkOutcome::committed) {
      recording_.promises.acknowledged[message] = place;
      recorder_.acknowledge(message);
    } else if (outcome == WorkOutcome::failed) {
      ++recording_.failures;
    }
    --under_way_;
    left_.notify_one();
  }

  service::Storage& storage_;
  DiskRecorder& recorder_;
  Recording& recording_;
  std::mutex mutex_;
  std::condition_variable left_;
  std::size_t under_way_ = 0;
};

void write_files(const std::filesystem::path& directory, const DiskImage& image) {
  for (const auto& [name, content] : image) {
    std::ofstream(directory / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  }
}

/// Nothing has to survive the test, so nothing is synced.
class WithoutSyncs final : public FileCalls {
  std::optional<int> sync(const Handle&, Directory) override { return SQLITE_OK; }
};

/// What one storage holds, read as the server reads it.
class Inspection {
 public:
  Inspection(service::Storage& storage, std::vector<std::string>& found) : storage_(storage), found_(found) {}

  void run(const std::map<std::uint64_t, Place>& acknowledged) {
    for (std::uint64_t number = 0; number < logs; ++number) read_log(number);
    read_items();
    for (const auto& [message, place] : acknowledged) {
      const auto held = places_.find(message);
      if (held == places_.end()) {
        complain(message, "was acknowledged and is missing");
      } else if (held->second.seq != place.seq) {
        complain(message, "stands under another number than was acknowledged");
      }
    }
    const std::uint64_t fresh = places_.empty() ? 1 : places_.rbegin()->first + 2 * logs * 5;
    if (write(storage_, [&](UnitOfWork& unit) {
          append_message(unit, fresh);
          return Verdict::keep;
        }) != WorkOutcome::committed) {
      complain(fresh, "is new and was not taken");
    }
  }

 private:
  void complain(std::uint64_t message, std::string_view what) {
    found_.push_back("message " + std::to_string(message) + " " + std::string(what));
  }

  void look(const std::function<void(UnitOfWork&)>& rule) {
    const auto outcome = read(storage_, [&](UnitOfWork& unit) {
      rule(unit);
      return Verdict::keep;
    });
    if (outcome != WorkOutcome::committed) found_.emplace_back("a read failed");
  }

  void read_log(std::uint64_t number) {
    look([&](UnitOfWork& unit) {
      const ConversationId id = log_number(number).conversation;
      const auto conversation = unit.conversations().find(id);
      std::uint64_t seq = 0;
      std::vector<wire::LogEntry> page;
      do {
        page = unit.conversations().read({.conversation = id, .after = seq});
        for (const wire::LogEntry& entry : page) take(number, ++seq, entry);
      } while (!page.empty());
      if ((conversation ? conversation->head : 0) != seq) found_.emplace_back("a head is not the last number");
    });
  }

  void take(std::uint64_t conversation, std::uint64_t seq, const wire::LogEntry& entry) {
    const std::uint64_t message = number_in(entry.message);
    if (entry.seq != seq) complain(message, "follows a gap");
    if (!places_.emplace(message, Place{.conversation = conversation, .seq = seq}).second)
      complain(message, "is doubled");
    if (was_undone(message)) complain(message, "was undone and is there");
    if (message % logs != conversation) complain(message, "is in another conversation");
    if (entry.body != Bytes(body_size(message), static_cast<std::uint8_t>(message))) complain(message, "is altered");
  }

  void read_items() {
    std::map<std::uint64_t, std::size_t> items;
    look([&](UnitOfWork& unit) {
      std::uint64_t after = 0;
      std::vector<wire::MailboxItem> page;
      do {
        page = unit.mailboxes().read(mailbox, {.after = after});
        for (const wire::MailboxItem& item : page) ++items[number_in(item.message)];
        if (!page.empty()) after = page.back().item;
      } while (!page.empty());
    });
    for (const auto& [message, place] : places_) {
      if (items[message] != (has_item(message) ? 1U : 0U)) complain(message, "and its item did not stay together");
    }
    if (items.size() != places_.size()) found_.emplace_back("an item is there without its message");
  }

  service::Storage& storage_;
  std::vector<std::string>& found_;
  std::map<std::uint64_t, Place> places_;
};

std::string integrity_of(const std::filesystem::path& database, const std::string& vfs) {
  const auto connection =
      storage::sqlite::Connection::open(database, {.access = storage::sqlite::Access::read_write, .vfs = vfs});
  if (!connection) return connection.error().text;
  storage::sqlite::Statement row = (*connection)->statement("PRAGMA integrity_check");
  return row.step() ? std::string(row.text(0)) : "no answer";
}

/// So small that there are checkpoints, and logs that begin anew, among a few messages.
storage::SqliteSettings busy_settings(const LayeredFileSystem& files, std::atomic<bool>& lost) {
  storage::SqliteSettings settings;
  settings.largest_batch = 8;
  settings.checkpoint_interval = std::chrono::milliseconds(1);
  settings.longest_log = std::size_t{96} << 10U;
  settings.vfs = files.name();
  settings.on_lost = [&lost] { lost = true; };
  return settings;
}

}  // namespace

Recording record(const DiskImage& start, const Promises& before, const RunSettings& settings) {
  Recording recording{.start = start, .steps = {}, .promises = before};
  const TemporaryDirectory directory;
  write_files(directory.path(), start);
  DiskRecorder recorder(start, settings.seed);
  const LayeredFileSystem files("sotto-recorded", recorder);
  std::atomic<bool> lost = false;
  auto storage = storage::SqliteStorage::open(directory.path(), busy_settings(files, lost));
  EXPECT_TRUE(storage.has_value()) << storage.error();
  if (!storage) return recording;
  recorder.set(settings.faults);
  Load load(**storage, recorder, recording);
  for (std::uint64_t count = 0; count < settings.messages && !lost; ++count) load.append(recording.promises.messages++);
  // Closing finishes what is under way, so it comes before the load ends.
  storage->reset();
  recording.lost = lost;
  recording.steps = recorder.steps();
  return recording;
}

std::vector<std::string> breaches(const DiskImage& image, const std::map<std::uint64_t, Place>& acknowledged) {
  const TemporaryDirectory directory;
  write_files(directory.path(), image);
  WithoutSyncs calls;
  const LayeredFileSystem files("sotto-unsynced", calls);
  storage::SqliteSettings settings;
  settings.readers = 1;
  settings.vfs = files.name();
  std::vector<std::string> found;
  auto storage = storage::SqliteStorage::open(directory.path(), settings);
  if (!storage) return {storage.error()};
  Inspection(**storage, found).run(acknowledged);
  const std::string integrity = integrity_of(directory.path() / "sotto.db", files.name());
  if (integrity != "ok") found.push_back(integrity);
  return found;
}

}  // namespace sotto::conformance
