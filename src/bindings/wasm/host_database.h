#pragma once

#include "client/ports/database.h"

namespace sotto::bindings {

/// The SQLite database that the host of this module has open. One transaction at a time, as the port says.
class HostDatabase final : public client::Database {
 public:
  HostDatabase() = default;
  HostDatabase(const HostDatabase&) = delete;
  HostDatabase& operator=(const HostDatabase&) = delete;
  ~HostDatabase() override;

  [[nodiscard]] std::expected<void, client::DatabaseError> begin() override;
  [[nodiscard]] std::expected<void, client::DatabaseError> commit() override;
  void roll_back() override;
  void scrub() override;
  [[nodiscard]] std::unique_ptr<client::Statement> prepare(std::string_view sql) override;
  [[nodiscard]] std::int64_t changed_rows() override;

  /// The first failure of the transaction under way, as SQLite's code; 0 while there is none.
  struct Failure {
    int code = 0;
    void note(int result) {
      if (code == 0) code = result;
    }
  };

  struct Prepared {
    const char* sql = nullptr;
    std::uint32_t handle = 0;
    bool in_use = false;
  };

 private:
  int execute(std::string_view sql);
  std::uint32_t compile(std::string_view sql);

  // In the order of their texts' addresses, which name them: statements are literals.
  std::vector<std::unique_ptr<Prepared>> prepared_;
  Failure failure_;
};

}  // namespace sotto::bindings
