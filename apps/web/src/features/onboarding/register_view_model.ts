import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import { errorCode } from "../../engine/explain_error";
import { nameProblem, passwordStrength } from "./account_rules";
import type { RegisterActions, RegisterSnapshot } from "./register_view";

const attempts = 3;
const pauseMs = 1_000;

export interface RegisterModel extends RegisterActions {
  readonly store: StoreApi<RegisterSnapshot>;
}

export interface RegisterSurroundings {
  /** The name under which a registration was begun in this browser and not confirmed, or "". */
  readonly begunAs: string;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/**
 * Asks again while the server says that it cannot at the moment: it does so too when the same registration is under
 * way from an earlier, interrupted attempt.
 */
async function register(client: Client, name: string, password: string, pause: (ms: number) => Promise<void>) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.ask("register_account", { name, password });
    } catch (error) {
      const busy = errorCode(error) === "server_unavailable";
      if (!busy || attempt === attempts) throw error;
    }
    await pause(pauseMs);
  }
}

const realPause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Creates an account with this browser as its first device. */
export function createRegisterModel(
  client: Client,
  { begunAs, pause = realPause }: RegisterSurroundings,
): RegisterModel {
  const store = createStore<RegisterSnapshot>(() => ({
    name: begunAs,
    password: "",
    begunAs,
    nameProblem: nameProblem(begunAs),
    strength: "too_short",
    asked: false,
    isBusy: false,
    error: null,
  }));
  const change = (part: Partial<RegisterSnapshot>) => store.setState(part);
  const judged = () => {
    const { name, password } = store.getState();
    change({ nameProblem: nameProblem(name), strength: passwordStrength(password, name), error: null });
  };
  return {
    store,
    setName(name) {
      change({ name: name.trim() });
      judged();
    },
    setPassword(password) {
      change({ password });
      judged();
    },
    async submit() {
      const { name, password, strength, nameProblem: problem, isBusy } = store.getState();
      change({ asked: true });
      if (isBusy || problem !== null || strength === "too_short") return false;
      change({ isBusy: true, error: null });
      try {
        await register(client, name.toLowerCase(), password, pause);
        change({ isBusy: false, password: "" });
        return true;
      } catch (error) {
        change({ isBusy: false, error });
        return false;
      }
    },
  };
}
