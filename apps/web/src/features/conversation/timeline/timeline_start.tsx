import { classesOf } from "../../../design/class_names";
import { Icon } from "../../../design/icon";
import { Spinner } from "../../../design/spinner";
import { useText } from "../../../design/text";
import styles from "./timeline.module.css";
import { timelineText } from "./timeline_text";

const css = classesOf(styles);

export interface TimelineStartProps {
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  readonly words: string;
}

/** Above the first line: where the conversation begins, or that earlier lines are on their way. Always as high. */
export function TimelineStart({ hasOlder, isLoading, words }: TimelineStartProps) {
  const t = useText(timelineText);
  return (
    <div className={css("start")}>
      {hasOlder ? (
        isLoading && <Spinner label={t.loadingOlder} />
      ) : (
        <>
          <Icon name="lock" size={20} />
          <p>{words}</p>
          <p className={css("start_note")}>{t.encrypted}</p>
        </>
      )}
    </div>
  );
}
