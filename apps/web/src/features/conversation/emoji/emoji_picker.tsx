import { EmojiPicker as Picker } from "frimousse";
import { classesOf } from "../../../design/class_names";
import { useLanguage, useText } from "../../../design/text";
import styles from "./emoji.module.css";
import { resolveEmojiData } from "./emoji_data";
import { emojiText } from "./emoji_text";
import { noteUse } from "./recent_emoji";

const css = classesOf(styles);

export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void;
}

/** All emoji, with a search in the language in use. Loaded when it is first opened. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const t = useText(emojiText);
  const language = useLanguage();
  const pick = (emoji: string) => {
    noteUse(emoji);
    onPick(emoji);
  };
  return (
    <Picker.Root
      className={css("picker")}
      locale={language}
      columns={8}
      resolveEmojiData={resolveEmojiData}
      onEmojiSelect={({ emoji }) => pick(emoji)}
    >
      <div className={css("head")}>
        <Picker.Search className={css("search")} placeholder={t.search} aria-label={t.search} autoFocus />
        <Picker.SkinToneSelector className={css("skin")} aria-label={t.skinTone} title={t.skinTone} />
      </div>
      <Picker.Viewport className={css("viewport")}>
        <Picker.Loading className={css("state")}>{t.loading}</Picker.Loading>
        <Picker.Empty className={css("state")}>{t.none}</Picker.Empty>
        <Picker.List
          className={css("list")}
          aria-label={t.picker}
          components={{
            CategoryHeader: ({ category, ...rest }) => (
              <div className={css("category")} {...rest}>
                {category.label}
              </div>
            ),
            Row: ({ children, ...rest }) => (
              <div className={css("line")} {...rest}>
                {children}
              </div>
            ),
            Emoji: ({ emoji, ...rest }) => (
              <button type="button" className={css("emoji", emoji.isActive && "active")} {...rest}>
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Picker.Viewport>
    </Picker.Root>
  );
}
