#include "cli/host/host.h"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

namespace sotto::cli {
namespace {

constexpr std::size_t most_frames_at_once = 64;
/// The wall clock may jump, so no sleep is longer than this.
constexpr Milliseconds longest_sleep = seconds(60);

client::StreamClosed::Reason reason_of(transport::StreamEnd end) {
  using Reason = client::StreamClosed::Reason;
  switch (end) {
    case transport::StreamEnd::closed_here:
      return Reason::closed_here;
    case transport::StreamEnd::server_going_away:
      return Reason::server_going_away;
    case transport::StreamEnd::unauthenticated:
      return Reason::unauthenticated;
    default:
      return Reason::lost;
  }
}

}  // namespace

Host::Host(boost::asio::io_context& context, client::Engine& engine, Server server)
    : context_(context), engine_(engine), server_(std::move(server)), stream_(context), timer_(context) {
  post_input(client::Tick{});
}

std::uint64_t Host::submit(client::Command command) {
  const std::uint64_t id = ++last_command_;
  post_input(client::CommandFrame{.id = id, .command = std::move(command)});
  return id;
}

std::optional<client::Event> Host::call(client::Command command, Deadline deadline) {
  const std::uint64_t id = submit(std::move(command));
  awaited_[id] = std::nullopt;
  run_until([&] { return awaited_[id].has_value(); }, deadline);
  auto node = awaited_.extract(id);
  return std::move(node.mapped());
}

bool Host::run_until(const std::function<bool()>& condition, Deadline deadline) {
  const auto work = boost::asio::make_work_guard(context_);
  while (!condition()) {
    if (refusal_) return false;
    context_.restart();
    if (context_.run_one_until(deadline) == 0 && std::chrono::steady_clock::now() >= deadline) return condition();
  }
  return true;
}

void Host::drain(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  run_until([this] { return inputs_.empty() && (!stream_exists_ || stream_.queued_size() == 0); }, deadline);
}

void Host::post_input(client::Input input) {
  inputs_.push_back(std::move(input));
  if (std::exchange(turn_is_posted_, true)) return;
  boost::asio::post(context_, [this] { handle_inputs(); });
}

void Host::handle_inputs() {
  turn_is_posted_ = false;
  // What is added meanwhile waits for the next turn, so that the sockets are never starved.
  for (std::size_t left = inputs_.size(); left > 0; --left) {
    client::Input input = std::move(inputs_.front());
    inputs_.pop_front();
    perform(engine_.handle(std::move(input), clock_.now()));
  }
}

void Host::perform(client::Effects effects) {
  for (Bytes& frame : effects.frames) {
    // A stream that cannot take more is beyond help; the engine asks for everything again on the next one.
    if (stream_exists_ && !stream_.send(std::move(frame))) stream_.close();
  }
  set_timer(effects.wake_at);
  follow_wish(effects.stream);
  for (const client::EventFrame& event : effects.events) hear(event);
}

void Host::hear(const client::EventFrame& event) {
  if (const auto* changed = std::get_if<client::ConnectionChanged>(&event.event)) connection_ = changed->connection;
  if (const auto waiting = awaited_.find(event.command); waiting != awaited_.end()) waiting->second = event.event;
  if (listener_) listener_(event);
}

void Host::follow_wish(client::StreamWish wish) {
  if (wish == client::StreamWish::open && !stream_exists_ && !server_.url.empty() && !refusal_) open_stream();
  if (wish == client::StreamWish::closed && stream_exists_ && !std::exchange(closing_, true)) stream_.close();
}

void Host::open_stream() {
  if (const auto opened = stream_.open(server_.url, server_.options, *this); !opened) {
    refusal_ = transport::explain(opened.error());
    return;
  }
  stream_exists_ = true;
  closing_ = false;
}

void Host::set_timer(std::optional<UnixMillis> wake_at) {
  if (!wake_at) {
    timer_.cancel();
    return;
  }
  const UnixMillis now = clock_.now();
  const std::int64_t wanted = *wake_at > now ? (*wake_at - now).count : 0;
  timer_.expires_after(std::chrono::milliseconds(std::min(wanted, longest_sleep.count)));
  timer_.async_wait([this](boost::system::error_code failure) {
    if (!failure) post_input(client::Tick{});
  });
}

void Host::on_open() {
  failing_ = false;
  post_input(client::StreamOpened{});
}

void Host::on_frame(ByteView frame) {
  // Frames that arrive together are handed over together, because each transition costs a commit.
  auto* batch = inputs_.empty() ? nullptr : std::get_if<client::FramesReceived>(&inputs_.back());
  if (batch != nullptr && batch->frames.size() < most_frames_at_once) {
    batch->frames.emplace_back(frame.begin(), frame.end());
    return;
  }
  client::FramesReceived received;
  received.frames.emplace_back(frame.begin(), frame.end());
  post_input(std::move(received));
}

void Host::on_closed(transport::StreamEnd end, std::string_view text) {
  stream_exists_ = false;
  failing_ = failing_ || end != transport::StreamEnd::closed_here;
  last_end_ = std::string(transport::explain(end));
  if (!text.empty()) last_end_ += " (" + std::string(text) + ")";
  post_input(client::StreamClosed{.reason = reason_of(end)});
}

}  // namespace sotto::cli
