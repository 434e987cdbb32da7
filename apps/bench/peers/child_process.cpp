#include "bench/peers/child_process.h"

#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace sotto::bench::peers {
namespace {

constexpr const char* children_account = "postgres";

/// Nothing unless this process is root.
const passwd* account_of_children() { return ::geteuid() == 0 ? ::getpwnam(children_account) : nullptr; }

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// In the child: never returns. The temporary folder is where it may write.
[[noreturn]] void become(Command command, const passwd* account) {
  const int output = ::open(command.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::dup2(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  if (account != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(account->pw_gid) != 0 || ::setuid(account->pw_uid) != 0)) {
    ::_exit(126);
  }
  ::prctl(PR_SET_PDEATHSIG, command.end_signal);
  const std::string folder = command.output.parent_path();
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  ::setenv("HOME", folder.c_str(), 1);
  for (std::string& variable : command.environment) ::putenv(variable.data());
  ::execvp(command.words.front().c_str(), pointers_to(command.words).data());
  ::_exit(127);
}

}  // namespace

void give_to_children(const std::filesystem::path& folder) {
  const passwd* const account = account_of_children();
  if (account == nullptr) return;
  [[maybe_unused]] const int given = ::chown(folder.c_str(), account->pw_uid, account->pw_gid);
}

std::expected<ChildProcess, std::string> ChildProcess::start(const Command& command) {
  const passwd* const account = account_of_children();
  if (::geteuid() == 0 && account == nullptr) return std::unexpected("there is no account postgres to run servers as");
  const int process = ::fork();
  if (process == 0) become(command, account);
  if (process < 0) return std::unexpected("cannot start " + command.words.front());
  return ChildProcess(process, command.end_signal);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : process_(std::exchange(other.process_, -1)), end_signal_(other.end_signal_), status_(other.status_) {}

ChildProcess::~ChildProcess() {
  if (process_ <= 0) return;
  ::kill(process_, end_signal_);
  [[maybe_unused]] const bool succeeded = wait();
}

bool ChildProcess::has_ended() {
  if (process_ > 0 && ::waitpid(process_, &status_, WNOHANG) == process_) process_ = -1;
  return process_ <= 0;
}

bool ChildProcess::wait() {
  if (process_ > 0) ::waitpid(process_, &status_, 0);
  process_ = -1;
  return WIFEXITED(status_) && WEXITSTATUS(status_) == 0;
}

std::string last_words(const std::filesystem::path& output) {
  constexpr std::size_t enough = 600;
  std::ifstream file(output);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  return text.substr(text.size() > enough ? text.size() - enough : 0);
}

std::expected<void, std::string> run(const Command& command) {
  auto child = ChildProcess::start(command);
  if (!child) return std::unexpected(child.error());
  if (!child->wait()) return std::unexpected(command.words.front() + " failed: " + last_words(command.output));
  return {};
}

}  // namespace sotto::bench::peers
