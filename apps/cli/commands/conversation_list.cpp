#include "cli/commands/conversation_list.h"

#include <algorithm>
#include <iterator>

namespace sotto::cli {

std::expected<std::vector<client::ConversationSummary>, Failure> list_conversations(Host& host) {
  std::vector<client::ConversationSummary> all;
  client::ListConversations request;
  while (true) {
    auto page = ask<client::ConversationList>(host, request, engine_deadline());
    if (!page) return std::unexpected(page.error());
    std::ranges::move(page->conversations, std::back_inserter(all));
    if (!page->more || all.empty()) return all;
    request.after = all.back().conversation;
  }
}

}  // namespace sotto::cli
