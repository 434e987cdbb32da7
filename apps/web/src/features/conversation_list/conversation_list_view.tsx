import {
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useCallback,
  useContext,
  useRef,
  useState,
} from "react";
import { type CustomItemComponentProps, Virtualizer, type VirtualizerHandle } from "virtua";
import { IconButton } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { ContextMenu } from "../../design/menu";
import { Spinner } from "../../design/spinner";
import type { MuteChoice } from "./conversation_actions";
import { ConversationListEmpty } from "./conversation_list_empty";
import styles from "./conversation_list_view.module.css";
import type { ConversationListSnapshot } from "./conversation_list_view_model";
import { ConversationMenuItems } from "./conversation_menu";
import { ConversationRow } from "./conversation_row";
import { type Filter, filters } from "./conversation_rows";
import type { Conversation } from "./conversations_store";

const css = classesOf(styles);

export interface ConversationListActions {
  readonly setFilter: (filter: Filter) => void;
  readonly open: (conversation: string) => void;
  readonly openInfo: (conversation: string) => void;
  readonly openSearch: () => void;
  readonly openNew: () => void;
  readonly openNewGroup: () => void;
  readonly openInvitation: () => void;
  readonly mute: (conversation: Conversation, choice: MuteChoice) => void;
  readonly togglePinned: (conversation: Conversation) => void;
  readonly toggleArchived: (conversation: Conversation) => void;
  readonly toggleRead: (conversation: Conversation) => void;
  readonly report: (conversation: Conversation) => void;
  readonly block: (conversation: Conversation) => void;
  readonly remove: (conversation: Conversation) => void;
}

export interface ConversationListViewProps {
  readonly snapshot: ConversationListSnapshot;
  readonly actions: ConversationListActions;
  /** The conversation that is open; empty if none is. */
  readonly current: string;
}

/** The pane with the conversations: head, filters and the list itself. */
export function ConversationListView({ snapshot, actions, current }: ConversationListViewProps) {
  const { t } = snapshot.context;
  return (
    <section className={css("pane")} aria-labelledby="conversations-title">
      <header className={css("head")}>
        <h1 id="conversations-title" className={css("title")}>
          {t.title}
        </h1>
        <IconButton icon="search" label={t.search} onPress={actions.openSearch} />
        <IconButton icon="compose" label={t.newConversation} onPress={actions.openNew} />
      </header>
      <Filters snapshot={snapshot} onChange={actions.setFilter} />
      <Content snapshot={snapshot} actions={actions} current={current} />
    </section>
  );
}

function Content(props: ConversationListViewProps) {
  const { snapshot, actions } = props;
  if (snapshot.state === "loading" && snapshot.shown.length === 0) {
    return (
      <div className={css("loading")} role="status" aria-label={snapshot.context.t.loading}>
        <Spinner size={24} />
      </div>
    );
  }
  if (snapshot.shown.length > 0) return <List {...props} />;
  return <ConversationListEmpty snapshot={snapshot} actions={actions} />;
}

function Filters({ snapshot, onChange }: { snapshot: ConversationListSnapshot; onChange: (filter: Filter) => void }) {
  const { filter, unreadConversations, context } = snapshot;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these choose what is shown.
    <div className={css("filters")} role="group" aria-label={context.t.filters}>
      {filters.map((one) => (
        <button
          key={one}
          type="button"
          className={css("filter")}
          aria-pressed={one === filter}
          onClick={() => onChange(one === filter ? "all" : one)}
        >
          {context.t[one]}
          {one === "unread" && unreadConversations > 0 && <span className={css("count")}>{unreadConversations}</span>}
        </button>
      ))}
    </div>
  );
}

const CountContext = createContext(0);

/** An entry of the virtual list: only those in view are in the page, so it says where it stands and of how many. */
function Entry({ index, children, ref, ...rest }: CustomItemComponentProps) {
  const count = useContext(CountContext);
  return (
    <li {...rest} ref={ref as Ref<HTMLLIElement>} aria-posinset={index + 1} aria-setsize={count}>
      {children}
    </li>
  );
}

