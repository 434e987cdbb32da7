import { UnreadBadge } from "../../../design/badge";
import { IconButton } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { useText } from "../../../design/text";
import styles from "./timeline.module.css";
import { timelineText } from "./timeline_text";

const css = classesOf(styles);

export interface JumpButtonProps {
  readonly unread: number;
  readonly onPress: () => void;
}

/** Back to the newest message, with how many are new. */
export function JumpButton({ unread, onPress }: JumpButtonProps) {
  const t = useText(timelineText);
  return (
    <div className={css("jump")}>
      {unread > 0 && (
        <span className={css("jump_count")} aria-hidden="true">
          <UnreadBadge count={unread} />
        </span>
      )}
      <IconButton
        className={css("jump_button")}
        icon="arrow_down"
        label={unread > 0 ? t.toNewestWithCount(unread) : t.toNewest}
        onPress={onPress}
      />
    </div>
  );
}
