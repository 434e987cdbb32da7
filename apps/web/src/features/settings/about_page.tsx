import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Badge } from "../../design/badge";
import { Page } from "../../design/page";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { buildOf, firstScript } from "./build";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";
import { TransparencyView } from "./transparency_view";
import { createTransparencyModel } from "./transparency_view_model";

type ServerState = "ready" | "not_ready" | "unreachable";

/** Whether the server says that it can serve; null until it answered. */
function useServerState(): ServerState | null {
  const [state, setState] = useState<ServerState | null>(null);
  useEffect(() => {
    const asking = new AbortController();
    fetch("/readyz", { signal: asking.signal, cache: "no-store" }).then(
      (answer) => setState(answer.ok ? "ready" : "not_ready"),
      () => !asking.signal.aborted && setState("unreachable"),
    );
    return () => asking.abort();
  }, []);
  return state;
}

const tones = { ready: "success", not_ready: "warning", unreachable: "danger" } as const;

/** Which Sotto this is, which server it speaks to, and what that server's public log shows. */
export function AboutPage({ onBack }: SettingsPageProps) {
  const client = useClient();
  const t = useText(settingsText);
  const [model] = useState(() => createTransparencyModel(client));
  const snapshot = useStore(model.store);
  const serverState = useServerState();
  useEffect(() => void model.read(), [model]);
  const build = buildOf(import.meta.env, firstScript());
  return (
    <Page title={t.pages.about} onBack={onBack}>
      <SettingsSection title={t.about.app} text={t.about.source}>
        {build.version !== null && <SettingsRow label={t.about.version} control={build.version} />}
        <SettingsRow label={t.about.build} control={build.hash ?? t.about.development} />
        <SettingsRow icon="lock" label={t.about.encryption} description={t.about.encryptionText} />
      </SettingsSection>
      <SettingsSection title={t.about.server}>
        <SettingsRow label={t.about.address} control={window.location.origin} />
        {serverState && (
          <SettingsRow
            label={t.about.serverState}
            control={<Badge tone={tones[serverState]}>{t.about.serverStates[serverState]}</Badge>}
          />
        )}
      </SettingsSection>
      <TransparencyView snapshot={snapshot} actions={model} />
    </Page>
  );
}
