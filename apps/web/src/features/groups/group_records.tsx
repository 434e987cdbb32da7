import type { Answers } from "@sotto/client";
import { type ReactNode, useEffect, useState } from "react";
import { Link } from "wouter";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { formatDate, formatDateTime, formatNumber } from "../../design/format";
import { Icon, type IconName } from "../../design/icon";
import { Spinner } from "../../design/spinner";
import { useLanguage, useText } from "../../design/text";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { conversationListText } from "../conversation_list/conversation_list_text";
import { messagePreview } from "../conversation_list/message_preview";
import { plainLine } from "../conversation_list/plain_line";
import { type HistoryLine, type HistoryPart, readChanges } from "./group_history";
import styles from "./group_info.module.css";
import { groupsText } from "./groups_text";
import type { Group } from "./permissions";

const css = classesOf(styles);

/** What this device can tell of a group: starred messages, counts, and the history of its changes. */
export function GroupRecords({ group }: { readonly group: Group }) {
  const t = useText(groupsText);
  const { conversation, number } = group;
  return (
    <div className={css("entries")}>
      <Disclosure icon="star" title={t.starred}>
        <Starred conversation={conversation} />
      </Disclosure>
      <Disclosure icon="history" title={t.history}>
        <Changes key={number} conversation={conversation} />
      </Disclosure>
      <Disclosure icon="info" title={t.statistics}>
        <Statistics conversation={conversation} />
      </Disclosure>
    </div>
  );
}

interface DisclosureProps {
  readonly icon: IconName;
  readonly title: string;
  /** Made when it is opened, so that nothing is asked for before. */
  readonly children: ReactNode;
}

function Disclosure({ icon, title, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={css("details")} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name={icon} />
        <span>{title}</span>
        <Icon name="chevron_down" size={18} />
      </summary>
      {isOpen && <div className={css("opened")}>{children}</div>}
    </details>
  );
}

/** What a command answers, once. Nothing while it is asked; null if it failed. */
function useAnswer<T>(ask: () => Promise<T>, key: string): T | null | undefined {
  const [answer, setAnswer] = useState<T | null>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for another conversation alone.
  useEffect(() => {
    let isCurrent = true;
    ask().then(
      (answered) => isCurrent && setAnswer(answered),
      () => isCurrent && setAnswer(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return answer;
}

function Starred({ conversation }: { readonly conversation: string }) {
  const t = useText(groupsText);
  const client = useClient();
  const answer = useAnswer(() => client.ask("list_starred", {}), conversation);
  if (answer === undefined) return <Spinner label={t.loading} />;
  const here = answer?.messages.filter((message) => message.conversation === conversation) ?? [];
  if (here.length === 0) return <p className={css("hint")}>{t.noStarred}</p>;
  return (
    <ul className={css("changes")}>
      {here.map((message) => (
        <li key={message.message}>
          <Line message={message}>
            {message.sender_name}: {plainLine(message.text)}
          </Line>
        </li>
      ))}
    </ul>
  );
}

/** A line of the timeline with its time, leading to where it stands. */
function Line({ message, children }: { readonly message: HistoryLine; readonly children: ReactNode }) {
  const language = useLanguage();
  return (
    <Link href={`/c/${message.conversation}?at=${message.seq}`}>
      <time>{formatDateTime(language, message.sent_at)}</time>
      {children}
    </Link>
  );
}

function Changes({ conversation }: { readonly conversation: string }) {
  const t = useText(groupsText);
  const words = useText(conversationListText);
  const language = useLanguage();
  const client = useClient();
  const { name: own } = useSession();
  const [part, setPart] = useState<HistoryPart>();
  const [isReading, setReading] = useState(true);
  const read = async (before?: number) => {
    setReading(true);
    try {
      const next = await readChanges(client, conversation, before);
      setPart((known) => (before === undefined ? next : { ...next, lines: [...(known?.lines ?? []), ...next.lines] }));
    } finally {
      setReading(false);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once; the button goes on.
  useEffect(() => void read(), [conversation]);
  const lines = part?.lines ?? [];
  return (
    <>
      <p className={css("hint")}>{t.historyHint}</p>
      <ol className={css("changes")}>
        {lines.map((line) => (
          <li key={line.seq}>
            <Line message={line}>{messagePreview(line, true, { t: words, language, own }).text}</Line>
          </li>
        ))}
      </ol>
      {!isReading && lines.length === 0 && <p className={css("hint")}>{t.noHistory}</p>}
      {isReading && <Spinner label={t.loading} />}
      {!isReading && part?.before !== undefined && (
        <Button size="s" onPress={() => void read(part.before)}>
          {t.historyEarlier}
        </Button>
      )}
    </>
  );
}

function Statistics({ conversation }: { readonly conversation: string }) {
  const t = useText(groupsText);
  const client = useClient();
  const answer = useAnswer(() => client.ask("get_statistics", { conversation }), conversation);
  if (answer === undefined) return <Spinner label={t.loading} />;
  if (answer === null) return <p className={css("hint")}>{t.unreadable}</p>;
  return <Figures statistics={answer} />;
}

function Figures({ statistics }: { readonly statistics: Answers["get_statistics"] }) {
  const t = useText(groupsText);
  const language = useLanguage();
  const { messages, starred, first_at, last_at, members } = statistics;
  return (
    <>
      <p className={css("hint")}>{t.statisticsHint}</p>
      <dl className={css("figures")}>
        <dt>{t.messagesHeld}</dt>
        <dd>{formatNumber(language, messages)}</dd>
        <dt>{t.starred}</dt>
        <dd>{formatNumber(language, starred)}</dd>
        {first_at > 0 && (
          <>
            <dt>{t.since}</dt>
            <dd>{formatDate(language, first_at)}</dd>
            <dt>{t.latest}</dt>
            <dd>{formatDate(language, last_at)}</dd>
          </>
        )}
      </dl>
      {members.length > 0 && (
        <section>
          <h3 className={css("hint")}>{t.perMember}</h3>
          <dl className={css("figures")}>
            {members.map((member) => (
              <FigureOfMember key={member.account} name={member.name || t.unknownMember} count={member.messages} />
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function FigureOfMember({ name, count }: { readonly name: string; readonly count: number }) {
  const language = useLanguage();
  return (
    <>
      <dt>{name}</dt>
      <dd>{formatNumber(language, count)}</dd>
    </>
  );
}
