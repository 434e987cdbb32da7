import { IconButton } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { MenuButton } from "../../../design/menu";
import { useText } from "../../../design/text";
import { ReactionPopover } from "../emoji/reaction_popover";
import type { TimelineMessage } from "../engine_types";
import styles from "./message.module.css";
import { actionsFor } from "./message_actions";
import { MessageMenuItems } from "./message_menu";
import { messageText } from "./message_text_catalogue";
import { useRowContext } from "./row_context";

const css = classesOf(styles);

export interface MessageToolbarProps {
  readonly message: TimelineMessage;
  /** It stays while something that it opened is open. */
  readonly onHold: (isHeld: boolean) => void;
}

/** Beside the message that is pointed at or focused. */
export function MessageToolbar({ message, onHold }: MessageToolbarProps) {
  const t = useText(messageText);
  const context = useRowContext();
  const actions = new Set(actionsFor(message, context.rights));
  return (
    <div className={css("toolbar")} role="toolbar" aria-label={t.toolbar}>
      {actions.has("react") && (
        <ReactionPopover
          onOpenChange={onHold}
          trigger={<IconButton size="s" icon="smile" label={t.actions.react} />}
          onPick={(emoji) => context.actions.react(message, emoji)}
        />
      )}
      {actions.has("reply") && (
        <IconButton
          size="s"
          icon="reply"
          label={t.actions.reply}
          onPress={() => context.actions.perform("reply", message)}
        />
      )}
      {actions.has("retry") && (
        <IconButton
          size="s"
          icon="refresh"
          label={t.actions.retry}
          onPress={() => context.actions.perform("retry", message)}
        />
      )}
      <MenuButton size="s" label={t.more} onOpenChange={onHold}>
        <MessageMenuItems message={message} context={context} />
      </MenuButton>
    </div>
  );
}
