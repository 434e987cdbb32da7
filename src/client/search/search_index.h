#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "client/search/folding.h"

namespace sotto::client {

/// What a line of a timeline is found by, besides its words.
struct SearchedLine {
  /// The line's position in the timeline, which names it.
  std::uint64_t position = 0;
  ConversationId conversation;
  AccountId sender;
  UnixMillis sent_at;
  /// What kind of line it is; the index only compares it.
  std::uint32_t kind = 0;
};

/// What is looked for. Everything that is set must hold.
struct SearchTerms {
  /// Each word must begin a word of the line. Words none, and all lines are found.
  std::vector<FoldedWord> words;
  std::optional<ConversationId> conversation = std::nullopt;
  std::optional<AccountId> sender = std::nullopt;
  std::optional<std::uint32_t> kind = std::nullopt;
  /// Inclusive.
  std::optional<UnixMillis> from = std::nullopt;
  /// Exclusive.
  std::optional<UnixMillis> until = std::nullopt;
  std::size_t limit = 0;
};

/// An inverted index over the lines of all conversations: the folded words in order, each with the lines that hold it.
/// A prefix is a run of words. In memory only; holds words, not texts. About 130 octets for a line of ten words.
class SearchIndex {
 public:
  /// Adds a line, or replaces what was there under its position.
  void put(const SearchedLine& line, std::string_view text);
  /// Nothing happens if it is not there.
  void remove(std::uint64_t position);
  /// Positions, newest first by time and then by position.
  [[nodiscard]] std::vector<std::uint64_t> find(const SearchTerms& terms) const;
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  /// A line's place in `lines_`, given once and never again before the index is packed.
  using Number = std::uint32_t;
  struct Entry {
    SearchedLine line;
    /// False once it was removed or replaced; its postings are passed over then.
    bool alive = true;
  };

  void post(const std::string& word, Number number);
  /// Leaves out the postings of lines that are gone, once they are more than half.
  void pack();
  [[nodiscard]] bool passes(const Entry& entry, const SearchTerms& terms) const;
  [[nodiscard]] std::vector<Number> matches(const SearchTerms& terms) const;

  std::vector<Entry> lines_;
  std::unordered_map<std::uint64_t, Number> numbers_;
  std::map<std::string, std::vector<Number>, std::less<>> postings_;
};

}  // namespace sotto::client
