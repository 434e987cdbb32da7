// Search in 100,000 messages: the mark is 50 ms for an answer.

#include <benchmark/benchmark.h>
#include <random>

#include "client/search/search_index.h"

namespace sotto::client {
namespace {

/// Words of one to four syllables, the frequent ones far more often, as in a language.
class Language {
 public:
  Language() {
    constexpr std::array syllables{"ba", "de",  "ge", "ver", "ein", "lich", "keit", "mü", "schö", "un", "an", "ter",
                                   "ro", "sen", "fa", "hau", "wet", "stra", "ße",   "lö", "ko",   "mi", "na", "tag"};
    for (std::size_t count = 0; count < 40'000; ++count) {
      std::string word;
      for (std::size_t length = 1 + random_() % 4; length > 0; --length)
        word += syllables[random_() % syllables.size()];
      words_.push_back(word);
    }
  }
  std::string sentence() {
    std::string text;
    for (std::size_t length = 4 + random_() % 14; length > 0; --length) {
      const double share = static_cast<double>(random_() % 1'000'000) / 1'000'000.0;
      text += words_[static_cast<std::size_t>(share * share * share * static_cast<double>(words_.size() - 1))] + " ";
    }
    return text;
  }

 private:
  std::mt19937 random_{1};
  std::vector<std::string> words_;
};

SearchedLine line_of(std::uint64_t position) {
  SearchedLine line;
  line.position = position;
  line.conversation.bytes[0] = static_cast<std::uint8_t>(position % 20);
  line.sender.bytes[0] = static_cast<std::uint8_t>(position % 40);
  line.sent_at = {1'700'000'000'000 + position * 1'000};
  return line;
}

constexpr std::uint64_t lines = 100'000;

const SearchIndex& filled() {
  static const SearchIndex index = [] {
    SearchIndex built;
    Language language;
    for (std::uint64_t position = 1; position <= lines; ++position) built.put(line_of(position), language.sentence());
    return built;
  }();
  return index;
}

void search(benchmark::State& state, std::string_view words) {
  const SearchIndex& index = filled();
  SearchTerms terms;
  terms.words = fold_words(words);
  terms.limit = 50;
  std::size_t found = 0;
  for (auto _ : state) found += index.find(terms).size();
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(state.iterations());
}

void search_word(benchmark::State& state) { search(state, "schöverlich"); }
void search_prefix(benchmark::State& state) { search(state, "mü"); }
void search_letter(benchmark::State& state) { search(state, "s"); }
void search_four_words(benchmark::State& state) { search(state, "ba de ge un"); }
void search_everything(benchmark::State& state) { search(state, ""); }
BENCHMARK(search_word)->Unit(benchmark::kMillisecond);
BENCHMARK(search_prefix)->Unit(benchmark::kMillisecond);
BENCHMARK(search_letter)->Unit(benchmark::kMillisecond);
BENCHMARK(search_four_words)->Unit(benchmark::kMillisecond);
BENCHMARK(search_everything)->Unit(benchmark::kMillisecond);

void build_index(benchmark::State& state) {
  Language language;
  std::vector<std::string> texts;
  for (std::uint64_t position = 0; position < lines; ++position) texts.push_back(language.sentence());
  for (auto _ : state) {
    SearchIndex index;
    for (std::uint64_t position = 0; position < lines; ++position) index.put(line_of(position), texts[position]);
    benchmark::DoNotOptimize(index.size());
  }
}
BENCHMARK(build_index)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace sotto::client

BENCHMARK_MAIN();
