#include "gateway/connection.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sotto::gateway {
namespace {

using transport::SocketState;

/// Reads in one turn, so that one busy peer does not keep the others waiting.
constexpr int reads_per_turn = 4;
constexpr std::size_t pieces_per_write = 64;

}  // namespace

Connection::Connection(const Parts& parts, ConnectionId id, transport::Socket socket, Peer peer)
    : parts_(parts), id_(id), socket_(std::move(socket)), peer_(std::move(peer)), timer_(id.packed()) {
  phase_began_at_ = heard_at_ = progress_at_ = now();
}

void Connection::start(std::unique_ptr<Protocol> protocol) {
  protocol_ = std::move(protocol);
  shake_hands();
  touch();
}

void Connection::on_ready(SocketEvent event) {
  if (is_over()) return;
  (event == SocketEvent::read ? waiting_to_read_ : waiting_to_write_) = false;
  if (phase_ == Phase::handshaking) {
    shake_hands();
  } else if (event == SocketEvent::read && may_read()) {
    read_input();
  }
  touch();
}

void Connection::shake_hands() {
  const transport::SocketResult result = socket_.handshake();
  if (result.state == SocketState::done) {
    phase_ = Phase::open;
  } else if (result.state == SocketState::wants_read || result.state == SocketState::wants_write) {
    wait(result.state, SocketEvent::read);
  } else {
    ++parts_.metrics.tls_handshakes_failed;
    end();
  }
}

void Connection::read_input() {
  const std::span<std::uint8_t> scratch = parts_.host.scratch();
  for (int count = 0; count < reads_per_turn; ++count) {
    const transport::SocketResult result = socket_.read(scratch);
    if (result.state != SocketState::done) return on_read_end(result.state);
    parts_.metrics.octets_in += result.size;
    heard_at_ = now();
    if (!deal_with(scratch.first(result.size))) return;
    // TLS may hold octets that the operating system no longer reports, so it is read until it has none.
    if (!socket_.encrypted() && result.size < scratch.size()) break;
  }
}

bool Connection::deal_with(std::span<std::uint8_t> octets) {
  if (phase_ == Phase::lingering || phase_ == Phase::finishing) return true;
  if (leftover_.empty()) {
    const auto rest = octets.subspan(feed(octets));
    if (phase_ == Phase::open) leftover_.assign(rest.begin(), rest.end());
  } else {
    leftover_.insert(leftover_.end(), octets.begin(), octets.end());
    feed_leftover();
  }
  return may_read();
}

bool Connection::feed_leftover() {
  const std::size_t taken = feed(leftover_);
  if (taken == leftover_.size() || phase_ != Phase::open) {
    leftover_ = Bytes();
  } else {
    leftover_.erase(leftover_.begin(), leftover_.begin() + static_cast<std::ptrdiff_t>(taken));
  }
  return taken > 0;
}

std::size_t Connection::feed(std::span<std::uint8_t> octets) {
  std::size_t taken = 0;
  while (taken < octets.size() && phase_ == Phase::open && protocol_->wants_input()) {
    const std::size_t step = protocol_->take(octets.subspan(taken));
    if (next_protocol_) protocol_ = std::move(next_protocol_);
    if (step == 0) break;
    taken += step;
  }
  return taken;
}

void Connection::on_read_end(SocketState state) {
  switch (state) {
    case SocketState::wants_read:
    case SocketState::wants_write:
      return wait(state, SocketEvent::read);
    case SocketState::ended:
      input_ended_ = true;
      if (phase_ == Phase::lingering) end();
      return;
    default:
      return end();
  }
}

void Connection::receive(Reply reply) {
  if (is_over()) return;
  protocol_->receive(std::move(reply));
  touch();
}

void Connection::stop() {
  if (phase_ == Phase::open) {
    protocol_->stop();
  } else if (phase_ == Phase::handshaking) {
    end();
  }
  touch();
}

void Connection::queue(transport::SharedBytes octets) {
  if (outgoing_.empty()) progress_at_ = now();
  outgoing_.push(std::move(octets));
  touch();
}

void Connection::finish() {
  if (phase_ == Phase::open) phase_ = Phase::finishing;
  touch();
}

