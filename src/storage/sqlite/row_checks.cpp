#include "storage/sqlite/row_checks.h"

#include <array>

#include "storage/sqlite/migration.h"
#include "storage/sqlite/server_database.h"

namespace sotto::storage::sqlite {
namespace {

struct RowCheck {
  std::string_view invariant;
  /// Gives a row with one text for each breach, at most ten.
  std::string_view breaches;
};

// The head of a log, as `SqliteConversationStore` reads it, and whose account it is.
constexpr std::array row_checks{
    RowCheck{"every row that another one refers to is there",
             "SELECT \"table\" || ' row ' || coalesce(rowid, '?') || ' refers to nothing in ' || parent"
             " FROM pragma_foreign_key_check LIMIT 10"},
    RowCheck{
        "the entries of a conversation are numbered without a gap or a repetition",
        "SELECT 'conversation ' || hex(c.conversation) || ': ' || l.entries || ' entries from ' || l.first ||"
        " ' to ' || l.last || ', after ' || c.base_head FROM (SELECT conversation, count(*) AS entries,"
        " count(DISTINCT seq) AS numbers, min(seq) AS first, max(seq) AS last FROM messages"
        " GROUP BY conversation) AS l"
        " JOIN conversations AS c ON c.number = l.conversation"
        " WHERE l.first <> c.base_head + 1 OR l.last - l.first + 1 <> l.entries OR l.numbers <> l.entries LIMIT 10"},
    RowCheck{
        "marks, beginnings and departures of members are within the log",
        "SELECT 'conversation ' || hex(c.conversation) || ', account ' || hex(m.account_id) || ': read ' ||"
        " m.read || ', delivered ' || m.delivered || ', from ' || m.log_start || ', left at ' ||"
        " coalesce(m.left_seq, '-') || ', head ' || c.head FROM members AS m JOIN (SELECT o.number, o.conversation,"
        " o.chain_length, coalesce((SELECT max(seq) FROM messages WHERE conversation = o.number), o.base_head)"
        " AS head FROM conversations AS o) AS c ON c.number = m.conversation WHERE m.read > m.delivered OR"
        " m.delivered > coalesce(m.left_seq, c.head) OR m.log_start > c.head OR m.left_seq > c.head OR"
        " m.left_chain > c.chain_length LIMIT 10"},
    RowCheck{"a member is named by its own id",
             "SELECT 'conversation row ' || m.conversation || ', account ' || hex(m.account_id) FROM members AS m"
             " JOIN account_ids AS i ON i.number = m.account WHERE i.account <> m.account_id LIMIT 10"},
    RowCheck{"a conversation counts its members",
             "SELECT 'conversation ' || hex(c.conversation) || ': ' || c.member_count || ' counted, ' || m.present ||"
             " ' there' FROM conversations AS c JOIN (SELECT conversation, sum(left_seq IS NULL) AS present"
             " FROM members GROUP BY conversation) AS m ON m.conversation = c.number"
             " WHERE m.present <> c.member_count OR (c.kind = 0 AND c.member_count NOT IN (1, 2)) LIMIT 10"},
    RowCheck{"an epoch is not below the changes that raised it",
             "SELECT 'conversation ' || hex(conversation) || ': epoch ' || epoch || ', events ' || chain_length"
             " FROM conversations WHERE epoch < max(1, chain_length) LIMIT 10"},
    RowCheck{"the events of a group are numbered without a gap and are entries of its log",
             "SELECT 'conversation ' || hex(c.conversation) || ': ' || c.chain_length || ' events, of which ' ||"
             " (SELECT count(*) FROM group_events WHERE conversation = c.number) || ' are named and ' ||"
             " (SELECT count(*) FROM group_events AS e JOIN messages AS m ON m.conversation = e.conversation AND"
             " m.seq = e.seq AND m.kind = 1 WHERE e.conversation = c.number AND e.number BETWEEN 1 AND"
             " c.chain_length) || ' are there' FROM conversations AS c WHERE"
             " c.chain_length <> (SELECT count(*) FROM group_events WHERE conversation = c.number) OR"
             " c.chain_length <> (SELECT count(*) FROM group_events AS e JOIN messages AS m ON"
             " m.conversation = e.conversation AND m.seq = e.seq AND m.kind = 1 WHERE e.conversation = c.number AND"
             " e.number BETWEEN 1 AND c.chain_length) OR"
             " (c.kind <> 0) <> EXISTS (SELECT 1 FROM group_states WHERE conversation = c.number) LIMIT 10"},
    RowCheck{"a redacted entry has no body",
             "SELECT 'entry row ' || number || ': ' || length(body) || ' octets' FROM messages"
             " WHERE redacted = 1 AND (length(body) > 0 OR kind <> 0) LIMIT 10"},
    RowCheck{"an item of a mailbox has a number that the mailbox gave",
             "SELECT 'device row ' || d.number || ': item ' || b.item || ', last ' || d.last_mailbox_item"
             " FROM mailbox_items AS b JOIN devices AS d ON d.number = b.recipient"
             " WHERE b.item > d.last_mailbox_item OR b.item < 1 LIMIT 10"},
    RowCheck{"a one-time prekey is not above the highest that its device ever added",
             "SELECT * FROM (SELECT 'device row ' || d.number || ': one-time prekey ' || p.id FROM one_time_prekeys"
             " AS p JOIN devices AS d ON d.number = p.device WHERE p.id > d.highest_one_time_prekey UNION ALL"
             " SELECT 'device row ' || d.number || ': KEM prekey ' || p.id FROM kem_prekeys AS p"
             " JOIN devices AS d ON d.number = p.device WHERE p.id > d.highest_kem_prekey) LIMIT 10"},
    RowCheck{"the packs of a backup are numbered without a gap and counted",
             "SELECT 'account row ' || b.account || ': ' || b.packs || ' packs of ' || b.size || ' octets counted, ' ||"
             " p.packs || ' of ' || p.size || ' there' FROM backups AS b JOIN (SELECT o.account, count(p.position) AS"
             " packs, coalesce(sum(length(p.pack)), 0) AS size, coalesce(max(p.position), 0) AS last FROM backups AS o"
             " LEFT JOIN backup_packs AS p ON p.account = o.account GROUP BY o.account) AS p ON p.account = b.account"
             " WHERE p.packs <> b.packs OR p.size <> b.size OR p.last <> b.packs LIMIT 10"},
    RowCheck{"a login is a device's of its own account",
             "SELECT 'login row ' || l.number FROM logins AS l JOIN devices AS d ON d.number = l.device"
             " WHERE d.account <> l.account LIMIT 10"},
    RowCheck{"the entries of the transparency log are numbered without a gap",
             "SELECT entries || ' entries from ' || first || ' to ' || last FROM (SELECT count(*) AS entries,"
             " min(position) AS first, max(position) AS last FROM transparency_entries)"
             " WHERE entries > 0 AND (first <> 0 OR last <> entries - 1)"},
};

/// What a statement says, or why it cannot be run.
std::vector<std::string> lines_of(Connection& connection, std::string_view sql) {
  std::vector<std::string> lines;
  {
    Statement row = connection.statement(sql);
    while (row.step()) lines.emplace_back(row.text(0));
  }
  if (const std::optional<Error> error = connection.take_failure()) lines.push_back("cannot be read: " + error->text);
  return lines;
}

Finding check_pages(Connection& connection) {
  Finding finding{"the file and its indices are whole", lines_of(connection, "PRAGMA integrity_check(10)")};
  if (finding.breaches == std::vector<std::string>{"ok"}) finding.breaches.clear();
  return finding;
}

constexpr std::string_view schema_lines = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";

/// The schema as this program makes it.
std::vector<std::string> own_schema() {
  auto fresh = Connection::open(":memory:", {});
  if (!fresh) return {};
  if (!migrate(**fresh, server_migrations())) return {};
  return lines_of(**fresh, schema_lines);
}

Finding check_schema(Connection& connection) {
  Finding finding{"the schema is the one of this version of the server", {}};
  const std::vector<std::string> application = lines_of(connection, "PRAGMA application_id");
  if (application != std::vector{std::to_string(server_application_id)}) {
    finding.breaches.emplace_back("the file is no database of a Sotto server");
  }
  const std::string newest = std::to_string(server_migrations().back().version);
  const auto versions = lines_of(
      connection, "SELECT CASE WHEN count(*) = max(version) THEN max(version) ELSE 'gaps' END FROM schema_migrations");
  if (versions != std::vector{newest}) {
    finding.breaches.push_back("it has schema " + (versions.empty() ? "none" : versions.front()) + ", not " + newest +
                               "; start the server on it once");
  } else if (lines_of(connection, schema_lines) != own_schema()) {
    finding.breaches.emplace_back("tables or indices differ from those that the server makes");
  }
  return finding;
}

}  // namespace

std::vector<Finding> check_rows(Connection& connection) {
  std::vector<Finding> findings{check_pages(connection), check_schema(connection)};
  for (const RowCheck& check : row_checks) {
    findings.push_back({std::string(check.invariant), lines_of(connection, check.breaches)});
  }
  return findings;
}

}  // namespace sotto::storage::sqlite
