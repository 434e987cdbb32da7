#include "cli/commands/naming_groups.h"

#include "base/text_encoding.h"
#include "cli/commands/conversation_list.h"

namespace sotto::cli {

bool is_group(const client::ConversationSummary& summary) {
  return summary.kind == client::ConversationKind::group || summary.kind == client::ConversationKind::channel;
}

std::expected<ConversationId, Failure> find_group(Host& host, std::string_view wanted) {
  if (wanted.starts_with('#')) wanted.remove_prefix(1);
  const auto list = list_conversations(host);
  if (!list) return std::unexpected(list.error());
  std::vector<ConversationId> found;
  for (const client::ConversationSummary& summary : *list) {
    const bool is_it = summary.title == wanted || to_hex(summary.conversation.view()) == wanted;
    if (is_group(summary) && is_it) found.push_back(summary.conversation);
  }
  if (found.size() == 1) return found.front();
  const std::string text = found.empty() ? "No group is called so; `sotto group list` shows yours."
                                         : "Several groups are called so; name it by its id, as `sotto group list` "
                                           "shows it.";
  return std::unexpected(Failure{.code = "unknown_group", .text = text});
}

std::string_view name_of(wire::Role role) {
  switch (role) {
    case wire::Role::owner:
      return "owner";
    case wire::Role::admin:
      return "admin";
    case wire::Role::member:
      return "member";
    case wire::Role::read_only:
      return "read-only";
  }
  return {};
}

std::optional<wire::Role> role_named(std::string_view name) {
  for (const wire::Role role : {wire::Role::owner, wire::Role::admin, wire::Role::member, wire::Role::read_only}) {
    if (name_of(role) == name) return role;
  }
  return std::nullopt;
}

}  // namespace sotto::cli
