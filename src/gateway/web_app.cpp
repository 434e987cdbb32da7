#include "gateway/web_app.h"

#include <algorithm>
#include <array>

namespace sotto::gateway {
namespace {

using transport::HttpResponse;
using transport::SharedBytes;

constexpr std::string_view page_path = "/index.html";
/// The build names what lies here after its content, so that a path never gets another content.
constexpr std::string_view assets_prefix = "/assets/";

/// The page may load, run and ask what comes from this server, and nothing else. `wasm-unsafe-eval` lets the engine be
/// compiled and allows no other evaluation; pictures and recordings are shown from memory (`blob:`, `data:`).
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The camera reads the codes by which devices are linked and people verified.
constexpr std::string_view device_policy =
    "camera=(self), accelerometer=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), midi=(), payment=(), usb=()";

constexpr std::string_view not_installed =
    "This is a Sotto server. The web app is not installed on it; other apps can use it all the same.\n";

std::string_view trimmed_part(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

/// Whether one of the parts between commas, trimmed, is as wanted.
bool any_part(std::string_view list, const auto& wanted) {
  while (true) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (wanted(trimmed_part(list.substr(0, comma)))) return true;
    if (comma == list.size()) return false;
    list.remove_prefix(comma + 1);
  }
}

/// RFC 9110 section 12.4.2: `;q=0`, `;q=0.0` and so on.
bool is_refused(std::string_view parameters) {
  const std::size_t weight = parameters.find("q=");
  if (weight == std::string_view::npos) return false;
  const std::string_view value = trimmed_part(parameters.substr(weight + 2));
  return !value.empty() && value.find_first_not_of("0.") == std::string_view::npos;
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  return any_part(accept_encoding, [coding](std::string_view part) {
    const std::size_t end = std::min(part.find(';'), part.size());
    return trimmed_part(part.substr(0, end)) == coding && !is_refused(part.substr(end));
  });
}

struct Chosen {
  const SharedBytes& octets;
  /// Empty for the file as it is.
  std::string_view coding;
};

/// Brotli before gzip: both are there because the build made them, and Brotli's is smaller.
Chosen choose(const WebFile& file, std::string_view accept_encoding) {
  if (file.brotli && accepts(accept_encoding, "br")) return {file.brotli, "br"};
  if (file.gzip && accepts(accept_encoding, "gzip")) return {file.gzip, "gzip"};
  return {file.identity, ""};
}

/// Each form of a file has a tag of its own, as a strong one must.
std::string entity_tag(const WebFile& file, std::string_view coding) {
  std::string tag = "\"" + file.tag;
  if (!coding.empty()) tag.append("-").append(coding);
  return tag + "\"";
}

bool matches(std::string_view none_match, std::string_view tag) {
  return any_part(none_match, [tag](std::string_view part) {
    // Who compresses on the way weakens the tag.
    if (part.starts_with("W/")) part.remove_prefix(2);
    return part == "*" || part == tag;
  });
}

HttpResponse answer_file(std::string_view path, const WebFile& file, const WebApp::Request& request) {
  const Chosen chosen = choose(file, request.accept_encoding);
  const std::string tag = entity_tag(file, chosen.coding);
  const bool lasting = path.starts_with(assets_prefix);
  HttpResponse response;
  response.fields = {{"Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache"},
                     {"ETag", tag},
                     {"Vary", "Accept-Encoding"},
                     {"Content-Security-Policy", std::string(content_policy)},
                     {"Permissions-Policy", std::string(device_policy)},
                     {"Cross-Origin-Opener-Policy", "same-origin"},
                     {"Cross-Origin-Embedder-Policy", "require-corp"}};
  if (matches(request.none_match, tag)) {
    response.status = 304;
    return response;
  }
  response.fields.push_back({"Content-Type", file.type});
  if (!chosen.coding.empty()) response.fields.push_back({"Content-Encoding", std::string(chosen.coding)});
  response.shared_body = chosen.octets;
  return response;
}

/// Whether a browser goes there, as opposed to a page that loads a part of itself: then a wrong name must not be
/// answered with the page.
bool is_navigation(std::string_view path, std::string_view accept) {
  if (path.starts_with(assets_prefix)) return false;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.find('.') == std::string_view::npos || accept.find("text/html") != std::string_view::npos;
}

}  // namespace

const WebFiles::value_type* WebApp::find(const Request& request) const {
  const std::string_view path = request.target.substr(0, request.target.find('?'));
  auto found = files_.find(path);
  if (found == files_.end() && is_navigation(path, request.accept)) found = files_.find(page_path);
  return found == files_.end() ? nullptr : &*found;
}

std::optional<HttpResponse> WebApp::answer(const Request& request) const {
  if (!installed() && request.target == "/") {
    HttpResponse response{.status = 404, .fields = {}, .body = std::string(not_installed), .shared_body = nullptr};
    response.fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
    return response;
  }
  const auto* const found = find(request);
  if (found == nullptr) return std::nullopt;
  return answer_file(found->first, found->second, request);
}

}  // namespace sotto::gateway
