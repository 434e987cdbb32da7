#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bench/traffic.h"

namespace sotto::bench::peers {

// What the load generator says to an XMPP server whose host is `localhost`, with its rooms at `rooms.localhost`. All
// names in it are made of letters and digits, so nothing needs escaping.

/// The stream's opening tag (RFC 6120 section 4.2).
[[nodiscard]] std::string open_stream();
/// Creates an account, its password that of all others (XEP-0077).
[[nodiscard]] std::string register_account(std::string_view account);
/// SASL PLAIN (RFC 4616).
[[nodiscard]] std::string authenticate(std::string_view account);
/// Asks for a resource that the server chooses (RFC 6120 section 7).
[[nodiscard]] std::string bind_resource();
/// Makes the account reachable (RFC 6121 section 4.2).
[[nodiscard]] std::string become_available();

struct Occupant {
  std::string room;
  std::string nickname;
};
/// Enters a room, which the first to enter creates, without its history (XEP-0045 section 7.2).
[[nodiscard]] std::string enter_room(const Occupant& occupant);

[[nodiscard]] std::string account_address(std::string_view account);
[[nodiscard]] std::string room_address(std::string_view room);

struct OutgoingMessage {
  enum class Kind : std::uint8_t { chat, groupchat };

  std::string_view to;
  Kind kind = Kind::chat;
  std::string_view body;
};
[[nodiscard]] std::string send_message(const OutgoingMessage& message);

/// A text of `size` octets, at least 32, that begins with the message's number and time.
[[nodiscard]] std::string body_of(const Traffic::Message& message, std::size_t size);
/// Nothing if the text is not of `body_of`.
[[nodiscard]] std::optional<Traffic::Message> message_in(std::string_view body);

struct ArchiveQuery {
  /// Comes back with the answer.
  std::string id;
  unsigned page_size = 0;
  /// The oldest message of the page after the one that is asked for; empty for the newest page.
  std::string before;
};
/// Pages back through the own archive (XEP-0313 section 4).
[[nodiscard]] std::string query_archive(const ArchiveQuery& query);

}  // namespace sotto::bench::peers
