#include "bench/peers/stanza.h"

namespace sotto::bench::peers {
namespace {

constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view end_of_name = " \t\r\n/>";
constexpr std::size_t npos = std::string_view::npos;

/// Where the tag that begins at `from` has its `>`, which may stand in quotes before (XML 1.0 section 3.1).
std::size_t end_of_tag(std::string_view octets, std::size_t from) {
  char quote = 0;
  for (std::size_t at = from; at < octets.size(); ++at) {
    const char character = octets[at];
    if (quote != 0) {
      if (character == quote) quote = 0;
    } else if (character == '\'' || character == '"') {
      quote = character;
    } else if (character == '>') {
      return at;
    }
  }
  return npos;
}

/// `tag` begins with `<`. The name of a closing tag begins with its `/`.
std::string_view name_of(std::string_view tag) {
  const std::size_t end = tag.find_first_of(end_of_name, tag.starts_with("</") ? 2 : 1);
  return tag.substr(1, end == npos ? npos : end - 1);
}

/// Skips white space and XML declarations; false if a declaration is not complete.
bool skip_prolog(std::string_view& octets) {
  while (true) {
    octets.remove_prefix(std::min(octets.find_first_not_of(white_space), octets.size()));
    if (!octets.starts_with("<?")) return true;
    const std::size_t end = octets.find("?>");
    if (end == npos) return false;
    octets.remove_prefix(end + 2);
  }
}

/// How many octets the element has that `octets` begins with.
std::expected<std::size_t, NoStanza> size_of_element(std::string_view octets) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at != npos && at + 1 < octets.size();) {
    if (octets[at + 1] == '!') return std::unexpected(NoStanza::malformed);
    const std::size_t end = end_of_tag(octets, at);
    if (end == npos) break;
    if (octets[at + 1] == '/') {
      --depth;
    } else if (octets[end - 1] != '/') {
      ++depth;
    }
    if (depth == 0) return end + 1;
    at = octets.find('<', end);
  }
  return std::unexpected(NoStanza::incomplete);
}

}  // namespace

std::expected<Stanza, NoStanza> take_stanza(std::string_view& octets) {
  std::string_view rest = octets;
  if (!skip_prolog(rest) || rest.size() < 2) return std::unexpected(NoStanza::incomplete);
  if (rest.front() != '<') return std::unexpected(NoStanza::malformed);
  const std::size_t end = end_of_tag(rest, 0);
  if (end == npos) return std::unexpected(NoStanza::incomplete);
  const std::string_view name = name_of(rest.substr(0, end + 1));
  std::size_t size = end + 1;
  if (name.empty() || (name.starts_with('/') && name != "/stream:stream")) return std::unexpected(NoStanza::malformed);
  if (name != "stream:stream" && name != "/stream:stream") {
    const auto measured = size_of_element(rest);
    if (!measured) return std::unexpected(measured.error());
    size = *measured;
  }
  octets = rest.substr(size);
  return Stanza{name, rest.substr(0, size)};
}

std::optional<std::string_view> attribute(const Stanza& stanza, std::string_view name) {
  std::string_view rest = stanza.octets.substr(0, end_of_tag(stanza.octets, 0)).substr(1 + stanza.name.size());
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(white_space), rest.size()));
    const std::size_t equals = rest.find('=');
    if (equals == npos || equals + 1 >= rest.size()) return std::nullopt;
    const std::size_t end = rest.find(rest[equals + 1], equals + 2);
    if (end == npos) return std::nullopt;
    if (rest.substr(0, equals) == name) return rest.substr(equals + 2, end - equals - 2);
    rest.remove_prefix(end + 1);
  }
}

std::optional<std::string_view> text_of(const Stanza& stanza, std::string_view element) {
  const std::string_view octets = stanza.octets;
  for (std::size_t at = octets.find('<'); at != npos; at = octets.find('<', at + 1)) {
    if (name_of(octets.substr(at)) != element) continue;
    const std::size_t end = end_of_tag(octets, at);
    if (end == npos || octets[end - 1] == '/') return std::string_view{};
    return octets.substr(end + 1, octets.find('<', end) - end - 1);
  }
  return std::nullopt;
}

}  // namespace sotto::bench::peers
