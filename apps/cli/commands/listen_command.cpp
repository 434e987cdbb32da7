#include <algorithm>

#include "cli/commands/command.h"
#include "cli/commands/message_line.h"
#include "cli/host/asking.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

using std::chrono::steady_clock;

struct ListenOptions {
  /// 0: without end.
  std::uint64_t count = 0;
  /// 0: without end.
  double timeout_seconds = 0;
};

/// A message that was handed to another process which then died is handed out again after 5 seconds.
constexpr std::chrono::seconds hand_out_again{2};
constexpr std::uint32_t most_at_once = 200;

/// Prints messages of others as they come, each once per home.
class Listening {
 public:
  Listening(LocalClient& client, Console& console, const ListenOptions& options)
      : host_(client.host()), console_(console), options_(options) {
    if (options.timeout_seconds > 0) {
      deadline_ = steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(
                                            std::chrono::duration<double>(options.timeout_seconds));
    }
    host_.set_listener([this](const client::EventFrame& event) { hear(event.event); });
  }

  std::expected<void, Failure> run() {
    while (true) {
      if (const auto printed = print_news(); !printed) return printed;
      if (options_.count > 0 && printed_ >= options_.count) return {};
      if (steady_clock::now() >= deadline_) return end_of_time();
      news_ = false;
      host_.run_until([this] { return news_ || logged_out_; },
                      std::min(deadline_, steady_clock::now() + hand_out_again));
      if (host_.refusal()) return std::unexpected(unreachable_failure(host_));
      if (logged_out_)
        return std::unexpected(Failure{ExitCode::not_signed_in, "login_ended",
                                       "The login of this device has ended. Log in again with `sotto login`."});
      tell_connection();
    }
  }

 private:
  void hear(const client::Event& event) {
    // A message that could not be read at first is announced when it can be.
    if (std::holds_alternative<client::MessageReceived>(event) ||
        std::holds_alternative<client::MessageChanged>(event)) {
      news_ = true;
    }
    logged_out_ = logged_out_ || std::holds_alternative<client::LoggedOut>(event);
    // That the login ended is said by the failure itself.
    if (!logged_out_) print_security_event(event, console_);
  }

  std::expected<void, Failure> print_news() {
    const std::uint64_t left = options_.count == 0 ? most_at_once : options_.count - printed_;
    const auto limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(left, most_at_once));
    const auto taken = ask<client::Unannounced>(host_, client::TakeUnannounced{.limit = limit}, engine_deadline());
    if (!taken) return std::unexpected(taken.error());
    for (const client::TimelineMessage& message : taken->messages) {
      if (const auto printed = print(message); !printed) return printed;
    }
    // A full page may not be all.
    news_ = news_ || taken->messages.size() == limit;
    return {};
  }

  std::expected<void, Failure> print(const client::TimelineMessage& message) {
    const bool heard =
        console_.print(console_.is_json() ? wire::to_json(message_line(message)) : readable_line(message, console_));
    if (!heard) return std::unexpected(Failure{ExitCode::failed, "output_closed", "Standard output was closed."});
    // Only now: a crash before this line prints the message again, a crash after it does not lose it.
    const auto done = ask<client::Done>(
        host_, client::Announced{{{.conversation = message.conversation, .seq = message.seq}}}, engine_deadline());
    if (!done) return std::unexpected(done.error());
    ++printed_;
    return {};
  }

  [[nodiscard]] std::expected<void, Failure> end_of_time() const {
    if (options_.count == 0) return {};
    return std::unexpected(Failure{
        ExitCode::timed_out, "timed_out",
        "Time is up after " + std::to_string(printed_) + " of " + std::to_string(options_.count) + " messages."});
  }

  /// Says once that the server is away, and forgets that when it is back.
  void tell_connection() {
    if (host_.is_failing() && !std::exchange(told_, true)) {
      const std::string text = unreachable_failure(host_).text + ". Trying again.";
      console_.notice({.code = "offline", .text = text});
    }
    told_ = told_ && host_.is_failing();
  }

  Host& host_;
  Console& console_;
  ListenOptions options_;
  Deadline deadline_ = Deadline::max();
  std::uint64_t printed_ = 0;
  bool news_ = false;
  bool logged_out_ = false;
  bool told_ = false;
};

}  // namespace

void add_listen_command(CommandTable& table) {
  const auto own = std::make_shared<ListenOptions>();
  CLI::App& command = table.add(
      {"listen", "Print messages of others as they come, also those that came while nobody listened",
       "  sotto listen\n"
       "  sotto listen --json --count 1 --timeout 60\n\n"
       "With --json each line is an object: conversation, seq, sender (the account's name), text, sent_at (Unix\n"
       "milliseconds, by the server's clock) and state; a message that cannot be shown has an empty text, state\n"
       "\"undecryptable\" and a cause. Each message is printed once per home, by one listener; after a crash between\n"
       "printing and noting it perhaps once more: conversation and seq tell.\n"
       "Exit code 0 after --count messages (or, without --count, when --timeout is over), 4 if --timeout came "
       "first.\n"},
      [own](const GlobalOptions& global, Console& console) {
        return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
          if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
          Listening listening(client, console, *own);
          const auto outcome = listening.run();
          client.host().set_listener({});
          return outcome;
        });
      });
  command.add_option("--count", own->count, "End after this many messages");
  command.add_option("--timeout", own->timeout_seconds, "End after this many seconds")->check(CLI::PositiveNumber);
}

}  // namespace sotto::cli
