#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sotto::client {

/// A word as it is searched for: in lower case, without accents. A letter that may be written in two ways gives two
/// forms: "Müller" is "muller" and "mueller", "Straße" is "strasse" in both.
struct FoldedWord {
  /// ä as a, ö as o, ü as u, å as a, æ as a.
  std::string plain;
  /// ä as ae, ö as oe, ü as ue, å as aa, æ as ae. Equal to `plain` where nothing differs.
  std::string spelled;
  /// Where it stands in the text, in octets.
  std::size_t start = 0;
  std::size_t size = 0;
};

/// The words of a text in UTF-8, in order. A word is a run of letters and digits of any script; an emoji, and a
/// character of a script that is written without spaces, is a word of its own. A word longer than 64 octets (folded) is
/// cut there. Octets that are not UTF-8 are passed over.
[[nodiscard]] std::vector<FoldedWord> fold_words(std::string_view text);

/// Whether `wanted` begins `word` in one of the forms that both can have.
[[nodiscard]] bool begins_with(const FoldedWord& word, const FoldedWord& wanted);

}  // namespace sotto::client
