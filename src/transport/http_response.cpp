#include "transport/http_response.h"

#include <array>
#include <ctime>
#include <openssl/evp.h>

#include "base/invariant.h"
#include "base/text_encoding.h"

namespace sotto::transport {
namespace {

struct Phrase {
  unsigned status;
  std::string_view text;
};

constexpr std::array phrases{
    Phrase{100, "Continue"},
    Phrase{101, "Switching Protocols"},
    Phrase{200, "OK"},
    Phrase{204, "No Content"},
    Phrase{304, "Not Modified"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{413, "Content Too Large"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{422, "Unprocessable Content"},
    Phrase{426, "Upgrade Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{500, "Internal Server Error"},
    Phrase{503, "Service Unavailable"},
};

void add_field(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view reason_phrase(unsigned status) {
  for (const Phrase& phrase : phrases) {
    if (phrase.status == status) return phrase.text;
  }
  return "Unknown";
}

std::string http_date(UnixMillis time) {
  // Names of RFC 9110; strftime's depend on the locale.
  static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = static_cast<std::time_t>(time.value / 1'000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                 days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                                 months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                                 parts.tm_min, parts.tm_sec);
  return {text.data(), static_cast<std::size_t>(size)};
}

Bytes serialize(const HttpResponse& response, const HttpExchange& exchange) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " ";
  text.append(reason_phrase(response.status)).append("\r\n");
  add_field(text, "Date", http_date(exchange.now));
  if (response.status != 101) {
    add_field(text, "Connection", exchange.keep_alive ? "keep-alive" : "close");
    const std::size_t length = response.shared_body ? response.shared_body->size() : response.body.size();
    // The length of what was not modified is not known here, and none is allowed to be wrong.
    if (response.status != 304) add_field(text, "Content-Length", std::to_string(length));
  }
  for (const HttpField& field : response.fields) add_field(text, field.name, field.value);
  text += "\r\n";
  if (!exchange.head_only) text += response.body;
  const ByteView octets = as_bytes(text);
  return {octets.begin(), octets.end()};
}

std::string websocket_accept(std::string_view key) {
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<std::uint8_t, 20> digest{};
  // SHA-1 is what the protocol asks for; nothing depends on its strength.
  const int done = EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
  invariant(done == 1);
  return to_base64(digest);
}

bool is_websocket_key(std::string_view key) {
  const auto octets = from_base64(key);
  return octets && octets->size() == 16;
}

}  // namespace sotto::transport
