import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { FrameCollector, framesInText } from "./backup_frames";
import { toBase64 } from "./octets";
import type { RestoreActions, RestoreSnapshot } from "./restore_view";

/** What the engine takes at most. */
export const maxBackupOctets = 96 * 1024 * 1024;

export interface RestoreModel extends RestoreActions {
  readonly store: StoreApi<RestoreSnapshot>;
  /** Hears how far the reading came, until the returned is called. */
  start(): () => void;
}

const beginning: RestoreSnapshot = {
  phase: "form",
  name: "",
  password: "",
  lock: "recovery_key",
  secret: "",
  source: "server",
  file: null,
  frames: { held: 0, needed: 0, outcome: null },
  removeOthers: false,
  progress: null,
  isBusy: false,
  error: null,
};

/** Takes an account up again in this browser: from the server's backup, a file, or a sequence of QR codes. */
export function createRestoreModel(client: Client): RestoreModel {
  const store = createStore<RestoreSnapshot>(() => beginning);
  const show = (part: Partial<RestoreSnapshot>) => store.setState(part);
  let collector = new FrameCollector();
  let octets: Uint8Array | null = null;

  const finishFrames = async (name: string) => {
    octets = await collector.whole();
    if (octets !== null) show({ file: { name, size: octets.length } });
  };
  const addFrame = async (text: string, name: string) => {
    const outcome = await collector.add(text);
    show({ frames: { held: collector.held, needed: collector.needed, outcome } });
    if (collector.needed > 0 && collector.held === collector.needed && octets === null) await finishFrames(name);
  };
  const dropFile = () => {
    collector = new FrameCollector();
    octets = null;
    show({ file: null, frames: beginning.frames, error: null });
  };
  const restore = async () => {
    const { name, password, lock, secret, source, removeOthers, isBusy } = store.getState();
    if (isBusy) return;
    show({ isBusy: true, error: null });
    try {
      const restored = await client.ask("restore_backup", {
        name: name.trim().toLowerCase(),
        password,
        recovery_key: lock === "recovery_key" ? secret.trim() : "",
        passphrase: lock === "passphrase" ? secret : "",
        file: source !== "server" && octets !== null ? toBase64(octets) : "",
        remove_others: removeOthers,
      });
      const { progress } = store.getState();
      show({
        phase: "restored",
        isBusy: false,
        password: "",
        secret: "",
        progress: { packs: restored.packs, devices: restored.devices, keys: progress?.keys ?? null },
      });
    } catch (error) {
      show({ isBusy: false, error });
    }
  };
  return {
    store,
    start: () =>
      client.listen((event) => {
        if (event.name !== "backup_read") return;
        const known = store.getState().progress ?? { packs: event.body.packs, devices: 0, keys: null };
        show({ progress: { ...known, keys: event.body.keys } });
      }),
    change: (part) => show({ ...part, error: null }),
    chooseSource(source) {
      if (source !== store.getState().source) dropFile();
      show({ source });
    },
    async takeFile(file) {
      dropFile();
      if (file.size > maxBackupOctets) return show({ error: "file_too_large" });
      const whole = new Uint8Array(await file.arrayBuffer());
      // Codes that another program read into a text file, one a line, are taken as well.
      const frames = whole.length < 1_000_000 ? framesInText(new TextDecoder("latin1").decode(whole)) : [];
      for (const frame of frames) await addFrame(frame, file.name);
      if (frames.length > 0) return;
      octets = whole;
      show({ file: { name: file.name, size: whole.length } });
    },
    takeFrame: (text) => addFrame(text, ""),
    restore,
    async reset() {
      const { name, password, isBusy } = store.getState();
      if (isBusy) return;
      show({ isBusy: true, error: null });
      try {
        await client.ask("reset_identity", { name: name.trim().toLowerCase(), password });
        show({ phase: "reset", isBusy: false, password: "", secret: "" });
      } catch (error) {
        show({ isBusy: false, error });
      }
    },
  };
}
