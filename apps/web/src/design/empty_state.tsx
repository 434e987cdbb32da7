import type { ReactNode } from "react";
import { classesOf } from "./class_names";
import styles from "./empty_state.module.css";
import { Icon, type IconName } from "./icon";

const css = classesOf(styles);

export interface EmptyStateProps {
  readonly icon: IconName | ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  /** Which heading it is on its page; 2 unless told. */
  readonly level?: 1 | 2 | 3;
}

/** What stands where there is nothing yet: what would be here, and how to get there. */
export function EmptyState({ icon, title, text, action, level = 2 }: EmptyStateProps) {
  const Title = `h${level}` as const;
  return (
    <div className={css("empty")}>
      <div className={css("picture")}>
        {typeof icon === "string" ? <Icon name={icon as IconName} size={28} /> : icon}
      </div>
      <Title className={css("title")}>{title}</Title>
      {text && <div className={css("text")}>{text}</div>}
      {action && <div className={css("action")}>{action}</div>}
    </div>
  );
}
