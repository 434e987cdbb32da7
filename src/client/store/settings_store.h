#pragma once

#include <vector>

#include "client/store/store_context.h"
#include "wire/content.h"

namespace sotto::client {

/// The table `application_settings`. All calls inside a transition.
class SettingsStore {
 public:
  explicit SettingsStore(const StoreContext& context) : context_(context) {}

  /// An empty value forgets the setting. Nothing is kept beyond `most_settings`.
  void save(const wire::ApplicationSetting& setting);
  /// By name.
  [[nodiscard]] std::vector<wire::ApplicationSetting> list();

  static constexpr std::size_t most_settings = 500;

 private:
  StoreContext context_;
};

}  // namespace sotto::client
