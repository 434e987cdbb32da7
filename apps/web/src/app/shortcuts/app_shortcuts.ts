import { useEffect, useEffectEvent, useState } from "react";
import { useLocation } from "wouter";
import { type Conversation, useConversations } from "../../features/conversation_list/conversations_store";
import { isPaletteOpen, openPalette } from "../palette/palette_state";
import type { Place } from "../place";
import { cyclePanes } from "../shell/pane_focus";
import { type Combination, isTyping, matches } from "./keys";

/** The conversation `step` places further down the list, only among unread ones if asked; wraps around. */
export function neighbour(
  all: readonly Conversation[],
  current: string,
  step: 1 | -1,
  onlyUnread: boolean,
): string | undefined {
  const shown = all.filter(
    (one) => one.conversation === current || (!one.archived && (!onlyUnread || one.unread > 0 || one.marked_unread)),
  );
  const at = shown.findIndex((one) => one.conversation === current);
  if (at < 0) return (step === 1 ? shown[0] : shown.at(-1))?.conversation;
  const next = shown[(at + step + shown.length) % shown.length]?.conversation;
  return next === current ? undefined : next;
}

export interface AppShortcuts {
  readonly isHelpShown: boolean;
  readonly showHelp: () => void;
  readonly hideHelp: () => void;
}

/** Listens for the shortcuts that hold everywhere. What has the focus hears a key first and may keep it. */
export function useAppShortcuts(place: Place): AppShortcuts {
  const [isHelpShown, setHelpShown] = useState(false);
  const [, navigate] = useLocation();
  const { conversations } = useConversations();
  const go = (step: 1 | -1, onlyUnread: boolean) => {
    const next = neighbour(conversations, place.conversation, step, onlyUnread);
    if (next !== undefined) navigate(`/c/${next}`);
  };
  const actions: readonly (readonly [Combination, () => void])[] = [
    ["Mod+K", openPalette],
    ["Mod+,", () => navigate("/settings")],
    ["Mod+Shift+F", () => navigate("/search")],
    ["Alt+N", () => navigate("/new")],
    ["Alt+ArrowUp", () => go(-1, false)],
    ["Alt+ArrowDown", () => go(1, false)],
    ["Alt+Shift+ArrowUp", () => go(-1, true)],
    ["Alt+Shift+ArrowDown", () => go(1, true)],
    ["F6", () => cyclePanes(1)],
    ["Shift+F6", () => cyclePanes(-1)],
    ["?", () => setHelpShown(true)],
  ];
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isPaletteOpen()) return;
    const found = actions.find(([combination]) => matches(event, combination));
    if (found === undefined || (found[0].length === 1 && isTyping(event.target))) return;
    event.preventDefault();
    found[1]();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  return { isHelpShown, showHelp: () => setHelpShown(true), hideHelp: () => setHelpShown(false) };
}
