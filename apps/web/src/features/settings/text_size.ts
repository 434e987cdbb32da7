import { useSyncExternalStore } from "react";

/** How large texts are in this browser. All sizes of the design follow the root's. */
export const textSizes = ["small", "normal", "large", "larger"] as const;
export type TextSize = (typeof textSizes)[number];

const percent: Readonly<Record<TextSize, string>> = { small: "92.5%", normal: "", large: "112.5%", larger: "130%" };
const storageKey = "sotto.text_size";
const listeners = new Set<() => void>();
let current: TextSize = read();
let isWatched = false;

function read(): TextSize {
  try {
    const kept = globalThis.localStorage?.getItem(storageKey);
    return textSizes.find((size) => size === kept) ?? "normal";
  } catch {
    return "normal";
  }
}

function apply(): void {
  document.documentElement.style.fontSize = percent[current];
  for (const listener of listeners) listener();
}

export function setTextSize(size: TextSize): void {
  current = size;
  try {
    localStorage.setItem(storageKey, size);
  } catch {
    // It then holds until the page is left.
  }
  apply();
}

/** Applies what was chosen and follows other tabs. Returns what ends it. */
export function watchTextSize(): () => void {
  const fromOtherTab = (event: StorageEvent) => {
    if (event.key !== storageKey) return;
    current = read();
    apply();
  };
  window.addEventListener("storage", fromOtherTab);
  isWatched = true;
  apply();
  return () => {
    isWatched = false;
    window.removeEventListener("storage", fromOtherTab);
  };
}

/** Whether the app applies the size when it starts; else there is nothing to choose, for it would not last. */
export function canChooseTextSize(): boolean {
  return isWatched;
}

export function useTextSize(): TextSize {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
