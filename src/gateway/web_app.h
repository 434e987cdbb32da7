#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "transport/http_response.h"

namespace sotto::gateway {

/// A file of the web app as it is sent.
struct WebFile {
  /// The Content-Type.
  std::string type;
  /// Letters and digits that name the content; another content has others.
  std::string tag;
  /// Never null.
  transport::SharedBytes identity;
  /// The same compressed; null if it is not kept so.
  transport::SharedBytes gzip;
  transport::SharedBytes brotli;
};

/// By path, which begins with a slash.
using WebFiles = std::map<std::string, WebFile, std::less<>>;

/// The web app that browsers load, whole in memory. Nothing but these files can be fetched, because a request's path is
/// only ever looked up among theirs.
class WebApp {
 public:
  /// Without files there is no web app, and `/` says so. With some, `/index.html` is the page for every path that the
  /// app itself makes sense of.
  explicit WebApp(WebFiles files = {}) : files_(std::move(files)) {}

  [[nodiscard]] bool installed() const { return !files_.empty(); }

  struct Request {
    /// As the request names it; a query counts for nothing.
    std::string_view target;
    /// Accept, Accept-Encoding and If-None-Match, empty if absent.
    std::string_view accept;
    std::string_view accept_encoding;
    std::string_view none_match;
  };
  /// Nothing if there is no such page.
  [[nodiscard]] std::optional<transport::HttpResponse> answer(const Request& request) const;

 private:
  [[nodiscard]] const WebFiles::value_type* find(const Request& request) const;

  WebFiles files_;
};

}  // namespace sotto::gateway
