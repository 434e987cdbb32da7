import type { BrowserClient } from "@sotto/client";
import { lazy, type ReactNode, Suspense, useDeferredValue, useState, useSyncExternalStore } from "react";
import { hadAccount } from "./known_account";
import { eraseEngine } from "./open_engine";
import { startOfPage } from "./start_of_page";
import type { StartState } from "./start_up_model";
import { StartingView } from "./starting_view";

export interface StartUpProps {
  readonly children: (client: BrowserClient) => ReactNode;
}

const views = () => import("./start_up_views");
const LockedView = lazy(async () => ({ default: (await views()).LockedView }));
const ProblemView = lazy(async () => ({ default: (await views()).ProblemView }));
const FailedView = lazy(async () => ({ default: (await views()).FailedView }));

async function eraseAndReload(): Promise<void> {
  await eraseEngine();
  window.location.assign("/");
}

/** Opens the home, and shows how that stands until there is a client. */
export function StartUp({ children }: StartUpProps) {
  // The whole app comes with a client: its first picture is made in slices, between which a slow device can answer.
  const state = useDeferredValue(useSyncExternalStore(startOfPage.subscribe, startOfPage.state));
  const [wasKnown] = useState(hadAccount);
  if (state.kind === "ready") return children(state.client);
  const starting = <StartingView hadAccount={wasKnown} />;
  return <Suspense fallback={starting}>{state.kind === "starting" ? starting : <Obstacle state={state} />}</Suspense>;
}

/** What stands between a person and the app: a lock, a browser that cannot, a home that does not open. */
function Obstacle({ state }: { readonly state: Exclude<StartState, { kind: "ready" | "starting" }> }) {
  switch (state.kind) {
    case "locked":
      return <LockedView home={state.home} onErase={eraseAndReload} />;
    case "problem":
      return <ProblemView problem={state.problem} />;
    case "failed":
      return <FailedView why={state.why} text={state.text} onAgain={startOfPage.start} onErase={eraseAndReload} />;
  }
}
