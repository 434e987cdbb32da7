#include "server/upkeep/content_checks.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "membership/group.h"
#include "server/upkeep/findings.h"
#include "service/conversations.h"
#include "service/device_lists.h"
#include "storage/sqlite/unit_of_work.h"
#include "wire/binary.h"

namespace sotto::server {
namespace {

using storage::sqlite::Connection;
using storage::sqlite::Finding;
using storage::sqlite::SqliteUnitOfWork;
using storage::sqlite::Statement;

std::vector<AccountId> all_accounts(Connection& connection) {
  std::vector<AccountId> accounts;
  Statement row = connection.statement(
      "SELECT i.account FROM accounts AS a JOIN account_ids AS i ON i.number = a.account ORDER BY a.account");
  while (row.step()) accounts.push_back(row.fixed<AccountId>(0));
  return accounts;
}

/// What is wrong with an account's list; empty if nothing is.
std::string complaint_about_list(const service::StoredAccount& account) {
  const auto list = service::open_device_list(account.device_list, account.account, account.account_key);
  if (!list) return "its device list is not right: " + list.error().error.message;
  if (list->version != account.device_list_version) {
    return "its device list has version " + std::to_string(list->version) + ", its row " +
           std::to_string(account.device_list_version);
  }
  return {};
}

Finding check_device_lists(Connection& connection) {
  FindingMaker finding("a device list opens, is signed by its account and has the version beside it");
  SqliteUnitOfWork unit(connection, SqliteUnitOfWork::Role::reader);
  for (const AccountId& id : all_accounts(connection)) {
    const auto account = unit.accounts().find(id);
    const std::string complaint = account ? complaint_about_list(*account) : "cannot be read";
    if (!complaint.empty()) finding.breach("account " + to_hex(id.view()) + ": " + complaint);
    if (finding.enough()) break;
  }
  return finding.finish(connection);
}

Finding check_logins(Connection& connection) {
  FindingMaker finding("a login that may do everything is of a listed device");
  SqliteUnitOfWork unit(connection, SqliteUnitOfWork::Role::reader);
  for (const AccountId& id : all_accounts(connection)) {
    const auto account = unit.accounts().find(id);
    const auto list = account ? service::stored_device_list(*account) : std::nullopt;
    if (!list) continue;
    for (const service::StoredLogin& login : unit.logins().list(id)) {
      if (login.scope != service::LoginScope::full || service::find_device(*list, login.device) != nullptr) continue;
      finding.breach("account " + to_hex(id.view()) + ", login " + to_hex(login.login.view()));
    }
    if (finding.enough()) break;
  }
  return finding.finish(connection);
}

Finding check_direct_conversations(Connection& connection) {
  FindingMaker finding("a direct conversation is named after its members");
  Statement row = connection.statement(
      "SELECT c.conversation, min(m.account_id), max(m.account_id) FROM conversations AS c"
      " JOIN members AS m ON m.conversation = c.number WHERE c.kind = 0 GROUP BY c.number");
  while (!finding.enough() && row.step()) {
    const auto id = row.fixed<ConversationId>(0);
    if (service::direct_conversation_id(row.fixed<AccountId>(1), row.fixed<AccountId>(2)) == id) continue;
    finding.breach("conversation " + to_hex(id.view()));
  }
  return finding.finish(connection);
}

std::vector<ConversationId> all_groups(Connection& connection) {
  std::vector<ConversationId> groups;
  Statement row = connection.statement("SELECT conversation FROM conversations WHERE kind <> 0 ORDER BY number");
  while (row.step()) groups.push_back(row.fixed<ConversationId>(0));
  return groups;
}

/// The group as its chain makes it, or the number of the first event that does not fit.
std::expected<membership::Group, std::uint64_t> replay(SqliteUnitOfWork& unit,
                                                       const service::StoredConversation& group) {
  std::optional<membership::Group> replayed;
  for (std::uint64_t after = 0; after < group.chain_length;) {
    const auto events =
        unit.groups().read_chain({.conversation = group.conversation, .after = after, .last = group.chain_length});
    if (events.empty()) return std::unexpected(after + 1);
    for (const Bytes& encoded : events) {
      ++after;
      const auto event = wire::decode<wire::SignedGroupEvent>(encoded);
      if (!event) return std::unexpected(after);
      auto next = replayed ? membership::apply(*replayed, *event) : membership::create(*event);
      if (!next) return std::unexpected(after);
      replayed = *std::move(next);
    }
  }
  if (!replayed) return std::unexpected(1);
  return *std::move(replayed);
}

bool same_members(const std::vector<service::StoredMember>& stored, const std::vector<membership::Member>& members) {
  return std::ranges::equal(stored, members, [](const service::StoredMember& row, const membership::Member& member) {
    return row.account == member.account && row.role == member.role;
  });
}

/// What is wrong with a group; empty if nothing is.
std::string complaint_about_group(SqliteUnitOfWork& unit, const ConversationId& id) {
  const auto stored = unit.conversations().find(id);
  if (!stored) return "cannot be read";
  const auto group = replay(unit, *stored);
  if (!group) return "event " + std::to_string(group.error()) + " of its chain does not follow";
  if (group->id != id) return "its chain is another group's";
  if (unit.groups().find_state(id) != wire::encode(*group)) return "its stored state is not that of its chain";
  if (group->closed != stored->closed || group->kind != stored->kind) return "its kind or end is not its chain's";
  if (!same_members(unit.conversations().members({.conversation = id}), group->members)) {
    return "its members are not its chain's";
  }
  return {};
}

Finding check_groups(Connection& connection) {
  FindingMaker finding("a group's chain replays to its stored state and members");
  SqliteUnitOfWork unit(connection, SqliteUnitOfWork::Role::reader);
  for (const ConversationId& id : all_groups(connection)) {
    const std::string complaint = complaint_about_group(unit, id);
    if (!complaint.empty()) finding.breach("conversation " + to_hex(id.view()) + ": " + complaint);
    if (finding.enough()) break;
  }
  return finding.finish(connection);
}

Finding check_server_keys(Connection& connection) {
  FindingMaker finding("the server has its keys");
  Statement row = connection.statement(
      "SELECT k.name FROM (SELECT 'token signing key' AS name UNION ALL SELECT 'transparency log key') AS k"
      " LEFT JOIN server_values AS v ON v.name = k.name WHERE v.value IS NULL OR length(v.value) <> 32");
  while (row.step()) finding.breach("no " + std::string(row.text(0)));
  return finding.finish(connection);
}

}  // namespace

std::vector<Finding> check_content(Connection& connection) {
  std::vector<Finding> findings{check_server_keys(connection), check_device_lists(connection), check_logins(connection),
                                check_direct_conversations(connection), check_groups(connection)};
  std::ranges::move(check_transparency(connection), std::back_inserter(findings));
  return findings;
}

}  // namespace sotto::server
