import type { IconName } from "../../design/icon";

/** The pages of the settings, in the order of their overview. */
export const pageGroups = [
  { group: "account", pages: ["profile", "devices", "verification", "backup"] },
  { group: "security", pages: ["privacy", "notifications"] },
  { group: "app", pages: ["appearance", "language", "storage", "about"] },
] as const;

export type SettingsPageName = (typeof pageGroups)[number]["pages"][number];

export const pageIcons: Readonly<Record<SettingsPageName, IconName>> = {
  profile: "person",
  devices: "device",
  verification: "shield_check",
  backup: "backup",
  privacy: "lock",
  notifications: "bell",
  appearance: "palette",
  language: "globe",
  storage: "storage",
  about: "info",
};

export function isPageName(name: string): name is SettingsPageName {
  return name in pageIcons;
}
