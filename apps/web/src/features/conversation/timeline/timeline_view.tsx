import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { Button } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { EmptyState } from "../../../design/empty_state";
import { formatDay } from "../../../design/format";
import { ContextMenu } from "../../../design/menu";
import { useLanguage, useText } from "../../../design/text";
import { MessageMenuItems } from "../message/message_menu";
import { MessageRow } from "../message/message_row";
import { messageText } from "../message/message_text_catalogue";
import { useRowContext } from "../message/row_context";
import { JumpButton } from "./jump_button";
import styles from "./timeline.module.css";
import type { TimelineSnapshot } from "./timeline_model";
import type { TimelineRow } from "./timeline_rows";
import { TimelineStart } from "./timeline_start";
import { timelineText } from "./timeline_text";
import { useMessageKeys } from "./use_message_keys";

const css = classesOf(styles);

export interface TimelineActions {
  loadOlder(): void;
  loadNewer(): void;
  jumpToNewest(): void;
  see(seen: { isNewestOnScreen: boolean }): void;
  reload(): void;
}

export interface TimelineViewProps {
  readonly snapshot: TimelineSnapshot;
  readonly actions: TimelineActions;
  /** What the conversation is called. */
  readonly title: string;
  readonly startWords: string;
  /** Escape leads here. */
  readonly onLeave: () => void;
}

/** From how far away the next page is fetched, and how near to the end counts as the end. */
const fetchWithinPx = 1_500;
const endWithinPx = 48;
const highlightMs = 1_800;

export function TimelineView(props: TimelineViewProps) {
  const { snapshot, actions } = props;
  const t = useText(timelineText);
  if (snapshot.state === "failed") {
    return (
      <EmptyState icon="error" title={t.failed} text="" action={<Button onPress={actions.reload}>{t.again}</Button>} />
    );
  }
  if (snapshot.state === "loading") return <div className={css("timeline")} aria-busy="true" />;
  return <Lines {...props} />;
}

