import type { ReactNode } from "react";
import styles from "./badge.module.css";
import { classesOf } from "./class_names";
import { designText } from "./design_text";
import { formatNumber } from "./format";
import { Icon, type IconName } from "./icon";
import { useLanguage, useText } from "./text";

const css = classesOf(styles);

export interface BadgeProps {
  readonly tone?: "neutral" | "accent" | "success" | "warning" | "danger";
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/** A word beside a name: what something or somebody is. */
export function Badge({ tone = "neutral", icon, children }: BadgeProps) {
  return (
    <span className={css("badge", tone === "neutral" ? null : tone)}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

export interface UnreadBadgeProps {
  readonly count: number;
  readonly isMuted?: boolean;
  /** Marked by hand: a dot when there is no count. */
  readonly isMarked?: boolean;
}

/** How many messages are unread; nothing when there are none. */
export function UnreadBadge({ count, isMuted = false, isMarked = false }: UnreadBadgeProps) {
  const t = useText(designText);
  const language = useLanguage();
  if (count <= 0 && !isMarked) return null;
  const label = count > 0 ? t.unread(count) : t.marked;
  const shown = count > 999 ? `${formatNumber(language, 999)}+` : formatNumber(language, count);
  return (
    <span role="img" aria-label={label} className={css("unread", isMuted && "muted", count <= 0 && "dot")}>
      {count > 0 && shown}
    </span>
  );
}
