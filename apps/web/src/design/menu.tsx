import { type ComponentProps, type ReactElement, type ReactNode, useRef, useState } from "react";
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover as AriaPopover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { IconButton } from "./button";
import { classesOf } from "./class_names";
import { Icon, type IconName } from "./icon";
import styles from "./menu.module.css";

const css = classesOf(styles);

export interface MenuProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** The list of a menu: `MenuItem`s and `MenuSeparator`s. Stands inside a `MenuButton` or a `ContextMenu`. */
export function Menu({ label, children }: MenuProps) {
  return (
    <AriaMenu aria-label={label} className={css("menu")}>
      {children}
    </AriaMenu>
  );
}

export interface MenuItemProps {
  readonly icon?: IconName;
  readonly children: string;
  readonly description?: string;
  /** Shown at the right; the menu does not listen for it. */
  readonly shortcut?: string;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  /** Given: the item is one that is chosen or not, and shows it with a tick. */
  readonly isChosen?: boolean;
  readonly onAction: () => void;
}

export function MenuItem(props: MenuItemProps) {
  const { icon, children, description, shortcut, isDanger = false, isDisabled = false, isChosen, onAction } = props;
  return (
    <AriaMenuItem
      textValue={children}
      isDisabled={isDisabled}
      onAction={onAction}
      className={css("item", isDanger && "danger")}
    >
      {icon && <Icon name={icon} size={18} />}
      <span className={css("words")}>
        <span>{children}</span>
        {description && <span className={css("hint")}>{description}</span>}
      </span>
      {shortcut && <span className={css("shortcut")}>{shortcut}</span>}
      {isChosen && <Icon name="check" size={18} />}
    </AriaMenuItem>
  );
}

export function MenuSeparator() {
  return <Separator className={css("separator")} />;
}

type Placement = NonNullable<ComponentProps<typeof AriaPopover>["placement"]>;

export interface MenuButtonProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly size?: "s" | "m";
  readonly placement?: Placement;
  /** Instead of the icon button: a button of this design system. */
  readonly trigger?: ReactElement;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly className?: string | undefined;
  /** `MenuItem`s and `MenuSeparator`s. */
  readonly children: ReactNode;
}

/** A button that opens a menu. */
export function MenuButton(props: MenuButtonProps) {
  const {
    label,
    icon = "more",
    size = "m",
    placement = "bottom end",
    trigger,
    onOpenChange,
    className,
    children,
  } = props;
  return (
    <MenuTrigger {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger ?? <IconButton icon={icon} label={label} size={size} className={className} />}
      <AriaPopover className={css("popover")} placement={placement}>
        <Menu label={label}>{children}</Menu>
      </AriaPopover>
    </MenuTrigger>
  );
}

export interface ContextMenuProps {
  readonly label: string;
  /** `MenuItem`s and `MenuSeparator`s, asked for when it opens. */
  readonly items: () => ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A menu on what is inside: by the other mouse button, a long press, the menu key or Shift+F10. An addition to a
 * visible way to the same actions, never the only one. Text that is selected and links keep the browser's own menu.
 */
export function ContextMenu({ label, items, className, children, onOpenChange }: ContextMenuProps) {
  const [point, setPoint] = useState<Point | null>(null);
  const anchor = useRef<HTMLSpanElement>(null);
  const returnTo = useRef<Element | null>(null);
  const open = (at: Point) => {
    returnTo.current = document.activeElement;
    setPoint(at);
    onOpenChange?.(true);
  };
  const close = () => {
    setPoint(null);
    onOpenChange?.(false);
    if (returnTo.current instanceof HTMLElement) returnTo.current.focus({ preventScroll: true });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: every action of the menu has a visible way too.
    <div
      className={className}
      onContextMenu={(event) => {
        if (hasOwnMenu(event.target)) return;
        event.preventDefault();
        open(pointOf(event));
      }}
    >
      {children}
      {point && <span ref={anchor} className={css("anchor")} style={{ left: point.x, top: point.y }} />}
      <AriaPopover
        aria-label={label}
        className={css("popover")}
        triggerRef={anchor}
        isOpen={point !== null}
        onOpenChange={(isOpen) => !isOpen && close()}
        placement="bottom start"
        offset={2}
      >
        {point && (
          <AriaMenu aria-label={label} className={css("menu")} autoFocus="first" onClose={close}>
            {items()}
          </AriaMenu>
        )}
      </AriaPopover>
    </div>
  );
}

function hasOwnMenu(target: EventTarget): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("a[href], input, textarea, [contenteditable]")) return true;
  return window.getSelection()?.isCollapsed === false;
}

/** Where the pointer is; the middle of the focused element when the menu was asked for by keyboard. */
function pointOf(event: React.MouseEvent): Point {
  if (event.clientX !== 0 || event.clientY !== 0) return { x: event.clientX, y: event.clientY };
  const box = (document.activeElement ?? event.currentTarget).getBoundingClientRect();
  return { x: box.left + Math.min(box.width / 2, 120), y: box.top + box.height / 2 };
}
