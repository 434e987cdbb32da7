#include "storage/sqlite/unit_of_work.h"

namespace sotto::storage::sqlite {

SqliteUnitOfWork::SqliteUnitOfWork(Connection& connection, Role role)
    : connection_(connection),
      scope_(connection),
      identities_(connection, scope_),
      cache_(scope_),
      recent_blocks_(scope_),
      accounts_(connection, scope_, identities_),
      logins_(connection, scope_, identities_),
      prekeys_(connection, scope_, identities_),
      conversations_({.connection = connection,
                      .scope = scope_,
                      .identities = identities_,
                      .cache = role == Role::writer ? &cache_ : nullptr}),
      groups_({.connection = connection,
               .scope = scope_,
               .identities = identities_,
               .cache = role == Role::writer ? &cache_ : nullptr}),
      mailboxes_(connection, scope_, identities_),
      links_(connection, scope_, identities_),
      backups_(connection, scope_, identities_),
      privacy_({.connection = connection,
                .scope = scope_,
                .identities = identities_,
                .recent = role == Role::writer ? &recent_blocks_ : nullptr}),
      reports_(connection, scope_, identities_),
      transparency_(connection, scope_, identities_),
      values_(connection, scope_) {}

std::expected<service::Verdict, Error> SqliteUnitOfWork::run(service::Work& work) {
  const service::Verdict verdict = work.run(*this);
  std::optional<Error> error = connection_.take_failure();
  if (verdict == service::Verdict::keep && !error) {
    scope_.keep();
  } else {
    scope_.undo();
  }
  std::optional<Error> later = connection_.take_failure();
  if (!error) error = std::move(later);
  if (error) return std::unexpected(std::move(*error));
  return verdict;
}

}  // namespace sotto::storage::sqlite
