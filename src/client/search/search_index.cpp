#include "client/search/search_index.h"

#include <algorithm>

namespace sotto::client {

void SearchIndex::post(const std::string& word, Number number) {
  std::vector<Number>& postings = postings_[word];
  // Numbers only grow, so a repeat within one line stands at the end.
  if (postings.empty() || postings.back() != number) postings.push_back(number);
}

void SearchIndex::put(const SearchedLine& line, std::string_view text) {
  remove(line.position);
  const auto number = static_cast<Number>(lines_.size());
  lines_.push_back({.line = line, .alive = true});
  numbers_[line.position] = number;
  for (const FoldedWord& word : fold_words(text)) {
    post(word.plain, number);
    if (word.spelled != word.plain) post(word.spelled, number);
  }
}

void SearchIndex::remove(std::uint64_t position) {
  const auto found = numbers_.find(position);
  if (found == numbers_.end()) return;
  lines_[found->second].alive = false;
  numbers_.erase(found);
  constexpr std::size_t worth_packing = 1'024;
  if (lines_.size() > worth_packing && numbers_.size() < lines_.size() / 2) pack();
}

void SearchIndex::pack() {
  std::vector<Number> moved(lines_.size(), 0);
  std::vector<Entry> kept;
  for (Number number = 0; number < lines_.size(); ++number) {
    if (!lines_[number].alive) continue;
    moved[number] = static_cast<Number>(kept.size());
    numbers_[lines_[number].line.position] = moved[number];
    kept.push_back(lines_[number]);
  }
  for (auto& [word, postings] : postings_) {
    std::erase_if(postings, [&](Number number) { return !lines_[number].alive; });
    for (Number& number : postings) number = moved[number];
  }
  std::erase_if(postings_, [](const auto& entry) { return entry.second.empty(); });
  lines_ = std::move(kept);
}

bool SearchIndex::passes(const Entry& entry, const SearchTerms& terms) const {
  const SearchedLine& line = entry.line;
  return entry.alive && (!terms.conversation || line.conversation == *terms.conversation) &&
         (!terms.sender || line.sender == *terms.sender) && (!terms.kind || line.kind == *terms.kind) &&
         (!terms.from || line.sent_at >= *terms.from) && (!terms.until || line.sent_at < *terms.until);
}

std::vector<SearchIndex::Number> SearchIndex::matches(const SearchTerms& terms) const {
  // How many of the words, counted in order, a line has been found to hold.
  std::vector<std::uint16_t> held(lines_.size(), 0);
  std::uint16_t wanted = 0;
  const auto mark = [&](const std::string& prefix) {
    for (auto word = postings_.lower_bound(prefix); word != postings_.end() && word->first.starts_with(prefix);
         ++word) {
      for (const Number number : word->second) {
        if (held[number] == wanted) ++held[number];
      }
    }
  };
  for (const FoldedWord& word : terms.words) {
    mark(word.plain);
    if (word.spelled != word.plain) mark(word.spelled);
    ++wanted;
  }
  std::vector<Number> found;
  for (Number number = 0; number < lines_.size(); ++number) {
    if (held[number] == wanted && passes(lines_[number], terms)) found.push_back(number);
  }
  return found;
}

std::vector<std::uint64_t> SearchIndex::find(const SearchTerms& terms) const {
  std::vector<Number> found = matches(terms);
  const auto newer = [&](Number left, Number right) {
    const SearchedLine& one = lines_[left].line;
    const SearchedLine& other = lines_[right].line;
    return std::pair(one.sent_at, one.position) > std::pair(other.sent_at, other.position);
  };
  const std::size_t count = std::min(terms.limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(), newer);
  std::vector<std::uint64_t> positions;
  for (std::size_t index = 0; index < count; ++index) positions.push_back(lines_[found[index]].line.position);
  return positions;
}

}  // namespace sotto::client
