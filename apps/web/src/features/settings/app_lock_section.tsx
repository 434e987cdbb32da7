import type { AppLock, Client } from "@sotto/client";
import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Dialog } from "../../design/dialog";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useText } from "../../design/text";
import { PasswordField } from "../../design/text_field";
import { useToast } from "../../design/toast";
import { useClient } from "../../engine/client_context";
import { PassphraseForm } from "../recovery/save_recovery_view";
import styles from "./settings.module.css";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

/** The lock of a client that has one: that of a browser. */
export function lockOf(client: Client): AppLock | null {
  if (!("lock" in client)) return null;
  const { lock } = client;
  return typeof lock === "object" && lock !== null && "setPassphrase" in lock ? (lock as AppLock) : null;
}

type Change = "set_passphrase" | "remove";

interface ChangeDialogProps {
  readonly lock: AppLock;
  readonly change: Change;
  readonly onClose: () => void;
}

function ChangeDialog({ lock, change, onClose }: ChangeDialogProps) {
  const t = useText(settingsText).privacy;
  const toast = useToast();
  const [current, setCurrent] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const carryOut = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailed(false);
    try {
      await work();
      toast({ text: t.lockChanged });
      onClose();
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  const problem = hasFailed && (
    <Banner tone="danger" isLive>
      {t.lockFailed}
    </Banner>
  );
  if (change === "set_passphrase") {
    return (
      <Dialog title={t.lockSetTitle} isOpen onClose={onClose} isBlocking={isBusy}>
        <div className={css("stack")}>
          <Banner tone="warning">{t.lockWarning}</Banner>
          <PassphraseForm
            isBusy={isBusy}
            submitLabel={t.lockSet}
            onSubmit={(passphrase) => void carryOut(() => lock.setPassphrase(passphrase))}
          >
            {problem}
          </PassphraseForm>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t.lockRemove} isOpen onClose={onClose} isBlocking={isBusy}>
      <form
        className={css("stack")}
        onSubmit={(event) => {
          event.preventDefault();
          void carryOut(() => lock.remove(lock.kind === "passphrase" ? current : undefined));
        }}
      >
        {lock.kind === "passphrase" && (
          <PasswordField
            label={t.lockPassphrase}
            value={current}
            onChange={setCurrent}
            autoFocus
            autoComplete="current-password"
          />
        )}
        {problem}
        <div className={css("buttons")}>
          <Button type="submit" variant="primary" isPending={isBusy}>
            {t.lockRemove}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The lock before this app in this browser; nothing where the client has none. */
export function AppLockSection() {
  const lock = lockOf(useClient());
  const t = useText(settingsText).privacy;
  const toast = useToast();
  const [change, setChange] = useState<Change | null>(null);
  const [, setChanged] = useState(0);
  if (lock === null) return null;
  const redraw = () => setChanged((count) => count + 1);
  const isOn = lock.kind !== "none";
  const setPasskey = async () => {
    try {
      await lock.setPasskey();
      toast({ text: t.lockChanged });
    } catch {
      toast({ text: t.lockPasskeyFailed, tone: "warning" });
    }
    redraw();
  };
  return (
    <SettingsSection title={t.lock} text={t.lockText}>
      <SettingsRow
        icon={isOn ? "lock" : "unlock"}
        label={t.lockKinds[lock.kind]}
        control={
          isOn && (
            <Button size="s" onPress={() => setChange("remove")}>
              {t.lockRemove}
            </Button>
          )
        }
      />
      {!isOn && (
        <SettingsRow icon="key" label={t.lockWithPassphrase} onPress={() => setChange("set_passphrase")} leadsOn />
      )}
      {!isOn && "credentials" in navigator && (
        <SettingsRow
          icon="device"
          label={t.lockWithPasskey}
          description={t.lockWithPasskeyHint}
          onPress={() => void setPasskey()}
        />
      )}
      {change && (
        <ChangeDialog
          lock={lock}
          change={change}
          onClose={() => {
            setChange(null);
            redraw();
          }}
        />
      )}
    </SettingsSection>
  );
}