function Lines({ snapshot, actions, title, startWords, onLeave }: TimelineViewProps) {
  const { rows } = snapshot;
  const t = useText(timelineText);
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState<boolean>();
  const tellTop = useRef<(index: number) => void>(undefined);
  const [activeKey, setActiveKey] = useState<string>();
  const follow = useFollowing({ list, snapshot, setActiveKey, scroller });
  const activeIndex = activeKey === undefined ? -1 : rows.findIndex((row) => row.key === activeKey);
  const tabIndexed = activeIndex >= 0 ? activeKey : rows.at(-1)?.key;

  const look = useCallback(() => {
    const handle = list.current;
    if (handle === null) return;
    const { scrollOffset, scrollSize, viewportSize } = handle;
    const toEnd = scrollSize - scrollOffset - viewportSize;
    const isEnd = toEnd < endWithinPx;
    follow.isFollowing.current = isEnd && !snapshot.hasNewer;
    setIsAtEnd(isEnd && !snapshot.hasNewer);
    tellTop.current?.(handle.findItemIndex(scrollOffset + 40));
    if (scrollOffset < fetchWithinPx && snapshot.hasOlder) actions.loadOlder();
    if (toEnd < fetchWithinPx && snapshot.hasNewer) actions.loadNewer();
  }, [actions, follow, snapshot.hasOlder, snapshot.hasNewer]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows move what is on screen
  useEffect(() => {
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [look, rows]);
  useEffect(() => {
    if (isAtEnd !== undefined) actions.see({ isNewestOnScreen: isAtEnd });
  }, [actions, isAtEnd]);

  const onKeyDown = useMessageKeys({
    rows,
    list,
    scroller,
    activeKey,
    setActiveKey,
    jumpToNewest: actions.jumpToNewest,
    onLeave,
  });
  return (
    <div className={css("timeline")}>
      <RowMenu rows={rows}>
        <div
          ref={scroller}
          className={css("scroller")}
          role="feed"
          aria-label={t.messagesWith(title)}
          aria-busy={snapshot.isLoadingOlder || rows.length === 0}
          onKeyDown={onKeyDown}
          onFocus={(event) => setActiveKey(rowKeyOf(event.target) ?? activeKey)}
        >
          <div className={css("spacer")} />
          <TimelineStart hasOlder={snapshot.hasOlder} isLoading={snapshot.isLoadingOlder} words={startWords} />
          <Virtualizer
            ref={list}
            data={rows}
            shift={snapshot.isShift}
            scrollRef={scroller}
            startMargin={startHeightPx}
            bufferSize={600}
            keepMounted={activeIndex >= 0 ? [activeIndex] : noIndices}
            onScroll={look}
            onResize={follow.onResize}
          >
            {(row: TimelineRow) => (
              <MessageRow
                key={row.key}
                row={row}
                isActive={row.key === tabIndexed}
                isHighlighted={row.key === follow.highlighted}
              />
            )}
          </Virtualizer>
        </div>
      </RowMenu>
      <FloatingDay rows={rows} isShown={isAtEnd === false} tellTop={tellTop} />
      {isAtEnd === false && rows.length > 0 && <JumpButton unread={snapshot.unread} onPress={actions.jumpToNewest} />}
      <Announcer snapshot={snapshot} />
    </div>
  );
}

const noIndices: readonly number[] = [];
export const startHeightPx = 116;

export function rowKeyOf(target: EventTarget): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest("[data-row]")?.getAttribute("data-row") ?? undefined;
}

export function findRow(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`) ?? null;
}

interface Following {
  readonly list: React.RefObject<VirtualizerHandle | null>;
  readonly scroller: React.RefObject<HTMLDivElement | null>;
  readonly snapshot: TimelineSnapshot;
  readonly setActiveKey: (key: string) => void;
}

/** Keeps the end in view while the reader is there, and goes where the model says. */
function useFollowing({ list, scroller, snapshot, setActiveKey }: Following) {
  const { rows, target } = snapshot;
  const isFollowing = useRef(false);
  const reached = useRef<object>(undefined);
  const [highlighted, setHighlighted] = useState<string>();
  const takesFocus = target?.takesFocus ?? false;

  useLayoutEffect(() => {
    const handle = list.current;
    if (handle === null || rows.length === 0) return;
    const isNew = target !== undefined && target !== reached.current;
    reached.current = target;
    if (!isNew) {
      if (isFollowing.current) handle.scrollToIndex(rows.length - 1, { align: "end" });
      return;
    }
    const index = target.key === undefined ? -1 : rows.findIndex((row) => row.key === target.key);
    isFollowing.current = index < 0;
    if (index < 0) {
      handle.scrollToIndex(rows.length - 1, { align: "end" });
    } else {
      handle.scrollToIndex(index, { align: target.align, offset: target.align === "start" ? -60 : 0 });
    }
    if (target.isHighlighted && target.key !== undefined) setHighlighted(target.key);
  }, [list, rows, target]);

  useEffect(() => {
    if (highlighted === undefined) return;
    const focus = setTimeout(() => {
      if (!takesFocus) return;
      setActiveKey(highlighted);
      findRow(scroller.current, highlighted)?.focus({ preventScroll: true });
    }, 80);
    const fade = setTimeout(() => setHighlighted(undefined), highlightMs);
    return () => {
      clearTimeout(focus);
      clearTimeout(fade);
    };
  }, [highlighted, scroller, setActiveKey, takesFocus]);

  const length = rows.length;
  const onResize = useCallback(() => {
    if (isFollowing.current && length > 0) list.current?.scrollToIndex(length - 1, { align: "end" });
  }, [list, length]);
  return { isFollowing, highlighted, onResize };
}

/** One menu for all rows: it opens on the message that was asked for. */
function RowMenu({ rows, children }: { rows: readonly TimelineRow[]; children: React.ReactNode }) {
  const t = useText(messageText);
  const context = useRowContext();
  const asked = useRef<string>(undefined);
  const messageOf = () => rows.find((row) => row.key === asked.current)?.message;
  return (
    <ContextMenu
      label={t.menu}
      className={css("menu_area")}
      items={() => {
        const message = messageOf();
        return message ? <MessageMenuItems message={message} context={context} /> : null;
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notes which message the menu is for */}
      <div
        className={css("menu_area")}
        onContextMenu={(event) => {
          asked.current = (event.target as Element).closest("article") ? rowKeyOf(event.target) : undefined;
          if (asked.current === undefined) event.stopPropagation();
        }}
      >
        {children}
      </div>
    </ContextMenu>
  );
}

interface FloatingDayProps {
  readonly rows: readonly TimelineRow[];
  readonly isShown: boolean;
  /** Takes the place of the first row on screen; kept here, so that scrolling draws nothing else anew. */
  readonly tellTop: React.RefObject<((index: number) => void) | undefined>;
}

/** The day of what is at the top, while the reader is among earlier messages. */
function FloatingDay({ rows, isShown, tellTop }: FloatingDayProps) {
  const language = useLanguage();
  const [top, setTop] = useState(0);
  useEffect(() => {
    tellTop.current = setTop;
  }, [tellTop]);
  const row = rows[top];
  if (row === undefined) return null;
  return (
    <div className={css("floating_day", isShown && top > 0 && "shown")} aria-hidden="true">
      {formatDay(language, row.message.sent_at, Date.now())}
    </div>
  );
}

/** Tells a screen reader of what comes in, without taking it away from what it reads. */
function Announcer({ snapshot }: { snapshot: TimelineSnapshot }) {
  const t = useText(timelineText);
  const names = useText(messageText);
  const message = snapshot.announced;
  return (
    <div className={css("announcer")} aria-live="polite">
      {message && t.said(message.sender_name || names.somebody, message.text)}
    </div>
  );
}
