#include "transport/http_request.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/invariant.h"

namespace sotto::transport {
namespace {

namespace http = boost::beast::http;

HttpError error_of(const boost::system::error_code& code) {
  if (code == http::error::header_limit) return HttpError::header_too_large;
  if (code == http::error::body_limit) return HttpError::body_too_large;
  return HttpError::malformed;
}

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool equal_in_any_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

}  // namespace

std::optional<std::string_view> HttpRequest::field(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const HttpField& each : fields) {
    if (!equal_in_any_case(each.name, name)) continue;
    found = found ? std::string_view() : std::string_view(each.value);
  }
  return found;
}

struct HttpRequestReader::Parser {
  http::request_parser<http::string_body> beast;
  std::size_t max_header_size = 0;
  bool told_to_continue = false;
};

HttpRequestReader::HttpRequestReader(const HttpLimits& limits) : parser_(std::make_unique<Parser>()) {
  parser_->max_header_size = limits.max_header_size;
  parser_->beast.header_limit(static_cast<std::uint32_t>(limits.max_header_size));
  parser_->beast.body_limit(limits.max_body_size);
  parser_->beast.eager(true);
}

HttpRequestReader::~HttpRequestReader() = default;

std::expected<std::size_t, HttpError> HttpRequestReader::read(ByteView input) {
  boost::system::error_code code;
  std::size_t consumed = 0;
  while (consumed < input.size() && !parser_->beast.is_done()) {
    const ByteView rest = input.subspan(consumed);
    const std::size_t taken = parser_->beast.put(boost::asio::const_buffer(rest.data(), rest.size()), code);
    consumed += taken;
    if (code == http::error::need_more) {
      // Beast counts a header's octets only when a line is whole.
      if (!header_is_read() && rest.size() - taken > parser_->max_header_size) {
        return std::unexpected(HttpError::header_too_large);
      }
      return consumed;
    }
    if (code) return std::unexpected(error_of(code));
  }
  return consumed;
}

bool HttpRequestReader::header_is_read() const { return parser_->beast.is_header_done(); }

bool HttpRequestReader::wants_continue() {
  if (!header_is_read() || finished() || parser_->told_to_continue) return false;
  parser_->told_to_continue = true;
  const auto& message = parser_->beast.get();
  return message.version() >= 11 && boost::beast::iequals(message[http::field::expect], "100-continue");
}

bool HttpRequestReader::finished() const { return parser_->beast.is_done(); }

HttpRequest HttpRequestReader::take() {
  invariant(finished());
  auto message = parser_->beast.release();
  HttpRequest request{.method = std::string(message.method_string()),
                      .target = std::string(message.target()),
                      .fields = {},
                      .body = std::move(message.body()),
                      .keep_alive = message.keep_alive(),
                      .upgrade = http::token_list{message[http::field::connection]}.exists("upgrade")};
  for (const auto& field : message) {
    request.fields.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  return request;
}

}  // namespace sotto::transport
