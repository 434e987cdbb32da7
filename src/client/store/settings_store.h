#pragma once

#include <vector>

#include "client/store/store_context.h"
#include "wire/content.h"

namespace sotto::client {

/// The tables `application_settings` and `device_names`. All calls inside a transition.
class SettingsStore {
 public:
  explicit SettingsStore(const StoreContext& context) : context_(context) {}

  /// An empty value forgets the setting. Nothing is kept beyond `most_settings`.
  void save(const wire::ApplicationSetting& setting);
  /// By name.
  [[nodiscard]] std::vector<wire::ApplicationSetting> list();

  /// An empty name forgets it.
  void save(const wire::DeviceSetting& setting);
  /// Empty if it has none.
  [[nodiscard]] std::string device_name(DeviceId device);

  static constexpr std::size_t most_settings = 500;

 private:
  StoreContext context_;
};

}  // namespace sotto::client
