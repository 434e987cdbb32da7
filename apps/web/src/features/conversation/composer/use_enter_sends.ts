import { useSyncExternalStore } from "react";

const storageKey = "sotto.enter_sends";
const listeners = new Set<() => void>();

/** Without a keyboard Enter is the only way to a new line, unless somebody chose otherwise. */
function read(): boolean {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept === null ? !matchMedia("(hover: none) and (pointer: coarse)").matches : kept === "yes";
  } catch {
    return true;
  }
}

function set(sends: boolean): void {
  try {
    localStorage.setItem(storageKey, sends ? "yes" : "no");
  } catch {
    // Storage is refused: it stays as it is.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether Enter sends in this browser; else it starts a line, and Ctrl and Enter send. */
export function useEnterSends(): readonly [boolean, (sends: boolean) => void] {
  return [useSyncExternalStore(subscribe, read), set];
}
