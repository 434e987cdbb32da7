#pragma once

#include <string>

#include "session/testing/party.h"
#include "wire/content.h"

namespace sotto::session::testing {

[[nodiscard]] inline wire::Content text(std::string_view words, std::uint64_t counter = 1) {
  return {.version = wire::content_version,
          .counter = counter,
          .sent_at = start_of_time,
          .kind = wire::TextContent{std::string(words)}};
}

[[nodiscard]] inline std::string words_of(const wire::Content& content) {
  return std::get<wire::TextContent>(content.kind).text;
}

[[nodiscard]] inline Bytes joined(std::initializer_list<ByteView> pieces) {
  Bytes all;
  for (const ByteView piece : pieces) append(all, piece);
  return all;
}

}  // namespace sotto::session::testing