void Connection::touch() {
  if (std::exchange(touched_, true)) return;
  parts_.host.settle_later(id_);
}

void Connection::settle() {
  touched_ = false;
  do {
    write_output();
    if (is_over()) return;
  } while (phase_ == Phase::open && !leftover_.empty() && protocol_->wants_input() && feed_leftover());
  write_output();
  if (is_over()) return;
  if (input_ended_ && outgoing_.empty() && protocol_->requests_under_way() == 0) return end();
  resume_reading();
  schedule();
}

void Connection::write_output() {
  if (phase_ == Phase::handshaking || phase_ == Phase::over) return;
  while (!outgoing_.empty() && !waiting_to_write_) {
    std::array<ByteView, pieces_per_write> pieces;
    const std::size_t count = outgoing_.front(pieces);
    const transport::SocketResult result = socket_.write(std::span(pieces).first(count));
    if (result.state == SocketState::wants_read || result.state == SocketState::wants_write) {
      return wait(result.state, SocketEvent::write);
    }
    if (result.state != SocketState::done) return end();
    parts_.metrics.octets_out += result.size;
    progress_at_ = now();
    outgoing_.written(result.size);
    if (outgoing_.empty()) on_written();
  }
  if (outgoing_.empty() && phase_ == Phase::finishing) on_written();
}

void Connection::on_written() {
  if (phase_ == Phase::open) return protocol_->drained();
  if (phase_ != Phase::finishing) return;
  socket_.shut_down_writing();
  phase_ = Phase::lingering;
  phase_began_at_ = now();
  if (input_ended_) end();
}

bool Connection::may_read() const {
  if (input_ended_) return false;
  if (phase_ == Phase::open) return protocol_->wants_input();
  return phase_ == Phase::finishing || phase_ == Phase::lingering;
}

void Connection::resume_reading() {
  if (waiting_to_read_ || !may_read() || phase_ == Phase::handshaking) return;
  if (socket_.encrypted()) {
    waiting_to_read_ = true;
    parts_.host.read_again(id_);
  } else {
    wait(SocketState::wants_read, SocketEvent::read);
  }
}

void Connection::wait(SocketState wanted, SocketEvent event) {
  bool& waiting = event == SocketEvent::read ? waiting_to_read_ : waiting_to_write_;
  if (waiting) return;
  waiting = true;
  parts_.host.wait(id_, socket_, wanted, event);
}

std::optional<transport::MonotonicTime> Connection::next_deadline() const {
  std::optional<transport::MonotonicTime> due;
  const auto consider = [&due](transport::MonotonicTime time) { due = due ? std::min(*due, time) : time; };
  if (phase_ == Phase::handshaking) consider(phase_began_at_ + parts_.settings.header_timeout);
  if (phase_ == Phase::lingering) consider(phase_began_at_ + parts_.settings.close_timeout);
  if (!outgoing_.empty()) consider(progress_at_ + parts_.settings.write_timeout);
  if (phase_ == Phase::open) {
    if (const auto time = protocol_->deadline()) consider(*time);
  }
  return due;
}

void Connection::schedule() {
  const auto due = next_deadline();
  // A later deadline waits for the earlier one to come, so that a busy connection does not move about in the wheel.
  if (!due || (timer_.scheduled() && scheduled_for_ <= *due)) return;
  scheduled_for_ = *due;
  parts_.host.timers().schedule(timer_, *due);
}

void Connection::on_timer() {
  if (is_over()) return;
  const auto due = next_deadline();
  if (due && *due <= now()) {
    const auto protocol_due = phase_ == Phase::open ? protocol_->deadline() : std::nullopt;
    const bool stuck = !outgoing_.empty() && progress_at_ + parts_.settings.write_timeout <= now();
    if (phase_ == Phase::handshaking || stuck) {
      end_timed_out();
    } else if (phase_ == Phase::lingering) {
      end();
    } else if (protocol_due && *protocol_due <= now()) {
      protocol_->on_deadline();
    }
  }
  touch();
}

void Connection::end() { phase_ = Phase::over; }

void Connection::end_timed_out() {
  ++parts_.metrics.timeouts;
  end();
}

}  // namespace sotto::gateway
