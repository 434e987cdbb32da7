import { classesOf } from "../../../design/class_names";
import { Icon } from "../../../design/icon";
import { useText } from "../../../design/text";
import type { TimelineMessage } from "../engine_types";
import styles from "./message.module.css";
import { messageText } from "./message_text_catalogue";
import { useRowContext } from "./row_context";

const css = classesOf(styles);

/** Below the first message of a thread: how many follow, and the way to them. */
export function Replies({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const { actions, isThread } = useRowContext();
  if (message.replies === 0 || isThread) return null;
  return (
    <button type="button" className={css("replies")} onClick={() => actions.openThread(message)}>
      <Icon name="thread" size={16} />
      {t.replies(message.replies)}
    </button>
  );
}
