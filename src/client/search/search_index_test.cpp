// Property: the index finds exactly what reading every line would find, in the same order, after any course of
// additions, changes and removals.

#include "client/search/search_index.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace sotto::client {
namespace {

constexpr std::array vocabulary{"Müller", "mueller", "Muller",  "straße", "Strasse", "der",   "die",  "das",
                                "über",   "uber",    "schönes", "Wetter", "wetten",  "heute", "heut", "Häuser",
                                "haus",   "42",      "420",     "👍",     "café",    "Cafe",  "été",  "x"};

template <class Id>
Id id_of(std::uint64_t number) {
  Id id;
  id.bytes[0] = static_cast<std::uint8_t>(number + 1);
  return id;
}

/// The definition: every line is read.
class Naive {
 public:
  void put(const SearchedLine& line, const std::string& text) { lines_[line.position] = {line, text}; }
  void remove(std::uint64_t position) { lines_.erase(position); }
  [[nodiscard]] std::vector<std::uint64_t> find(const SearchTerms& terms) const {
    std::vector<SearchedLine> found;
    for (const auto& [position, entry] : lines_) {
      if (holds(entry.first, entry.second, terms)) found.push_back(entry.first);
    }
    std::ranges::sort(found, [](const SearchedLine& left, const SearchedLine& right) {
      return std::pair(left.sent_at, left.position) > std::pair(right.sent_at, right.position);
    });
    std::vector<std::uint64_t> positions;
    for (const SearchedLine& line : found) {
      if (positions.size() < terms.limit) positions.push_back(line.position);
    }
    return positions;
  }
  [[nodiscard]] const auto& lines() const { return lines_; }

 private:
  static bool holds(const SearchedLine& line, const std::string& text, const SearchTerms& terms) {
    const auto words = fold_words(text);
    for (const FoldedWord& wanted : terms.words) {
      if (std::ranges::none_of(words, [&](const FoldedWord& word) { return begins_with(word, wanted); })) return false;
    }
    if (terms.conversation && line.conversation != *terms.conversation) return false;
    if (terms.sender && line.sender != *terms.sender) return false;
    if (terms.kind && line.kind != *terms.kind) return false;
    if (terms.from && line.sent_at < *terms.from) return false;
    return !terms.until || line.sent_at < *terms.until;
  }

  std::map<std::uint64_t, std::pair<SearchedLine, std::string>> lines_;
};

class Course {
 public:
  explicit Course(unsigned seed) : random_(seed) {}

  std::string text() {
    std::string words;
    for (std::uint64_t count = chance(8); count > 0; --count) {
      if (!words.empty()) words += chance(3) == 0 ? ", " : " ";
      words += vocabulary[chance(vocabulary.size())];
    }
    return words;
  }
  SearchedLine line() {
    return {.position = chance(600),
            .conversation = id_of<ConversationId>(chance(3)),
            .sender = id_of<AccountId>(chance(3)),
            .sent_at = {1'000 + chance(50)},
            .kind = static_cast<std::uint32_t>(chance(2))};
  }
  SearchTerms terms() {
    SearchTerms terms;
    std::string words;
    for (std::uint64_t count = chance(4); count > 0; --count) {
      const std::string word = vocabulary[chance(vocabulary.size())];
      // A prefix that does not cut a character.
      std::size_t size = 1 + chance(word.size());
      while (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xc0) == 0x80) ++size;
      words += word.substr(0, size) + " ";
    }
    terms.words = fold_words(words);
    if (chance(3) == 0) terms.conversation = id_of<ConversationId>(chance(3));
    if (chance(3) == 0) terms.sender = id_of<AccountId>(chance(3));
    if (chance(4) == 0) terms.kind = static_cast<std::uint32_t>(chance(2));
    if (chance(4) == 0) terms.from = UnixMillis{1'000 + chance(50)};
    if (chance(4) == 0) terms.until = UnixMillis{1'000 + chance(50)};
    terms.limit = chance(2) == 0 ? 1'000 : chance(20);
    return terms;
  }
  std::uint64_t chance(std::uint64_t bound) { return random_() % bound; }

 private:
  std::mt19937 random_;
};

TEST(SearchIndex, FindsWhatReadingEveryLineFinds) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    Course course(seed);
    Naive naive;
    SearchIndex index;
    for (int step = 0; step < 6'000; ++step) {
      if (course.chance(4) == 0) {
        const std::uint64_t position = course.chance(600);
        naive.remove(position);
        index.remove(position);
      } else {
        const SearchedLine line = course.line();
        const std::string text = course.text();
        naive.put(line, text);
        index.put(line, text);
      }
      if (step % 30 == 0) {
        const SearchTerms terms = course.terms();
        ASSERT_EQ(index.find(terms), naive.find(terms)) << "seed " << seed << " step " << step;
      }
    }
    EXPECT_EQ(index.size(), naive.lines().size());
  }
}

TEST(SearchIndex, FindsNothingInNothing) {
  SearchIndex index;
  SearchTerms terms;
  terms.words = fold_words("a");
  terms.limit = 10;
  EXPECT_TRUE(index.find(terms).empty());
  index.remove(7);
  EXPECT_EQ(index.size(), 0u);
}

}  // namespace
}  // namespace sotto::client
