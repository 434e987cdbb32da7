import type { Client, EngineEvent, Events } from "@sotto/client";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent } from "react";

const ClientContext = createContext<Client | null>(null);

export interface ClientProviderProps {
  readonly client: Client;
  readonly children: ReactNode;
}

/** Hands the client to everything inside. */
export function ClientProvider({ client, children }: ClientProviderProps) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** The client. Only inside a `ClientProvider`. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error("useClient needs a ClientProvider around it");
  return client;
}

/** Calls `handler`, always the one of the last render, for every event of that name. */
export function useEngineEvent<N extends keyof Events>(name: N, handler: (body: Events[N]) => void): void {
  const client = useClient();
  const hear = useEffectEvent((event: EngineEvent) => {
    if (isEvent(event, name)) handler(event.body);
  });
  useEffect(() => client.listen((event) => hear(event)), [client]);
}

/** Whether an event has that name; tells the compiler what its body is. */
export function isEvent<N extends keyof Events>(
  event: { readonly name: keyof Events; readonly body: unknown },
  name: N,
): event is { readonly name: N; readonly body: Events[N] } {
  return event.name === name;
}
