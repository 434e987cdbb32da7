#include <iostream>
#include <unordered_map>

#include "base/text_encoding.h"
#include "cli/commands/command.h"
#include "cli/commands/message_line.h"
#include "cli/host/asking.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

struct SendOptions {
  std::string to;
  std::string text;
  unsigned timeout_seconds = 30;
};

/// What `send --json` prints.
struct SentLine {
  ConversationId conversation;
  std::uint64_t seq = 0;
  UnixMillis sent_at;
  MessageId message;

  static constexpr auto describe() {
    using wire::field;
    return wire::message("SentLine", "A message that the server has durably.",
                         field(1, "conversation", &SentLine::conversation, "Where."),
                         field(2, "seq", &SentLine::seq, "Its place in the conversation."),
                         field(3, "sent_at", &SentLine::sent_at, "Unix milliseconds, when the server took it."),
                         field(4, "message", &SentLine::message, "Its id."));
  }
};

/// Follows one message out of the outbox.
class Sending {
 public:
  Sending(LocalClient& client, Console& console) : host_(client.host()) {
    host_.set_listener([this, &console](const client::EventFrame& event) {
      logged_out_ = logged_out_ || std::holds_alternative<client::LoggedOut>(event.event);
      // That the login ended is said by the failure itself.
      if (!logged_out_) print_security_event(event.event, console);
      if (const auto* changed = std::get_if<client::MessageStateChanged>(&event.event)) {
        latest_[changed->message.message] = *changed;
      }
    });
  }

  std::expected<client::TimelineMessage, Failure> run(const SendOptions& options) {
    const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(options.timeout_seconds);
    const auto queued = ask<client::Queued>(
        host_, client::SendText{.to = options.to, .conversation = std::nullopt, .text = options.text}, deadline);
    if (!queued) return std::unexpected(not_queued(queued.error()));
    host_.run_until([&] { return logged_out_ || is_decided(queued->message); }, deadline);
    return outcome(queued->message);
  }

 private:
  static Failure not_queued(Failure failure) {
    if (failure.exit == ExitCode::unreachable) {
      failure.text += " The message was not sent and not kept, because its recipient is not known here yet.";
    }
    return failure;
  }

  [[nodiscard]] bool is_decided(const MessageId& message) const {
    const auto found = latest_.find(message);
    if (found == latest_.end()) return false;
    return found->second.message.state != client::MessageState::pending ||
           found->second.failure == client::ClientErrorCode::identity_changed;
  }

  [[nodiscard]] std::expected<client::TimelineMessage, Failure> outcome(const MessageId& message) const {
    const auto found = latest_.find(message);
    if (found != latest_.end() && is_decided(message)) {
      const client::MessageStateChanged& change = found->second;
      const bool waits = change.message.state == client::MessageState::pending;
      if (!waits && change.message.state != client::MessageState::failed) return change.message;
      Failure failure = failure_from({.code = change.failure, .text = change.message.reason});
      if (waits) failure.text += " The message is kept and goes out once you have decided.";
      return std::unexpected(failure);
    }
    if (logged_out_) {
      return std::unexpected(Failure{ExitCode::not_signed_in, "login_ended",
                                     "The login of this device has ended. The message is kept and goes out after the "
                                     "next `sotto login`."});
    }
    if (host_.refusal()) return std::unexpected(unreachable_failure(host_));
    Failure failure = unreachable_failure(host_);
    if (!host_.is_failing()) failure.text = "The server did not take the message in time";
    failure.text += ". The message is kept in this home and goes out with the next command or listener.";
    failure.code = "queued";
    return std::unexpected(failure);
  }

  Host& host_;
  bool logged_out_ = false;
  std::unordered_map<MessageId, client::MessageStateChanged> latest_;
};

void read_text_from_input(SendOptions& options) {
  if (options.text != "-") return;
  // One octet more than is allowed is enough to be refused.
  options.text.assign(wire::max_text_size + 1, '\0');
  std::cin.read(options.text.data(), static_cast<std::streamsize>(options.text.size()));
  options.text.resize(static_cast<std::size_t>(std::cin.gcount()));
  if (options.text.ends_with('\n')) options.text.pop_back();
}

ExitCode send(SendOptions options, const GlobalOptions& global, Console& console) {
  read_text_from_input(options);
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
    const auto sent = Sending(client, console).run(options);
    client.host().set_listener({});
    if (!sent) return std::unexpected(sent.error());
    const SentLine line{sent->conversation, sent->seq, sent->sent_at, sent->message};
    console.print(console.is_json()
                      ? wire::to_json(line)
                      : "conversation " + to_hex(line.conversation.view()) + " seq " + std::to_string(line.seq));
    return {};
  });
}

}  // namespace

void add_send_command(CommandTable& table) {
  const auto own = std::make_shared<SendOptions>();
  CLI::App& command = table.add(
      {"send", "Send a text; returns when the server has it durably, and prints conversation and seq",
       "  sotto send bob \"See you at eight\"\n"
       "  date | sotto send bob -\n"
       "  sotto send bob -- \"--- begins with dashes\"\n\n"
       "If the server cannot be reached in time, the message is kept, goes out with the next command or listener,\n"
       "and the exit code is 5.\n"},
      [own](const GlobalOptions& global, Console& console) { return send(*own, global, console); });
  command.add_option("NAME", own->to, "The account to write to")->required();
  command.add_option("TEXT", own->text, "The text, at most 16 KiB of UTF-8; - reads it from standard input")
      ->required();
  command.add_option("--timeout", own->timeout_seconds, "Seconds to wait for the server")->capture_default_str();
}

}  // namespace sotto::cli
