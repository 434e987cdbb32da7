import { type KeyboardEvent, useMemo } from "react";
import { Link } from "wouter";
import { Avatar } from "../../design/avatar";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { formatMoment } from "../../design/format";
import { useLanguage, useText } from "../../design/text";
import { conversationListText } from "../conversation_list/conversation_list_text";
import { nameOf } from "../conversation_list/conversation_rows";
import { useConversation } from "../conversation_list/conversations_store";
import styles from "./search.module.css";
import { searchText } from "./search_text";
import { byConversation, mostFound, rememberSearch, type SearchModel, type SearchSnapshot } from "./search_view_model";
import { type Found, snippetOf } from "./snippet";

const css = classesOf(styles);

interface SearchResultsProps {
  readonly model: SearchModel;
  readonly snapshot: SearchSnapshot;
}

/** What was found, under the conversations it stands in. Arrow keys go from one to the next. */
export function SearchResults({ model, snapshot }: SearchResultsProps) {
  const t = useText(searchText);
  const { found, hasMore, query } = snapshot;
  const groups = useMemo(() => byConversation(found), [found]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links in it are what is operated; this moves between them.
    <div className={css("results")} onKeyDown={moveByArrows}>
      <p role="status" className={css("hint")}>
        {t.results(found.length, hasMore)}
      </p>
      {groups.map(([conversation, messages]) => (
        <Group key={conversation} conversation={conversation} messages={messages} words={query.words} />
      ))}
      {hasMore &&
        (found.length < mostFound ? (
          <Button onPress={() => void model.showMore()}>{t.more}</Button>
        ) : (
          <p className={css("hint")}>{t.full}</p>
        ))}
    </div>
  );
}

function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a[href]")];
  const target = links[links.findIndex((link) => link === document.activeElement) + step];
  event.preventDefault();
  target?.focus();
}

interface GroupProps {
  readonly conversation: string;
  readonly messages: readonly Found[];
  readonly words: string;
}

function Group({ conversation, messages, words }: GroupProps) {
  const t = useText(searchText);
  const names = useText(conversationListText);
  const known = useConversation(conversation);
  const name = known === undefined ? t.unknown : nameOf(known, names);
  const isGroup = known?.kind === "group" || known?.kind === "channel";
  return (
    <section aria-label={t.group(name, messages.length)}>
      <div className={css("group_head")}>
        <Avatar
          name={name}
          size={24}
          shape={isGroup ? "group" : "person"}
          icon={known?.kind === "self" ? "note" : undefined}
        />
        <h2>{name}</h2>
        <span className={css("count")}>{messages.length}</span>
      </div>
      <ul className={css("entries")}>
        {messages.map((found) => (
          <Result key={`${found.message.seq} ${found.message.message}`} found={found} words={words} />
        ))}
      </ul>
    </section>
  );
}

function Result({ found, words }: { readonly found: Found; readonly words: string }) {
  const t = useText(searchText);
  const language = useLanguage();
  const { message } = found;
  return (
    <li>
      <Link
        className={css("result")}
        href={`/c/${message.conversation}${message.seq > 0 ? `?at=${message.seq}` : ""}`}
        onClick={() => rememberSearch(words)}
      >
        <span className={css("line")}>
          <strong>{message.own ? t.you : message.sender_name}</strong>
          <time>{formatMoment(language, message.sent_at, Date.now())}</time>
        </span>
        <span className={css("snippet")}>
          {snippetOf(found).map((piece, index) => {
            // The pieces of one snippet never change their order.
            const key = `${index} ${piece.text}`;
            return piece.isMarked ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
          })}
        </span>
      </Link>
    </li>
  );
}
