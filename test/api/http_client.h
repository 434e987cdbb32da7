#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transport/http_request.h"
#include "wire/error.h"

namespace sotto::test {

struct HttpAnswer {
  unsigned status = 0;
  /// Names in lower case.
  std::map<std::string, std::string> fields;
  std::string body;

  /// The error in the body; `unspecified` if there is none.
  [[nodiscard]] wire::Error error() const;
};

/// A client that sends any octets. Every wait ends after 30 seconds, and then the test fails by what is missing.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False if the server does not take them any more.
  bool send(std::string_view octets);
  /// Nothing if the connection ends before an answer is whole.
  [[nodiscard]] std::optional<HttpAnswer> read_answer();
  /// Whether the server closes the connection before `patience_ms` has passed.
  [[nodiscard]] bool is_closed_within(int patience_ms = 30'000);
  /// The answer's body has no octets though a length is stated.
  void expect_no_body() { no_body_ = true; }

 private:
  [[nodiscard]] bool receive(int patience_ms);

  int socket_;
  std::string received_;
  bool no_body_ = false;
};

struct HttpCall {
  std::string_view method = "POST";
  std::string target = {};
  std::string body = {};
  std::vector<transport::HttpField> fields{{"Content-Type", "application/json"}};
  /// Sent as a bearer token if it is not empty.
  std::string token = {};
};

/// One request on a connection of its own.
[[nodiscard]] HttpAnswer call(std::uint16_t port, const HttpCall& request);

}  // namespace sotto::test
