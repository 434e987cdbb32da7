#include "server/reports.h"

#include <ctime>

#include "base/text_encoding.h"
#include "storage/sqlite/server_database.h"
#include "storage/sqlite/unit_of_work.h"
#include "wire/field_kind.h"

namespace sotto::server {
namespace {

constexpr std::size_t most_printed = 1'000;

std::string utc(UnixMillis time) {
  const auto seconds = static_cast<std::time_t>(time.value / 1'000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::string text(sizeof "2026-01-01T00:00:00Z", '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts));
  return text;
}

std::string name_of(service::UnitOfWork& unit, AccountId account) {
  const auto stored = unit.accounts().find(account);
  return stored ? stored->name : to_hex(account.view());
}

/// "with bob" for a direct conversation.
std::string describe_conversation(service::UnitOfWork& unit, const service::StoredReport& report) {
  const auto conversation = unit.conversations().find(report.conversation);
  std::string text = to_hex(report.conversation.view());
  if (!conversation || conversation->kind != wire::ConversationKind::direct) return "group " + text;
  for (const AccountId account : *unit.conversations().accounts_of(report.conversation)) {
    if (account != report.reporter) text += " with " + name_of(unit, account);
  }
  return "conversation " + text;
}

std::string_view name_of(wire::ReportReason reason) {
  for (const auto& value : wire::enumeration_of<wire::ReportReason>.values) {
    if (value.value == reason) return value.name;
  }
  return "unknown";
}

}  // namespace

std::expected<std::string, std::string> print_reports(const Settings& settings) {
  const std::filesystem::path path = std::filesystem::path(settings.server.data) / "sotto.db";
  auto connection = storage::sqlite::open_again({.path = path, .vfs = {}}, storage::sqlite::Access::read_only);
  if (!connection) return std::unexpected(std::move(connection.error()));
  storage::sqlite::SqliteUnitOfWork unit(**connection, storage::sqlite::SqliteUnitOfWork::Role::reader);
  std::string text;
  if ((*connection)->begin_read()) {
    for (const service::StoredReport& report : unit.reports().newest(most_printed)) {
      text += utc(report.reported_at) + "  " + name_of(unit, report.reporter) + " reports " +
              describe_conversation(unit, report) + ": " + std::string(name_of(report.reason)) + "\n";
    }
  }
  (*connection)->roll_back();
  if (const auto failure = (*connection)->take_failure()) {
    return std::unexpected(path.string() + ": " + failure->text +
                           ". Has this version of the server been started on it?");
  }
  return text.empty() ? "Nothing was reported.\n" : text;
}

}  // namespace sotto::server