/** Which row the keyboard is on, and how it moves. */
function useRoving(shown: readonly Conversation[], current: string) {
  const [focused, setFocused] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const indexOf = (id: string) => shown.findIndex(({ conversation }) => conversation === id);
  const stop = Math.max(0, [indexOf(focused), indexOf(current), 0].find((index) => index >= 0) ?? 0);
  const moveTo = (index: number) => {
    const next = shown[Math.min(Math.max(index, 0), shown.length - 1)]?.conversation;
    if (next === undefined) return;
    setFocused(next);
    virtual.current?.scrollToIndex(indexOf(next), { align: "nearest" });
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-conversation="${next}"]`)?.focus({ preventScroll: true });
    });
  };
  return { stop, scroller, virtual, setFocused, moveTo, indexOf };
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

function List({ snapshot, actions, current }: ConversationListViewProps) {
  const { shown, mentioned, context } = snapshot;
  const { stop, scroller, virtual, setFocused, moveTo, indexOf } = useRoving(shown, current);
  const menuOf = useRef("");
  const onKeyDown = (conversation: Conversation, event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = indexOf(conversation.conversation);
    const step = steps[event.key];
    const target =
      step !== undefined ? index + step : event.key === "Home" ? 0 : event.key === "End" ? shown.length : undefined;
    if (target !== undefined) moveTo(target);
    else if (!actByKey(event.key, conversation, actions, context.now)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  // The rows keep their handlers, so that one whose conversation did not change is not drawn again.
  const latest = useRef(onKeyDown);
  latest.current = onKeyDown;
  const keyDown = useCallback(
    (conversation: Conversation, event: KeyboardEvent) => latest.current(conversation, event),
    [],
  );
  const openMenu = useCallback((conversation: string, event: MouseEvent) => {
    menuOf.current = conversation;
    event.preventDefault();
    event.stopPropagation();
    const { clientX, clientY } = event;
    const entry = event.currentTarget.closest("li");
    entry?.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }));
  }, []);
  return (
    <div ref={scroller} className={css("scroller")}>
      <ContextMenu
        label={context.t.more}
        items={() => <RowMenu id={menuOf.current} snapshot={snapshot} actions={actions} />}
      >
        <nav aria-label={context.t.list} aria-describedby="conversations-keys">
          <CountContext value={shown.length}>
            <Virtualizer
              ref={virtual}
              scrollRef={scroller}
              as="ul"
              item={Entry}
              itemSize={70}
              data={shown}
              keepMounted={[stop]}
            >
              {(conversation, index) => (
                <ConversationRow
                  key={conversation.conversation}
                  conversation={conversation}
                  isMentioned={mentioned.has(conversation.conversation)}
                  isCurrent={conversation.conversation === current}
                  isTabStop={index === stop}
                  context={context}
                  onFocus={setFocused}
                  onMenu={openMenu}
                  onKeyDown={keyDown}
                />
              )}
            </Virtualizer>
          </CountContext>
        </nav>
        <p id="conversations-keys" hidden>
          {context.t.keyboardHint}
        </p>
      </ContextMenu>
    </div>
  );
}

/** The letters that the menu shows beside its items. False for any other key. */
function actByKey(key: string, conversation: Conversation, actions: ConversationListActions, now: number): boolean {
  switch (key.toLowerCase()) {
    case "p":
      actions.togglePinned(conversation);
      return true;
    case "e":
      actions.toggleArchived(conversation);
      return true;
    case "u":
      actions.toggleRead(conversation);
      return true;
    case "m":
      actions.mute(conversation, conversation.muted_until > now ? "off" : "always");
      return true;
    default:
      return false;
  }
}

interface RowMenuProps {
  readonly id: string;
  readonly snapshot: ConversationListSnapshot;
  readonly actions: ConversationListActions;
}

function RowMenu({ id, snapshot, actions }: RowMenuProps) {
  const conversation = snapshot.shown.find((shown) => shown.conversation === id);
  if (conversation === undefined) return null;
  return (
    <ConversationMenuItems
      conversation={conversation}
      now={snapshot.context.now}
      actions={{
        mute: (choice) => actions.mute(conversation, choice),
        togglePinned: () => actions.togglePinned(conversation),
        toggleArchived: () => actions.toggleArchived(conversation),
        toggleRead: () => actions.toggleRead(conversation),
        openInfo: () => actions.openInfo(id),
        report: () => actions.report(conversation),
        block: () => actions.block(conversation),
        remove: () => actions.remove(conversation),
      }}
    />
  );
}
