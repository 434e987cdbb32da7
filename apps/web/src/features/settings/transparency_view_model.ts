import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { TransparencyActions, TransparencySnapshot } from "./transparency_view";

export interface TransparencyModel extends TransparencyActions {
  readonly store: StoreApi<TransparencySnapshot>;
}

/** What this device knows of the server's public log, and checks of it. */
export function createTransparencyModel(client: Client): TransparencyModel {
  const store = createStore<TransparencySnapshot>(() => ({
    status: null,
    audit: null,
    comparison: null,
    busyWith: null,
    error: null,
  }));
  const show = (part: Partial<TransparencySnapshot>) => store.setState(part);
  const guarded = async (busyWith: "audit" | "compare" | null, work: () => Promise<Partial<TransparencySnapshot>>) => {
    show({ busyWith, error: null });
    try {
      show({ ...(await work()), busyWith: null });
    } catch (error) {
      show({ error, busyWith: null });
    }
  };
  return {
    store,
    read: () => guarded(null, async () => ({ status: await client.ask("get_transparency", {}) })),
    audit: () =>
      guarded("audit", async () => {
        const audit = await client.ask("audit_transparency", {});
        return { audit, status: await client.ask("get_transparency", {}) };
      }),
    compare: (note) =>
      guarded("compare", async () => {
        // A checkpoint ends in a line end, which copying loses.
        const whole = note.endsWith("\n") ? note : `${note}\n`;
        return { comparison: (await client.ask("compare_checkpoint", { note: whole })).result };
      }),
  };
}
