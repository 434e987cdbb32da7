import { classesOf } from "../../../design/class_names";
import { formatNumber } from "../../../design/format";
import { type Language, useLanguage, useText } from "../../../design/text";
import type { TimelineMessage } from "../engine_types";
import styles from "./message.module.css";
import { messageText } from "./message_text_catalogue";
import { nameOf, type RowContext, useRowContext } from "./row_context";

const css = classesOf(styles);
const mostNamed = 6;

type Reaction = TimelineMessage["reactions"][number];

/** Who chose a reaction, in words: the reader first. */
export function reactorsOf(
  reaction: Reaction,
  { self, people }: Pick<RowContext, "self" | "people">,
  language: Language,
) {
  const t = messageText[language];
  const others = reaction.accounts.filter((account) => account !== self.account);
  const named = others.slice(0, mostNamed).map((account) => nameOf(people, account) ?? t.somebody);
  const rest = reaction.count - named.length - (reaction.own ? 1 : 0);
  const all = [...(reaction.own ? [t.you] : []), ...named, ...(rest > 0 ? [t.alsoOthers(rest)] : [])];
  return new Intl.ListFormat(language, { type: "conjunction" }).format(all);
}

export function ReactionsBar({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const language = useLanguage();
  const context = useRowContext();
  if (message.reactions.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent together; these act at once
    <div className={css("reactions")} role="group" aria-label={t.reactions}>
      {message.reactions.map((reaction) => {
        const names = reactorsOf(reaction, context, language);
        return (
          <button
            key={reaction.emoji}
            type="button"
            className={css("reaction", reaction.own && "own_reaction")}
            aria-pressed={reaction.own}
            aria-label={t.reactedBy(reaction.emoji, names, reaction.own)}
            title={names}
            disabled={!context.rights.mayWrite}
            onClick={() => context.actions.react(message, reaction.emoji)}
          >
            <span className={css("emoji")}>{reaction.emoji}</span>
            {reaction.count > 1 && <span>{formatNumber(language, reaction.count)}</span>}
          </button>
        );
      })}
    </div>
  );
}
