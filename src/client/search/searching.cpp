#include "client/search/searching.h"

#include <algorithm>

#include "client/directory.h"
#include "client/views.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

/// Rows that one transition takes into the index; reading one costs some microseconds.
constexpr std::size_t rows_at_a_time = 4'000;
constexpr std::size_t default_limit = 50;
constexpr std::size_t most_results = 200;

void take_line(Turn& turn, const TimelineRow& row) {
  SearchIndex& index = turn.memory.search.index;
  if (row.place != RowPlace::line || row.cause != UndecryptableCause::none) return index.remove(row.position);
  const TimelineMessage line = shown(turn, row);
  index.put({.position = row.position,
             .conversation = row.conversation,
             .sender = row.sender.account,
             .sent_at = row.sent_at,
             .kind = static_cast<std::uint32_t>(line.kind)},
            line.text);
}

/// A line, or the line that an event is about.
void take_row(Turn& turn, const TimelineRow& row) {
  if (row.place != RowPlace::event) return take_line(turn, row);
  if (!row.target) return;
  const MessageAddress address{.conversation = row.target_conversation.value_or(row.conversation),
                               .sender = {row.target->sender, row.target->sender_device},
                               .message = row.target->message};
  if (const auto target = turn.timeline.find(address)) take_line(turn, *target);
}

std::optional<AccountId> account_named(Turn& turn, const std::string& wanted) {
  const std::optional<std::string> name = account_name(wanted);
  const std::optional<Contact> contact = name ? turn.contacts.find_by_name(*name) : std::nullopt;
  return contact ? std::optional(contact->account) : std::nullopt;
}

/// What is looked for; nothing after the command has failed.
std::optional<SearchTerms> terms_of(Turn& turn, std::uint64_t id, const SearchMessages& command) {
  SearchTerms terms;
  terms.words = fold_words(command.words);
  terms.conversation = command.conversation;
  if (command.kind) terms.kind = static_cast<std::uint32_t>(*command.kind);
  if (command.from.value > 0) terms.from = command.from;
  if (command.until.value > 0) terms.until = command.until;
  if (!command.with.empty()) {
    const std::optional<AccountId> peer = account_named(turn, command.with);
    const auto row = peer ? turn.conversations.find_by_peer(*peer) : std::nullopt;
    if (!row) {
      turn.fail(id, ClientErrorCode::unknown_conversation);
      return std::nullopt;
    }
    terms.conversation = row->conversation;
  }
  if (!command.sender.empty()) {
    terms.sender = account_named(turn, command.sender);
    if (!terms.sender) {
      turn.fail(id, ClientErrorCode::unknown_account);
      return std::nullopt;
    }
  }
  return terms;
}

std::vector<Highlight> highlights_in(const std::string& text, const std::vector<FoldedWord>& wanted) {
  std::vector<Highlight> highlights;
  for (const FoldedWord& word : fold_words(text)) {
    const bool is_wanted = std::ranges::any_of(wanted, [&](const FoldedWord& one) { return begins_with(word, one); });
    if (!is_wanted || highlights.size() == max_highlights) continue;
    highlights.push_back(
        {.start = static_cast<std::uint32_t>(word.start), .size = static_cast<std::uint32_t>(word.size)});
  }
  return highlights;
}

}  // namespace

void pump_search(Turn& turn) {
  SearchState& search = turn.memory.search;
  if (!search.wanted) return;
  // An older copy of the home may have been put back under a running process.
  if (search.change > turn.timeline.last_change()) search = {.index = {}, .wanted = true, .change = 0, .more = false};
  const std::vector<TimelineRow> rows = turn.timeline.changes({.change = search.change, .limit = rows_at_a_time});
  for (const TimelineRow& row : rows) {
    take_row(turn, row);
    search.change = std::max(search.change, row.changed);
  }
  search.more = rows.size() == rows_at_a_time;
}

void run_search(Turn& turn, WaitingCommand& waiting, const SearchMessages& command) {
  const std::uint64_t id = waiting.frame.id;
  if (!command.with.empty() && command.conversation) return turn.fail(id, ClientErrorCode::bad_command);
  SearchState& search = turn.memory.search;
  const bool caught_up = search.wanted && !search.more && search.change == turn.timeline.last_change();
  if (!caught_up) {
    search.wanted = true;
    pump_search(turn);
    if (search.more) return;
  }
  std::optional<SearchTerms> terms = terms_of(turn, id, command);
  if (!terms) return;
  // Words were asked for, and none of what was given is one.
  const bool hopeless = terms->words.empty() && !command.words.empty();
  const std::size_t limit = command.limit == 0 || command.limit > most_results ? default_limit : command.limit;
  terms->limit = hopeless ? 0 : limit + 1;
  Found found;
  for (const std::uint64_t position : search.index.find(*terms)) {
    if (found.messages.size() == limit) {
      found.more = true;
      break;
    }
    const std::optional<TimelineRow> row = turn.timeline.at(position);
    if (!row) continue;
    TimelineMessage line = shown(turn, *row);
    std::vector<Highlight> highlights = highlights_in(line.text, terms->words);
    found.messages.push_back({.message = std::move(line), .highlights = std::move(highlights)});
  }
  turn.answer(id, std::move(found));
}

}  // namespace sotto::client
