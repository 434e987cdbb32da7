#include "bench/peers/negotiation.h"

#include "bench/peers/requests.h"

namespace sotto::bench::peers {

std::string Negotiation::begin() const { return open_stream(); }

std::expected<std::string, std::string> Negotiation::take(const Stanza& stanza) {
  if (stanza.name == "stream:error" || stanza.name == "/stream:stream" || stanza.name == "failure") {
    return std::unexpected("the server ended the negotiation: " + std::string(stanza.octets));
  }
  if (stanza.name == "stream:features" && awaited_ == Awaited::features) {
    if (purpose_ == Purpose::sign_in) return say_credentials();
    awaited_ = Awaited::registration;
    return register_account(account_);
  }
  if (stanza.name == "success" && awaited_ == Awaited::success) {
    awaited_ = Awaited::features_for_account;
    return open_stream();
  }
  if (stanza.name == "stream:features" && awaited_ == Awaited::features_for_account) {
    awaited_ = Awaited::resource;
    return bind_resource();
  }
  if (stanza.name == "iq") return take_result(stanza);
  return std::string();
}

std::string Negotiation::say_credentials() {
  awaited_ = Awaited::success;
  return authenticate(account_);
}

std::expected<std::string, std::string> Negotiation::take_result(const Stanza& stanza) {
  if (attribute(stanza, "type") != "result") return std::unexpected("refused: " + std::string(stanza.octets));
  if (awaited_ == Awaited::registration) return say_credentials();
  if (awaited_ == Awaited::resource) awaited_ = Awaited::nothing;
  return std::string();
}

}  // namespace sotto::bench::peers
