import { Page } from "../../design/page";
import { useText } from "../../design/text";
import { NotificationSettings } from "../../notifications/notification_settings";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";

/** When and how this browser tells of messages. */
export function NotificationsPage({ onBack }: SettingsPageProps) {
  const t = useText(settingsText);
  return (
    <Page title={t.pages.notifications} onBack={onBack}>
      <NotificationSettings />
    </Page>
  );
}
