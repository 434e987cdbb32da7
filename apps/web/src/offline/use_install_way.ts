import { useSyncExternalStore } from "react";
import { type InstallWay, installWay, subscribeInstallWay } from "./install";

/** How the app can be installed here and now, kept current. */
export function useInstallWay(): InstallWay {
  return useSyncExternalStore(subscribeInstallWay, installWay);
}
