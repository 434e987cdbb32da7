import type { IconName } from "../../../design/icon";
import { MenuItem, MenuSeparator } from "../../../design/menu";
import { useText } from "../../../design/text";
import type { TimelineMessage } from "../engine_types";
import { actionsFor, type MessageAction } from "./message_actions";
import { messageText } from "./message_text_catalogue";
import type { RowContext } from "./row_context";

const icons: Record<MessageAction, IconName> = {
  react: "smile",
  reply: "reply",
  thread: "thread",
  copy: "copy",
  forward: "forward",
  star: "star",
  edit: "edit",
  retry: "refresh",
  cancel: "close",
  delete_for_me: "trash",
  delete_for_everyone: "trash",
  info: "info",
};

/** The letters that do the same while a message has the focus. */
export const actionShortcuts: Partial<Record<MessageAction, string>> = {
  react: "+",
  reply: "R",
  thread: "T",
  copy: "C",
  forward: "F",
  star: "S",
  edit: "E",
  info: "I",
  delete_for_me: "⌫",
};

const destructive = new Set<MessageAction>(["cancel", "delete_for_me", "delete_for_everyone"]);

/** The items of a message's menu, whichever way it was opened. */
export function MessageMenuItems({ message, context }: { message: TimelineMessage; context: RowContext }) {
  const t = useText(messageText);
  const actions = actionsFor(message, context.rights);
  const item = (action: MessageAction) => {
    const shortcut = actionShortcuts[action];
    return (
      <MenuItem
        key={action}
        icon={icons[action]}
        isDanger={destructive.has(action)}
        {...(shortcut ? { shortcut } : {})}
        onAction={() => context.actions.perform(action, message)}
      >
        {action === "star" && message.starred ? t.unstar : t.actions[action]}
      </MenuItem>
    );
  };
  const harmless = actions.filter((action) => !destructive.has(action));
  const harmful = actions.filter((action) => destructive.has(action));
  return (
    <>
      {harmless.map(item)}
      {harmless.length > 0 && harmful.length > 0 && <MenuSeparator />}
      {harmful.map(item)}
    </>
  );
}
