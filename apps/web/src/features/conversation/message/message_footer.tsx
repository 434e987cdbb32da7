import { classesOf } from "../../../design/class_names";
import { formatDateTime, formatTime } from "../../../design/format";
import { Icon, type IconName } from "../../../design/icon";
import { useLanguage, useText } from "../../../design/text";
import type { TimelineMessage } from "../engine_types";
import { type DeliveryMark, deliveryMarkOf, deliveryText } from "./delivery_words";
import styles from "./message.module.css";
import { messageText } from "./message_text_catalogue";
import { useRowContext } from "./row_context";
import { timeLeft } from "./time_left";
import { useNow } from "./use_now";

const css = classesOf(styles);

const markIcons: Record<DeliveryMark, IconName> = {
  scheduled: "calendar",
  pending: "clock",
  sent: "check",
  delivered: "check_double",
  read: "check_double",
  failed: "error",
};

/** Time, marks and what else stands small below a message. */
export function MessageFooter({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const language = useLanguage();
  const { actions } = useRowContext();
  const isScheduled = message.state === "pending" && message.not_before > 0;
  return (
    <span className={css("footer")}>
      {message.starred && <Labelled icon="star" label={t.starred} filled />}
      {message.edits > 0 && (
        <button
          type="button"
          className={css("edited")}
          title={t.showEdits}
          onClick={() => actions.perform("info", message)}
        >
          {t.edited}
        </button>
      )}
      {message.expires_at > 0 && <Expiry at={message.expires_at} />}
      {!isScheduled && (
        <time dateTime={new Date(message.sent_at).toISOString()} title={formatDateTime(language, message.sent_at)}>
          {formatTime(language, message.sent_at)}
        </time>
      )}
      <Delivery message={message} />
    </span>
  );
}

function Labelled({ icon, label, filled = false }: { icon: IconName; label: string; filled?: boolean }) {
  return (
    <span role="img" aria-label={label} title={label} className={css("labelled")}>
      <Icon name={icon} size={14} filled={filled} />
    </span>
  );
}

function Delivery({ message }: { message: TimelineMessage }) {
  const t = useText(deliveryText);
  const mark = deliveryMarkOf(message);
  if (mark === undefined) return null;
  const isHeld = mark === "pending" && message.reason !== "";
  return (
    <span
      role="img"
      aria-label={t[mark]}
      title={t[mark]}
      className={css("mark", `mark_${mark}`, isHeld && "mark_held")}
    >
      <Icon name={markIcons[mark]} size={16} />
    </span>
  );
}

function Expiry({ at }: { at: number }) {
  const language = useLanguage();
  const t = useText(messageText);
  const isSoon = at - Date.now() < 120_000;
  const left = Math.max(0, at - useNow(isSoon));
  return (
    <span className={css("expiry")} title={t.expires(timeLeft(language, left, "long"))}>
      <Icon name="timer" size={14} />
      {timeLeft(language, left)}
    </span>
  );
}
