import { useSyncExternalStore } from "react";
import { useSessionStore } from "./session";
import type { ConnectionStatus } from "./session_store";

export type { ConnectionState, ConnectionStatus } from "./session_store";

/** How the connection to the server stands, kept current. */
export function useConnection(): ConnectionStatus {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.connection);
}
