import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SaveRecoveryActions, SaveRecoverySnapshot } from "./save_recovery_view";

export const minPassphraseLength = 12;

export interface SaveRecoveryModel extends SaveRecoveryActions {
  readonly store: StoreApi<SaveRecoverySnapshot>;
}

const beginning: SaveRecoverySnapshot = {
  phase: "explain",
  words: [],
  code: "",
  asked: [0, 0],
  strength: "not_estimated",
  isBusy: false,
  error: null,
};

/**
 * Makes a recovery key and sees to it that it was really kept: the backup is on only after two of its words were typed.
 * The words live in this model alone and are gone with it.
 */
export function createSaveRecoveryModel(client: Client): SaveRecoveryModel {
  const store = createStore<SaveRecoverySnapshot>(() => beginning);
  const show = (part: Partial<SaveRecoverySnapshot>) => store.setState(part);
  const guarded = async (work: () => Promise<Partial<SaveRecoverySnapshot>>) => {
    if (store.getState().isBusy) return;
    show({ isBusy: true, error: null });
    try {
      show({ ...(await work()), isBusy: false });
    } catch (error) {
      show({ isBusy: false, error });
    }
  };
  return {
    store,
    createKey: () =>
      guarded(async () => {
        const made = await client.ask("create_backup", {});
        return { phase: "shown", words: made.words, code: made.code, asked: [made.first_asked, made.second_asked] };
      }),
    createWithPassphrase: (passphrase) =>
      guarded(async () => {
        const made = await client.ask("create_backup", { passphrase });
        return { phase: "done", words: [], code: "", strength: made.strength };
      }),
    confirm: (first, second) =>
      guarded(async () => {
        const word = (typed: string) => typed.trim().toLowerCase();
        await client.ask("confirm_backup", { first_word: word(first), second_word: word(second) });
        return { phase: "done", words: [], code: "" };
      }),
    askForWords: () => show({ phase: "check", error: null }),
    showAgain: () => show({ phase: "shown", error: null }),
    choosePassphrase: () => show({ phase: "passphrase", error: null }),
    chooseKey: () => show({ phase: "explain", error: null }),
  };
}
