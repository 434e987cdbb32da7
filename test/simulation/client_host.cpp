#include "simulation/client_host.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "base/invariant.h"

namespace sotto::simulation {
namespace {

client::StorageKey key_of(std::uint64_t seed) {
  crypto::DeterministicRandom random(seed + 1'000'000);
  return random.next_secret<32>();
}

std::chrono::nanoseconds processor_time() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::string make_folder() {
  const std::string base = std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
  std::string pattern = base + "/sotto-simulation-XXXXXX";
  invariant(mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

}  // namespace

ScratchFolder::ScratchFolder() : path_(make_folder()) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

ClientHost::ClientHost(HostOptions options, UnixMillis now)
    : options_(std::move(options)),
      random_(std::make_unique<crypto::DeterministicRandom>(options_.seed + 10'000'000 * options_.process)) {
  start(now);
}

void ClientHost::handle(client::Input input, UnixMillis now) {
  invariant(engine_ != nullptr);
  const std::chrono::nanoseconds begun = processor_time();
  client::Effects effects = engine_->handle(std::move(input), now);
  spent_ += processor_time() - begun;
  take(std::move(effects));
}

std::uint64_t ClientHost::command(client::Command command, UnixMillis now) {
  const std::uint64_t id = next_command_++;
  handle(client::CommandFrame{.id = id, .command = std::move(command)}, now);
  return id;
}

std::optional<client::Event> ClientHost::take_answer(std::uint64_t command) {
  for (auto answer = answers_.begin(); answer != answers_.end(); ++answer) {
    if (answer->command != command) continue;
    client::Event event = std::move(answer->event);
    answers_.erase(answer);
    return event;
  }
  return std::nullopt;
}

void ClientHost::take(client::Effects effects) {
  for (Bytes& frame : effects.frames) outgoing_.push_back(std::move(frame));
  for (client::EventFrame& frame : effects.events) {
    if (frame.command != 0) {
      answers_.push_back(std::move(frame));
    } else {
      events.push_back(std::move(frame.event));
    }
  }
  wants_stream_ = effects.stream == client::StreamWish::open;
  wake_at_ = effects.wake_at;
}

void ClientHost::crash() {
  engine_.reset();
  database_.reset();
  wants_stream_ = false;
  wake_at_.reset();
  outgoing_.clear();
}

void ClientHost::start(UnixMillis now) {
  auto database = storage::SqliteDatabase::open(options_.database_path);
  invariant(database.has_value());
  database_ = std::move(*database);
  auto engine = client::Engine::open(*database_, key_of(options_.seed), *random_, now);
  invariant(engine.has_value());
  engine_ = std::move(*engine);
  handle(client::Tick{}, now);
}

client::StorageKey ClientHost::storage_key() const { return key_of(options_.seed); }

void ClientHost::back_up() {
  invariant(!is_running());
  std::filesystem::copy_file(options_.database_path, options_.database_path + ".backup",
                             std::filesystem::copy_options::overwrite_existing);
  has_backup_ = true;
}

void ClientHost::restore() {
  invariant(!is_running() && has_backup_);
  std::filesystem::remove(options_.database_path + "-wal");
  std::filesystem::remove(options_.database_path + "-shm");
  std::filesystem::copy_file(options_.database_path + ".backup", options_.database_path,
                             std::filesystem::copy_options::overwrite_existing);
}

}  // namespace sotto::simulation
