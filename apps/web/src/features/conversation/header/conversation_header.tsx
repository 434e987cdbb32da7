import { Avatar } from "../../../design/avatar";
import { IconButton } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { formatDuration, formatMoment } from "../../../design/format";
import { Icon } from "../../../design/icon";
import { MenuButton, MenuItem, MenuSeparator } from "../../../design/menu";
import { useLanguage, useText } from "../../../design/text";
import { usePresence } from "../../conversation_list/presence_store";
import { useGroupPicture } from "../../groups/group_pictures";
import type { ConversationSnapshot } from "../conversation_model";
import { conversationText } from "../conversation_text";
import { titleOf } from "../conversation_title";
import type { ConversationSummary } from "../engine_types";
import { timelineText } from "../timeline/timeline_text";
import styles from "./header.module.css";

const css = classesOf(styles);

export type HeaderAction =
  | "info"
  | "find"
  | "date"
  | "mute_day"
  | "mute_always"
  | "unmute"
  | "pin"
  | "archive"
  | "timer"
  | "verify"
  | "subject"
  | "report"
  | "block"
  | "remove";

export interface HeaderProps {
  readonly snapshot: ConversationSnapshot;
  readonly summary: ConversationSummary;
  readonly onBack: () => void;
  readonly onAction: (action: HeaderAction) => void;
}

export function ConversationHeader({ snapshot, summary, onBack, onAction }: HeaderProps) {
  const t = useText(conversationText);
  const language = useLanguage();
  const title = titleOf(summary, language);
  const isGroup = summary.kind === "group" || summary.kind === "channel";
  const presence = usePresence(summary.kind === "direct" ? summary.peer_name : "");
  const picture = useGroupPicture(summary);
  return (
    <header className={css("header")}>
      <span className={css("back")}>
        <IconButton icon="back" label={t.back} onPress={onBack} />
      </span>
      <div className={css("person")}>
        <Avatar
          name={title}
          size={40}
          picture={picture}
          shape={isGroup ? "group" : "person"}
          presence={presence?.online ? "online" : undefined}
          icon={summary.kind === "self" ? "note" : undefined}
        />
        <span className={css("words")}>
          <span className={css("name")}>
            <h1>
              <button type="button" onClick={() => onAction("info")} title={t.info}>
                {title}
              </button>
            </h1>
            {summary.subject && <span className={css("subject")}>{summary.subject}</span>}
            {summary.verification === "verified" && summary.kind === "direct" && (
              <span role="img" className={css("verified")} aria-label={t.verified} title={t.verifiedHelp(title)}>
                <Icon name="shield_check" size={16} />
              </span>
            )}
          </span>
          <StateLine
            snapshot={snapshot}
            summary={summary}
            lastSeen={presence?.last_seen ?? 0}
            isOnline={presence?.online ?? false}
          />
        </span>
      </div>
      {summary.timer_ms > 0 && (
        <span className={css("timer")} title={t.timerIs(formatDuration(language, summary.timer_ms))}>
          <Icon name="timer" size={16} />
          <span>{formatDuration(language, summary.timer_ms)}</span>
        </span>
      )}
      <IconButton icon="search" label={t.find} onPress={() => onAction("find")} />
      <MenuButton label={t.more}>
        <MenuItems snapshot={snapshot} summary={summary} onAction={onAction} />
      </MenuButton>
    </header>
  );
}

interface StateLineProps {
  readonly snapshot: ConversationSnapshot;
  readonly summary: ConversationSummary;
  readonly isOnline: boolean;
  readonly lastSeen: number;
}

function StateLine({ snapshot, summary, isOnline, lastSeen }: StateLineProps) {
  const t = useText(conversationText);
  const language = useLanguage();
  const typing = useTypingWords(snapshot.typing);
  if (typing !== undefined) return <span className={css("state", "typing")}>{typing}</span>;
  if (summary.kind === "group" || summary.kind === "channel") {
    const count = snapshot.group?.members.length;
    if (count === undefined) return null;
    return <span className={css("state")}>{summary.kind === "channel" ? t.readers(count) : t.members(count)}</span>;
  }
  if (summary.kind === "self") return null;
  if (isOnline) return <span className={css("state")}>{t.online}</span>;
  if (lastSeen === 0) return null;
  return <span className={css("state")}>{t.lastSeen(formatMoment(language, lastSeen, Date.now()))}</span>;
}

/** Undefined while nobody types. */
export function useTypingWords(names: readonly string[]): string | undefined {
  const t = useText(timelineText);
  const [first, second] = names;
  if (first === undefined) return undefined;
  if (second === undefined) return t.typingOne(first);
  return names.length === 2 ? t.typingTwo(first, second) : t.typingMany;
}

type ItemsProps = Pick<HeaderProps, "snapshot" | "summary" | "onAction">;

function MenuItems({ snapshot, summary, onAction }: ItemsProps) {
  const t = useText(conversationText);
  const isMuted = summary.muted_until > Date.now();
  const isDirect = summary.kind === "direct";
  const maySetTimer = isDirect || summary.kind === "self" || snapshot.group?.own_role === "owner";
  // Of a group only who is in it no more.
  const mayRemove = isDirect || (summary.kind !== "self" && snapshot.group?.own_role === undefined);
  return (
    <>
      <MenuItem icon="info" onAction={() => onAction("info")}>
        {t.info}
      </MenuItem>
      <MenuItem icon="calendar" onAction={() => onAction("date")}>
        {t.toDate}
      </MenuItem>
      {maySetTimer && (
        <MenuItem icon="timer" onAction={() => onAction("timer")}>
          {t.timer}
        </MenuItem>
      )}
      {isDirect && (
        <MenuItem icon="shield" onAction={() => onAction("verify")}>
          {t.verify}
        </MenuItem>
      )}
      <MenuSeparator />
      {isMuted ? (
        <MenuItem icon="bell" onAction={() => onAction("unmute")}>
          {t.unmute}
        </MenuItem>
      ) : (
        <>
          <MenuItem icon="bell_off" onAction={() => onAction("mute_day")}>
            {t.muteDay}
          </MenuItem>
          <MenuItem icon="bell_off" onAction={() => onAction("mute_always")}>
            {t.mute}
          </MenuItem>
        </>
      )}
      <MenuItem icon={summary.pinned ? "pin_off" : "pin"} onAction={() => onAction("pin")}>
        {summary.pinned ? t.unpin : t.pin}
      </MenuItem>
      <MenuItem icon={summary.archived ? "unarchive" : "archive"} onAction={() => onAction("archive")}>
        {summary.archived ? t.unarchive : t.archive}
      </MenuItem>
      {isDirect && (
        <>
          <MenuSeparator />
          <MenuItem icon="warning" onAction={() => onAction("report")}>
            {t.report}
          </MenuItem>
          <MenuItem icon="block" isDanger={!snapshot.isBlocked} onAction={() => onAction("block")}>
            {snapshot.isBlocked ? t.unblock : t.block}
          </MenuItem>
        </>
      )}
      {mayRemove && (
        <MenuItem icon="trash" isDanger onAction={() => onAction("remove")}>
          {t.remove}
        </MenuItem>
      )}
    </>
  );
}
