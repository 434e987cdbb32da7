import type { BackupLock } from "@sotto/client";
import { useState } from "react";
import { Banner } from "../../design/banner";
import { ConfirmDialog } from "../../design/dialog";
import { formatBytes, formatDateTime } from "../../design/format";
import { Spinner } from "../../design/progress";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { FailureBanner } from "../../engine/failure_banner";
import type { Strength } from "../recovery/save_recovery_view";
import { settingsText } from "./settings_text";

export interface BackupStatus {
  readonly on: boolean;
  readonly lock: BackupLock;
  readonly packs: number;
  readonly size: number;
  /** Keys that are not in it yet. */
  readonly waiting: number;
  readonly reading: boolean;
  readonly packed_at?: number | undefined;
}

export type ExportKind = "file" | "codes";

export interface ExportRequest {
  readonly kind: ExportKind;
  /** Empty: a recovery key is made for it. */
  readonly passphrase: string;
}

export interface ExportedBackup {
  readonly kind: ExportKind;
  readonly file: Uint8Array<ArrayBuffer>;
  readonly frames: readonly string[];
  readonly words: readonly string[];
  readonly code: string;
  readonly strength: Strength;
  readonly keys: number;
}

export interface BackupSnapshot {
  /** Null until it was read. */
  readonly status: BackupStatus | null;
  readonly exported: ExportedBackup | null;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export interface BackupActions {
  read(): Promise<void>;
  /** Whether the backup on the server is gone now. */
  erase(): Promise<boolean>;
  export(request: ExportRequest): Promise<boolean>;
  forgetExport(): void;
}

export interface BackupViewProps {
  readonly snapshot: BackupSnapshot;
  readonly actions: BackupActions;
  /** Opens the making of a recovery key. */
  readonly onMake: () => void;
  readonly onExport: (kind: ExportKind) => void;
}

function useStatusWords(status: BackupStatus): string {
  const t = useText(settingsText).backup;
  const language = useLanguage();
  if (!status.on) return t.offText;
  const isEmpty = status.packs === 0 && status.waiting === 0;
  const waiting = status.waiting > 0 ? t.waiting(status.waiting) : isEmpty ? "" : t.complete;
  // Absent too where only other devices have added to it.
  const never = status.packs === 0 ? t.neverPacked : "";
  const packed = status.packed_at ? t.packedAt(formatDateTime(language, status.packed_at)) : never;
  const size = status.packs > 0 ? t.size(formatBytes(language, status.size), status.packs) : "";
  return [waiting, packed, size, status.reading ? t.reading : ""].filter(Boolean).join(" · ");
}

function Status({ status }: { readonly status: BackupStatus }) {
  const t = useText(settingsText).backup;
  const words = useStatusWords(status);
  return (
    <Banner
      tone={status.on ? "success" : "warning"}
      icon={status.on ? "shield_check" : "warning"}
      title={status.on ? t.on : t.off}
    >
      {status.on && status.lock !== "devices" && <p>{t.lock[status.lock]}</p>}
      <p>{words}</p>
    </Banner>
  );
}

interface ServerBackupProps extends Pick<BackupViewProps, "actions" | "onMake"> {
  readonly status: BackupStatus;
}

function ServerBackup({ status, actions, onMake }: ServerBackupProps) {
  const t = useText(settingsText).backup;
  const toast = useToast();
  const [isErasing, setErasing] = useState(false);
  const erase = async () => {
    if (await actions.erase()) toast({ text: t.removed });
    setErasing(false);
  };
  return (
    <SettingsSection title={t.server}>
      <SettingsRow
        icon="key"
        label={status.on ? t.makeNew : t.make}
        {...(status.on ? { description: t.makeNewHint } : {})}
        onPress={onMake}
        leadsOn
      />
      {status.on && (
        <SettingsRow
          icon="trash"
          isDanger
          label={t.remove}
          description={t.removeHint}
          onPress={() => setErasing(true)}
        />
      )}
      {isErasing && (
        <ConfirmDialog
          title={t.removeTitle}
          body={t.removeBody}
          confirmLabel={t.remove}
          isDanger
          onConfirm={erase}
          onCancel={() => setErasing(false)}
        />
      )}
    </SettingsSection>
  );
}

/** How the backup stands, and what can be done with it. */
export function BackupView({ snapshot, actions, onMake, onExport }: BackupViewProps) {
  const t = useText(settingsText);
  const { status, error } = snapshot;
  return (
    <>
      {status === null && error === null && <Spinner label={t.loading} />}
      {status && <Status status={status} />}
      {error !== null && snapshot.exported === null && (
        <FailureBanner error={error} onRetry={() => void actions.read()} />
      )}
      {status && <ServerBackup status={status} actions={actions} onMake={onMake} />}
      <SettingsSection title={t.backup.offline} text={t.backup.offlineText}>
        <SettingsRow
          icon="download"
          label={t.backup.exportFile}
          description={t.backup.exportFileHint}
          onPress={() => onExport("file")}
          leadsOn
        />
        <SettingsRow
          icon="qr"
          label={t.backup.exportCodes}
          description={t.backup.exportCodesHint}
          onPress={() => onExport("codes")}
          leadsOn
        />
      </SettingsSection>
    </>
  );
}
