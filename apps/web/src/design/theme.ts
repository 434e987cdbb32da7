import { useSyncExternalStore } from "react";

export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export const accents = ["teal", "ink", "plum", "clay", "moss"] as const;
export type Accent = (typeof accents)[number];

export const motionChoices = ["system", "reduced"] as const;
export type MotionChoice = (typeof motionChoices)[number];

/** How the app looks in this browser. */
export interface Appearance {
  readonly theme: ThemeChoice;
  readonly accent: Accent;
  readonly motion: MotionChoice;
}

const storageKey = "sotto.appearance";
const listeners = new Set<() => void>();
let appearance: Appearance = read();

function oneOf<T extends string>(values: readonly T[], value: unknown, otherwise: T): T {
  return values.find((one) => one === value) ?? otherwise;
}

/** Reads what was kept; anything unknown, as of another version, becomes the default. */
export function parseAppearance(kept: string | null): Appearance {
  let found: Readonly<Record<string, unknown>> = {};
  try {
    const value: unknown = JSON.parse(kept ?? "{}");
    if (typeof value === "object" && value !== null) found = value as Readonly<Record<string, unknown>>;
  } catch {
    // Not ours: the defaults.
  }
  return {
    theme: oneOf(themeChoices, found["theme"], "system"),
    accent: oneOf(accents, found["accent"], "teal"),
    motion: oneOf(motionChoices, found["motion"], "system"),
  };
}

function read(): Appearance {
  try {
    return parseAppearance(globalThis.localStorage?.getItem(storageKey) ?? null);
  } catch {
    return parseAppearance(null);
  }
}

function prefersDark(): boolean {
  return globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches ?? false;
}

function apply(): void {
  const root = document.documentElement;
  root.dataset["theme"] = appearance.theme === "system" ? (prefersDark() ? "dark" : "light") : appearance.theme;
  root.dataset["accent"] = appearance.accent;
  if (appearance.motion === "reduced") root.dataset["motion"] = "reduced";
  else delete root.dataset["motion"];
  // The browser's own bars take the colour of what is behind everything.
  const ground = getComputedStyle(root).getPropertyValue("--surface-0").trim();
  for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
    if (ground) meta.setAttribute("content", ground);
}

function tell(): void {
  apply();
  for (const listener of listeners) listener();
}

/** Changes how the app looks and keeps it in this browser. */
export function setAppearance(change: Partial<Appearance>): void {
  appearance = { ...appearance, ...change };
  try {
    globalThis.localStorage?.setItem(storageKey, JSON.stringify(appearance));
  } catch {
    // It then holds until the page is left.
  }
  tell();
}

/** Applies the appearance and follows the system and other tabs. Returns what ends it. */
export function watchAppearance(): () => void {
  const media = window.matchMedia("(prefers-color-scheme: dark)");
  const fromOtherTab = (event: StorageEvent) => {
    if (event.key !== storageKey) return;
    appearance = read();
    tell();
  };
  media.addEventListener("change", tell);
  window.addEventListener("storage", fromOtherTab);
  apply();
  return () => {
    media.removeEventListener("change", tell);
    window.removeEventListener("storage", fromOtherTab);
  };
}

/** What was chosen, outside of a component. */
export function currentAppearance(): Appearance {
  return appearance;
}

/** Hears of every change of the appearance. Returns what ends it. */
export function subscribeAppearance(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What was chosen, for the settings. */
export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribeAppearance, () => appearance);
}
