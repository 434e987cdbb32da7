import { lazy, type ReactElement, Suspense, useState } from "react";
import { IconButton } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { Popover } from "../../../design/popover";
import { Spinner } from "../../../design/spinner";
import { useText } from "../../../design/text";
import styles from "./emoji.module.css";
import { emojiText } from "./emoji_text";
import { noteUse, quickEmoji } from "./recent_emoji";

const css = classesOf(styles);
const EmojiPicker = lazy(() => import("./emoji_picker").then((module) => ({ default: module.EmojiPicker })));

export interface ReactionPopoverProps {
  readonly trigger: ReactElement;
  readonly onPick: (emoji: string) => void;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

/** Six emoji at hand, and all of them behind one more press. */
export function ReactionPopover({ trigger, onPick, onOpenChange }: ReactionPopoverProps) {
  const t = useText(emojiText);
  return (
    <Popover label={t.quick} trigger={trigger} placement="top" className={css("tight")} {...(onOpenChange ? { onOpenChange } : {})}>
      {(close) => (
        <ReactionChoice
          onPick={(emoji) => {
            close();
            onPick(emoji);
          }}
        />
      )}
    </Popover>
  );
}

/** Quick ones first; the picker takes their place when it is asked for. */
export function ReactionChoice({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useText(emojiText);
  const [showsAll, setShowsAll] = useState(false);
  if (showsAll) return <AllEmoji onPick={onPick} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent together; these act at once
    <div className={css("quick")} role="group" aria-label={t.quick}>
      {quickEmoji().map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={css("emoji")}
          aria-label={t.react(emoji)}
          onClick={() => {
            noteUse(emoji);
            onPick(emoji);
          }}
        >
          {emoji}
        </button>
      ))}
      <IconButton size="s" icon="plus" label={t.more} onPress={() => setShowsAll(true)} />
    </div>
  );
}

/** The picker, or that it is on its way. */
export function AllEmoji({ onPick }: { onPick: (emoji: string) => void }) {
  const t = useText(emojiText);
  return (
    <Suspense
      fallback={
        <div className={css("picker", "state")}>
          <Spinner label={t.loading} />
        </div>
      }
    >
      <EmojiPicker onPick={onPick} />
    </Suspense>
  );
}
