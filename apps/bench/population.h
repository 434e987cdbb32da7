#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/argon2id.h"
#include "service/access_tokens.h"
#include "service/testing/test_account.h"

namespace sotto::bench {

/// An account with one device and one login.
struct Resident {
  service::testing::TestAccount keys;
  service::Caller caller;
};

/// People each of whom knows as many of the others: resident `at` has a direct conversation with each of the next
/// `acquaintances`, in a ring.
struct CircleOfPeople {
  /// None, or more than twice the acquaintances.
  unsigned people = 0;
  unsigned acquaintances = 50;
  /// In each of these conversations.
  std::uint64_t messages = 0;
};

struct PopulationPlan {
  unsigned accounts = 0;
  /// Whether residents 0 and 1, 2 and 3 and so on have a direct conversation.
  enum class Pairing : std::uint8_t { none, neighbours } pairing = Pairing::none;
  /// In each of these, with bodies of `body_size` octets.
  std::uint64_t messages = 0;
  std::size_t body_size = 400;
  /// These come after the others.
  CircleOfPeople circle = {};
  /// Of the residents' one password, `keys.password`. Nobody signs in by it unless a form says so, hence the cheapest.
  crypto::Argon2idCost password_cost{.memory_kib = 8, .passes = 1};
};

/// People who are in a server's database before it starts: written by the storage and the rules' own types, because
/// registering thousands costs minutes of password hashing on purpose. Their keys and signatures are real.
class Population {
 public:
  /// Fills the empty data directory of a server that does not run. The error is a sentence.
  [[nodiscard]] static std::expected<Population, std::string> settle(const std::filesystem::path& data,
                                                                     const PopulationPlan& plan);
  /// The people of a directory that was filled by the same plan before, and may have been used since.
  [[nodiscard]] static std::expected<Population, std::string> meet(const std::filesystem::path& data,
                                                                   const PopulationPlan& plan);

  [[nodiscard]] const std::vector<Resident>& residents() const { return residents_; }
  /// An access token of the resident's login, issued now.
  [[nodiscard]] std::string token(const Resident& resident) const;

 private:
  Population(std::vector<Resident> residents, service::AccessTokens tokens)
      : residents_(std::move(residents)), tokens_(std::move(tokens)) {}

  std::vector<Resident> residents_;
  service::AccessTokens tokens_;
};

}  // namespace sotto::bench
