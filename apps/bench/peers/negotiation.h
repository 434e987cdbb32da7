#pragma once

#include <string>

#include "bench/peers/stanza.h"

namespace sotto::bench::peers {

/// What a client says until its stream is bound to a resource (RFC 6120 sections 4 to 7), without input and output.
class Negotiation {
 public:
  enum class Purpose : std::uint8_t { sign_in, register_and_sign_in };

  Negotiation(std::string account, Purpose purpose) : account_(std::move(account)), purpose_(purpose) {}

  /// The first octets of the stream.
  [[nodiscard]] std::string begin() const;
  /// What to say to this stanza; empty if nothing. The error is a sentence.
  [[nodiscard]] std::expected<std::string, std::string> take(const Stanza& stanza);
  [[nodiscard]] bool is_bound() const { return awaited_ == Awaited::nothing; }

 private:
  enum class Awaited : std::uint8_t { features, registration, success, features_for_account, resource, nothing };

  std::string say_credentials();
  std::expected<std::string, std::string> take_result(const Stanza& stanza);

  std::string account_;
  Purpose purpose_;
  Awaited awaited_ = Awaited::features;
};

}  // namespace sotto::bench::peers
