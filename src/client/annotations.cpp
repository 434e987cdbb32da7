#include "client/annotations.h"

#include <algorithm>

#include "client/conversation_members.h"

namespace sotto::client {
namespace {

constexpr std::size_t most_versions = 200;

/// The edits that count.
std::vector<const TimelineRow*> edits_of(const TimelineRow& message, const std::vector<TimelineRow>& events) {
  std::vector<const TimelineRow*> edits;
  for (const TimelineRow& event : events) {
    const bool is_edit = std::holds_alternative<wire::Edit>(event.content.kind);
    if (is_edit && event.conversation == message.conversation && may_edit(message, event.sender.account)) {
      edits.push_back(&event);
    }
  }
  return edits;
}

const std::string& text_of(const TimelineRow& edit) { return std::get<wire::Edit>(edit.content.kind).text; }

/// Who chose one emoji, in the order of choosing.
struct Chosen {
  std::string emoji;
  std::vector<AccountId> accounts;
};

}  // namespace

bool may_edit(const TimelineRow& message, AccountId account) {
  return message.sender.account == account && message.place == RowPlace::line &&
         std::holds_alternative<wire::TextContent>(message.content.kind);
}

bool may_delete(Turn& turn, const ConversationRow& row, const TimelineRow& message, AccountId account) {
  return message.sender.account == account || may_moderate(turn, row, account);
}

std::optional<Edited> edited(const TimelineRow& message, const std::vector<TimelineRow>& events) {
  const std::vector<const TimelineRow*> edits = edits_of(message, events);
  if (edits.empty()) return std::nullopt;
  return Edited{.text = text_of(*edits.back()), .edits = static_cast<std::uint32_t>(edits.size())};
}

std::vector<ShownReaction> reactions(AccountId self, const std::vector<TimelineRow>& events) {
  std::vector<Chosen> all;
  for (const TimelineRow& event : events) {
    const auto* reaction = std::get_if<wire::Reaction>(&event.content.kind);
    if (reaction == nullptr) continue;
    auto chosen = std::ranges::find(all, reaction->emoji, &Chosen::emoji);
    if (chosen == all.end()) chosen = all.insert(all.end(), {.emoji = reaction->emoji, .accounts = {}});
    std::erase(chosen->accounts, event.sender.account);
    if (!reaction->removed) chosen->accounts.push_back(event.sender.account);
  }
  std::vector<ShownReaction> result;
  for (Chosen& chosen : all) {
    if (chosen.accounts.empty() || result.size() == max_shown_reactions) continue;
    const bool own = std::ranges::find(chosen.accounts, self) != chosen.accounts.end();
    const auto count = static_cast<std::uint32_t>(chosen.accounts.size());
    if (chosen.accounts.size() > max_shown_reactors) chosen.accounts.resize(max_shown_reactors);
    result.push_back(
        {.emoji = std::move(chosen.emoji), .count = count, .own = own, .accounts = std::move(chosen.accounts)});
  }
  return result;
}

EditHistory edit_history(const TimelineRow& message, const std::vector<TimelineRow>& events) {
  EditHistory history;
  const auto* first = std::get_if<wire::TextContent>(&message.content.kind);
  if (first == nullptr) return history;
  history.versions.push_back({.text = first->text, .written_at = message.sent_at});
  for (const TimelineRow* edit : edits_of(message, events)) {
    history.versions.push_back({.text = text_of(*edit), .written_at = edit->sent_at});
  }
  if (history.versions.size() > most_versions) {
    const auto surplus = static_cast<std::ptrdiff_t>(history.versions.size() - most_versions);
    history.versions.erase(history.versions.begin(), history.versions.begin() + surplus);
  }
  return history;
}

}  // namespace sotto::client
