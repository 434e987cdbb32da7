import { memo, useRef, useState } from "react";
import { Avatar } from "../../../design/avatar";
import { classesOf } from "../../../design/class_names";
import { formatDay, formatTime } from "../../../design/format";
import { useLanguage, useText } from "../../../design/text";
import { isNotice, type TimelineRow } from "../timeline/timeline_rows";
import { timelineText } from "../timeline/timeline_text";
import styles from "./message.module.css";
import { MessageBody, MessageHead } from "./message_body";
import { MessageFooter } from "./message_footer";
import { messageText } from "./message_text_catalogue";
import { MessageToolbar } from "./message_toolbar";
import { ReactionsBar } from "./reactions_bar";
import { Replies } from "./replies";
import { useRowContext } from "./row_context";
import { spokenWords } from "./spoken_words";
import { noticeWords } from "./system_words";

const css = classesOf(styles);

export interface MessageRowProps {
  readonly row: TimelineRow;
  /** Whether the Tab key leads to this message. */
  readonly isActive: boolean;
  /** Shown for a moment after a jump. */
  readonly isHighlighted: boolean;
}

/** One message with the day or the unread line above it. */
export const MessageRow = memo(function MessageRow({ row, isActive, isHighlighted }: MessageRowProps) {
  const { message } = row;
  const language = useLanguage();
  const t = useText(timelineText);
  return (
    <div className={css("row", row.startsGroup && "starts_group")}>
      {row.startsDay && (
        <div className={css("day")}>
          <span>{formatDay(language, message.sent_at, Date.now())}</span>
        </div>
      )}
      {row.startsUnread && (
        <div className={css("unread")}>
          <span>{t.unread}</span>
        </div>
      )}
      {isNotice(message) ? (
        <Notice row={row} isActive={isActive} />
      ) : (
        <Message row={row} isActive={isActive} isHighlighted={isHighlighted} />
      )}
    </div>
  );
});

function Notice({ row, isActive }: { row: TimelineRow; isActive: boolean }) {
  const language = useLanguage();
  const { self } = useRowContext();
  const words = noticeWords(row.message, language, self.name);
  return (
    <article className={css("notice")} data-row={row.key} tabIndex={isActive ? 0 : -1} aria-label={words}>
      <span>{words}</span>{" "}
      <time dateTime={new Date(row.message.sent_at).toISOString()}>{formatTime(language, row.message.sent_at)}</time>
    </article>
  );
}

function Message({ row, isActive, isHighlighted }: MessageRowProps) {
  const { message } = row;
  const language = useLanguage();
  const context = useRowContext();
  const [isPointedAt, setIsPointedAt] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const [isHeld, setIsHeld] = useState(false);
  const press = useLongPress();
  const t = useText(messageText);
  const showsPerson = context.isGroup && !message.own;
  const author = message.sender_name || t.somebody;
  return (
    <article
      className={css("message", message.own ? "own" : "other", isHighlighted && "highlighted")}
      data-row={row.key}
      tabIndex={isActive ? 0 : -1}
      aria-label={spokenWords(message, language)}
      onPointerEnter={(event) => event.pointerType === "mouse" && setIsPointedAt(true)}
      onPointerLeave={() => setIsPointedAt(false)}
      onFocus={(event) => setIsFocused(event.currentTarget.matches(":focus-within"))}
      onBlur={(event) => setIsFocused(event.currentTarget.contains(event.relatedTarget))}
      {...press}
    >
      {showsPerson && <div className={css("person")}>{row.endsGroup && <Avatar name={author} size={32} />}</div>}
      <div className={css("column")}>
        <div className={css("bubble", row.startsGroup && "first", row.endsGroup && "last", `state_${message.state}`)}>
          {showsPerson && row.startsGroup && (
            <div className={css("author")} data-hue={hueOf(message.sender)}>
              {author}
            </div>
          )}
          <MessageHead message={message} />
          <div className={css("said")}>
            <MessageBody message={message} />
            <MessageFooter message={message} />
          </div>
        </div>
        <ReactionsBar message={message} />
        <Replies message={message} />
      </div>
      <div className={css("side")}>
        {(isPointedAt || isFocused || isHeld) && <MessageToolbar message={message} onHold={setIsHeld} />}
      </div>
    </article>
  );
}

/** One of eight tones by which authors are told apart in a group. */
function hueOf(account: string): number {
  return Number.parseInt(account.slice(0, 4), 16) % 8 || 0;
}

const longPressMs = 480;
const steadyWithin = 12;

/** A long press opens the menu where the browser does not ask for one itself. */
function useLongPress() {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "touch") return;
      const { currentTarget, clientX, clientY } = event;
      start.current = { x: clientX, y: clientY };
      timer.current = setTimeout(() => {
        currentTarget.dispatchEvent(
          new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }),
        );
      }, longPressMs);
    },
    onPointerMove: (event: React.PointerEvent<HTMLElement>) => {
      const { x, y } = start.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > steadyWithin) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: stop,
  };
}
