#include "cli/commands/naming_messages.h"

#include <charconv>

namespace sotto::cli {

void add_message_arguments(CLI::App& command, NamedMessage& named) {
  command.add_option("NAME", named.with, "The other account; your own name for notes to yourself")->required();
  command.add_option("SEQ", named.seq, "The message's number in the conversation, as `history` numbers it")->required();
}

std::expected<client::ConversationSummary, Failure> open_conversation(Host& host, const std::string& with) {
  auto opened = ask<client::Opened>(host, client::OpenConversation{with}, engine_deadline());
  if (!opened) return std::unexpected(opened.error());
  return std::move(opened->conversation);
}

std::expected<client::TimelineMessage, Failure> find_message(Host& host, const NamedMessage& named) {
  (void)catch_up(host);
  const client::ReadHistory request{
      .with = named.with, .conversation = {}, .before = {}, .after = named.seq == 0 ? 0 : named.seq - 1, .limit = 1};
  auto page = ask<client::History>(host, request, engine_deadline());
  if (!page) return std::unexpected(page.error());
  if (page->messages.empty() || page->messages.front().seq != named.seq) {
    return std::unexpected(Failure{.code = "unknown_message", .text = "There is no such message here."});
  }
  return std::move(page->messages.front());
}

wire::MessageReference reference_to(const client::TimelineMessage& message) {
  return {.sender = message.sender, .sender_device = message.sender_device, .message = message.message};
}

std::optional<std::uint64_t> milliseconds_in(const std::string& words) {
  if (words == "off") return 0;
  std::uint64_t count = 0;
  const char* end = words.data() + words.size();
  const auto [rest, error] = std::from_chars(words.data(), end, count);
  if (error != std::errc{} || end - rest != 1 || count == 0 || count > 100'000) return std::nullopt;
  switch (*rest) {
    case 's':
      return count * 1'000;
    case 'm':
      return count * 60'000;
    case 'h':
      return count * 3'600'000;
    case 'd':
      return count * 24 * 3'600'000;
    case 'w':
      return count * 7 * 24 * 3'600'000;
    default:
      return std::nullopt;
  }
}

}  // namespace sotto::cli
