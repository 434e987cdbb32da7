import type { ReactElement, ReactNode, RefObject } from "react";
import { Dialog as AriaDialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from "react-aria-components/Popover";
import { TooltipTrigger } from "react-aria-components/Tooltip";
import { classesOf, joinClasses } from "./class_names";
import styles from "./popover.module.css";
import { TooltipBubble } from "./tooltip_bubble";

const css = classesOf(styles);

export interface PopoverProps {
  /** What is inside, for screen readers. */
  readonly label: string;
  /** The button that opens it. Absent when `isOpen` and `triggerRef` are given instead. */
  readonly trigger?: ReactElement;
  readonly triggerRef?: RefObject<Element | null>;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly placement?: NonNullable<AriaPopoverProps["placement"]>;
  readonly className?: string | undefined;
  /** Gets what closes it. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

/** A small panel beside a button, closed by Escape or a press outside. Focus moves in and comes back. */
export function Popover({ label, trigger, placement = "bottom", className, children, ...rest }: PopoverProps) {
  const { triggerRef, isOpen, onOpenChange } = rest;
  const control = { ...(isOpen === undefined ? {} : { isOpen }), ...(onOpenChange ? { onOpenChange } : {}) };
  const bubble = (
    <AriaPopover
      className={css("popover")}
      placement={placement}
      {...(triggerRef ? { triggerRef } : {})}
      {...(trigger ? {} : control)}
    >
      <AriaDialog aria-label={label} className={joinClasses(css("content"), className)}>
        {({ close }) => (typeof children === "function" ? children(close) : children)}
      </AriaDialog>
    </AriaPopover>
  );
  if (trigger === undefined) return bubble;
  return (
    <DialogTrigger {...control}>
      {trigger}
      {bubble}
    </DialogTrigger>
  );
}

export interface TooltipProps {
  readonly text: ReactNode;
  /** One button or link of this design system. */
  readonly children: ReactElement;
  readonly delay?: number;
}

/** Words that appear when its child is pointed at or focused by keyboard. An addition, never the only name. */
export function Tooltip({ text, children, delay = 600 }: TooltipProps) {
  return (
    <TooltipTrigger delay={delay} closeDelay={80}>
      {children}
      <TooltipBubble>{text}</TooltipBubble>
    </TooltipTrigger>
  );
}
