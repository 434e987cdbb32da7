import type { BannerTone } from "./banner";

export interface ToastAction {
  readonly label: string;
  readonly onPress: () => void;
}

export interface ToastContent {
  readonly text: string;
  readonly tone?: BannerTone;
  /** One thing to do about it, such as "Undo". */
  readonly action?: ToastAction;
}

export interface ShownToast extends ToastContent {
  readonly id: number;
}

const plainTimeMs = 5_000;
/** What holds a button or says that something failed stays long enough to be reached. */
const longTimeMs = 12_000;
const mostShown = 3;

let nextId = 1;
let shown: readonly ShownToast[] = [];
const timers = new Map<number, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function change(next: readonly ShownToast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function arm(toast: ShownToast): void {
  const isLong = toast.action !== undefined || toast.tone === "danger" || toast.tone === "warning";
  timers.set(
    toast.id,
    setTimeout(() => dismissToast(toast.id), isLong ? longTimeMs : plainTimeMs),
  );
}

/** Shows a toast. The same words again begin its time anew instead of standing there twice. */
export function showToast(content: ToastContent): void {
  const same = shown.find((toast) => toast.text === content.text);
  if (same) dismissToast(same.id);
  const toast = { ...content, id: nextId++ };
  for (const old of shown.slice(0, Math.max(0, shown.length - mostShown + 1))) dismissToast(old.id);
  change([...shown, toast]);
  arm(toast);
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  change(shown.filter((toast) => toast.id !== id));
}

/** While somebody points at the toasts or has focus in them none goes. */
export function holdToasts(isHeld: boolean): void {
  for (const toast of shown) {
    clearTimeout(timers.get(toast.id));
    if (!isHeld) arm(toast);
  }
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function shownToasts(): readonly ShownToast[] {
  return shown;
}
