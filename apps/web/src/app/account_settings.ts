import type { Client, EngineEvent } from "@sotto/client";
import { languageChoice, languages, setLanguage, subscribeLanguage } from "../design/text";
import { accents, currentAppearance, setAppearance, subscribeAppearance, themeChoices } from "../design/theme";
import {
  changeNotificationSettings,
  contentLevels,
  notificationSettings,
  subscribeNotificationSettings,
} from "../notifications/notification_settings_store";

/** Something that a person chooses once for all of their devices. */
interface AccountSetting {
  readonly name: string;
  readonly values: readonly string[];
  readonly read: () => string;
  /** One of `values`. */
  readonly take: (value: string) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Declares a setting whose value is one of a few. */
function choice<T extends string>(
  values: readonly T[],
  setting: Omit<AccountSetting, "values" | "take"> & { readonly take: (value: T) => void },
): AccountSetting {
  const take = (value: string) => {
    const known = values.find((one) => one === value);
    if (known !== undefined) setting.take(known);
  };
  return { ...setting, values, take };
}

const accountSettings: readonly AccountSetting[] = [
  choice(["system", ...languages], {
    name: "web.language",
    read: languageChoice,
    take: setLanguage,
    subscribe: subscribeLanguage,
  }),
  choice(themeChoices, {
    name: "web.theme",
    read: () => currentAppearance().theme,
    take: (theme) => setAppearance({ theme }),
    subscribe: subscribeAppearance,
  }),
  choice(accents, {
    name: "web.accent",
    read: () => currentAppearance().accent,
    take: (accent) => setAppearance({ accent }),
    subscribe: subscribeAppearance,
  }),
  choice(contentLevels, {
    name: "web.notification_content",
    read: () => notificationSettings().content,
    take: (content) => changeNotificationSettings({ content }),
    subscribe: subscribeNotificationSettings,
  }),
];

/**
 * Lets the settings of this browser follow the account's, and the account's what is chosen here. What the account does
 * not say stays as this browser has it. Returns what ends it.
 */
export function followAccountSettings(client: Client): () => void {
  const agreed = new Map<string, string>(accountSettings.map(({ name, read }) => [name, read()]));
  const takeAll = (kept: readonly { readonly name: string; readonly value: string }[]) => {
    for (const { name, value } of kept) {
      const setting = accountSettings.find((one) => one.name === name);
      // Another version may know more values; its choice stays its own.
      if (setting === undefined || !setting.values.includes(value)) continue;
      agreed.set(name, value);
      if (setting.read() !== value) setting.take(value);
    }
  };
  const hear = (event: EngineEvent) => {
    if (event.name === "application_settings") takeAll(event.body.settings);
  };
  const keep = ({ name, read }: AccountSetting) => {
    const value = read();
    if (agreed.get(name) === value) return;
    agreed.set(name, value);
    // Without an account it holds in this browser.
    client.ask("set_application_setting", { setting: { name, value } }).catch(() => undefined);
  };
  const ends = [client.listen(hear), ...accountSettings.map((setting) => setting.subscribe(() => keep(setting)))];
  client.ask("list_application_settings", {}).then(
    ({ settings }) => takeAll(settings),
    () => undefined,
  );
  return () => {
    for (const end of ends) end();
  };
}
