import { useMemo } from "react";
import { Select, SelectItem } from "../../design/choice";
import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import { TextField } from "../../design/text_field";
import { useSession } from "../../engine/session";
import { conversationListText } from "../conversation_list/conversation_list_text";
import { nameOf } from "../conversation_list/conversation_rows";
import { useConversations } from "../conversation_list/conversations_store";
import styles from "./search.module.css";
import type { Kind, SearchQuery } from "./search_query";
import { searchText } from "./search_text";

const css = classesOf(styles);
/** The value of a choice that does not restrict; a list cannot have an empty one. */
const any = "*";
const kinds: readonly Kind[] = ["any", "text", "typed"];

interface SearchFiltersProps {
  readonly query: SearchQuery;
  /** The search is within one conversation; that is not chosen here. */
  readonly isWithin: boolean;
  readonly onChange: (changes: Partial<SearchQuery>) => void;
}

/** Where, by whom, what and when. */
export function SearchFilters({ query, isWithin, onChange }: SearchFiltersProps) {
  const t = useText(searchText);
  const kindWords: Readonly<Record<Kind, string>> = { any: t.anyKind, text: t.text, typed: t.typed };
  return (
    <div className={css("filters")}>
      {!isWithin && (
        <ConversationFilter value={query.conversation} onChange={(conversation) => onChange({ conversation })} />
      )}
      <SenderFilter value={query.sender} onChange={(sender) => onChange({ sender })} />
      <Select label={t.kind} value={query.kind} onChange={(kind) => onChange({ kind })}>
        {kinds.map((kind) => (
          <SelectItem key={kind} id={kind}>
            {kindWords[kind]}
          </SelectItem>
        ))}
      </Select>
      <TextField label={t.from} type="date" value={query.from} onChange={(from) => onChange({ from })} />
      <TextField label={t.until} type="date" value={query.until} onChange={(until) => onChange({ until })} />
    </div>
  );
}

interface FilterProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ConversationFilter({ value, onChange }: FilterProps) {
  const t = useText(searchText);
  const names = useText(conversationListText);
  const { conversations } = useConversations();
  return (
    <Select label={t.conversation} value={value || any} onChange={(id) => onChange(id === any ? "" : id)}>
      <SelectItem id={any}>{t.everywhere}</SelectItem>
      {conversations.map((conversation) => (
        <SelectItem key={conversation.conversation} id={conversation.conversation}>
          {nameOf(conversation, names)}
        </SelectItem>
      ))}
    </Select>
  );
}

function SenderFilter({ value, onChange }: FilterProps) {
  const t = useText(searchText);
  const { name: own } = useSession();
  const { conversations } = useConversations();
  const people = useMemo(() => {
    const names = new Set(
      conversations.flatMap(({ peer_name, last_message }) => [peer_name, last_message?.sender_name ?? ""]),
    );
    names.delete("");
    names.delete(own);
    return [...names].sort((a, b) => a.localeCompare(b));
  }, [conversations, own]);
  return (
    <Select label={t.sender} value={value || any} onChange={(name) => onChange(name === any ? "" : name)}>
      <SelectItem id={any}>{t.anybody}</SelectItem>
      <SelectItem id={own}>{t.me}</SelectItem>
      {people.map((name) => (
        <SelectItem key={name} id={name}>
          {name}
        </SelectItem>
      ))}
    </Select>
  );
}
