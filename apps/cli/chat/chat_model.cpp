#include "cli/chat/chat_model.h"

#include <algorithm>

namespace sotto::cli {
namespace {

/// Where a message stands in the conversation; the server's numbers begin at 1.
std::uint64_t place(const client::TimelineMessage& message) { return message.seq == 0 ? UINT64_MAX : message.seq; }

bool is_same(const client::TimelineMessage& left, const client::TimelineMessage& right) {
  const bool same_seq = left.seq != 0 && left.seq == right.seq;
  return same_seq || (left.message == right.message && left.sender == right.sender);
}

}  // namespace

bool ChatModel::upsert(const client::TimelineMessage& message) {
  const auto known = std::find_if(messages.begin(), messages.end(),
                                  [&](const client::TimelineMessage& other) { return is_same(other, message); });
  const bool is_new = known == messages.end();
  if (!is_new) messages.erase(known);
  const auto next = std::upper_bound(messages.begin(), messages.end(), place(message),
                                     [](std::uint64_t value, const auto& other) { return value < place(other); });
  messages.insert(next, message);
  return is_new;
}

void ChatModel::set_typing(const client::TypingChanged& change) {
  std::erase(typing, change.name);
  constexpr std::size_t most_named = 8;
  if (change.typing && typing.size() < most_named) typing.push_back(change.name);
}

void ChatModel::remove(const wire::MessageReference& message) {
  std::erase_if(messages, [&](const client::TimelineMessage& shown) {
    return shown.message == message.message && shown.sender == message.sender;
  });
}

std::uint64_t ChatModel::newest_seq() const {
  std::uint64_t newest = 0;
  for (const auto& message : messages) newest = std::max(newest, message.seq);
  return newest;
}

std::uint64_t ChatModel::oldest_seq() const { return messages.empty() ? 0 : messages.front().seq; }

}  // namespace sotto::cli
