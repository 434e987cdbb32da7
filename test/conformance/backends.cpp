#include <filesystem>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "storage/memory/memory_storage.h"
#include "storage/sqlite/sqlite_storage.h"
#include "storage_harness.h"

namespace sotto::conformance {

namespace {

class MemoryBackend final : public Backend {
 public:
  std::unique_ptr<service::Storage> open(const Limits& limits) override {
    return std::make_unique<storage::MemoryStorage>(limits.queue_capacity);
  }
  bool is_durable() const override { return false; }
};

class SqliteBackend final : public Backend {
 public:
  SqliteBackend() {
    std::string path = testing::TempDir() + "sotto-conformance-XXXXXX";
    if (::mkdtemp(path.data()) != nullptr) directory_ = path;
  }
  ~SqliteBackend() override {
    std::error_code ignored;
    if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
  }
  std::unique_ptr<service::Storage> open(const Limits& limits) override {
    storage::SqliteSettings settings;
    settings.queue_capacity = limits.queue_capacity;
    auto storage = storage::SqliteStorage::open(directory_, settings);
    EXPECT_TRUE(storage.has_value()) << storage.error();
    return storage ? std::move(*storage) : nullptr;
  }
  bool is_durable() const override { return true; }

 private:
  std::filesystem::path directory_;
};

}  // namespace

BackendKind memory_backend() {
  return {.name = "Memory", .make = [] { return std::make_unique<MemoryBackend>(); }};
}

BackendKind sqlite_backend() {
  return {.name = "Sqlite", .make = [] { return std::make_unique<SqliteBackend>(); }};
}

}  // namespace sotto::conformance
