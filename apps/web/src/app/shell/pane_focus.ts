import { useEffect, useRef } from "react";

const panes = "[data-pane]:not([inert])";

/** What gets the focus when a pane is gone to: where it was in there, else what it marks, else its heading. */
function focusPane(pane: HTMLElement): void {
  const target =
    pane.querySelector<HTMLElement>("[data-pane-focus]") ??
    pane.querySelector<HTMLElement>('[aria-current="page"], [aria-current="true"]') ??
    pane.querySelector<HTMLElement>("textarea, input:not([type=hidden]), a[href], button:not([disabled])") ??
    pane;
  target.focus();
}

/** Moves the focus to the next pane, or the one before. */
export function cyclePanes(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(panes)];
  if (all.length === 0) return;
  const at = all.findIndex((pane) => pane.contains(document.activeElement));
  const next = all[(at + step + all.length) % all.length];
  if (next) focusPane(next);
}

/**
 * After the address changed: when what had the focus is gone or hidden, the pane in front takes it, so that the
 * keyboard goes on there and a screen reader says where it is. A screen that takes the focus itself keeps it.
 */
export function useFocusAfterNavigation(path: string): void {
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is what it waits for
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const frame = requestAnimationFrame(() => {
      const active = document.activeElement;
      const isLost = active === null || active === document.body || active.closest("[inert]") !== null;
      if (!isLost) return;
      const front = document.querySelector<HTMLElement>('[data-pane][data-front="true"]');
      (front?.querySelector<HTMLElement>("h1[tabindex], h2[tabindex]") ?? front)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [path]);
}
