import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SignInActions, SignInSnapshot } from "./sign_in_view";

export interface SignInModel extends SignInActions {
  readonly store: StoreApi<SignInSnapshot>;
}

/** Signs this device in again after it was signed out; its messages are all there. */
export function createSignInModel(client: Client, name: string): SignInModel {
  const store = createStore<SignInSnapshot>(() => ({ name, password: "", isBusy: false, error: null }));
  return {
    store,
    setPassword(password) {
      store.setState({ password, error: null });
    },
    async submit() {
      const { password, isBusy } = store.getState();
      if (isBusy || password === "") return false;
      store.setState({ isBusy: true, error: null });
      try {
        await client.ask("log_in", { name, password });
        store.setState({ isBusy: false, password: "" });
        return true;
      } catch (error) {
        store.setState({ isBusy: false, error });
        return false;
      }
    },
  };
}
