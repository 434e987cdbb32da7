#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage_harness.h"

namespace sotto::conformance {

/// The tests of this suite run against every backend, each on an empty storage.
class StorageSuite : public testing::TestWithParam<BackendKind> {
 protected:
  StorageSuite() : backend_(GetParam().make()), storage_(backend_->open({})) {}

  [[nodiscard]] service::Storage& storage() { return *storage_; }
  [[nodiscard]] Backend& backend() { return *backend_; }

  /// Ends the storage and opens what it left.
  void reopen() {
    storage_.reset();
    storage_ = backend_->open({});
  }
  /// Ends the storage and opens one with other limits.
  void reopen(const Backend::Limits& limits) {
    storage_.reset();
    storage_ = backend_->open(limits);
  }

 private:
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<service::Storage> storage_;
};

inline std::string backend_name(const testing::TestParamInfo<BackendKind>& kind) { return kind.param.name; }

}  // namespace sotto::conformance
