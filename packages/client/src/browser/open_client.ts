import { type Client, ClientGone } from "../client.ts";
import { HomeError } from "../engine/home_error.ts";
import type { Answers } from "../generated/engine.ts";
import { AppLock, type LockedHome } from "./app_lock.ts";
import { Leadership } from "./leadership.ts";
import type { HomeState } from "./messages.ts";
import { Tab } from "./tab.ts";

export interface ClientOptions {
  /** As in `https://chat.example.org`; the page's own origin if absent. */
  readonly server?: string;
  /** Which of this origin's homes; they know nothing of one another. */
  readonly home?: string;
  /**
   * Called whenever the home is locked and waits for a person: while opening, and again if the tab that had it open is
   * gone. Absent: `openClient` rejects with HomeError `locked`.
   */
  readonly onLocked?: (home: LockedHome) => void;
}

export interface BrowserClient extends Client {
  readonly lock: AppLock;
}

export const defaultHome = "home";

/** Opens the home of this origin, and makes it if there is none; a second tab shares the engine of the first. */
export async function openClient(options: ClientOptions = {}): Promise<BrowserClient> {
  if (!isSecureContext || navigator.locks === undefined) {
    throw new HomeError("storage_failed", "Browsers keep a home only for pages over HTTPS, and of localhost.");
  }
  const home = options.home ?? defaultHome;
  const tab: Tab = new Tab(home, () => void end());
  const leadership = new Leadership({ home, server: new URL(options.server ?? "/", location.href).origin });
  const end = async () => {
    tab.end();
    await leadership.resign();
  };
  const lock = new AppLock(tab, home);
  try {
    await opened(tab, lock, options.onLocked);
  } catch (reason) {
    await end();
    throw reason;
  }
  return {
    lock,
    ask: (name, parameters) => tab.ask({ kind: "ask", name, parameters }) as Promise<Answers[typeof name]>,
    listen: (listener) => tab.listen(listener),
    close: end,
  };
}

function opened(tab: Tab, lock: AppLock, onLocked: ClientOptions["onLocked"]): Promise<void> {
  return new Promise((resolve, reject) => {
    tab.ended.then(() => reject(new ClientGone()));
    tab.watch((home: HomeState) => {
      if (home.state === "open") resolve();
      else if (home.state === "failed") reject(new HomeError(home.code, home.text));
      else if (onLocked === undefined) reject(new HomeError("locked", "This home is locked."));
      else onLocked(lock.locked(home));
    });
  });
}
