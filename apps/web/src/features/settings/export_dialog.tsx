import { useState } from "react";
import { Banner } from "../../design/banner";
import { Button, IconButton } from "../../design/button";
import { Radio, RadioGroup } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { Dialog } from "../../design/dialog";
import { formatNumber } from "../../design/format";
import { QrCode } from "../../design/qr_code";
import { useLanguage, useText } from "../../design/text";
import { explainError } from "../../engine/explain_error";
import { printSheet, saveFile } from "../recovery/key_keeping";
import { recoveryText } from "../recovery/recovery_text";
import { PassphraseForm, RecoveryWords } from "../recovery/save_recovery_view";
import type { BackupActions, BackupSnapshot, ExportedBackup, ExportKind } from "./backup_view";
import styles from "./settings.module.css";
import { settingsText } from "./settings_text";

const css = classesOf(styles);

export interface ExportDialogProps {
  readonly kind: ExportKind;
  readonly snapshot: BackupSnapshot;
  readonly actions: BackupActions;
  readonly accountName: string;
  readonly host: string;
  readonly onClose: () => void;
}

function Choose({ kind, snapshot, actions }: ExportDialogProps) {
  const t = useText(settingsText).backup;
  const language = useLanguage();
  const [lock, setLock] = useState("recovery_key");
  return (
    <div className={css("stack")}>
      <p className={css("lead")}>{kind === "file" ? t.exportFileHint : t.exportCodesHint}</p>
      <RadioGroup label={t.opensWith} value={lock} onChange={setLock}>
        <Radio value="recovery_key" description={t.withKeyHint}>
          {t.withKey}
        </Radio>
        <Radio value="passphrase">{t.withPassphrase}</Radio>
      </RadioGroup>
      {snapshot.error !== null && (
        <Banner tone="danger" isLive>
          {explainError(snapshot.error, language)}
        </Banner>
      )}
      {lock === "passphrase" ? (
        <PassphraseForm
          isBusy={snapshot.isBusy}
          submitLabel={t.exportAction}
          onSubmit={(passphrase) => void actions.export({ kind, passphrase })}
        />
      ) : (
        <div className={css("buttons")}>
          <Button
            variant="primary"
            isPending={snapshot.isBusy}
            onPress={() => void actions.export({ kind, passphrase: "" })}
          >
            {t.exportAction}
          </Button>
        </div>
      )}
    </div>
  );
}

/** One code at a time, large enough for a camera, and all of them on paper. */
function Codes({ frames }: { readonly frames: readonly string[] }) {
  const t = useText(settingsText).backup;
  const [at, setAt] = useState(0);
  const shown = frames[at];
  const printAll = async () => {
    const [{ encodeQR }, { drawModules }] = await Promise.all([import("qr"), import("../../design/qr_code")]);
    const drawings = frames.map((frame) => drawModules(encodeQR(frame, "raw", { ecc: "medium", border: 2 })));
    await printSheet("", drawings);
  };
  if (shown === undefined) return null;
  return (
    <div className={css("codes")}>
      <QrCode content={shown} label={t.codeOf(at + 1, frames.length)} />
      <div className={css("turn")}>
        <IconButton
          icon="chevron_left"
          label={t.previous}
          isDisabled={at === 0}
          onPress={() => setAt(Math.max(0, at - 1))}
        />
        <span aria-live="polite">{t.codeOf(at + 1, frames.length)}</span>
        <IconButton
          icon="chevron_right"
          label={t.next}
          isDisabled={at === frames.length - 1}
          onPress={() => setAt(Math.min(frames.length - 1, at + 1))}
        />
      </div>
      <Button size="s" icon="note" onPress={() => void printAll()}>
        {t.printCodes}
      </Button>
      <p className={css("lead")}>{t.codesHint}</p>
    </div>
  );
}

interface MadeProps {
  readonly exported: ExportedBackup;
  readonly accountName: string;
  readonly host: string;
}

function Made({ exported, accountName, host }: MadeProps) {
  const t = useText(settingsText).backup;
  const r = useText(recoveryText);
  const language = useLanguage();
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div className={css("stack")}>
      <Banner tone="success" isLive>
        {exported.kind === "file"
          ? t.exported(exported.keys, formatNumber(language, exported.keys))
          : t.exportedIdentity}
      </Banner>
      {exported.strength !== "not_estimated" && <p className={css("lead")}>{r.strength[exported.strength]}</p>}
      {exported.kind === "file" && (
        <Button
          variant="primary"
          icon="download"
          isWide
          onPress={() => saveFile(exported.file, t.fileName(accountName, today), "application/octet-stream")}
        >
          {t.saveFile}
        </Button>
      )}
      {exported.kind === "codes" && <Codes frames={exported.frames} />}
      {exported.words.length > 0 && (
        <>
          <Banner tone="warning" icon="key">
            {t.keepWords}
          </Banner>
          <RecoveryWords words={exported.words} code={exported.code} accountName={accountName} host={host} />
        </>
      )}
    </div>
  );
}

/** A backup in a person's own hands: as a file, or as codes. */
export function ExportDialog(props: ExportDialogProps) {
  const { kind, snapshot, accountName, host, onClose } = props;
  const t = useText(settingsText).backup;
  const { exported } = snapshot;
  return (
    <Dialog
      title={kind === "file" ? t.exportTitle : t.exportCodesTitle}
      isOpen
      size={exported === null ? "m" : "wide"}
      // What is shown once must not go by a press beside it.
      isBlocking={exported !== null}
      onClose={onClose}
      actions={exported !== null && <Button onPress={onClose}>{t.done}</Button>}
    >
      {exported === null ? <Choose {...props} /> : <Made exported={exported} accountName={accountName} host={host} />}
    </Dialog>
  );
}
