import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Page } from "../../design/page";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { AppLockSection } from "./app_lock_section";
import { PrivacyView } from "./privacy_view";
import { createPrivacyModel } from "./privacy_view_model";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";

/** What others are shown, who is blocked, and the lock before this app. */
export function PrivacyPage({ onBack }: SettingsPageProps) {
  const client = useClient();
  const t = useText(settingsText);
  const [model] = useState(() => createPrivacyModel(client));
  const snapshot = useStore(model.store);
  useEffect(() => void model.read(), [model]);
  return (
    <Page title={t.pages.privacy} onBack={onBack}>
      <PrivacyView snapshot={snapshot} actions={model} />
      <AppLockSection />
    </Page>
  );
}
