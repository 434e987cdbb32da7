#pragma once

#include "cli/commands/command.h"
#include "cli/host/asking.h"

namespace sotto::cli {

/// A message as a person names it: with whom, and its number as `history --json` prints it.
struct NamedMessage {
  std::string with;
  std::uint64_t seq = 0;
};

/// Adds the arguments NAME and SEQ.
void add_message_arguments(CLI::App& command, NamedMessage& named);

/// The conversation with an account, asked of the server if this home does not know it.
[[nodiscard]] std::expected<client::ConversationSummary, Failure> open_conversation(Host& host,
                                                                                    const std::string& with);

/// The line that a person named.
[[nodiscard]] std::expected<client::TimelineMessage, Failure> find_message(Host& host, const NamedMessage& named);

/// How the engine names it.
[[nodiscard]] wire::MessageReference reference_to(const client::TimelineMessage& message);

/// Asks for something whose answer says no more than that it is done, and lets it reach the server.
template <class Answer>
[[nodiscard]] std::expected<void, Failure> carry_out(Host& host, client::Command command) {
  const auto answer = ask<Answer>(host, std::move(command), engine_deadline());
  if (!answer) return std::unexpected(answer.error());
  (void)catch_up(host);
  return {};
}

/// "90s", "10m", "8h", "7d", "4w", or "off" for 0. Nothing if it is none of these.
[[nodiscard]] std::optional<std::uint64_t> milliseconds_in(const std::string& words);

}  // namespace sotto::cli
