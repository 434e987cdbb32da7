import { type KeyboardEvent, type MouseEvent, memo } from "react";
import { Link } from "wouter";
import { Avatar } from "../../design/avatar";
import { UnreadBadge } from "../../design/badge";
import { classesOf } from "../../design/class_names";
import { Icon, type IconName } from "../../design/icon";
import { useGroupPicture } from "../groups/group_pictures";
import styles from "./conversation_row.module.css";
import { type Row, type RowContext, rowOf, spokenRow } from "./conversation_rows";
import type { Conversation } from "./conversations_store";
import type { Preview } from "./message_preview";
import { usePresence } from "./presence_store";
import { useTyping } from "./typing_store";

const css = classesOf(styles);

const markIcons: Readonly<Record<NonNullable<Preview["mark"]>, IconName>> = {
  pending: "clock",
  sent: "check",
  delivered: "check_double",
  read: "check_double",
  failed: "error",
};

export interface ConversationRowProps {
  readonly conversation: Conversation;
  readonly isMentioned: boolean;
  readonly isCurrent: boolean;
  /** The one row that the Tab key stops at. */
  readonly isTabStop: boolean;
  readonly context: RowContext;
  readonly onFocus: (conversation: string) => void;
  readonly onMenu: (conversation: string, event: MouseEvent) => void;
  readonly onKeyDown: (conversation: Conversation, event: KeyboardEvent) => void;
}

/** A row of the list, with what changes often by itself: who types, who is online. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, isMentioned, context } = props;
  const typists = useTyping(conversation.conversation);
  const row = rowOf(conversation, typists, isMentioned, context);
  const isOnline = usePresence(row.peer)?.online ?? false;
  const picture = useGroupPicture(conversation);
  return <ConversationRowView {...props} row={row} isOnline={isOnline} picture={picture} />;
});

interface RowViewProps extends ConversationRowProps {
  readonly row: Row;
  readonly isOnline: boolean;
  readonly picture: string | undefined;
}

function ConversationRowView(props: RowViewProps) {
  const { row, isOnline, picture, conversation, isCurrent, isTabStop, context, onFocus, onMenu, onKeyDown } = props;
  return (
    <div className={css("row", isCurrent && "current", row.isUnread && "unread")}>
      <Link
        href={`/c/${row.id}`}
        className={css("link")}
        data-conversation={row.id}
        aria-current={isCurrent ? "page" : undefined}
        tabIndex={isTabStop ? 0 : -1}
        draggable={false}
        onFocus={() => onFocus(row.id)}
        onContextMenu={(event: MouseEvent) => onMenu(row.id, event)}
        onKeyDown={(event: KeyboardEvent) => onKeyDown(conversation, event)}
      >
        <span className="visually_hidden">{spokenRow(row, isOnline, context.t)}</span>
        <span aria-hidden="true" className={css("face")}>
          <Avatar
            name={row.name}
            size={48}
            picture={picture}
            icon={row.kind === "self" ? "note" : undefined}
            shape={row.kind === "group" || row.kind === "channel" ? "group" : "person"}
            presence={isOnline ? "online" : undefined}
          />
        </span>
        <span className={css("words")} aria-hidden="true">
          <span className={css("line")}>
            <span className={css("name")}>
              {row.kind === "channel" && <Icon name="channel" size={16} />}
              {row.identityChanged && <Icon name="shield_warning" size={16} className={css("warning")} />}
              <bdi>{row.name}</bdi>
            </span>
            <time className={css("time")}>{row.time}</time>
          </span>
          <span className={css("line")}>
            <PreviewWords preview={row.preview} />
            <Marks row={row} />
          </span>
        </span>
      </Link>
      <button
        type="button"
        className={css("more")}
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={context.t.actionsFor(row.name)}
        onClick={(event) => onMenu(row.id, event)}
      >
        <Icon name="more" size={18} />
      </button>
    </div>
  );
}

function PreviewWords({ preview }: { readonly preview: Preview }) {
  const { kind, prefix, text, mark } = preview;
  return (
    <span className={css("preview", kind)}>
      {mark !== undefined && <Icon name={markIcons[mark]} size={15} className={css("mark", `mark_${mark}`)} />}
      {prefix !== "" && <span className={css("prefix")}>{prefix}: </span>}
      {text}
    </span>
  );
}

function Marks({ row }: { readonly row: Row }) {
  return (
    <span className={css("marks")}>
      {row.isMentioned && <Icon name="at" size={16} className={css("mention")} />}
      {row.isMuted && <Icon name="bell_off" size={15} />}
      {row.isPinned && <Icon name="pin" size={15} />}
      <UnreadBadge count={row.unread} isMuted={row.isMuted} isMarked={row.isUnread} />
    </span>
  );
}
