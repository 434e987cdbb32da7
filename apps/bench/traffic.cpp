#include "bench/traffic.h"

#include <algorithm>

namespace sotto::bench {
namespace {

std::uint64_t steady_microseconds(std::chrono::steady_clock::time_point time) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count());
}

}  // namespace

std::expected<Report, std::string> Traffic::measure(const std::vector<int>& server_processes) {
  if (auto warm = write_for(std::chrono::seconds(1)); !warm) return std::unexpected(warm.error());
  latency_ = {};
  Report report;
  const std::uint64_t delivered_before = delivered_;
  const Measurement measurement(server_processes);
  if (auto written = write_for(std::chrono::seconds(pace_.seconds)); !written) return std::unexpected(written.error());
  measurement.finish(report);
  report.count = delivered_ - delivered_before;
  report.latency = latency_;
  if (auto collected = collect_for(std::chrono::seconds(30)); !collected) return std::unexpected(collected.error());
  return report;
}

void Traffic::add_room(std::size_t readers, std::uint64_t head) {
  rooms_.push_back({.readers = readers, .missing = {}, .first = head + 1});
}

std::expected<void, std::string> Traffic::write_for(std::chrono::milliseconds duration) {
  const auto end = Clock::now() + duration;
  due_ = Clock::now();
  writing_ = true;
  if (pace_.rate == 0) fill_windows();
  while (Clock::now() < end) {
    if (pace_.rate != 0) write_what_is_due();
    if (auto turned = take_turn(); !turned) return turned;
  }
  writing_ = false;
  return {};
}

std::expected<void, std::string> Traffic::collect_for(std::chrono::milliseconds duration) {
  const auto end = Clock::now() + duration;
  while (Clock::now() < end && !is_all_delivered()) {
    if (auto turned = take_turn(); !turned) return turned;
  }
  if (!is_all_delivered()) return std::unexpected("messages were accepted and not delivered within 30 s");
  return {};
}

std::expected<void, std::string> Traffic::take_turn() {
  const auto patience = pace_.rate == 0 ? std::chrono::milliseconds(100) : std::chrono::milliseconds(1);
  if (auto turned = turn(patience); !turned) return turned;
  if (!fault_.empty()) return std::unexpected(fault_);
  return {};
}

void Traffic::fill_windows() {
  for (std::size_t room = 0; room < rooms_.size(); ++room) {
    while (rooms_[room].missing.size() < pace_.window) write_next(room, Clock::now());
  }
}

void Traffic::write_what_is_due() {
  const auto now = Clock::now();
  const std::chrono::microseconds interval(1'000'000 / pace_.rate);
  for (; due_ <= now; due_ += interval) {
    write_next(next_room_, due_);
    next_room_ = (next_room_ + 1) % rooms_.size();
  }
}

void Traffic::write_next(std::size_t number, Clock::time_point due) {
  Progress& room = rooms_[number];
  write(number, {.number = room.first + room.missing.size(), .due_at = steady_microseconds(due)});
  room.missing.push_back(room.readers);
}

void Traffic::note_delivery(Reader& reader, const Message& message) {
  if (message.number != reader.newest + 1) fail("a message was lost, doubled or out of order");
  reader.newest = message.number;
  latency_.record(steady_microseconds(Clock::now()) - message.due_at);
  ++delivered_;
  Progress& room = rooms_[reader.room];
  if (message.number < room.first || message.number - room.first >= room.missing.size()) {
    return fail("a message that nobody wrote");
  }
  --room.missing[message.number - room.first];
  while (!room.missing.empty() && room.missing.front() == 0) {
    room.missing.pop_front();
    ++room.first;
    if (writing_ && pace_.rate == 0) write_next(reader.room, Clock::now());
  }
}

bool Traffic::is_all_delivered() const {
  return std::ranges::all_of(rooms_, [](const Progress& room) { return room.missing.empty(); });
}

}  // namespace sotto::bench
