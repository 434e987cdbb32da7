#include "bench/upkeep.h"

#include <chrono>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sotto::bench {

std::expected<double, std::string> run_upkeep(const UpkeepPlan& plan, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"sottod", "--data", plan.data.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const auto began_at = std::chrono::steady_clock::now();
  const pid_t process = ::fork();
  if (process == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    ::execv(plan.program.c_str(), pointers.data());
    ::_exit(127);
  }
  int status = 0;
  if (process < 0 || ::waitpid(process, &status, 0) != process || status != 0) {
    return std::unexpected("sottod " + arguments.front() + " failed");
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_at).count();
}

BackupsAllTheTime::BackupsAllTheTime(UpkeepPlan plan)
    : plan_(std::move(plan)), thread_([this] {
        const std::filesystem::path folder = plan_.data / "backups";
        std::error_code ignored;
        while (!ended_ && last_) {
          last_ = run_upkeep(plan_, {"backup", "--to", folder.string()});
          std::filesystem::remove_all(folder, ignored);
        }
      }) {}

BackupsAllTheTime::~BackupsAllTheTime() { (void)end(); }

std::expected<double, std::string> BackupsAllTheTime::end() {
  ended_ = true;
  if (thread_.joinable()) thread_.join();
  return last_;
}

}  // namespace sotto::bench
