import type { ReactNode } from "react";
import styles from "./banner.module.css";
import { classesOf } from "./class_names";
import { Icon, type IconName } from "./icon";

const css = classesOf(styles);

export type BannerTone = "info" | "warning" | "danger" | "success";

const toneIcons: Readonly<Record<BannerTone, IconName>> = {
  info: "info",
  success: "check",
  warning: "warning",
  danger: "error",
};

export interface BannerProps {
  readonly tone?: BannerTone;
  readonly title?: string;
  readonly icon?: IconName;
  readonly children?: ReactNode;
  /** A button or two. */
  readonly action?: ReactNode;
  /** Spans its pane from edge to edge. */
  readonly isBar?: boolean;
  /** Read out when it appears; for what happens, not for what stands on the page from the start. */
  readonly isLive?: boolean;
}

/** A notice inside a page, in one of four tones. */
export function Banner({ tone = "info", title, icon, children, action, isBar = false, isLive = false }: BannerProps) {
  const live = isLive ? { role: tone === "danger" ? "alert" : "status" } : {};
  return (
    <div {...live} className={css("banner", tone, isBar && "bar")}>
      <Icon name={icon ?? toneIcons[tone]} size={18} />
      <div className={css("words")}>
        {title && <span className={css("title")}>{title}</span>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className={css("action")}>{action}</div>}
    </div>
  );
}
