import { useLocation } from "wouter";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import { Mark } from "../../design/wordmark";
import { useConversations } from "../../features/conversation_list/conversations_store";
import { appText } from "../app_text";
import { shortcutLabel } from "../shortcuts/keys";
import styles from "./shell.module.css";

const css = classesOf(styles);

/** The middle of a wide window while no conversation is open. */
export function EmptyPane() {
  const [, navigate] = useLocation();
  const hasConversations = useConversations().conversations.length > 0;
  const t = useText(appText);
  return (
    <div className={css("empty")}>
      <span className={css("empty_mark")}>
        <Mark size={72} />
      </span>
      <h2 className={css("empty_title")}>{t.emptyTitle}</h2>
      <p className={css("empty_text")}>{hasConversations ? t.emptyText : t.emptyFirst}</p>
      {hasConversations && (
        <Button icon="compose" onPress={() => navigate("/new")}>
          {t.emptyAction}
        </Button>
      )}
      <p className={css("empty_hint")}>
        {t.palette} <kbd>{shortcutLabel("Mod+K")}</kbd>
      </p>
    </div>
  );
}
