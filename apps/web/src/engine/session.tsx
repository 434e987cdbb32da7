import type { Client } from "@sotto/client";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { ClientProvider } from "./client_context";
import { type Session, SessionStore } from "./session_store";

export type { Session, SessionState } from "./session_store";

const SessionContext = createContext<SessionStore | null>(null);

export interface EngineProviderProps {
  readonly client: Client;
  readonly children: ReactNode;
}

/** Everything that a screen needs of the engine: the client, the session and the connection. */
export function EngineProvider({ client, children }: EngineProviderProps) {
  const [store] = useState(() => new SessionStore(client));
  useEffect(() => store.start(), [store]);
  return (
    <SessionContext value={store}>
      <ClientProvider client={store.client}>{children}</ClientProvider>
    </SessionContext>
  );
}

export function useSessionStore(): SessionStore {
  const store = useContext(SessionContext);
  if (store === null) throw new Error("useSession and useConnection need an EngineProvider around them");
  return store;
}

/** Which account this home is, kept current. */
export function useSession(): Session {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.session);
}
