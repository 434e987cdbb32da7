#include "api/http_client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/invariant.h"
#include "wire/json.h"

namespace sotto::test {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

/// Status and fields of a header that ends with an empty line.
HttpAnswer parse_header(std::string_view header) {
  HttpAnswer answer;
  std::size_t at = header.find("\r\n");
  if (header.size() > 12) answer.status = static_cast<unsigned>(std::stoul(std::string(header.substr(9, 3))));
  while (at + 2 < header.size()) {
    const std::size_t end = header.find("\r\n", at + 2);
    const std::string_view line = header.substr(at + 2, end - at - 2);
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) {
      answer.fields[lower(std::string(line.substr(0, colon)))] = line.substr(colon + 2);
    }
    at = end;
  }
  return answer;
}

}  // namespace

wire::Error HttpAnswer::error() const { return wire::from_json<wire::Error>(body).value_or(wire::Error{}); }

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int connected = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  invariant(connected == 0);
}

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::receive(int patience_ms) {
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, patience_ms) != 1) return false;
  std::array<char, 65'536> octets{};
  const ssize_t size = ::recv(socket_, octets.data(), octets.size(), 0);
  if (size <= 0) return false;
  received_.append(octets.data(), static_cast<std::size_t>(size));
  return true;
}

std::optional<HttpAnswer> RawClient::read_answer() {
  constexpr int patience_ms = 30'000;
  std::size_t end = received_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!receive(patience_ms)) return std::nullopt;
    end = received_.find("\r\n\r\n");
  }
  HttpAnswer answer = parse_header(std::string_view(received_).substr(0, end + 4));
  received_.erase(0, end + 4);
  const auto length = answer.fields.find("content-length");
  const std::size_t size = length == answer.fields.end() || no_body_ ? 0 : std::stoul(length->second);
  while (received_.size() < size) {
    if (!receive(patience_ms)) return std::nullopt;
  }
  answer.body = received_.substr(0, size);
  received_.erase(0, size);
  return answer;
}

bool RawClient::is_closed_within(int patience_ms) {
  while (receive(patience_ms)) received_.clear();
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  char octet = 0;
  return ::poll(&waiting, 1, 0) == 1 && ::recv(socket_, &octet, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
}

HttpAnswer call(std::uint16_t port, const HttpCall& request) {
  std::string text = std::string(request.method) + " " + request.target +
                     " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\nConnection: close\r\n";
  for (const transport::HttpField& field : request.fields) text += field.name + ": " + field.value + "\r\n";
  if (!request.token.empty()) text += "Authorization: Bearer " + request.token + "\r\n";
  if (request.method == "POST") text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  RawClient client(port);
  client.send(text + "\r\n" + request.body);
  return client.read_answer().value_or(HttpAnswer{});
}

}  // namespace sotto::test
