#include "client/store/settings_store.h"

namespace sotto::client {

void SettingsStore::save(const wire::ApplicationSetting& setting) {
  if (setting.value.empty()) {
    Query(context_.database, "DELETE FROM application_settings WHERE name = ?", setting.name).run();
    return;
  }
  Query(context_.database,
        "INSERT INTO application_settings (name, value) SELECT ?, ? WHERE (SELECT count(*) FROM application_settings) "
        "< ? OR EXISTS (SELECT 1 FROM application_settings WHERE name = ?) ON CONFLICT (name) DO UPDATE SET "
        "value = excluded.value",
        setting.name,
        context_.vault.seal(SealedColumn::application_setting, as_bytes(setting.name), as_bytes(setting.value),
                            context_.random),
        most_settings, setting.name)
      .run();
}

std::vector<wire::ApplicationSetting> SettingsStore::list() {
  Query query(context_.database, "SELECT name, value FROM application_settings ORDER BY name");
  std::vector<wire::ApplicationSetting> settings;
  while (query.step()) {
    std::string name = query.text(0);
    const auto value = context_.open(SealedColumn::application_setting, as_bytes(name), query.view(1));
    if (value) settings.push_back({.name = std::move(name), .value = std::string(as_text(value->reveal()))});
  }
  return settings;
}

void SettingsStore::save(const wire::DeviceSetting& setting) {
  if (setting.name.empty()) {
    Query(context_.database, "DELETE FROM device_names WHERE device = ?", setting.device).run();
    return;
  }
  Query(context_.database, "INSERT OR REPLACE INTO device_names (device, name) VALUES (?, ?)", setting.device,
        context_.vault.seal(SealedColumn::device_name, setting.device.view(), as_bytes(setting.name), context_.random))
      .run();
}

std::string SettingsStore::device_name(DeviceId device) {
  Query query(context_.database, "SELECT name FROM device_names WHERE device = ?", device);
  if (!query.step()) return {};
  const auto name = context_.open(SealedColumn::device_name, device.view(), query.view(0));
  return name ? std::string(as_text(name->reveal())) : std::string();
}

}  // namespace sotto::client
