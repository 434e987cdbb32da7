#pragma once

#include <csignal>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace sotto::bench::peers {

struct Command {
  /// The program, found on the path if it has no slash, and its arguments.
  std::vector<std::string> words;
  /// Beside this process's own: `NAME=value` each.
  std::vector<std::string> environment = {};
  /// The file that its output and its errors are appended to.
  std::filesystem::path output;
  /// Asks it to end; what it leaves is of no use to anybody.
  int end_signal = SIGKILL;
};

/// Lets the account that children run as write to the folder, and go to it.
void give_to_children(const std::filesystem::path& folder);

/// A program that runs until the object ends, or this process does. Servers refuse to run as root, so if this process
/// is root, its children are `postgres`.
class ChildProcess {
 public:
  /// The error is a sentence.
  static std::expected<ChildProcess, std::string> start(const Command& command);
  ~ChildProcess();
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;

  [[nodiscard]] int id() const { return process_; }
  [[nodiscard]] bool has_ended();
  /// Waits for its end. Whether it succeeded.
  [[nodiscard]] bool wait();

 private:
  ChildProcess(int process, int end_signal) : process_(process), end_signal_(end_signal) {}

  int process_;
  int end_signal_;
  int status_ = 0;
};

/// The end of what a command wrote to its file, for a message.
[[nodiscard]] std::string last_words(const std::filesystem::path& output);

/// Runs it to its end. The error is a sentence with the end of its output.
std::expected<void, std::string> run(const Command& command);

}  // namespace sotto::bench::peers
