#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace sotto::transport {

struct HttpField {
  std::string name;
  std::string value;
};

/// One whole HTTP/1.0 or 1.1 request (RFC 9112).
struct HttpRequest {
  std::string method;
  /// As sent: origin form with path and query, or another form.
  std::string target;
  std::vector<HttpField> fields;
  std::string body;
  /// The client wants the connection to stay open.
  bool keep_alive = false;
  /// `Connection: upgrade` is there.
  bool upgrade = false;

  /// The value of the field of this name (any case). Nothing if it is absent; empty if it comes more than once, because
  /// then nobody knows which one another reader of the request would believe.
  [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;
};

struct HttpLimits {
  std::size_t max_header_size = 8 * 1024;
  std::size_t max_body_size = 64 * 1024;
};

enum class HttpError : std::uint8_t {
  /// Not HTTP, or ambiguous (two lengths, a length and a transfer coding, octets that no field may have).
  malformed,
  header_too_large,
  body_too_large,
};

/// Takes octets of one connection apart into one request. Holds the limits while it reads.
class HttpRequestReader {
 public:
  explicit HttpRequestReader(const HttpLimits& limits);
  ~HttpRequestReader();

  /// Takes octets from the front of `input`; returns how many are done with. Whatever is left over has to be offered
  /// again, with more behind it. The reader must not be used after an error.
  [[nodiscard]] std::expected<std::size_t, HttpError> read(ByteView input);

  [[nodiscard]] bool header_is_read() const;
  /// The client waits for `100 Continue` before it sends the body. True once at most.
  [[nodiscard]] bool wants_continue();
  [[nodiscard]] bool finished() const;
  /// Once, when it is finished.
  [[nodiscard]] HttpRequest take();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace sotto::transport
