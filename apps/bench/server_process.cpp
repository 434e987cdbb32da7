#include "bench/server_process.h"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

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

void become_server(const ServerOptions& options, int output) {
  // If the benchmark is interrupted, nobody is left.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setenv("SOTTO_LIMITS_ENABLED", "false", 1);
  ::setenv("SOTTO_LIMITS_CONNECTIONS_PER_ADDRESS", "20000", 1);
  ::setenv("SOTTO_ADMIN_LISTEN", "", 1);
  ::setenv("SOTTO_WEB_ROOT", "none", 1);
  ::setenv("SOTTO_LOG_LEVEL", "warning", 1);
  if (options.certificate) {
    ::setenv("SOTTO_TLS_CERTIFICATE", options.certificate->certificate.c_str(), 1);
    ::setenv("SOTTO_TLS_PRIVATE_KEY", options.certificate->private_key.c_str(), 1);
  }
  ::dup2(output, STDOUT_FILENO);
  const std::string listen = "127.0.0.1:" + std::to_string(options.port);
  ::execl(options.program.c_str(), "sottod", "--data", options.data.c_str(), "--listen", listen.c_str(), nullptr);
  ::_exit(127);
}

}  // namespace

std::expected<std::unique_ptr<ServerProcess>, std::string> ServerProcess::start(const ServerOptions& options) {
  std::unique_ptr<ServerProcess> server(new ServerProcess);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return std::unexpected("cannot make a pipe");
  server->process_ = ::fork();
  if (server->process_ == 0) become_server(options, pipe[1]);
  ::close(pipe[1]);
  const auto port = read_port(pipe[0]);
  ::close(pipe[0]);
  if (!port) return std::unexpected(port.error());
  server->endpoint_ = {*port};
  return server;
}

ServerProcess::~ServerProcess() { end(SIGTERM); }

void ServerProcess::kill() { end(SIGKILL); }

void ServerProcess::end(int signal) {
  if (process_ <= 0) return;
  ::kill(process_, signal);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

}  // namespace sotto::bench
