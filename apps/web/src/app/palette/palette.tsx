import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useLocation } from "wouter";
import { Avatar } from "../../design/avatar";
import { UnreadBadge } from "../../design/badge";
import { classesOf } from "../../design/class_names";
import { Icon } from "../../design/icon";
import { useText } from "../../design/text";
import { useConversations } from "../../features/conversation_list/conversations_store";
import { shortcutLabel } from "../shortcuts/keys";
import styles from "./palette.module.css";
import { type PaletteEntry, type PaletteGroup, paletteEntries } from "./palette_entries";
import { closePalette } from "./palette_state";
import { paletteText } from "./palette_text";

const css = classesOf(styles);

export interface PaletteProps {
  readonly onShowShortcuts: () => void;
}

/** A field over everything that finds conversations, actions and settings while it is typed in. */
export function Palette({ onShowShortcuts }: PaletteProps) {
  const t = useText(paletteText);
  return (
    <ModalOverlay className={css("overlay")} isOpen onOpenChange={closePalette} isDismissable>
      <Modal className={css("modal")}>
        <AriaDialog aria-label={t.title} className={css("dialog")}>
          <PaletteContent onShowShortcuts={onShowShortcuts} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function usePaletteEntries(typed: string, onShowShortcuts: () => void): readonly PaletteEntry[] {
  const { conversations } = useConversations();
  const [, navigate] = useLocation();
  const t = useText(paletteText);
  return paletteEntries(typed, conversations, t, { navigate, showShortcuts: onShowShortcuts });
}

function PaletteContent({ onShowShortcuts }: PaletteProps) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const entries = usePaletteEntries(typed, onShowShortcuts);
  const listId = useId();
  const t = useText(paletteText);
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    closePalette();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = moved(event.key, chosen, entries.length);
    if (next !== null) setChosen(next);
    else if (event.key === "Enter") run(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={css("field")}>
        <Icon name="search" />
        <input
          className={css("input")}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-label={t.title}
          {...(entries[chosen] ? { "aria-activedescendant": `${listId}-${chosen}` } : {})}
          placeholder={t.placeholder}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: it is what was opened, and a dialog moves the focus anyway.
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <PaletteList id={listId} entries={entries} chosen={chosen} onChoose={setChosen} onRun={run} />
      <p className={css("hint")} aria-hidden="true">
        {t.hint}
      </p>
      <span role="status" className="visually_hidden">
        {entries.length === 0 ? t.nothing : t.results(entries.length)}
      </span>
    </>
  );
}

function moved(key: string, chosen: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return (chosen + 1) % count;
  if (key === "ArrowUp") return (chosen - 1 + count) % count;
  if (key === "PageDown") return Math.min(chosen + 6, count - 1);
  if (key === "PageUp") return Math.max(chosen - 6, 0);
  return null;
}

interface PaletteListProps {
  readonly id: string;
  readonly entries: readonly PaletteEntry[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onRun: (entry: PaletteEntry) => void;
}

function PaletteList({ id, entries, chosen, onChoose, onRun }: PaletteListProps) {
  const t = useText(paletteText);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, id]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={t.title} className={css("list")}>
      {entries.length === 0 && <p className={css("nothing")}>{t.nothing}</p>}
      {grouped(entries).map(([group, members]) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox.
        <div key={group} role="group" aria-label={t[group]}>
          <div className={css("group")} aria-hidden="true">
            {t[group]}
          </div>
          {members.map(([entry, index]) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus.
            <div
              key={entry.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={css("entry")}
              onPointerMove={() => onChoose(index)}
              onClick={() => onRun(entry)}
            >
              <Entry entry={entry} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Entries that follow each other in one group, with their places in the whole. */
function grouped(
  entries: readonly PaletteEntry[],
): readonly [PaletteGroup, readonly (readonly [PaletteEntry, number])[]][] {
  const order: readonly PaletteGroup[] = ["conversations", "actions", "settings"];
  const numbered = entries.map((entry, index) => [entry, index] as const);
  return order
    .map((group) => [group, numbered.filter(([entry]) => entry.group === group)] as [PaletteGroup, typeof numbered])
    .filter(([, members]) => members.length > 0);
}

function Entry({ entry }: { readonly entry: PaletteEntry }) {
  const { conversation, icon, title, shortcut } = entry;
  const isGroup = conversation?.kind === "group" || conversation?.kind === "channel";
  return (
    <>
      {conversation ? (
        <Avatar
          name={title}
          size={30}
          shape={isGroup ? "group" : "person"}
          icon={conversation.kind === "self" ? "note" : undefined}
        />
      ) : (
        <span className={css("icon")}>{icon && <Icon name={icon} />}</span>
      )}
      <span className={css("title")}>{title}</span>
      {conversation && <UnreadBadge count={conversation.unread} isMuted={conversation.muted_until > Date.now()} />}
      {shortcut && <span className={css("shortcut")}>{shortcutLabel(shortcut)}</span>}
    </>
  );
}
