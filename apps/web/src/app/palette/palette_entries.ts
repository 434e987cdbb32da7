import type { IconName } from "../../design/icon";
import { setLanguage, type TextOf } from "../../design/text";
import { setAppearance } from "../../design/theme";
import type { Conversation } from "../../features/conversation_list/conversations_store";
import { pageGroups, pageIcons, type SettingsPageName } from "../../features/settings/pages";
import { rank, type Searchable } from "./palette_search";
import type { paletteText } from "./palette_text";

type Words = (typeof paletteText)["en"];

export type PaletteGroup = "conversations" | "actions" | "settings";

export interface PaletteEntry extends Searchable {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly icon?: IconName;
  /** A conversation's, for its picture and its unread badge. */
  readonly conversation?: Conversation;
  readonly shortcut?: string;
  readonly run: () => void;
}

/** What an entry may do. */
export interface PaletteDoings {
  readonly navigate: (path: string) => void;
  readonly showShortcuts: () => void;
}

const mostShown = 12;
const mostOfConversations = 6;

export function conversationName(conversation: Conversation, t: TextOf<Words>): string {
  if (conversation.kind === "self") return t.notes;
  return conversation.title || conversation.peer_name;
}

function conversationEntries(
  conversations: readonly Conversation[],
  t: TextOf<Words>,
  { navigate }: PaletteDoings,
): readonly PaletteEntry[] {
  return conversations.map((conversation) => ({
    id: conversation.conversation,
    group: "conversations",
    title: conversationName(conversation, t),
    conversation,
    run: () => navigate(`/c/${conversation.conversation}`),
  }));
}

function actionEntries(t: TextOf<Words>, { navigate, showShortcuts }: PaletteDoings): readonly PaletteEntry[] {
  const action = (id: string, title: string, icon: IconName, run: () => void, keywords = "", shortcut = "") => ({
    id,
    group: "actions" as const,
    title,
    icon,
    run,
    keywords,
    ...(shortcut ? { shortcut } : {}),
  });
  return [
    action("new", t.newConversation, "compose", () => navigate("/new"), "write message schreiben nachricht", "Alt+N"),
    action("new_group", t.newGroup, "people", () => navigate("/new/group"), "create channel erstellen kanal"),
    action("join", t.join, "link", () => navigate("/join"), "invitation code einladung"),
    action("search", t.search, "search", () => navigate("/search"), "find finden suche", "Mod+Shift+F"),
    action("shortcuts", t.shortcuts, "keyboard", showShortcuts, "keys help hilfe tasten", "?"),
    action("light", t.light, "sun", () => setAppearance({ theme: "light" }), "theme hell bright"),
    action("dark", t.dark, "moon", () => setAppearance({ theme: "dark" }), "theme night nacht"),
    action("system", t.system, "system", () => setAppearance({ theme: "system" }), "theme auto automatisch"),
    action("english", t.english, "globe", () => setLanguage("en"), "language sprache englisch"),
    action("german", t.german, "globe", () => setLanguage("de"), "language sprache deutsch german"),
  ];
}

/** By which other words a page of the settings is found. */
const pageKeywords: Readonly<Record<SettingsPageName, string>> = {
  profile: "name account konto",
  devices: "link sign-ins anmeldungen verknüpfen",
  verification: "safety number identity sicherheitsnummer identität",
  backup: "recovery key restore wiederherstellungsschlüssel",
  privacy: "read receipts blocked lesebestätigung blockiert app lock sperre",
  notifications: "sound ton hinweis",
  appearance: "theme accent colour farbe dark hell dunkel",
  language: "english deutsch",
  storage: "space disk platz",
  about: "info version server transparency transparenz",
};

function settingEntries(t: TextOf<Words>, { navigate }: PaletteDoings): readonly PaletteEntry[] {
  const pages = pageGroups.flatMap((group) => [...group.pages] as readonly SettingsPageName[]);
  return pages.map((page) => ({
    id: `settings_${page}`,
    group: "settings",
    title: t.pages[page],
    icon: pageIcons[page],
    keywords: `${pageKeywords[page]} settings einstellungen`,
    run: () => navigate(`/settings/${page}`),
  }));
}

/** What the palette shows for what was typed: conversations first, then actions and settings, the best of each. */
export function paletteEntries(
  typed: string,
  conversations: readonly Conversation[],
  t: TextOf<Words>,
  doings: PaletteDoings,
): readonly PaletteEntry[] {
  const found = rank(conversationEntries(conversations, t, doings), typed, mostOfConversations);
  const isBrowsing = typed.trim() === "";
  const actions = rank(actionEntries(t, doings), typed, isBrowsing ? 5 : mostShown);
  const settings = isBrowsing ? [] : rank(settingEntries(t, doings), typed, mostShown);
  const words = typed.trim();
  const searchFor: readonly PaletteEntry[] = isBrowsing
    ? []
    : [
        {
          id: "search_for",
          group: "actions",
          title: t.searchFor(words),
          icon: "search",
          run: () => doings.navigate(`/search?q=${encodeURIComponent(words)}`),
        },
      ];
  return [...found, ...[...actions, ...settings].slice(0, mostShown - found.length), ...searchFor];
}
