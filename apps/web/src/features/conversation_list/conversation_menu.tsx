import { MenuItem, MenuSeparator } from "../../design/menu";
import { useText } from "../../design/text";
import type { MuteChoice } from "./conversation_actions";
import { conversationListText } from "./conversation_list_text";
import { isMuted, isUnread } from "./conversation_rows";
import type { Conversation } from "./conversations_store";

export interface ConversationMenuActions {
  readonly mute: (choice: MuteChoice) => void;
  readonly togglePinned: () => void;
  readonly toggleArchived: () => void;
  readonly toggleRead: () => void;
  readonly openInfo: () => void;
  readonly report: () => void;
  readonly block: () => void;
  readonly remove: () => void;
}

export interface ConversationMenuProps {
  readonly conversation: Conversation;
  readonly now: number;
  readonly actions: ConversationMenuActions;
}

/** What can be done with a conversation as a whole: the items of its menu. */
export function ConversationMenuItems({ conversation, now, actions }: ConversationMenuProps) {
  const t = useText(conversationListText);
  const { pinned, archived, kind } = conversation;
  return (
    <>
      <MenuItem icon="unread" shortcut="U" onAction={actions.toggleRead}>
        {isUnread(conversation) ? t.markRead : t.markUnread}
      </MenuItem>
      <MenuItem icon={pinned ? "pin_off" : "pin"} shortcut="P" onAction={actions.togglePinned}>
        {pinned ? t.unpin : t.pin}
      </MenuItem>
      <MenuItem icon={archived ? "unarchive" : "archive"} shortcut="E" onAction={actions.toggleArchived}>
        {archived ? t.unarchive : t.archive}
      </MenuItem>
      <MenuSeparator />
      {isMuted(conversation, now) ? (
        <MenuItem icon="bell" shortcut="M" onAction={() => actions.mute("off")}>
          {t.unmute}
        </MenuItem>
      ) : (
        <>
          <MenuItem icon="bell_off" onAction={() => actions.mute("hour")}>
            {t.muteHour}
          </MenuItem>
          <MenuItem icon="bell_off" onAction={() => actions.mute("hours")}>
            {t.muteHours}
          </MenuItem>
          <MenuItem icon="bell_off" shortcut="M" onAction={() => actions.mute("always")}>
            {t.muteAlways}
          </MenuItem>
        </>
      )}
      {kind !== "self" && (
        <>
          <MenuSeparator />
          <MenuItem icon="info" onAction={actions.openInfo}>
            {t.openInfo}
          </MenuItem>
          <MenuItem icon="warning" onAction={actions.report}>
            {t.report}
          </MenuItem>
        </>
      )}
      {kind === "direct" && (
        <MenuItem icon="block" isDanger onAction={actions.block}>
          {t.block}
        </MenuItem>
      )}
      {kind !== "self" && (
        <MenuItem icon="trash" isDanger onAction={actions.remove}>
          {t.delete}
        </MenuItem>
      )}
    </>
  );
}
