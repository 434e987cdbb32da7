import type { Client, EngineEvent } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LinkAnotherDeviceActions, LinkAnotherDeviceSnapshot } from "./link_another_device_view";

export const linkCodePrefix = "sotto-link:";
export const digitCount = 6;

export interface LinkAnotherDeviceModel extends LinkAnotherDeviceActions {
  readonly store: StoreApi<LinkAnotherDeviceSnapshot>;
  /** Gives up what was begun and not ended. */
  end(): void;
}

const beginning: LinkAnotherDeviceSnapshot = {
  phase: "take_code",
  typed: "",
  isBusy: false,
  differs: false,
  error: null,
};

/** Takes a new device in: its code, then the digits that it shows, typed here. Nothing crosses before they agree. */
export function createLinkAnotherDeviceModel(client: Client, server: string): LinkAnotherDeviceModel {
  const store = createStore<LinkAnotherDeviceSnapshot>(() => beginning);
  let expected = "";
  const show = (part: Partial<LinkAnotherDeviceSnapshot>) => store.setState(part);
  const silence = client.listen((event: EngineEvent) => {
    if (event.name !== "link_progress" || event.body.step !== "failed") return;
    if (store.getState().phase === "compare") show({ phase: "failed", isBusy: false });
  });

  const takeCode = async (text: string) => {
    const code = text.trim();
    if (store.getState().isBusy) return;
    if (!code.includes(linkCodePrefix)) {
      show({ error: "not_a_code" });
      return;
    }
    show({ isBusy: true, error: null });
    try {
      const progress = await client.ask("accept_link", { code, server });
      expected = progress.digits;
      show({ phase: progress.step === "compare" ? "compare" : "failed", isBusy: false, typed: "", differs: false });
    } catch (error) {
      show({ isBusy: false, error });
    }
  };
  const confirm = async (same: boolean) => {
    show({ isBusy: true, error: null });
    try {
      await client.ask("confirm_link", { same });
      show({ phase: same ? "added" : "refused", isBusy: false });
    } catch (error) {
      // Whether it was added is not known when the answer is lost; the list of devices tells.
      show({ phase: same ? "failed" : "refused", isBusy: false, error: same ? error : null });
    }
  };
  return {
    store,
    takeCode,
    async typeDigits(text) {
      const typed = text.replace(/\D/g, "").slice(0, digitCount);
      show({ typed, differs: false });
      if (typed.length < digitCount || store.getState().isBusy) return;
      if (typed === expected) await confirm(true);
      else show({ differs: true });
    },
    refuse: () => confirm(false),
    startAgain() {
      expected = "";
      show(beginning);
    },
    end() {
      silence();
      if (store.getState().phase === "compare") client.ask("confirm_link", { same: false }).catch(() => undefined);
    },
  };
}
