#include "cli/host/asking.h"

#include "cli/terminal/characters.h"
#include "wire/field_kind.h"

namespace sotto::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds catch_up_patience{10};
constexpr std::chrono::seconds outbox_patience{3};

std::string_view notice_code(client::SecurityNoticeKind kind) {
  for (const auto& value : wire::enumeration_of<client::SecurityNoticeKind>.values) {
    if (value.value == kind) return value.name;
  }
  return "security_notice";
}

bool outbox_is_empty(Host& host) {
  const auto status = ask<client::Status>(host, client::GetStatus{}, engine_deadline());
  return !status || status->outbox == 0;
}

}  // namespace

Failure unreachable_failure(const Host& host) {
  if (host.refusal()) {
    return {.exit = ExitCode::usage, .code = "bad_server", .text = "The server's address: " + *host.refusal()};
  }
  std::string text = "The server could not be reached";
  if (!host.last_end().empty()) text += ": " + host.last_end();
  return {.exit = ExitCode::unreachable, .code = "offline", .text = printable_text(text, LineBreaks::as_spaces)};
}

Deadline engine_deadline() { return steady_clock::now() + std::chrono::seconds(35); }

std::expected<client::Identity, Failure> require_login(Host& host) {
  auto identity = ask<client::Identity>(host, client::WhoAmI{}, engine_deadline());
  if (!identity) return std::unexpected(identity.error());
  switch (identity->state) {
    case client::LoginState::logged_in:
      return identity;
    case client::LoginState::logged_out:
      return std::unexpected(Failure{ExitCode::not_signed_in, "not_logged_in",
                                     "You are logged out. Log in again with: sotto login " + identity->name});
    case client::LoginState::registering:
      return std::unexpected(Failure{ExitCode::not_signed_in, "not_registered",
                                     "The registration was not finished. Repeat: sotto register " + identity->name});
    case client::LoginState::empty:
      break;
  }
  return std::unexpected(Failure{ExitCode::not_signed_in, "not_registered",
                                 "There is no account here yet. Begin with: sotto --server URL register NAME"});
}

bool catch_up(Host& host) {
  const Deadline deadline = steady_clock::now() + catch_up_patience;
  const auto settled = [&] { return host.connection() == client::Connection::live || host.is_failing(); };
  host.run_until(settled, deadline);
  if (host.connection() != client::Connection::live) return false;
  const Deadline outbox_deadline = std::min(deadline, steady_clock::now() + outbox_patience);
  while (!outbox_is_empty(host) && steady_clock::now() < outbox_deadline) {
    host.run_until([] { return false; }, steady_clock::now() + std::chrono::milliseconds(50));
  }
  return true;
}

bool print_security_event(const client::Event& event, Console& console) {
  const auto print = [&](std::string_view code, std::string_view text) {
    const std::string shown = printable_text(text, LineBreaks::as_spaces);
    console.notice({.code = code, .text = shown});
    return true;
  };
  if (const auto* notice = std::get_if<client::SecurityNotice>(&event))
    return print(notice_code(notice->kind), notice->text);
  if (const auto* changed = std::get_if<client::IdentityChanged>(&event))
    return print("identity_changed", changed->text);
  if (const auto* devices = std::get_if<client::OwnDevicesChanged>(&event))
    return print("own_devices_changed", devices->text);
  if (const auto* ended = std::get_if<client::LoggedOut>(&event)) return print("logged_out", ended->text);
  return false;
}

}  // namespace sotto::cli
