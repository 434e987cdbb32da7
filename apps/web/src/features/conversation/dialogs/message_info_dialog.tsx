import { useEffect, useState } from "react";
import { Avatar } from "../../../design/avatar";
import { classesOf } from "../../../design/class_names";
import { Dialog } from "../../../design/dialog";
import { formatDateTime } from "../../../design/format";
import { useLanguage, useText } from "../../../design/text";
import { useClient } from "../../../engine/client_context";
import { explainError } from "../../../engine/explain_error";
import type { MessageVersion, ShownMember, TimelineMessage } from "../engine_types";
import { deliveryHelp, deliveryMarkOf, deliveryText, readBy } from "../message/delivery_words";
import { readVersions } from "../message/message_operations";
import { messageText } from "../message/message_text_catalogue";
import { reactorsOf } from "../message/reactions_bar";
import { useRowContext } from "../message/row_context";
import { undecryptableText, undecryptableWords } from "../message/undecryptable_words";
import styles from "./dialogs.module.css";

const css = classesOf(styles);

export interface MessageInfoDialogProps {
  readonly message: TimelineMessage;
  readonly onClose: () => void;
  /** Members with their marks, of groups; nobody in direct conversations. */
  readonly readMembers: () => Promise<readonly ShownMember[]>;
}

interface Details {
  readonly versions: readonly MessageVersion[];
  readonly members: readonly ShownMember[];
}

/** Times, how far it has come with whom, and what it said before it was changed. */
export function MessageInfoDialog({ message, onClose, readMembers }: MessageInfoDialogProps) {
  const t = useText(messageText);
  const language = useLanguage();
  const client = useClient();
  const { isGroup } = useRowContext();
  const [details, setDetails] = useState<Details>({ versions: [], members: [] });
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const wantsMembers = isGroup && message.own && message.seq > 0;
    Promise.all([readVersions(client, message), wantsMembers ? readMembers() : []]).then(
      ([versions, members]) => setDetails({ versions, members }),
      setError,
    );
  }, [client, message, isGroup, readMembers]);
  return (
    <Dialog title={t.details} isOpen onClose={onClose}>
      <div className={css("info")}>
        <Facts message={message} />
        {error !== undefined && <p role="alert">{explainError(error, language)}</p>}
        <Reactions message={message} />
        <Readers message={message} members={details.members} />
        <Versions versions={details.versions} />
      </div>
    </Dialog>
  );
}

function Facts({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const delivery = useText(deliveryText);
  const causes = useText(undecryptableText);
  const language = useLanguage();
  const { isGroup } = useRowContext();
  const mark = deliveryMarkOf(message);
  const why = message.cause === "none" ? undefined : undecryptableWords(message, causes);
  return (
    <dl className={css("facts")}>
      <dt>{t.from}</dt>
      <dd>{message.own ? t.you : message.sender_name || t.somebody}</dd>
      <dt>{message.seq > 0 ? t.sentAt : t.writtenAt}</dt>
      <dd>{formatDateTime(language, message.sent_at)}</dd>
      {message.expires_at > 0 && (
        <>
          <dt>{t.disappearsAt}</dt>
          <dd>{formatDateTime(language, message.expires_at)}</dd>
        </>
      )}
      {mark && (
        <>
          <dt>{t.status}</dt>
          <dd>
            {delivery[mark]}
            <div className={css("hint")}>{deliveryHelp(mark, isGroup, delivery)}</div>
          </dd>
        </>
      )}
      {why && (
        <>
          <dt>{t.status}</dt>
          <dd>
            {why.title}
            <div className={css("hint")}>{why.why}</div>
          </dd>
        </>
      )}
    </dl>
  );
}

function Reactions({ message }: { message: TimelineMessage }) {
  const t = useText(messageText);
  const language = useLanguage();
  const context = useRowContext();
  if (message.reactions.length === 0) return null;
  return (
    <section>
      <h3>{t.whoReacted}</h3>
      <ul className={css("list")}>
        {message.reactions.map((reaction) => (
          <li key={reaction.emoji}>
            <span className={css("emoji")}>{reaction.emoji}</span>
            {reactorsOf(reaction, context, language)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Readers({ message, members }: { message: TimelineMessage; members: readonly ShownMember[] }) {
  const t = useText(messageText);
  const { self } = useRowContext();
  if (members.length === 0) return null;
  const marks = readBy(message.seq, members, self.account);
  return (
    <>
      <People title={t.readBy} names={marks.read} />
      <People title={t.deliveredTo} names={marks.delivered} />
      <People title={t.notYet} names={marks.waiting} />
      <p className={css("hint")}>{t.nobodyTells}</p>
    </>
  );
}

function People({ title, names }: { title: string; names: readonly string[] }) {
  const t = useText(messageText);
  if (names.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className={css("list")}>
        {names.map((name) => (
          <li key={name}>
            <Avatar name={name || t.somebody} size={24} />
            {name || t.somebody}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ versions }: { versions: readonly MessageVersion[] }) {
  const t = useText(messageText);
  const language = useLanguage();
  if (versions.length < 2) return null;
  return (
    <section>
      <h3>{t.versions}</h3>
      <ol className={css("versions")}>
        {versions.toReversed().map((version, index) => (
          <li key={`${version.written_at} ${version.text}`}>
            <div className={css("hint")}>
              {index === versions.length - 1 ? t.firstVersion : t.version(formatDateTime(language, version.written_at))}
            </div>
            <p>{version.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
