import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { Banner } from "../../design/banner";
import { Button } from "../../design/button";
import { Checkbox, Radio, RadioGroup } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { formatBytes, formatNumber } from "../../design/format";
import { ProgressBar } from "../../design/progress";
import { QrScanner } from "../../design/qr_code";
import { useLanguage, useText } from "../../design/text";
import { PasswordField, TextField } from "../../design/text_field";
import { errorCode, explainError } from "../../engine/explain_error";
import { OnboardingPage } from "../onboarding/onboarding_page";
import type { FrameOutcome } from "./backup_frames";
import styles from "./recovery.module.css";
import { RecoveryKeyField } from "./recovery_key_field";
import { recoveryText } from "./recovery_text";
import { wordsIn } from "./recovery_words";
import { ResetDialog } from "./reset_dialog";

const css = classesOf(styles);

export type BackupLock = "recovery_key" | "passphrase";
export type BackupSource = "server" | "file" | "qr";

export interface RestoreProgress {
  readonly packs: number;
  readonly devices: number;
  /** How many keys of messages were read; null while that goes on. */
  readonly keys: number | null;
}

export interface RestoreSnapshot {
  readonly phase: "form" | "restored" | "reset";
  readonly name: string;
  readonly password: string;
  readonly lock: BackupLock;
  readonly secret: string;
  readonly source: BackupSource;
  readonly file: { readonly name: string; readonly size: number } | null;
  readonly frames: { readonly held: number; readonly needed: number; readonly outcome: FrameOutcome | null };
  readonly removeOthers: boolean;
  readonly progress: RestoreProgress | null;
  readonly isBusy: boolean;
  /** A failed command, "file_too_large", or null. */
  readonly error: unknown;
}

type Changeable = Partial<Pick<RestoreSnapshot, "name" | "password" | "lock" | "secret" | "removeOthers">>;

export interface RestoreActions {
  change(part: Changeable): void;
  chooseSource(source: BackupSource): void;
  takeFile(file: File): Promise<void>;
  takeFrame(text: string): Promise<void>;
  restore(): Promise<void>;
  /** Gives the account a new identity; its earlier messages are lost. */
  reset(): Promise<void>;
}

export interface RestoreViewProps {
  readonly snapshot: RestoreSnapshot;
  readonly actions: RestoreActions;
  readonly onDone: () => void;
}

function Fieldset({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset className={css("fieldset")}>
      <legend className={css("legend")}>{legend}</legend>
      {children}
    </fieldset>
  );
}

function Account({ snapshot, actions, asked }: { readonly asked: boolean } & Omit<RestoreViewProps, "onDone">) {
  const t = useText(recoveryText);
  return (
    <Fieldset legend={t.account}>
      <TextField
        label={t.name}
        name="username"
        value={snapshot.name}
        onChange={(name) => actions.change({ name })}
        autoComplete="username"
        isVerbatim
        errorMessage={asked && snapshot.name.trim() === "" ? t.nameMissing : undefined}
      />
      <PasswordField
        label={t.password}
        name="password"
        value={snapshot.password}
        onChange={(password) => actions.change({ password })}
        autoComplete="current-password"
        errorMessage={asked && snapshot.password === "" ? t.passwordMissing : undefined}
      />
    </Fieldset>
  );
}

function FileSource({ snapshot, actions }: Omit<RestoreViewProps, "onDone">) {
  const t = useText(recoveryText);
  const language = useLanguage();
  const choose = () => {
    const input = document.createElement("input");
    input.type = "file";
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file !== undefined) void actions.takeFile(file);
    });
    input.click();
  };
  return (
    <div className={css("taken")}>
      <Button icon="upload" onPress={choose}>
        {t.chooseFile}
      </Button>
      <span role="status">
        {snapshot.file && t.fileTaken(snapshot.file.name, formatBytes(language, snapshot.file.size))}
        {!snapshot.file && snapshot.frames.needed > 0 && t.framesHeld(snapshot.frames.held, snapshot.frames.needed)}
      </span>
    </div>
  );
}

function CodesSource({ snapshot, actions }: Omit<RestoreViewProps, "onDone">) {
  const t = useText(recoveryText);
  const { held, needed, outcome } = snapshot.frames;
  if (snapshot.file) return <Banner tone="success">{t.framesAll}</Banner>;
  return (
    <>
      <QrScanner onResult={(content) => void actions.takeFrame(content)} />
      {needed > 0 && (
        <ProgressBar label={t.sourceQr} value={(100 * held) / needed} valueLabel={t.framesHeld(held, needed)} />
      )}
      <p role="status" className={css("key_state")}>
        {outcome === null ? t.framesNone : t.frameOutcome[outcome]}
      </p>
    </>
  );
}

