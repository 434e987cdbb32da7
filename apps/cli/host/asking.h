#pragma once

#include <expected>
#include <optional>

#include "cli/host/local_client.h"

namespace sotto::cli {

/// Why a command that needs the server got no answer from it.
[[nodiscard]] Failure unreachable_failure(const Host& host);

/// Asks the engine and expects an answer of the kind `Answer`. A refusal, silence until the deadline and an unusable
/// address come back as failures.
template <class Answer>
[[nodiscard]] std::expected<Answer, Failure> ask(Host& host, client::Command command, Deadline deadline) {
  auto event = host.call(std::move(command), deadline);
  if (!event) return std::unexpected(unreachable_failure(host));
  if (auto* failed = std::get_if<client::Failed>(&*event)) return std::unexpected(failure_from(failed->error));
  if (auto* answer = std::get_if<Answer>(&*event)) return std::move(*answer);
  return std::unexpected(Failure{.code = "unexpected_answer", .text = "The engine gave an answer of another kind."});
}

/// Long enough for every command: the engine itself gives up on the server after 30 seconds.
[[nodiscard]] Deadline engine_deadline();

/// The home's identity, if it is signed in.
[[nodiscard]] std::expected<client::Identity, Failure> require_login(Host& host);

/// Waits until this device knows everything that the server has for it and has handed over what waits in its outbox;
/// gives up at the first failed attempt to connect, and after 10 seconds. False if it gave up.
bool catch_up(Host& host);

/// Prints to `console` what the person must know though nobody asked: security notices, changed identities and ended
/// logins. True if the event was one of these.
bool print_security_event(const client::Event& event, Console& console);

}  // namespace sotto::cli
