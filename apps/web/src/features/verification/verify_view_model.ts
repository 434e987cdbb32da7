import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { fromBase64 } from "../recovery/octets";
import { compareSafetyCode } from "./safety_code";
import type { VerifyActions, VerifySnapshot } from "./verify_view";

export interface VerifyModel extends VerifyActions {
  readonly store: StoreApi<VerifySnapshot>;
  /** Reads the number, and again whenever the identity changes, until the returned is called. */
  start(): () => void;
}

/** Verifies a person by the code or the number that both sides show. */
export function createVerifyModel(client: Client, name: string): VerifyModel {
  const store = createStore<VerifySnapshot>(() => ({ name, number: null, scan: null, isBusy: false, error: null }));
  const show = (part: Partial<VerifySnapshot>) => store.setState(part);

  const read = async () => {
    show({ isBusy: true, error: null });
    try {
      show({ number: await client.ask("get_safety_number", { name }), isBusy: false });
    } catch (error) {
      show({ isBusy: false, error });
    }
  };
  const set = async (verified: boolean, digits: string) => {
    show({ isBusy: true, error: null });
    try {
      const number = await client.ask("set_verified", { name, verified, digits });
      show({ number, isBusy: false, scan: verified ? store.getState().scan : null });
    } catch (error) {
      show({ isBusy: false, error, scan: null });
      // The number that was compared may no longer be the current one: what is shown must be.
      const fresh = await client.ask("get_safety_number", { name }).catch(() => null);
      if (fresh !== null) show({ number: fresh });
    }
  };
  return {
    store,
    start() {
      void read();
      return client.listen((event) => {
        if (event.name === "identity_changed" && event.body.name === name) void read();
      });
    },
    read,
    async takeScan(octets) {
      const { number, isBusy } = store.getState();
      if (number === null || isBusy) return;
      const scan = compareSafetyCode(fromBase64(number.qr), octets);
      show({ scan });
      if (scan === "same") await set(true, number.digits);
    },
    forgetScan: () => show({ scan: null }),
    /** The person read the digits and found them the same. */
    confirmDigits: () => set(true, store.getState().number?.digits ?? ""),
    withdraw: () => set(false, ""),
  };
}
