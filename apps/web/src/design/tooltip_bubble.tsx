import type { ReactNode } from "react";
import { Tooltip as AriaTooltip } from "react-aria-components/Tooltip";
import { classesOf } from "./class_names";
import styles from "./popover.module.css";

const css = classesOf(styles);

/** The bubble of a tooltip, inside a `TooltipTrigger`. */
export function TooltipBubble({ children }: { readonly children: ReactNode }) {
  return (
    <AriaTooltip className={css("tooltip")} offset={6}>
      {children}
    </AriaTooltip>
  );
}
