import type { Client } from "@sotto/client";
import { useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useLanguage, watchLanguage } from "../design/text";
import { watchAppearance } from "../design/theme";
import { ToastRegion } from "../design/toast";
import { EngineProvider } from "../engine/session";
import { watchTextSize } from "../features/settings/text_size";
import { NotificationCenter } from "../notifications/notification_center";
import { UpdateNotice } from "../offline/update_notice";
import { followAccountSettings } from "./account_settings";
import { ErrorBoundary } from "./shell/error_boundary";
import { Shell } from "./shell/shell";
import { StartUp } from "./start_up/start_up";

const keys = new WeakMap<object, string>();

/** Another client is another engine: nothing of the one before may stay behind in a screen. */
function keyOf(client: object): string {
  const known = keys.get(client) ?? crypto.randomUUID();
  keys.set(client, known);
  return known;
}

function AccountSettings({ client }: { readonly client: Client }) {
  useEffect(() => followAccountSettings(client), [client]);
  return null;
}

/** The whole app. */
export function App() {
  const language = useLanguage();
  useEffect(watchLanguage, []);
  useEffect(watchAppearance, []);
  useEffect(watchTextSize, []);
  return (
    <I18nProvider locale={language}>
      <ErrorBoundary>
        <StartUp>
          {(client) => (
            <EngineProvider key={keyOf(client)} client={client}>
              <Shell />
              <NotificationCenter />
              <AccountSettings client={client} />
            </EngineProvider>
          )}
        </StartUp>
      </ErrorBoundary>
      <UpdateNotice />
      <ToastRegion />
    </I18nProvider>
  );
}
