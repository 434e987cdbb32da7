#include "bench/server_process.h"

#include <array>
#include <charconv>
#include <fstream>
#include <signal.h>
#include <sstream>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace sotto::bench {
namespace {

/// Reads the first line that the server prints, and from it the port.
std::expected<std::uint16_t, std::string> read_port(int descriptor) {
  std::string line;
  char character = 0;
  while (::read(descriptor, &character, 1) == 1 && character != '\n') line.push_back(character);
  const std::size_t colon = line.rfind(':');
  std::uint16_t port = 0;
  if (colon == std::string::npos ||
      std::from_chars(line.data() + colon + 1, line.data() + line.size(), port).ec != std::errc{}) {
    return std::unexpected("sottod did not start; it said: " + line);
  }
  return port;
}

void become_server(const std::filesystem::path& program, const std::filesystem::path& data, int output) {
  ::setenv("SOTTO_ACCOUNTS_PASSWORD_MEMORY_KIB", "8192", 1);
  ::setenv("SOTTO_ACCOUNTS_PASSWORD_PASSES", "1", 1);
  ::setenv("SOTTO_LIMITS_ENABLED", "false", 1);
  ::setenv("SOTTO_LIMITS_CONNECTIONS_PER_ADDRESS", "20000", 1);
  ::setenv("SOTTO_ADMIN_LISTEN", "", 1);
  ::setenv("SOTTO_LOG_LEVEL", "warning", 1);
  ::dup2(output, STDOUT_FILENO);
  ::execl(program.c_str(), "sottod", "--data", data.c_str(), "--listen", "127.0.0.1:0", nullptr);
  ::_exit(127);
}

}  // namespace

std::expected<std::unique_ptr<ServerProcess>, std::string> ServerProcess::start(const std::filesystem::path& program) {
  std::string pattern = (std::filesystem::temp_directory_path() / "sotto-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return std::unexpected("cannot make a temporary directory");
  std::unique_ptr<ServerProcess> server(new ServerProcess);
  server->data_ = pattern;
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return std::unexpected("cannot make a pipe");
  server->process_ = ::fork();
  if (server->process_ == 0) {
    ::close(pipe[0]);
    become_server(program, server->data_, pipe[1]);
  }
  ::close(pipe[1]);
  const auto port = read_port(pipe[0]);
  ::close(pipe[0]);
  if (!port) return std::unexpected(port.error());
  server->endpoint_ = {*port};
  return server;
}

ServerProcess::~ServerProcess() {
  if (process_ > 0) {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(data_, ignored);
}

std::uint64_t ServerProcess::cpu_microseconds() const {
  std::ifstream file("/proc/" + std::to_string(process_) + "/stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  // proc(5): the second field is the name in brackets; utime and stime are the 14th and 15th, in clock ticks.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  fields >> user >> system;
  return (user + system) * 1'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t ServerProcess::resident_kilobytes() const {
  std::ifstream file("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) {
      std::istringstream fields(line.substr(6));
      std::uint64_t kilobytes = 0;
      fields >> kilobytes;
      return kilobytes;
    }
  }
  return 0;
}

}  // namespace sotto::bench
