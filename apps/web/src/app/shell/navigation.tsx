import { Link, useLocation } from "wouter";
import { UnreadBadge } from "../../design/badge";
import { IconButton } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Icon, type IconName } from "../../design/icon";
import { useText } from "../../design/text";
import { Mark } from "../../design/wordmark";
import { appText } from "../app_text";
import { openPalette } from "../palette/palette_state";
import type { Place } from "../place";
import { shortcutLabel } from "../shortcuts/keys";
import styles from "./navigation.module.css";
import { useUnreadCount } from "./unread_count";

const css = classesOf(styles);

interface ItemProps {
  readonly to: string;
  readonly icon: IconName;
  readonly label: string;
  readonly isCurrent: boolean;
  readonly unread?: number;
}

function Item({ to, icon, label, isCurrent, unread = 0 }: ItemProps) {
  return (
    <Link href={to} className={css("item")} title={label} {...(isCurrent ? { "aria-current": "page" } : {})}>
      <Icon name={icon} size={22} />
      <span className={css("item_label")}>{label}</span>
      {unread > 0 && (
        <span className={css("badge")}>
          <UnreadBadge count={unread} />
        </span>
      )}
    </Link>
  );
}

/** The three places of the app: a rail at the left, on a phone a bar below that gives way to an open conversation. */
export function Navigation({ place }: { readonly place: Place }) {
  const [path] = useLocation();
  const unread = useUnreadCount();
  const t = useText(appText);
  const isSearch = place.main === "search";
  const isSettings = place.main === "settings";
  const isRoot = path === "/" || path === "/search" || path === "/settings";
  return (
    <nav className={css("nav")} aria-label={t.navigation} data-hidden={!isRoot}>
      <span className={css("mark")}>
        <Mark size={34} />
      </span>
      <Item
        to="/"
        icon="conversations"
        label={t.conversations}
        isCurrent={!isSearch && !isSettings}
        unread={unread.conversations}
      />
      <Item to="/search" icon="search" label={t.search} isCurrent={isSearch} />
      <span className={css("space")} />
      <span className={css("command")}>
        <IconButton icon="keyboard" label={t.palette} shortcut={shortcutLabel("Mod+K")} onPress={openPalette} />
      </span>
      <Item to="/settings" icon="settings" label={t.settings} isCurrent={isSettings} />
    </nav>
  );
}
