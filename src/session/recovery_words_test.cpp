// The recovery key is the same after it was written down as words or put into a QR code; every slip of the pen is
// found, and named where it can be.

#include "session/recovery_words.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::session {
namespace {

using Kind = RecoveryWordsError::Kind;

std::string joined(const RecoveryWords& words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

std::string replaced(RecoveryWords words, std::size_t index, std::string_view word) {
  words[index] = word;
  return joined(words);
}

// The vectors of BIP-39 for 256 bits (trezor/python-mnemonic, vectors.json).
TEST(RecoveryWords, AreThoseOfTheStandard) {
  const RecoveryKey zeros;
  EXPECT_EQ(joined(words_of(zeros)),
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art");
  const auto sevens = crypto::secret_from<32>("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f");
  EXPECT_EQ(joined(words_of(sevens)),
            "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal "
            "winner thank year wave sausage worth title");
  const auto other = crypto::secret_from<32>("f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f");
  EXPECT_EQ(joined(words_of(other)),
            "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol "
            "group space point ten exist slush involve unfold");
}

TEST(RecoveryWords, AnyKeyIsReadBackHoweverItIsWritten) {
  crypto::DeterministicRandom random(41);
  for (int round = 0; round < 300; ++round) {
    const auto key = random.next_secret<32>();
    const RecoveryWords words = words_of(key);
    EXPECT_EQ(parse_recovery_key(joined(words)).value(), key);
    std::string written;
    for (std::size_t index = 0; index < words.size(); ++index) {
      std::string cut(words[index].substr(0, 4));
      cut[0] = static_cast<char>(cut[0] - 'a' + 'A');
      written += std::to_string(index + 1) + ". " + cut + ",\n";
    }
    EXPECT_EQ(parse_recovery_key(written).value(), key);
    EXPECT_EQ(parse_recovery_key(as_text(recovery_text(key).reveal())).value(), key);
  }
}

TEST(RecoveryWords, AMistypedWordIsNamedWithTheLikeliestOne) {
  crypto::DeterministicRandom random(42);
  const RecoveryWords words = words_of(random.next_secret<32>());
  const auto error = parse_recovery_key(replaced(words, 6, "abanbon")).error();
  EXPECT_EQ(error, (RecoveryWordsError{.kind = Kind::unknown_word, .position = 7, .suggestion = "abandon"}));
  EXPECT_EQ(parse_recovery_key(replaced(words, 0, "xxxxxxxxx")).error().suggestion, "");
  EXPECT_EQ(parse_recovery_key(replaced(words, 0, std::string(5'000, 'x'))).error().position, 1U);
}

TEST(RecoveryWords, MissingAndExchangedWordsAreFound) {
  crypto::DeterministicRandom random(43);
  RecoveryWords words = words_of(random.next_secret<32>());
  const std::string text = joined(words);
  EXPECT_EQ(parse_recovery_key(text.substr(0, text.rfind(' '))).error(),
            (RecoveryWordsError{.kind = Kind::wrong_count, .position = 23}));
  EXPECT_EQ(parse_recovery_key("").error().kind, Kind::wrong_count);
  EXPECT_EQ(parse_recovery_key(text + " art").error().position, 25U);
  std::swap(words[3], words[4]);
  EXPECT_EQ(parse_recovery_key(joined(words)).error().kind, Kind::wrong_checksum);
  EXPECT_EQ(parse_recovery_key("sotto-recovery:AAAA").error().kind, Kind::damaged_code);
}

TEST(RecoveryWords, OneWordInTwoHundredAndFiftySixHidesBehindTheChecksum) {
  crypto::DeterministicRandom random(44);
  int accepted = 0;
  for (int round = 0; round < 2'000; ++round) {
    RecoveryWords words = words_of(random.next_secret<32>());
    const RecoveryWords others = words_of(random.next_secret<32>());
    words[5] = others[5] == words[5] ? others[6] : others[5];
    if (parse_recovery_key(joined(words))) ++accepted;
  }
  EXPECT_LT(accepted, 30);
}

}  // namespace
}  // namespace sotto::session
