#pragma once

#include "session/device_list.h"
#include "session/prekeys.h"
#include "session/session.h"

namespace sotto::session::testing {

/// 2026-01-01T00:00:00Z; the tests' time begins here.
inline constexpr UnixMillis start_of_time{1'767'225'600'000};

/// Who a party is.
struct Person {
  AccountIdentity account;
  LocalDevice local;
  RemoteDevice as_remote;
};

/// A new account with one device, its list signed and verified.
[[nodiscard]] Person make_person(Random& random);

/// One device, what it holds about the other one, and what a server holds for it.
struct Party {
  LocalDevice local;
  RemoteDevice as_remote;
  PrivatePrekeys prekeys;
  PeerSessions sessions;
  wire::PublishPrekeys published;

  [[nodiscard]] Party copy() const { return {local.copy(), as_remote, prekeys.copy(), sessions.copy(), published}; }
};

/// How many one-time prekeys of each kind a party publishes.
enum class Stock : std::uint8_t { none, full };

[[nodiscard]] Party make_party(Random& random, Stock stock);

/// Makes what is due and publishes it.
void publish(Party& party, const wire::PrekeyStock& stock, UnixMillis now, Random& random);

/// What a server would hand out: one-time prekeys while there are any, each once.
[[nodiscard]] wire::PrekeyBundle claim(Party& party);

[[nodiscard]] inline Correspondents from_to(const Party& local, const Party& remote) {
  return {.local = local.local, .remote = remote.as_remote};
}

/// A context that differs with `number`.
[[nodiscard]] wire::SessionContext context(std::uint8_t number);

// The whole transitions, with the next state put in place on success.

void start(Party& local, Party& remote, UnixMillis now, Random& random);
[[nodiscard]] Bytes seal_from(Party& local, const Party& remote, std::string_view text,
                              const wire::SessionContext& context, UnixMillis now, Random& random);
/// The text, or why there is none.
[[nodiscard]] std::expected<std::string, OpenError> open_at(Party& local, const Party& remote, ByteView message,
                                                            const wire::SessionContext& context, UnixMillis now,
                                                            Random& random);

}  // namespace sotto::session::testing
