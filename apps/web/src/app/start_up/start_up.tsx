import type { BrowserClient } from "@sotto/client";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { hadAccount } from "./known_account";
import { eraseEngine, openEngine } from "./open_engine";
import { StartUpModel } from "./start_up_model";
import { FailedView, LockedView, ProblemView, StartingView } from "./start_up_views";

export interface StartUpProps {
  readonly children: (client: BrowserClient) => ReactNode;
}

/** One for the page: opening the home twice would wait for itself. */
const model = new StartUpModel({ open: openEngine });

async function eraseAndReload(): Promise<void> {
  await eraseEngine();
  window.location.assign("/");
}

/** Opens the home, and shows how that stands until there is a client. */
export function StartUp({ children }: StartUpProps) {
  const state = useSyncExternalStore(model.subscribe, model.state);
  const [withShell] = useState(hadAccount);
  useEffect(() => {
    if (model.state().kind === "starting") model.start();
  }, []);
  switch (state.kind) {
    case "ready":
      return children(state.client);
    case "starting":
      return <StartingView withShell={withShell && !window.location.pathname.startsWith("/start")} />;
    case "locked":
      return <LockedView home={state.home} onErase={eraseAndReload} />;
    case "problem":
      return <ProblemView problem={state.problem} />;
    case "failed":
      return <FailedView why={state.why} text={state.text} onAgain={model.start} onErase={eraseAndReload} />;
  }
}
