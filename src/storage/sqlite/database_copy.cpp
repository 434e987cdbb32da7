#include "storage/sqlite/database_copy.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace sotto::storage::sqlite {
namespace {

/// A step copies so many pages; the pause after it leaves the disk to the server.
constexpr int pages_in_a_step = 512;
constexpr std::chrono::milliseconds pause_between_steps{1};
/// SQLite's instructions between two questions whether to give up.
constexpr int instructions_between_questions = 100'000;

std::unexpected<std::string> system_refuses_to(std::string_view what, const std::filesystem::path& path, int error) {
  return std::unexpected("cannot " + std::string(what) + " " + path.string() + ": " +
                         std::generic_category().message(error));
}

std::unexpected<std::string> copying_failed(Connection& connection, const std::filesystem::path& path) {
  const std::optional<Error> error = connection.take_failure();
  return std::unexpected(path.string() + ": " + (error ? error->text : "unknown failure"));
}

/// A file that goes with the object unless it was kept.
class UnfinishedFile {
 public:
  explicit UnfinishedFile(std::filesystem::path path) : path_(std::move(path)) {}
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;
  ~UnfinishedFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  void keep() { path_.clear(); }

 private:
  std::filesystem::path path_;
};

/// Fails if there is such a file.
std::expected<void, std::string> create_for_owner(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (file < 0) return system_refuses_to("create", path, errno);
  ::close(file);
  return {};
}

/// A transaction that sees one state, for as long as the object lives.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) {
    connection_.begin_read();
    // The state is chosen by the first read.
    Statement row = connection_.statement("SELECT count(*) FROM sqlite_schema");
    (void)row.step();
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot() { connection_.roll_back(); }

 private:
  Connection& connection_;
};

std::expected<void, std::string> copy_pages(Connection& from, Connection& into, const GiveUp& give_up) {
  sqlite3_backup* const copying = sqlite3_backup_init(into.handle(), "main", from.handle(), "main");
  if (copying == nullptr) return std::unexpected(std::string(sqlite3_errmsg(into.handle())));
  int code = SQLITE_OK;
  while (code == SQLITE_OK && !give_up()) {
    code = sqlite3_backup_step(copying, pages_in_a_step);
    std::this_thread::sleep_for(pause_between_steps);
  }
  const int end = sqlite3_backup_finish(copying);
  if (code == SQLITE_OK) return std::unexpected(std::string("given up, because the server stops"));
  if (code != SQLITE_DONE) return std::unexpected(std::string(sqlite3_errstr(code)));
  if (end != SQLITE_OK) return std::unexpected(std::string(sqlite3_errstr(end)));
  return {};
}

/// One file without a log beside it, and whole.
std::expected<void, std::string> settle(Connection& copy, const GiveUp& give_up) {
  sqlite3_progress_handler(
      copy.handle(), instructions_between_questions,
      [](void* asked) { return (*static_cast<const GiveUp*>(asked))() ? 1 : 0; }, const_cast<GiveUp*>(&give_up));
  std::string verdict;
  {
    Statement mode = copy.statement("PRAGMA journal_mode = DELETE");
    (void)mode.step();
    Statement row = copy.statement("PRAGMA quick_check(1)");
    if (row.step()) verdict = row.text(0);
  }
  sqlite3_progress_handler(copy.handle(), 0, nullptr, nullptr);
  if (const std::optional<Error> error = copy.take_failure()) return std::unexpected(error->text);
  if (verdict != "ok") return std::unexpected("the copy is damaged, and so may be the database: " + verdict);
  return {};
}

std::expected<void, std::string> write_copy(const CopyPlan& plan, const std::filesystem::path& unfinished,
                                            const GiveUp& give_up) {
  auto from = open_again(plan.from, Access::read_only);
  if (!from) return std::unexpected(std::move(from.error()));
  const Snapshot snapshot(**from);
  if ((*from)->has_failed()) return copying_failed(**from, plan.from.path);
  auto into = Connection::open(unfinished.string(), {.access = Access::read_write});
  if (!into) return std::unexpected(unfinished.string() + ": " + into.error().text);
  // Whatever interrupts this, the unfinished file is thrown away, so it needs no journal.
  (*into)->execute("PRAGMA journal_mode = OFF");
  if (auto copied = copy_pages(**from, **into, give_up); !copied) {
    return std::unexpected("cannot copy to " + unfinished.string() + ": " + copied.error());
  }
  if (auto settled = settle(**into, give_up); !settled) {
    return std::unexpected("cannot copy to " + unfinished.string() + ": " + settled.error());
  }
  return {};
}

}  // namespace

std::expected<void, std::string> write_through(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return system_refuses_to("open", path, errno);
  const int written = ::fsync(file);
  const int error = errno;
  ::close(file);
  if (written != 0) return system_refuses_to("write to the medium", path, error);
  return {};
}

std::expected<std::uint64_t, std::string> copy_database(const CopyPlan& plan, const GiveUp& give_up) {
  std::error_code unknown;
  if (std::filesystem::exists(plan.to, unknown)) return std::unexpected(plan.to.string() + " is there already");
  const std::filesystem::path unfinished = plan.to.string() + ".partial";
  if (auto created = create_for_owner(unfinished); !created) return std::unexpected(std::move(created.error()));
  UnfinishedFile guard(unfinished);
  if (auto copied = write_copy(plan, unfinished, give_up); !copied) return std::unexpected(std::move(copied.error()));
  if (auto written = write_through(unfinished); !written) return std::unexpected(std::move(written.error()));
  const std::uintmax_t size = std::filesystem::file_size(unfinished, unknown);
  if (::rename(unfinished.c_str(), plan.to.c_str()) != 0) return system_refuses_to("name", plan.to, errno);
  guard.keep();
  const std::filesystem::path directory = plan.to.has_parent_path() ? plan.to.parent_path() : ".";
  if (auto named = write_through(directory); !named) return std::unexpected(std::move(named.error()));
  return size;
}

std::expected<void, std::string> prepare_restored(const DatabaseFile& copy) {
  auto connection = open_server_database(copy);
  if (!connection) return std::unexpected(std::move(connection.error()));
  {
    WriteTransaction transaction(**connection);
    (*connection)
        ->execute(
            "DELETE FROM one_time_prekeys; DELETE FROM kem_prekeys; DELETE FROM link_boxes;"
            " DELETE FROM links; UPDATE devices SET last_mailbox_item = last_mailbox_item + 1000000");
    if (!transaction.commit()) return copying_failed(**connection, copy.path);
  }
  Statement mode = (*connection)->statement("PRAGMA journal_mode = DELETE");
  (void)mode.step();
  if ((*connection)->has_failed()) return copying_failed(**connection, copy.path);
  return {};
}

}  // namespace sotto::storage::sqlite
