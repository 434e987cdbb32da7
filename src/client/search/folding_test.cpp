// Property: words are found however they are written: case, accents and the spelling of umlauts do not count, and where
// a word stands is told exactly; no octets break the reading.

#include "client/search/folding.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace sotto::client {
namespace {

std::vector<std::string> plain(std::string_view text) {
  std::vector<std::string> words;
  for (const FoldedWord& word : fold_words(text)) words.push_back(word.plain);
  return words;
}

bool finds(std::string_view wanted, std::string_view text) {
  const auto terms = fold_words(wanted);
  const auto words = fold_words(text);
  return std::ranges::all_of(terms, [&](const FoldedWord& term) {
    return std::ranges::any_of(words, [&](const FoldedWord& word) { return begins_with(word, term); });
  });
}

TEST(Folding, TakesTextApart) {
  EXPECT_EQ(plain("Hello, World! It's 12:30."), (std::vector<std::string>{"hello", "world", "it", "s", "12", "30"}));
  EXPECT_EQ(plain("  "), std::vector<std::string>{});
  EXPECT_EQ(plain("»Zitat« – Ende…"), (std::vector<std::string>{"zitat", "ende"}));
  EXPECT_EQ(plain("Привет МИР, Ёлка"), (std::vector<std::string>{"привет", "мир", "елка"}));
  EXPECT_EQ(plain("ΆΛΦΑ ωμέγας"), (std::vector<std::string>{"αλφα", "ωμεγασ"}));
  EXPECT_EQ(plain("日本"), (std::vector<std::string>{"日", "本"}));
  EXPECT_EQ(plain("ok👍🏽sure"), (std::vector<std::string>{"ok", "👍", "sure"}));
}

TEST(Folding, FindsUmlautsHoweverTheyAreWritten) {
  for (const char* wanted : {"Müller", "muller", "MUELLER", "mu\xcc\x88ller", "mül"}) {
    EXPECT_TRUE(finds(wanted, "Frau Müller kommt")) << wanted;
    EXPECT_TRUE(finds(wanted, "Frau Mu\xcc\x88ller kommt")) << wanted;
  }
  EXPECT_TRUE(finds("müller", "Mueller"));
  EXPECT_TRUE(finds("müller", "Muller"));
  EXPECT_TRUE(finds("strasse", "Straße"));
  EXPECT_TRUE(finds("straße", "STRASSE"));
  EXPECT_TRUE(finds("STRAẞE", "straße"));
  EXPECT_TRUE(finds("aepfel", "Äpfel"));
  EXPECT_TRUE(finds("apfel", "Äpfel"));
  EXPECT_TRUE(finds("osterreich", "Österreich"));
  EXPECT_TRUE(finds("cafe", "Café"));
  EXPECT_TRUE(finds("nguyen", "Nguyễn"));
  EXPECT_TRUE(finds("lodz", "Łódź"));
  EXPECT_TRUE(finds("smorrebrod", "Smørrebrød"));
  EXPECT_FALSE(finds("pot", "poet")) << "without an umlaut, e is a letter";
  EXPECT_FALSE(finds("sue", "suppe"));
}

TEST(Folding, TellsWhereAWordStands) {
  const std::string text = "»Größe« zählt";
  const auto words = fold_words(text);
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(text.substr(words[0].start, words[0].size), "Größe");
  EXPECT_EQ(text.substr(words[1].start, words[1].size), "zählt");
  EXPECT_EQ(words[0].plain, "grosse");
  EXPECT_EQ(words[0].spelled, "groesse");
}

TEST(Folding, CutsEndlessWords) {
  const auto words = fold_words(std::string(10'000, 'x') + " end");
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(words[0].plain, std::string(64, 'x'));
  EXPECT_EQ(words[0].size, 10'000u);
}

TEST(Folding, ReadsAnyOctets) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 40, ' ');
    for (char& octet : text) octet = static_cast<char>(random() % (round % 2 == 0 ? 256 : 128));
    std::size_t end = 0;
    for (const FoldedWord& word : fold_words(text)) {
      ASSERT_GE(word.start, end);
      ASSERT_GT(word.size, 0u);
      end = word.start + word.size;
      ASSERT_LE(end, text.size());
      ASSERT_TRUE(begins_with(word, word));
    }
  }
}

}  // namespace
}  // namespace sotto::client
