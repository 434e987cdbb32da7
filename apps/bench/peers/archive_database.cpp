#include "bench/peers/archive_database.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <thread>

namespace sotto::bench::peers {
namespace {

/// Of the newest version that is installed as Debian does; empty if there is none.
std::filesystem::path folder_of_programs() {
  std::filesystem::path newest;
  std::error_code ignored;
  for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
    const auto programs = version.path() / "bin";
    if (std::filesystem::exists(programs / "initdb")) newest = std::max(newest, programs);
  }
  return newest;
}

}  // namespace

std::expected<ArchiveDatabase, std::string> ArchiveDatabase::start(const ArchiveDatabasePlan& plan) {
  ArchiveDatabase database(plan);
  if (auto made = database.make_cluster(); !made) return std::unexpected(made.error());
  auto process = ChildProcess::start({.words = {folder_of_programs() / "postgres", "-D", plan.folder / "cluster"},
                                      .output = plan.folder / "postgres.log",
                                      .end_signal = SIGQUIT});
  if (!process) return std::unexpected(process.error());
  database.process_.emplace(std::move(*process));
  if (auto answers = database.wait_until_it_answers(); !answers) return std::unexpected(answers.error());
  return database;
}

std::expected<void, std::string> ArchiveDatabase::make_cluster() const {
  const auto programs = folder_of_programs();
  if (programs.empty()) return std::unexpected("PostgreSQL is not installed");
  const auto cluster = plan_.folder / "cluster";
  const Command initdb{.words = {programs / "initdb", "-D", cluster, "-U", "peers", "-A", "trust", "-E", "UTF8",
                                 "--locale=C", "--no-sync"},
                       .output = plan_.folder / "initdb.log"};
  if (auto made = run(initdb); !made) return made;
  return write_configuration(cluster / "postgresql.conf", plan_.configuration,
                             {{"DATABASE_PORT", std::to_string(plan_.port)}});
}

std::expected<void, std::string> ArchiveDatabase::wait_until_it_answers() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < end && !process_->has_ended()) {
    if (run(psql({"-c", "SELECT 1"}, "waiting.log"))) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return std::unexpected("PostgreSQL does not start: " + last_words(plan_.folder / "postgres.log"));
}

Command ArchiveDatabase::psql(std::vector<std::string> words, const std::string& output) const {
  Command command{.words = {folder_of_programs() / "psql", "-h", "127.0.0.1", "-p", std::to_string(plan_.port), "-U",
                            "peers", "-d", "postgres", "-q", "-t", "-A", "-X", "-v", "ON_ERROR_STOP=1"},
                  .output = plan_.folder / output};
  command.words.insert(command.words.end(), words.begin(), words.end());
  return command;
}

std::expected<void, std::string> ArchiveDatabase::load(const std::filesystem::path& statements) const {
  return run(psql({"-f", statements}, "load.log"));
}

std::expected<void, std::string> ArchiveDatabase::change(const std::string& statements) const {
  return run(psql({"-c", statements}, "change.log"));
}

std::expected<std::uint64_t, std::string> ArchiveDatabase::number(const std::string& query) const {
  const std::string output = "number.log";
  std::error_code ignored;
  std::filesystem::remove(plan_.folder / output, ignored);
  if (auto ran = run(psql({"-c", query}, output)); !ran) return std::unexpected(ran.error());
  const std::string text = last_words(plan_.folder / output);
  std::uint64_t number = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
    return std::unexpected("the database does not give a number: " + text);
  }
  return number;
}

}  // namespace sotto::bench::peers
