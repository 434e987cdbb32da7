import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { TooltipTrigger } from "react-aria-components/Tooltip";
import styles from "./button.module.css";
import { classesOf, joinClasses } from "./class_names";
import { Icon, type IconName } from "./icon";
import { Spinner } from "./spinner";
import { TooltipBubble } from "./tooltip_bubble";

const css = classesOf(styles);

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className"> {
  readonly variant?: ButtonVariant;
  readonly size?: "s" | "m";
  readonly icon?: IconName;
  /** As wide as what it stands in. */
  readonly isWide?: boolean;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button. While `isPending` it shows a spinner, keeps its focus and cannot be pressed. */
export function Button({ variant = "secondary", size = "m", icon, isWide, className, children, ...rest }: ButtonProps) {
  const classes = css("button", variant, size === "s" && "small", isWide && "wide");
  return (
    <AriaButton {...rest} className={joinClasses(classes, className)}>
      {({ isPending }) => (
        <>
          {isPending ? <Spinner size={16} /> : icon && <Icon name={icon} size={size === "s" ? 16 : 18} />}
          {children}
        </>
      )}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, "children" | "className" | "aria-label"> {
  /** What it does, in words: its name and its tooltip. */
  readonly label: string;
  readonly icon: IconName;
  readonly variant?: "quiet" | "primary" | "danger";
  readonly size?: "s" | "m";
  readonly iconSize?: number;
  readonly filled?: boolean;
  readonly isSelected?: boolean;
  /** Shown in the tooltip behind the label, such as "Ctrl K". */
  readonly shortcut?: string | undefined;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon. Its label is read out, and shown when it is pointed at or focused. */
export function IconButton(props: IconButtonProps) {
  const {
    label,
    icon,
    variant = "quiet",
    size = "m",
    iconSize,
    filled,
    isSelected,
    shortcut,
    className,
    ...rest
  } = props;
  const tone = variant === "quiet" ? null : variant;
  const classes = css("icon_button", tone, size === "s" && "small", isSelected && "selected");
  return (
    <TooltipTrigger delay={600} closeDelay={80}>
      <AriaButton {...rest} aria-label={label} className={joinClasses(classes, className)}>
        {({ isPending }) =>
          isPending ? (
            <Spinner size={18} />
          ) : (
            <Icon name={icon} size={iconSize ?? (size === "s" ? 18 : 20)} filled={filled ?? false} />
          )
        }
      </AriaButton>
      <TooltipBubble>
        {label}
        {shortcut && <kbd>{shortcut}</kbd>}
      </TooltipBubble>
    </TooltipTrigger>
  );
}
