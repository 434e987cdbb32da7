import deData from "emojibase-data/de/data.json?url";
import deMessages from "emojibase-data/de/messages.json?url";
import enData from "emojibase-data/en/data.json?url";
import enMessages from "emojibase-data/en/messages.json?url";
import type { EmojiPickerRootProps } from "frimousse";

// The picker's own way would load from wherever `emojibaseUrl` leads; here the files are part of the build, under names
// that change with what is in them, so that they come from this origin and are kept for use without a connection.

type Resolver = NonNullable<EmojiPickerRootProps["resolveEmojiData"]>;
type EmojiData = Awaited<ReturnType<Resolver>>;
type SkinTones = EmojiData["skinTones"];

interface ListedEmoji {
  readonly emoji: string;
  readonly label: string;
  readonly group?: number;
  readonly order?: number;
  readonly version: number;
  readonly tags?: readonly string[];
  /** A tone of two people is a list. */
  readonly skins?: readonly { readonly emoji: string; readonly tone: number | readonly number[] }[];
}

interface Messages {
  readonly groups: readonly { readonly key: string; readonly message: string; readonly order: number }[];
  readonly skinTones: readonly { readonly key: string; readonly message: string }[];
}

const files = { en: { data: enData, messages: enMessages }, de: { data: deData, messages: deMessages } };
const tones = ["light", "medium-light", "medium", "medium-dark", "dark"] as const;
/** Skin tones and hair as such are no emoji to choose. */
const components = 2;
/** Newer ones are missing in fonts that are still common. */
const newestVersion = 15;

async function readJson<T>(address: string, signal: AbortSignal | undefined): Promise<T> {
  const response = await fetch(address, signal ? { signal } : {});
  if (!response.ok) throw new Error(`the list of emoji could not be loaded: ${response.status}`);
  return (await response.json()) as T;
}

function skinsOf(emoji: ListedEmoji): SkinTones | undefined {
  if (emoji.skins === undefined) return undefined;
  const toned = (tone: number) => emoji.skins?.find((skin) => skin.tone === tone)?.emoji ?? emoji.emoji;
  return Object.fromEntries(tones.map((tone, index) => [tone, toned(index + 1)])) as SkinTones;
}

export const resolveEmojiData: Resolver = async (locale, { signal }) => {
  const language = locale === "de" ? "de" : "en";
  const [emojis, messages] = await Promise.all([
    readJson<ListedEmoji[]>(files[language].data, signal),
    readJson<Messages>(files[language].messages, signal),
  ]);
  const tone = (key: string) => messages.skinTones.find((one) => one.key === key)?.message ?? key;
  return {
    locale: language,
    emojis: emojis
      .filter((emoji) => emoji.group !== undefined && emoji.group !== components && emoji.version <= newestVersion)
      .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
      .map((emoji) => {
        const skins = skinsOf(emoji);
        return {
          emoji: emoji.emoji,
          category: emoji.group ?? 0,
          label: emoji.label,
          version: emoji.version,
          tags: [...(emoji.tags ?? [])],
          ...(skins ? { skins } : {}),
        };
      }),
    categories: messages.groups
      .filter((group) => group.order !== components)
      .map((group) => ({ index: group.order, label: group.message })),
    skinTones: Object.fromEntries(tones.map((key) => [key, tone(key)])) as SkinTones,
  };
};
