#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "client/engine.h"
#include "transport/client_stream.h"

namespace sotto::cli {

using Deadline = std::chrono::steady_clock::time_point;

/// Runs an engine: feeds it commands, frames and time, performs its effects, and opens the stream whenever the engine
/// wants one. One thread; everything happens inside `context`.
class Host final : private transport::StreamHandler {
 public:
  using Listener = std::function<void(const client::EventFrame&)>;

  struct Server {
    /// Empty: the host opens no stream, as if there were no network.
    std::string url;
    transport::StreamOptions options;
  };

  /// `context` and `engine` outlive the host.
  Host(boost::asio::io_context& context, client::Engine& engine, Server server);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Hears every event, in order, also the answers. Called from inside `context`; may call `submit`.
  void set_listener(Listener listener) { listener_ = std::move(listener); }

  /// Hands a command to the engine at the next turn of `context`. Returns the id that its answer carries.
  std::uint64_t submit(client::Command command);

  /// Submits a command and runs `context` until it is answered. Nothing if `deadline` comes first, or if the server's
  /// address cannot be connected to at all (`refusal`).
  [[nodiscard]] std::optional<client::Event> call(client::Command command, Deadline deadline);

  /// Runs `context` until `condition` holds (true), or the deadline comes or the address is refused (false).
  bool run_until(const std::function<bool()>& condition, Deadline deadline);

  /// Gives frames that were handed to the stream a moment (at most `patience`) to leave. For the end of a process.
  void drain(std::chrono::milliseconds patience);

  [[nodiscard]] client::Connection connection() const { return connection_; }
  /// Why the server's address cannot be used, in English.
  [[nodiscard]] const std::optional<std::string>& refusal() const { return refusal_; }
  /// Why the last stream ended, in English; empty before any did.
  [[nodiscard]] const std::string& last_end() const { return last_end_; }
  /// True after at least one attempt to connect has failed and none has succeeded since.
  [[nodiscard]] bool is_failing() const { return failing_; }

 private:
  void on_open() override;
  void on_frame(ByteView frame) override;
  void on_closed(transport::StreamEnd end, std::string_view text) override;

  void post_input(client::Input input);
  void handle_inputs();
  void perform(client::Effects effects);
  void hear(const client::EventFrame& event);
  void follow_wish(client::StreamWish wish);
  void open_stream();
  void set_timer(std::optional<UnixMillis> wake_at);

  boost::asio::io_context& context_;
  client::Engine& engine_;
  Server server_;
  SystemClock clock_;
  transport::ClientStream stream_;
  boost::asio::steady_timer timer_;
  Listener listener_;

  std::deque<client::Input> inputs_;
  bool turn_is_posted_ = false;
  bool stream_exists_ = false;
  bool closing_ = false;
  bool failing_ = false;
  std::uint64_t last_command_ = 0;
  std::unordered_map<std::uint64_t, std::optional<client::Event>> awaited_;
  client::Connection connection_ = client::Connection::closed;
  std::optional<std::string> refusal_;
  std::string last_end_;
};

}  // namespace sotto::cli
