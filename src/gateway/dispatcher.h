#pragma once

#include "gateway/password_pool.h"
#include "gateway/request_work.h"
#include "gateway/settings.h"
#include "service/ended_logins.h"
#include "service/limits.h"
#include "service/transparency_log.h"
#include "wire/frame.h"

namespace sotto::gateway {

/// Who asks, as far as the connection knows. Borrowed for one call.
struct Asker {
  /// The peer's address, or the client's behind a trusted proxy.
  std::string_view address;
  /// The stream's caller. Null before authentication and on HTTP.
  const service::Caller* caller = nullptr;
  /// The access token of an HTTP request.
  std::optional<std::string_view> token;
};

/// The one door to the rules: counts a request, checks who asks, and gives it to the worker that its operation needs.
/// Every request is answered exactly once through the reply sink. Used from the network's thread.
class Dispatcher {
 public:
  struct Parts {
    WorkParts work;
    const service::AccessTokens& tokens;
    service::EndedLogins& ended_logins;
    service::RateLimits& limits;
    PasswordPool& passwords;
  };

  Dispatcher(const Parts& parts, const GatewaySettings& settings) : parts_(parts), settings_(settings) {}
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// `request` holds one of the operations' requests, and `tag.operation` is its index.
  void ask(const RequestTag& tag, wire::Request request, const Asker& asker);

  /// Asks whether the storage can write: answered `Done` or `unavailable`.
  void probe(const RequestTag& tag);

  /// Reads a resource of the transparency log, which anybody may: answered `Done` with the octets, or `not_found`.
  void fetch(const RequestTag& tag, const service::LogAddress& address, std::string_view asker_address);

  [[nodiscard]] bool has_ended(LoginId login) const { return parts_.ended_logins.contains(login); }
  [[nodiscard]] std::size_t password_requests() const { return parts_.passwords.requests(); }
  [[nodiscard]] UnixMillis now() const { return parts_.work.clock.now(); }

 private:
  template <class Request>
  void ask_for(const RequestTag& tag, Request request, const Asker& asker);
  template <class Request>
  void start(Asked asked, Request request);
  template <class Request>
  void start_with_password(Asked asked, Request request);

  /// Fills in who asks; the refusal if nobody may.
  [[nodiscard]] std::expected<void, service::Refusal> identify(Asked& asked, const Asker& asker) const;
  [[nodiscard]] std::expected<void, service::Refusal> identify(Asked& asked, std::string_view token) const;
  /// By the token of a request that comes alone. Who shows tokens that are none is heard less often, because each costs
  /// a signature to find out.
  [[nodiscard]] std::expected<void, service::Refusal> identify_stranger(Asked& asked, const Asker& asker) const;

  Parts parts_;
  const GatewaySettings& settings_;
};

/// Index of the operation that takes `Request`.
template <class Request>
[[nodiscard]] consteval OperationIndex operation_index_of() {
  std::size_t found = operation_count;
  [&found]<std::size_t... Index>(std::index_sequence<Index...>) {
    ((std::same_as<typename wire::ItemAt<Index, decltype(wire::operations)>::Request, Request> ? (found = Index) : 0),
     ...);
  }(std::make_index_sequence<operation_count>());
  return static_cast<OperationIndex>(found);
}

}  // namespace sotto::gateway
