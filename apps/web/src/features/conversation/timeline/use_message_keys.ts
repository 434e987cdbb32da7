import { type KeyboardEvent, type RefObject, useCallback } from "react";
import type { VirtualizerHandle } from "virtua";
import { actionsFor, type MessageAction } from "../message/message_actions";
import { useRowContext } from "../message/row_context";
import type { TimelineRow } from "./timeline_rows";

const actionKeys: Readonly<Record<string, MessageAction>> = {
  r: "reply",
  t: "thread",
  c: "copy",
  f: "forward",
  s: "star",
  e: "edit",
  i: "info",
  Delete: "delete_for_me",
  Backspace: "delete_for_me",
};

export interface MessageKeys {
  readonly rows: readonly TimelineRow[];
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly activeKey: string | undefined;
  readonly setActiveKey: (key: string) => void;
  readonly jumpToNewest: () => void;
  readonly onLeave: () => void;
}

function stepOf(key: string, at: number, last: number): number | undefined {
  if (key === "ArrowUp") return Math.max(0, at - 1);
  if (key === "ArrowDown") return Math.min(last, at + 1);
  return key === "Home" ? 0 : undefined;
}

/** The keyboard among messages: arrows go from one to the next, Enter opens the menu, letters act. */
export function useMessageKeys(keys: MessageKeys): (event: KeyboardEvent<HTMLElement>) => void {
  const { rows, list, scroller, setActiveKey, jumpToNewest, onLeave } = keys;
  const context = useRowContext();
  const go = useCallback(
    (index: number) => {
      const row = rows[index];
      if (row === undefined) return;
      setActiveKey(row.key);
      list.current?.scrollToIndex(index, { align: "nearest" });
      // The row may only now come into the page.
      requestAnimationFrame(() =>
        scroller.current
          ?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.key)}"]`)
          ?.focus({ preventScroll: true }),
      );
    },
    [rows, list, scroller, setActiveKey],
  );
  return (event) => {
    const article = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("article") : null;
    if (event.key === "Escape") return onLeave();
    if (article === null || article !== event.target || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex((row) => row.key === article.dataset["row"]);
    const step = stepOf(event.key, at, rows.length - 1);
    if (step !== undefined) {
      event.preventDefault();
      return go(step);
    }
    if (event.key === "End") {
      event.preventDefault();
      return jumpToNewest();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      article.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true }));
      return;
    }
    const message = rows[at]?.message;
    const action = event.key === "+" ? "react" : actionKeys[event.key];
    if (message === undefined || action === undefined || !actionsFor(message, context.rights).includes(action)) return;
    event.preventDefault();
    context.actions.perform(action, message);
  };
}