function Source({ snapshot, actions, asked }: { readonly asked: boolean } & Omit<RestoreViewProps, "onDone">) {
  const t = useText(recoveryText);
  const isMissing = asked && snapshot.source !== "server" && snapshot.file === null;
  return (
    <>
      <RadioGroup
        label={t.source}
        value={snapshot.source}
        onChange={(source) => actions.chooseSource(source as BackupSource)}
        errorMessage={isMissing ? t.fileMissing : undefined}
      >
        <Radio value="server" description={t.sourceServerHint}>
          {t.sourceServer}
        </Radio>
        <Radio value="file" description={t.sourceFileHint}>
          {t.sourceFile}
        </Radio>
        <Radio value="qr" description={t.sourceQrHint}>
          {t.sourceQr}
        </Radio>
      </RadioGroup>
      {snapshot.source === "file" && <FileSource snapshot={snapshot} actions={actions} />}
      {snapshot.source === "qr" && <CodesSource snapshot={snapshot} actions={actions} />}
    </>
  );
}

function Secret({ snapshot, actions, asked }: { readonly asked: boolean } & Omit<RestoreViewProps, "onDone">) {
  const t = useText(recoveryText);
  const missing = asked && snapshot.secret.trim() === "" ? t.secretMissing : undefined;
  return (
    <>
      <RadioGroup
        label={t.opens}
        orientation="horizontal"
        value={snapshot.lock}
        onChange={(lock) => actions.change({ lock: lock as BackupLock, secret: "" })}
      >
        <Radio value="recovery_key">{t.recoveryKey}</Radio>
        <Radio value="passphrase">{t.passphraseChoice}</Radio>
      </RadioGroup>
      {snapshot.lock === "recovery_key" ? (
        <RecoveryKeyField
          value={snapshot.secret}
          onChange={(secret) => actions.change({ secret })}
          errorMessage={missing}
        />
      ) : (
        <PasswordField
          label={t.passphrase}
          value={snapshot.secret}
          onChange={(secret) => actions.change({ secret })}
          autoComplete="off"
          errorMessage={missing}
        />
      )}
    </>
  );
}

function useProblem(snapshot: RestoreSnapshot): string | null {
  const t = useText(recoveryText);
  const language = useLanguage();
  const { error } = snapshot;
  if (error === null) return null;
  if (error === "file_too_large") return t.fileTooLarge;
  switch (errorCode(error)) {
    case "no_backup":
      return t.noBackupHelp;
    case "invalid_recovery_key":
      return wordsIn(snapshot.secret).length === 24 ? explainError(error, language) : t.wrongCount;
    default:
      return explainError(error, language);
  }
}

function Form({ snapshot, actions }: Omit<RestoreViewProps, "onDone">) {
  const t = useText(recoveryText);
  const [asked, setAsked] = useState(false);
  const [isResetting, setResetting] = useState(false);
  const problem = useProblem(snapshot);
  const isComplete =
    snapshot.name.trim() !== "" &&
    snapshot.password !== "" &&
    snapshot.secret.trim() !== "" &&
    (snapshot.source === "server" || snapshot.file !== null);
  const part = { snapshot, actions, asked };
  return (
    <form
      className={css("stack")}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (isComplete) void actions.restore();
      }}
    >
      <Account {...part} />
      <Source {...part} />
      <Secret {...part} />
      <Checkbox
        isSelected={snapshot.removeOthers}
        onChange={(removeOthers) => actions.change({ removeOthers })}
        description={t.removeOthersHint}
      >
        {t.removeOthers}
      </Checkbox>
      {problem !== null && (
        <Banner tone="danger" isLive>
          {problem}
        </Banner>
      )}
      <Button type="submit" variant="primary" isWide isPending={snapshot.isBusy}>
        {snapshot.isBusy ? t.restoring : t.restore}
      </Button>
      <details>
        <summary>{t.nothingLeft}</summary>
        <div className={css("stack")}>
          <p>{t.nothingLeftText}</p>
          <Link href="/start/link">{t.linkInstead}</Link>
          <div>
            <Button icon="warning" onPress={() => setResetting(true)}>
              {t.reset}
            </Button>
          </div>
        </div>
      </details>
      {isResetting && <ResetDialog snapshot={snapshot} actions={actions} onClose={() => setResetting(false)} />}
    </form>
  );
}

function Restored({ snapshot, onDone }: Omit<RestoreViewProps, "actions">) {
  const t = useText(recoveryText);
  const language = useLanguage();
  const { progress } = snapshot;
  const keys = progress?.keys ?? null;
  return (
    <div className={css("stack")}>
      {progress && <p>{t.restoredDevices(progress.devices)}</p>}
      {progress && keys === null && progress.packs > 0 && <ProgressBar label={t.reading(progress.packs)} />}
      {keys !== null && (
        <Banner tone="success" isLive>
          {t.read(keys, formatNumber(language, keys))}
        </Banner>
      )}
      <Button variant="primary" isWide onPress={onDone} autoFocus>
        {t.goOn}
      </Button>
    </div>
  );
}

/** Takes an account up again in a browser that has none. */
export function RestoreView({ snapshot, actions, onDone }: RestoreViewProps) {
  const t = useText(recoveryText);
  if (snapshot.phase === "restored") {
    return (
      <OnboardingPage title={t.restoredTitle(snapshot.name.trim().toLowerCase())}>
        <Restored snapshot={snapshot} onDone={onDone} />
      </OnboardingPage>
    );
  }
  return (
    <OnboardingPage title={t.restoreTitle} lead={t.restoreLead} backTo="/start">
      <Form snapshot={snapshot} actions={actions} />
    </OnboardingPage>
  );
}
