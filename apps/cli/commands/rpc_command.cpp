#include "cli/commands/command.h"
#include "cli/host/asking.h"
#include "cli/host/standard_input.h"
#include "cli/rpc/rpc_session.h"

namespace sotto::cli {
namespace {

/// Requests under way at which no more input is read.
constexpr std::size_t most_waiting = 64;

/// Pumps lines between standard input, the engine and standard output until the input ends and all is answered.
class RpcPump {
 public:
  RpcPump(LocalClient& client, Console& console)
      : client_(client),
        console_(console),
        input_(client.context()),
        session_([this](client::Command command) { return client_.host().submit(std::move(command)); },
                 [this](const std::string& line) { closed_ = !console_.print(line) || closed_; }) {
    client_.host().set_listener([this](const client::EventFrame& event) { hear(event); });
    read();
  }

  std::expected<void, Failure> run() {
    // An address that cannot be used does not end the session: what needs no server still works.
    while (!is_done()) {
      client_.host().run_until([this] { return is_done(); }, Deadline::max());
      if (client_.host().refusal()) return std::unexpected(unreachable_failure(client_.host()));
    }
    client_.host().set_listener({});
    return {};
  }

 private:
  [[nodiscard]] bool is_done() const { return closed_ || (ended_ && session_.waiting() == 0); }

  void read() {
    if (ended_ || std::exchange(reading_, true)) return;
    input_.read([this](std::string_view piece) { take(piece); });
  }

  void take(std::string_view piece) {
    reading_ = false;
    ended_ = piece.empty();
    unfinished_ += piece;
    if (ended_ && !unfinished_.empty()) unfinished_ += "\n";
    std::size_t start = 0;
    for (std::size_t end = unfinished_.find('\n'); end != std::string::npos; end = unfinished_.find('\n', start)) {
      take_line(std::string_view(unfinished_).substr(start, end - start));
      start = end + 1;
    }
    unfinished_.erase(0, start);
    // A line without end: answered as too long, and the rest of it is passed over.
    if (unfinished_.size() > max_rpc_line_size) {
      if (!std::exchange(skipping_, true)) session_.take_line(unfinished_);
      unfinished_.clear();
    }
    if (session_.waiting() < most_waiting) read();
  }

  void take_line(std::string_view line) {
    if (std::exchange(skipping_, false)) return;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") != std::string_view::npos) session_.take_line(line);
  }

  void hear(const client::EventFrame& event) {
    if (std::holds_alternative<client::SignedIn>(event.event) && !client_.server().empty()) {
      if (const auto kept = client_.home().remember_server(client_.server()); !kept) console_.fail(kept.error());
    }
    session_.hear(event);
    if (session_.waiting() < most_waiting) read();
  }

  LocalClient& client_;
  Console& console_;
  StandardInput input_;
  RpcSession session_;
  std::string unfinished_;
  bool reading_ = false;
  bool skipping_ = false;
  bool ended_ = false;
  bool closed_ = false;
};

}  // namespace

void add_rpc_command(CommandTable& table) {
  table.add(
      {"rpc", "Speak JSON-RPC 2.0 on standard input and output, one JSON text a line; for bots",
       "  echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"who_am_i\"}' | sotto rpc\n"
       "  {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"send_text\",\"params\":{\"to\":\"bob\",\"text\":\"hello\"}}\n\n"
       "Every command of the engine is a method, every event a notification; apps/cli/README.md lists them.\n"
       "The session ends when the input ends and everything is answered.\n"},
      [](const GlobalOptions& global, Console& console) {
        ClientOptions options = global.client_options();
        options.missing_home = MissingHome::is_created;
        return with_client(options, console, [&](LocalClient& client) { return RpcPump(client, console).run(); });
      });
}

}  // namespace sotto::cli
