import { Link } from "wouter";
import { Avatar } from "../../design/avatar";
import { classesOf } from "../../design/class_names";
import { useText } from "../../design/text";
import { conversationListText } from "../conversation_list/conversation_list_text";
import { nameOf } from "../conversation_list/conversation_rows";
import { useConversations } from "../conversation_list/conversations_store";
import { useGroupPicture } from "../groups/group_pictures";
import { isNamedLike } from "./name_match";
import styles from "./search.module.css";
import { searchText } from "./search_text";

const css = classesOf(styles);
const mostShown = 5;

type Conversation = ReturnType<typeof useConversations>["conversations"][number];

/** The conversations whose name has what is looked for; nothing if none has. */
export function MatchingConversations({ words }: { readonly words: string }) {
  const t = useText(searchText);
  const names = useText(conversationListText);
  const { conversations } = useConversations();
  const found = conversations.filter((conversation) => isNamedLike(nameOf(conversation, names), words));
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="found-conversations">
      <div className={css("group_head")}>
        <h2 id="found-conversations">{t.conversations}</h2>
      </div>
      <ul className={css("entries")}>
        {found.slice(0, mostShown).map((conversation) => (
          <li key={conversation.conversation}>
            <Entry conversation={conversation} name={nameOf(conversation, names)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ conversation, name }: { readonly conversation: Conversation; readonly name: string }) {
  const { kind } = conversation;
  const picture = useGroupPicture(conversation);
  const isGroup = kind === "group" || kind === "channel";
  return (
    <Link className={css("found_conversation")} href={`/c/${conversation.conversation}`}>
      <Avatar
        name={name}
        picture={picture}
        size={32}
        shape={isGroup ? "group" : "person"}
        icon={kind === "self" ? "note" : undefined}
      />
      {name}
    </Link>
  );
}
