#include "bench/peers/requests.h"

#include <charconv>

#include "base/text_encoding.h"

namespace sotto::bench::peers {
namespace {

constexpr std::string_view password = "load";
constexpr std::size_t number_size = 16;

std::string hexadecimal(std::uint64_t number) {
  std::string text(number_size, '0');
  for (std::size_t at = number_size; number != 0; number >>= 4) text[--at] = "0123456789abcdef"[number & 15];
  return text;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Puts the parts together.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

}  // namespace

std::string open_stream() {
  return "<?xml version='1.0'?><stream:stream to='localhost' version='1.0' xmlns='jabber:client' "
         "xmlns:stream='http://etherx.jabber.org/streams'>";
}

std::string register_account(std::string_view account) {
  return joined({"<iq type='set' id='register'><query xmlns='jabber:iq:register'><username>", account,
                 "</username><password>", password, "</password></query></iq>"});
}

std::string authenticate(std::string_view account) {
  using std::string_view_literals::operator""sv;
  const std::string credentials = joined({"\0"sv, account, "\0"sv, password});
  return joined({"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>", to_base64(as_bytes(credentials)),
                 "</auth>"});
}

std::string bind_resource() { return "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"; }

std::string become_available() { return "<presence/>"; }

std::string enter_room(const Occupant& occupant) {
  return joined({"<presence to='", room_address(occupant.room), "/", occupant.nickname,
                 "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>"});
}

std::string account_address(std::string_view account) { return joined({account, "@localhost"}); }

std::string room_address(std::string_view room) { return joined({room, "@rooms.localhost"}); }

std::string send_message(const OutgoingMessage& message) {
  const std::string_view type = message.kind == OutgoingMessage::Kind::chat ? "chat" : "groupchat";
  return joined({"<message to='", message.to, "' type='", type, "'><body>", message.body, "</body></message>"});
}

std::string body_of(const Traffic::Message& message, std::size_t size) {
  std::string body = hexadecimal(message.number) + hexadecimal(message.due_at);
  body.resize(std::max(size, body.size()), 'z');
  return body;
}

std::optional<Traffic::Message> message_in(std::string_view body) {
  if (body.size() < 2 * number_size) return std::nullopt;
  const auto number = number_in(body.substr(0, number_size));
  const auto due_at = number_in(body.substr(number_size, number_size));
  if (!number || !due_at) return std::nullopt;
  return Traffic::Message{.number = *number, .due_at = *due_at};
}

std::string query_archive(const ArchiveQuery& query) {
  return joined({"<iq type='set' id='", query.id,
                 "'><query xmlns='urn:xmpp:mam:2'><set xmlns='http://jabber.org/protocol/rsm'><max>",
                 std::to_string(query.page_size), "</max><before>", query.before, "</before></set></query></iq>"});
}

}  // namespace sotto::bench::peers
