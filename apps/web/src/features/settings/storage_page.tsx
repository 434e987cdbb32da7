import { useCallback, useEffect, useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { ConfirmDialog } from "../../design/dialog";
import { formatBytes } from "../../design/format";
import { Page } from "../../design/page";
import { ProgressBar } from "../../design/progress";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { useClient } from "../../engine/client_context";
import { InstallOffer } from "../../offline/install_offer";
import { askForPersistence } from "../onboarding/installation";
import { eraseThisDevice, readStorage, type StorageState } from "./device_storage";
import styles from "./settings.module.css";
import type { SettingsPageProps } from "./settings_screen";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

/** What erasing would cost this account. */
type EraseCost = "backed_up" | "not_backed_up" | "only_device";

function useEraseCost(isAsked: boolean): EraseCost | null {
  const client = useClient();
  const [cost, setCost] = useState<EraseCost | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    const read = async (): Promise<EraseCost> => {
      if ((await client.ask("get_backup_status", {})).on) return "backed_up";
      const { devices } = await client.ask("list_devices", { name: "" });
      return devices.length === 1 ? "only_device" : "not_backed_up";
    };
    // If it cannot be known, the worse is said.
    read().then(setCost, () => setCost("not_backed_up"));
  }, [client, isAsked]);
  return cost;
}

function Usage({ state }: { readonly state: StorageState }) {
  const t = useText(settingsText).storage;
  const language = useLanguage();
  if (state.used === null || state.quota === null) return <p className={css("lead")}>{t.unknown}</p>;
  const words = t.usedOf(formatBytes(language, state.used), formatBytes(language, state.quota));
  return <ProgressBar label={t.used} value={(100 * state.used) / Math.max(state.quota, 1)} valueLabel={words} />;
}

function Erase() {
  const t = useText(settingsText).storage;
  const client = useClient();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const cost = useEraseCost(isAsking);
  const costs = {
    backed_up: t.eraseBackedUp,
    not_backed_up: t.eraseNotBackedUp,
    only_device: t.eraseOnlyDevice,
  } as const;
  const erase = async () => {
    try {
      await eraseThisDevice(client);
    } catch {
      toast({ text: t.eraseFailed, tone: "danger" });
    }
  };
  return (
    <>
      <SettingsRow icon="trash" isDanger label={t.erase} description={t.eraseHint} onPress={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={t.eraseTitle}
          body={
            <div className={css("stack")}>
              <p>{t.eraseBody}</p>
              {cost && <Banner tone={cost === "backed_up" ? "info" : "danger"}>{costs[cost]}</Banner>}
            </div>
          }
          confirmLabel={t.eraseConfirm}
          isDanger
          onConfirm={erase}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** What Sotto keeps in this browser, and how safe it is there. */
export function StoragePage({ onBack }: SettingsPageProps) {
  const t = useText(settingsText);
  const toast = useToast();
  const [state, setState] = useState<StorageState | null>(null);
  const read = useCallback(async () => setState(await readStorage()), []);
  useEffect(() => void read(), [read]);
  const protect = async () => {
    if ((await askForPersistence()) !== "kept") toast({ text: t.storage.keepRefused, tone: "warning" });
    await read();
  };
  return (
    <Page title={t.pages.storage} onBack={onBack}>
      {state && <Usage state={state} />}
      <InstallOffer />
      <SettingsSection>
        {state && (
          <SettingsRow
            icon={state.isKept ? "shield_check" : "shield_warning"}
            label={t.storage.kept}
            description={state.isKept ? t.storage.keptYes : t.storage.keptNo}
            control={
              !state.isKept && (
                <Button size="s" onPress={() => void protect()}>
                  {t.storage.askKeep}
                </Button>
              )
            }
          />
        )}
        <Erase />
      </SettingsSection>
    </Page>
  );
}
