#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

namespace sotto::bench::peers {

/// A complete child of a stream's root (RFC 6120 section 4.4), or the root's own opening or closing tag. Borrowed from
/// what arrived.
struct Stanza {
  /// As written, with its prefix: `message`, `stream:features`, `stream:stream`; `/stream:stream` of the closing tag.
  std::string_view name;
  /// From its first `<` to its last `>`.
  std::string_view octets;
};

enum class NoStanza : std::uint8_t {
  /// More has to arrive.
  incomplete,
  /// Not what a server writes between stanzas or in them: text outside, a comment, a stray closing tag.
  malformed,
};

/// Takes the first stanza off the front of `octets`, with white space and XML declarations before it. Looks at nothing
/// but where tags begin and end. Without a stanza `octets` is unchanged.
[[nodiscard]] std::expected<Stanza, NoStanza> take_stanza(std::string_view& octets);

/// The attribute of the stanza's own tag, its entities as written.
[[nodiscard]] std::optional<std::string_view> attribute(const Stanza& stanza, std::string_view name);

/// The text of the first element of this name at any depth, up to its first tag, its entities as written.
[[nodiscard]] std::optional<std::string_view> text_of(const Stanza& stanza, std::string_view element);

}  // namespace sotto::bench::peers
