import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { fromBase64 } from "../recovery/octets";
import type { BackupActions, BackupSnapshot, ExportRequest } from "./backup_view";

export interface BackupModel extends BackupActions {
  readonly store: StoreApi<BackupSnapshot>;
  /** Reads how the backup stands, and again while something is being added, until the returned is called. */
  start(): () => void;
}

/** Adding to the backup happens by itself and tells no one. */
const readAgainMs = 5_000;

/** The backup of the account's keys on the server, and backups in a person's own hands. */
export function createBackupModel(client: Client): BackupModel {
  const store = createStore<BackupSnapshot>(() => ({ status: null, exported: null, isBusy: false, error: null }));
  const show = (part: Partial<BackupSnapshot>) => store.setState(part);

  const read = async () => {
    try {
      show({ status: await client.ask("get_backup_status", {}) });
    } catch (error) {
      show({ error });
    }
  };
  const guarded = async (work: () => Promise<Partial<BackupSnapshot>>) => {
    show({ isBusy: true, error: null });
    try {
      show({ ...(await work()), isBusy: false });
      return true;
    } catch (error) {
      show({ isBusy: false, error });
      return false;
    }
  };
  return {
    store,
    read,
    start() {
      void read();
      const timer = setInterval(() => void read(), readAgainMs);
      return () => clearInterval(timer);
    },
    erase: () =>
      guarded(async () => {
        await client.ask("erase_backup", {});
        return { status: await client.ask("get_backup_status", {}) };
      }),
    export: ({ passphrase, kind }: ExportRequest) =>
      guarded(async () => {
        const made = await client.ask("export_backup", { passphrase, identity_only: kind === "codes" });
        return {
          exported: {
            kind,
            file: fromBase64(made.file),
            frames: made.frames,
            words: made.words,
            code: made.code,
            strength: made.strength,
            keys: made.keys,
          },
        };
      }),
    /** The words are shown once, and not kept after. */
    forgetExport: () => show({ exported: null, error: null }),
  };
}
