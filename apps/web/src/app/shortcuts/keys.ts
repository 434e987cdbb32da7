/** A combination as it is written down: "Mod+K" (Mod is Command on a Mac, else Control), "Alt+ArrowUp", "?", "F6". */
export type Combination = string;

/** What is needed of a keyboard event to tell which combination it is. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
}

/** Whether a key press is a combination. A sign that itself needs Shift, such as "?", is named without it. */
export function matches(press: KeyPress, combination: Combination, apple = isApple()): boolean {
  const parts = combination.split("+");
  const key = parts.pop() ?? "";
  const wantsMod = parts.includes("Mod");
  const mod = apple ? press.metaKey : press.ctrlKey;
  const otherMod = apple ? press.ctrlKey : press.metaKey;
  if (mod !== wantsMod || otherMod || press.altKey !== parts.includes("Alt")) return false;
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && press.shiftKey !== parts.includes("Shift")) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Enter: "↵",
};

/** A combination as a person reads it: "⌘ K" on a Mac, "Ctrl K" elsewhere. */
export function shortcutLabel(combination: Combination, apple = isApple()): string {
  const names: Readonly<Record<string, string>> = apple
    ? { ...keyNames, Mod: "⌘", Alt: "⌥", Shift: "⇧" }
    : { ...keyNames, Mod: "Ctrl", Alt: "Alt", Shift: "⇧" };
  return combination
    .split("+")
    .map((part) => names[part] ?? part)
    .join(" ");
}

/** Whether what is typed goes into a text, where single letters are no shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select") !== null;
}
