import type { Client, EngineEvent } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LinkThisDeviceActions, LinkThisDeviceSnapshot } from "./link_this_device_view";

/** The server forgets a code after ten minutes. */
export const codeLifetimeMs = 10 * 60_000;

export interface LinkThisDeviceModel extends LinkThisDeviceActions {
  readonly store: StoreApi<LinkThisDeviceSnapshot>;
  /** Begins, and returns what gives the linking up if it came to nothing. */
  start(): () => void;
}

/** Makes this browser, whose home is empty, a device of an account that another device belongs to. */
export function createLinkThisDeviceModel(client: Client, server: string): LinkThisDeviceModel {
  const store = createStore<LinkThisDeviceSnapshot>(() => ({ phase: "preparing", code: "", digits: "", error: null }));
  let expiry: ReturnType<typeof setTimeout> | undefined;

  const show = (part: Partial<LinkThisDeviceSnapshot>) => store.setState(part);
  const expireLater = () => {
    clearTimeout(expiry);
    expiry = setTimeout(() => {
      if (store.getState().phase === "code") show({ phase: "expired", code: "" });
    }, codeLifetimeMs);
  };
  const hear = (event: EngineEvent) => {
    if (event.name !== "link_progress") return;
    const { step, digits } = event.body;
    if (step === "compare") show({ phase: "compare", digits });
    else if (step === "joined") show({ phase: "joined", code: "", digits: "" });
    else show({ phase: "failed", code: "", digits: "" });
  };
  const begin = async () => {
    show({ phase: "preparing", code: "", digits: "", error: null });
    try {
      const { code } = await client.ask("begin_linking", { server });
      show({ phase: "code", code });
      expireLater();
    } catch (error) {
      show({ phase: "failed", error });
    }
  };
  const giveUp = () => {
    clearTimeout(expiry);
    // Nothing to tell if it fails: a code that nobody takes lapses by itself.
    if (store.getState().phase !== "joined") client.ask("cancel_linking", {}).catch(() => undefined);
  };
  return {
    store,
    start() {
      const silence = client.listen(hear);
      void begin();
      return () => {
        silence();
        giveUp();
      };
    },
    renew: begin,
  };
}
