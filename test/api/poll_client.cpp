#include "api/poll_client.h"

#include <gtest/gtest.h>

#include "wire/binary.h"
#include "wire/json.h"

namespace sotto::test {

template <class Message>
HttpAnswer PollClient::post(std::string_view route, const Message& message) const {
  HttpCall made{.target = "/api/v1/poll/" + std::string(route), .body = wire::to_json(message)};
  if (form_ == gateway::Form::binary) {
    made.body = as_text(wire::encode(message));
    made.fields = {{"Content-Type", "application/octet-stream"}};
  }
  return call(port_, made);
}

template <class Message>
std::optional<Message> PollClient::read(const HttpAnswer& answer) const {
  if (form_ == gateway::Form::json) {
    auto message = wire::from_json<Message>(answer.body);
    return message ? std::optional(std::move(*message)) : std::nullopt;
  }
  auto message = wire::decode<Message>(as_bytes(answer.body));
  return message ? std::optional(std::move(*message)) : std::nullopt;
}

PollClient::PollClient(std::uint16_t port, gateway::Form form) : port_(port), form_(form) {
  const HttpAnswer answer = post("open", wire::PollOpen{});
  EXPECT_EQ(answer.status, 200u) << answer.body;
  name_ = read<wire::PollOpened>(answer).value_or(wire::PollOpened{}).stream;
}

std::uint64_t PollClient::send(wire::Request request) {
  const std::uint64_t number = next_number_++;
  const HttpAnswer answer = send_frames({{number, std::move(request)}});
  EXPECT_EQ(answer.status, 200u) << answer.body;
  return number;
}

HttpAnswer PollClient::send_frames(std::vector<wire::ClientFrame> frames) {
  return post("send", wire::PollSend{name_, std::move(frames)});
}

HttpAnswer PollClient::poll_after(std::uint64_t after) const {
  return post("receive", wire::PollReceive{name_, after});
}

HttpAnswer PollClient::poll() {
  HttpAnswer answer = poll_after(last_);
  if (answer.status != 200) return answer;
  auto received = read<wire::PollReceived>(answer);
  EXPECT_TRUE(received.has_value()) << "not as it is described";
  if (!received) return answer;
  last_ = received->last;
  for (wire::ServerFrame& frame : received->frames) frames_.push_back(std::move(frame));
  if (received->closed) closed_with_ = received->closed->code;
  return answer;
}

HttpAnswer PollClient::close() { return post("close", wire::PollClose{name_}); }

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
