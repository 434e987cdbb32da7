import { useMemo } from "react";
import { Button } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { formatDateTime } from "../../../design/format";
import { Icon } from "../../../design/icon";
import { useLanguage, useText } from "../../../design/text";
import { explainError } from "../../../engine/explain_error";
import type { TimelineMessage } from "../engine_types";
import type { MentionName } from "../markdown/mention_split";
import { MessageText } from "../markdown/message_text";
import { deliveryText } from "./delivery_words";
import styles from "./message.module.css";
import { messageText } from "./message_text_catalogue";
import { nameOf, useRowContext } from "./row_context";
import { undecryptableText, undecryptableWords } from "./undecryptable_words";

const css = classesOf(styles);

/** What stands above a message's words: forwarded, thread, quote. */
export function MessageHead({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const context = useRowContext();
  if (message.kind === "deleted" || message.cause !== "none") return null;
  return (
    <>
      {message.forwarded && (
        <div className={css("tag")}>
          <Icon name="forward" size={14} />
          {t.forwarded}
        </div>
      )}
      {message.thread && !context.isThread && (
        <button type="button" className={css("tag", "tag_button")} onClick={() => context.actions.openThread(message)}>
          <Icon name="thread" size={14} />
          {t.inThread}
        </button>
      )}
      {message.reply_to && <Quote message={message} />}
    </>
  );
}

/** What a message says. */
export function MessageBody({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  if (message.kind === "deleted") {
    return (
      <p className={css("faint")}>
        <Icon name="trash" size={16} />
        {message.own ? t.ownDeleted : t.deleted}
      </p>
    );
  }
  if (message.cause !== "none") return <Undecryptable message={message} />;
  return (
    <div className={css("body")}>
      <Said message={message} />
      <Trouble message={message} />
    </div>
  );
}

function Said({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const mentions = useMentions(message);
  if (message.kind === "unsupported") {
    return (
      <p className={css("faint")}>
        <Icon name="info" size={16} />
        {t.unsupported}
      </p>
    );
  }
  if (message.kind === "typed") {
    return (
      <div className={css("typed")}>
        <div className={css("typed_kind")}>{message.type}</div>
        <MessageText text={message.text} mentions={mentions} />
      </div>
    );
  }
  return <MessageText text={message.text} mentions={mentions} />;
}

const nobody: readonly MentionName[] = [];

function useMentions(message: TimelineMessage): readonly MentionName[] {
  const { people, self } = useRowContext();
  return useMemo(() => {
    if (message.mentions.length === 0) return nobody;
    return message.mentions.flatMap((account) => {
      const name = nameOf(people, account);
      return name === undefined ? [] : [{ account, name, isSelf: account === self.account }];
    });
  }, [message.mentions, people, self]);
}

function Quote({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const { actions } = useRowContext();
  const quoted = message.quoted;
  if (quoted === undefined) return <div className={css("quote", "faint")}>{t.quoteGone}</div>;
  const name = quoted.own ? t.you : quoted.sender_name || t.somebody;
  return (
    <button
      type="button"
      className={css("quote")}
      title={t.jumpToQuote(name)}
      onClick={() => actions.showQuoted(message)}
    >
      <span className={css("quote_name")}>{name}</span>
      <span className={css("quote_text")}>{quoted.text || t.deleted}</span>
    </button>
  );
}

function Undecryptable({ message }: { message: TimelineMessage }) {
  const text = useText(undecryptableText);
  const words = undecryptableWords(message, text);
  return (
    <div className={css("undecryptable")}>
      <Icon name={words.isWaiting ? "clock" : "lock"} size={18} />
      <div>
        <div className={css("undecryptable_title")}>{words.title}</div>
        <div className={css("undecryptable_why")}>
          {words.why} {words.isWaiting && text.waitingHelp}
        </div>
      </div>
    </div>
  );
}

/** Why an own message is not on its way, and what can be done. */
function Trouble({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const delivery = useText(deliveryText);
  const language = useLanguage();
  const { actions } = useRowContext();
  if (!message.own) return null;
  if (message.state === "pending" && message.not_before > 0) {
    return <p className={css("hint")}>{t.scheduledFor(formatDateTime(language, message.not_before))}</p>;
  }
  if (message.state === "pending" && message.reason !== "")
    return <p className={css("hint")}>{delivery.help.pending}</p>;
  if (message.state !== "failed") return null;
  const { failure } = message;
  const why = failure === "none" ? delivery.help.failed : explainError({ error: { code: failure } }, language);
  return (
    <div className={css("trouble")} role="status">
      <p>
        <Icon name="error" size={16} />
        {delivery.failed}. {why}
      </p>
      <span>
        <Button size="s" icon="refresh" onPress={() => actions.perform("retry", message)}>
          {t.retry}
        </Button>
        <Button size="s" variant="quiet" onPress={() => actions.perform("cancel", message)}>
          {t.remove}
        </Button>
      </span>
    </div>
  );
}
