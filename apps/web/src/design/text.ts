import { useSyncExternalStore } from "react";

/** The languages that the interface speaks. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];
/** What a person chose: a language, or whatever the browser prefers. */
export type LanguageChoice = Language | "system";

/** A text is a string or a function of its values; texts may be grouped. */
type Entry = string | ((...values: never[]) => string) | Catalogue;
interface Catalogue {
  readonly [name: string]: Entry;
}

/** The shape that every language of a catalogue has: the names and the values of the English one. */
export type TextOf<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer V) => string
      ? (...values: V) => string
      : TextOf<T[K]>;
};

export type Text<T> = Readonly<Record<Language, TextOf<T>>>;

/** Declares the texts of a feature in every language. A language that misses one does not compile. */
export function defineText<const T extends Catalogue>(text: {
  readonly en: T;
  readonly de: NoInfer<TextOf<T>>;
}): Text<T> {
  return text as unknown as Text<T>;
}

type PluralForms = { readonly one: string; readonly other: string } & Partial<
  Record<Exclude<Intl.LDMLPluralRule, "one" | "other">, string>
>;

const pluralRules: Readonly<Record<Language, Intl.PluralRules>> = {
  en: new Intl.PluralRules("en"),
  de: new Intl.PluralRules("de"),
};

/** Chooses the form that the language wants for a count. */
export function plural(language: Language, count: number, forms: PluralForms): string {
  return forms[pluralRules[language].select(count)] ?? forms.other;
}

const storageKey = "sotto.language";
const listeners = new Set<() => void>();
let choice: LanguageChoice = readChoice();
let current: Language = resolve(choice);

function isLanguage(value: string): value is Language {
  return (languages as readonly string[]).includes(value);
}

function readChoice(): LanguageChoice {
  try {
    const kept = globalThis.localStorage?.getItem(storageKey) ?? "system";
    return isLanguage(kept) ? kept : "system";
  } catch {
    // Storage may be refused, as in some private windows: the system's language it is.
    return "system";
  }
}

/** The first language of the browser's list that there is; English if there is none. */
export function preferredLanguage(preferences: readonly string[]): Language {
  for (const preference of preferences) {
    const primary = preference.toLowerCase().split("-")[0] ?? "";
    if (isLanguage(primary)) return primary;
  }
  return "en";
}

function resolve(chosen: LanguageChoice): Language {
  return chosen === "system" ? preferredLanguage(globalThis.navigator?.languages ?? []) : chosen;
}

function apply(): void {
  current = resolve(choice);
  if (globalThis.document) document.documentElement.lang = current;
  for (const listener of listeners) listener();
}

/** Sets the language and keeps it in this browser. */
export function setLanguage(chosen: LanguageChoice): void {
  choice = chosen;
  try {
    globalThis.localStorage?.setItem(storageKey, chosen);
  } catch {
    // It then holds until the page is left.
  }
  apply();
}

/** The language in use, outside of a component. */
export function currentLanguage(): Language {
  return current;
}

/** What was chosen, outside of a component. */
export function languageChoice(): LanguageChoice {
  return choice;
}

/** Hears of every change of the language and of what was chosen. Returns what ends it. */
export function subscribeLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Follows the browser's preference and what other tabs choose. Returns what ends it. */
export function watchLanguage(): () => void {
  const fromOtherTab = (event: StorageEvent) => {
    if (event.key !== storageKey) return;
    choice = readChoice();
    apply();
  };
  window.addEventListener("languagechange", apply);
  window.addEventListener("storage", fromOtherTab);
  apply();
  return () => {
    window.removeEventListener("languagechange", apply);
    window.removeEventListener("storage", fromOtherTab);
  };
}

/** The language in use. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribeLanguage, () => current);
}

/** What was chosen, for the settings. */
export function useLanguageChoice(): LanguageChoice {
  return useSyncExternalStore(subscribeLanguage, () => choice);
}

/** The texts of a catalogue in the language in use. */
export function useText<T>(text: Text<T>): TextOf<T> {
  return text[useLanguage()];
}
