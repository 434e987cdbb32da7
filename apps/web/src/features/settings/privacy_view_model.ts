import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { PrivacyActions, PrivacySnapshot } from "./privacy_view";

export interface PrivacyModel extends PrivacyActions {
  readonly store: StoreApi<PrivacySnapshot>;
}

/** What others are shown of this account, and whom it has blocked. */
export function createPrivacyModel(client: Client): PrivacyModel {
  const store = createStore<PrivacySnapshot>(() => ({ privacy: null, blocked: null, busyWith: null, error: null }));
  const show = (part: Partial<PrivacySnapshot>) => store.setState(part);

  const read = async () => {
    show({ error: null });
    try {
      show({ privacy: (await client.ask("change_privacy", {})).privacy });
      show({ blocked: (await client.ask("list_blocked_accounts", {})).accounts });
    } catch (error) {
      show({ error });
    }
  };
  return {
    store,
    read,
    async set(what, audience) {
      const before = store.getState().privacy;
      if (before === null) return;
      // Shown at once; the server's answer has the last word.
      show({ privacy: { ...before, [what]: audience }, error: null });
      try {
        show({ privacy: (await client.ask("change_privacy", { [what]: audience })).privacy });
      } catch (error) {
        show({ privacy: before, error });
      }
    },
    async block(name, blocked) {
      show({ busyWith: name, error: null });
      try {
        await client.ask("block_account", { name, blocked });
        show({ blocked: (await client.ask("list_blocked_accounts", {})).accounts, busyWith: null });
        return true;
      } catch (error) {
        show({ error, busyWith: null });
        return false;
      }
    },
  };
}
