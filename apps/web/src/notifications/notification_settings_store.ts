import { useSyncExternalStore } from "react";

/** How much a notification tells whoever sees the screen. */
export type ContentLevel = "text" | "name" | "nothing";
export const contentLevels: readonly ContentLevel[] = ["text", "name", "nothing"];

/**
 * How this device announces messages. Kept in this browser, because it is about the screen that it stands on; what is
 * told of a message follows the account.
 */
export interface NotificationSettings {
  /** Notifications of the system, while the app is not looked at. */
  readonly system: boolean;
  /** Words at the edge of the app, while another conversation is open. */
  readonly inApp: boolean;
  readonly content: ContentLevel;
  /** A message that names the reader is announced even from a muted conversation. */
  readonly mentionsAlways: boolean;
}

export const firstSettings: NotificationSettings = {
  system: false,
  inApp: true,
  content: "text",
  mentionsAlways: true,
};

const storageKey = "sotto.notifications";
const listeners = new Set<() => void>();
let current: NotificationSettings | undefined;

/** What was stored, with what is missing or wrong as it is at first. */
export function parseSettings(stored: string | null): NotificationSettings {
  try {
    const value: unknown = JSON.parse(stored ?? "{}");
    if (typeof value !== "object" || value === null) return firstSettings;
    const kept = value as Partial<Record<keyof NotificationSettings, unknown>>;
    const flag = (name: "system" | "inApp" | "mentionsAlways") => {
      const one = kept[name];
      return typeof one === "boolean" ? one : firstSettings[name];
    };
    const content = contentLevels.find((level) => level === kept.content) ?? firstSettings.content;
    return { system: flag("system"), inApp: flag("inApp"), mentionsAlways: flag("mentionsAlways"), content };
  } catch {
    return firstSettings;
  }
}

function read(): NotificationSettings {
  try {
    return parseSettings(localStorage.getItem(storageKey));
  } catch {
    return firstSettings;
  }
}

export function notificationSettings(): NotificationSettings {
  current ??= read();
  return current;
}

export function changeNotificationSettings(changes: Partial<NotificationSettings>): void {
  current = { ...notificationSettings(), ...changes };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // It then holds until the page is left.
  }
  for (const listener of listeners) listener();
}

/** Hears of every change, also in another tab. Returns what ends it. */
export function subscribeNotificationSettings(listener: () => void): () => void {
  const fromOtherTab = (event: StorageEvent) => {
    if (event.key !== storageKey) return;
    current = read();
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", fromOtherTab);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", fromOtherTab);
  };
}

export function useNotificationSettings(): NotificationSettings {
  return useSyncExternalStore(subscribeNotificationSettings, notificationSettings);
}
