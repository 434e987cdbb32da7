#include "api/poll_client.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "wire/json.h"

namespace sotto::test {

PollClient::PollClient(std::uint16_t port) : port_(port) {
  const HttpAnswer answer = call(port_, {.target = "/api/v1/poll/open", .body = "{}"});
  EXPECT_EQ(answer.status, 200u) << answer.body;
  name_ = wire::from_json<wire::PollOpened>(answer.body).value_or(wire::PollOpened{}).stream;
}

std::uint64_t PollClient::send(wire::Request request) {
  const std::uint64_t number = next_number_++;
  const HttpAnswer answer = send_frames({{number, std::move(request)}});
  EXPECT_EQ(answer.status, 200u) << answer.body;
  return number;
}

HttpAnswer PollClient::send_frames(std::vector<wire::ClientFrame> frames) {
  const wire::PollSend body{name_, std::move(frames)};
  return call(port_, {.target = "/api/v1/poll/send", .body = wire::to_json(body)});
}

HttpAnswer PollClient::poll_after(std::uint64_t after) const {
  return call(port_, {.target = "/api/v1/poll/receive", .body = wire::to_json(wire::PollReceive{name_, after})});
}

HttpAnswer PollClient::poll() {
  HttpAnswer answer = poll_after(last_);
  if (answer.status != 200) return answer;
  EXPECT_TRUE(wire::from_json<wire::PollReceived>(answer.body).has_value()) << "not as it is described";
  const nlohmann::json body = nlohmann::json::parse(answer.body);
  last_ = body.at("last");
  for (const nlohmann::json& frame : body.at("frames")) {
    const auto read = wire::from_json<wire::ServerFrame>(frame.dump());
    EXPECT_TRUE(read.has_value()) << frame;
    if (read) frames_.push_back(*read);
  }
  if (body.contains("closed")) closed_with_ = body["closed"]["code"];
  return answer;
}

HttpAnswer PollClient::close() {
  return call(port_, {.target = "/api/v1/poll/close", .body = wire::to_json(wire::PollClose{name_})});
}

std::optional<wire::ServerFrame> PollClient::receive() {
  while (frames_.empty()) {
    if (closed_with_ != 0 || poll().status != 200) return std::nullopt;
  }
  wire::ServerFrame frame = std::move(frames_.front());
  frames_.pop_front();
  return frame;
}

wire::Answer PollClient::ask(wire::Request request) {
  const std::uint64_t number = send(std::move(request));
  while (auto frame = receive()) {
    if (frame->id == number) return std::move(frame->answer);
    pushes.push_back(std::move(frame->answer));
  }
  return {};
}

std::optional<wire::Answer> PollClient::next_push() {
  if (pushes.empty()) {
    auto frame = receive();
    if (!frame) return std::nullopt;
    pushes.push_back(std::move(frame->answer));
  }
  wire::Answer push = std::move(pushes.front());
  pushes.erase(pushes.begin());
  return push;
}

}  // namespace sotto::test
