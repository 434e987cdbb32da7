import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Banner } from "../../../design/banner";
import { IconButton } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { formatDuration, formatNumber } from "../../../design/format";
import { Icon } from "../../../design/icon";
import { MenuButton, MenuItem } from "../../../design/menu";
import { Popover } from "../../../design/popover";
import { useLanguage, useText } from "../../../design/text";
import { explainError } from "../../../engine/explain_error";
import type { Person } from "../conversation_model";
import { AllEmoji } from "../emoji/reaction_popover";
import { messageText } from "../message/message_text_catalogue";
import { DurationDialog } from "../timer/duration_dialog";
import styles from "./composer.module.css";
import type { ComposerMode, ComposerSnapshot } from "./composer_model";
import { composerText } from "./composer_text";
import { MentionList } from "./mention_list";
import { completeMention, type MentionQuery, membersMatching, mentionQueryAt } from "./mention_query";
import { ScheduleDialog } from "./schedule_dialog";
import { useEnterSends } from "./use_enter_sends";

const css = classesOf(styles);

export interface ComposerActions {
  setText(text: string): void;
  insert(words: string, at: { start: number; end: number }): number;
  cancelMode(): void;
  setExpiry(expiresAfterMs: number | undefined): void;
  send(notBefore?: number): void;
  /** The last own message, to be edited. */
  editLast(): void;
}

export interface ComposerViewProps {
  readonly snapshot: ComposerSnapshot;
  readonly actions: ComposerActions;
  /** Who is written to, for the field's name. */
  readonly title: string;
  /** Who can be mentioned. */
  readonly others: readonly Person[];
  readonly isThread?: boolean;
}

/** From how many octets on the room that is left is said. */
const sayRoomBelow = 1_500;

export function ComposerView(props: ComposerViewProps) {
  const { snapshot, actions, title, others, isThread = false } = props;
  const t = useText(composerText);
  const language = useLanguage();
  const field = useRef<HTMLTextAreaElement>(null);
  const [dialog, setDialog] = useState<"schedule" | "expiry">();
  const mention = useMentionCompletion({ field, snapshot, actions, others });
  const [enterSends] = useEnterSends();
  useGrowing(field, snapshot.text);
  useFocusing(field, snapshot.focusCount);
  const isEdit = snapshot.mode.kind === "edit";

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (mention.onKeyDown(event)) return;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey || (isPlain && enterSends));
    if (sends) {
      event.preventDefault();
      actions.send();
    } else if (event.key === "Escape" && snapshot.mode.kind !== "write") {
      event.preventDefault();
      event.stopPropagation();
      actions.cancelMode();
    } else if (event.key === "ArrowUp" && isPlain && snapshot.text === "" && snapshot.mode.kind === "write") {
      event.preventDefault();
      actions.editLast();
    }
  };

  return (
    <form
      className={css("composer")}
      onSubmit={(event) => {
        event.preventDefault();
        actions.send();
      }}
    >
      <ModeBar mode={snapshot.mode} onCancel={actions.cancelMode} />
      {snapshot.expiresAfterMs !== undefined && (
        <Strip icon="timer" onClose={() => actions.setExpiry(undefined)} closeLabel={t.removeExpiry}>
          {snapshot.expiresAfterMs === 0
            ? t.staysForEver
            : t.expiresAfter(formatDuration(language, snapshot.expiresAfterMs))}
        </Strip>
      )}
      {snapshot.error !== undefined && (
        <Banner tone="danger" isLive>
          {explainError(snapshot.error, language)} {t.failed}
        </Banner>
      )}
      <div className={css("line")}>
        <EmojiButton field={field} actions={actions} />
        <div className={css("field")}>
          {mention.list}
          <textarea
            ref={field}
            className={css("text")}
            rows={1}
            dir="auto"
            value={snapshot.text}
            aria-label={t.label(title)}
            placeholder={isThread ? t.threadPlaceholder : t.placeholder}
            enterKeyHint={enterSends ? "send" : "enter"}
            onChange={(event) => {
              actions.setText(event.target.value);
              mention.look();
            }}
            onSelect={mention.look}
            onBlur={mention.close}
            onPaste={(event) => pastePlain(event, actions)}
            onKeyDown={onKeyDown}
            {...mention.attributes}
          />
          <Room left={snapshot.octetsLeft} />
        </div>
        {!isEdit && <MoreWays canSend={snapshot.canSend} onDialog={setDialog} />}
        <IconButton
          type="submit"
          variant="primary"
          icon={isEdit ? "check" : "send"}
          label={isEdit ? t.saveEdit : t.send}
          isDisabled={!snapshot.canSend}
        />
      </div>
      {dialog === "schedule" && (
        <ScheduleDialog onClose={() => setDialog(undefined)} onChoose={(at) => actions.send(at)} />
      )}
      {dialog === "expiry" && (
        <DurationDialog
          title={t.expiryTitle}
          offLabel={t.never}
          value={snapshot.expiresAfterMs ?? 0}
          onClose={() => setDialog(undefined)}
          onChoose={async (ms) => actions.setExpiry(ms)}
        />
      )}
    </form>
  );
}

/** Text as it is: what a page or an office program adds to it is left out, and so are its line ends. */
function pastePlain(event: ClipboardEvent<HTMLTextAreaElement>, actions: ComposerActions): void {
  const words = event.clipboardData.getData("text/plain");
  if (!/\r|\u00a0/.test(words)) return;
  event.preventDefault();
  const field = event.currentTarget;
  const clean = words.replace(/\r\n?/g, "\n").replace(/\u00a0/g, " ");
  const cursor = actions.insert(clean, { start: field.selectionStart, end: field.selectionEnd });
  requestAnimationFrame(() => field.setSelectionRange(cursor, cursor));
}

function useGrowing(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what makes it grow
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [field, text]);
}

/** After what else takes the focus: a menu that closes gives it back to where it came from. */
function useFocusing(field: React.RefObject<HTMLTextAreaElement | null>, count: number): void {
  useEffect(() => {
    if (count === 0) return;
    const timer = setTimeout(() => {
      const element = field.current;
      element?.focus();
      element?.setSelectionRange(element.value.length, element.value.length);
    }, 30);
    return () => clearTimeout(timer);
  }, [field, count]);
}

function ModeBar({ mode, onCancel }: { mode: ComposerMode; onCancel: () => void }) {
  const t = useText(composerText);
  const names = useText(messageText);
  if (mode.kind === "write") return null;
  if (mode.kind === "edit") {
    return (
      <Strip icon="edit" onClose={onCancel} closeLabel={t.cancelEdit}>
        <strong>{t.editing}</strong>
        <span className={css("quoted")}>{mode.message.text}</span>
      </Strip>
    );
  }
  const name = mode.to.sender_name || names.somebody;
  return (
    <Strip icon="reply" onClose={onCancel} closeLabel={t.cancelReply}>
      <strong>{mode.to.own ? t.replyingToSelf : t.replyingTo(name)}</strong>
      <span className={css("quoted")}>{mode.to.text}</span>
    </Strip>
  );
}

interface StripProps {
  readonly icon: "edit" | "reply" | "timer";
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Strip({ icon, closeLabel, onClose, children }: StripProps) {
  return (
    <div className={css("strip")}>
      <Icon name={icon} size={18} />
      <div className={css("strip_words")}>{children}</div>
      <IconButton size="s" icon="close" label={closeLabel} onPress={onClose} />
    </div>
  );
}

function Room({ left }: { left: number }) {
  const t = useText(composerText);
  const language = useLanguage();
  if (left >= sayRoomBelow) return null;
  const count = Math.abs(left);
  const words = left < 0 ? t.tooLong(count) : t.left(count);
  return (
    <div className={css("room", left < 0 && "too_long")} role="status">
      {words.replace(String(count), formatNumber(language, count))}
    </div>
  );
}

function EmojiButton({
  field,
  actions,
}: {
  field: React.RefObject<HTMLTextAreaElement | null>;
  actions: ComposerActions;
}) {
  const t = useText(composerText);
  const pick = (emoji: string) => {
    const element = field.current;
    const end = element?.value.length ?? 0;
    const cursor = actions.insert(emoji, { start: element?.selectionStart ?? end, end: element?.selectionEnd ?? end });
    setTimeout(() => {
      element?.focus();
      element?.setSelectionRange(cursor, cursor);
    }, 30);
  };
  return (
    <Popover label={t.emoji} placement="top start" trigger={<IconButton icon="smile" label={t.emoji} />}>
      {(close) => (
        <AllEmoji
          onPick={(emoji) => {
            close();
            pick(emoji);
          }}
        />
      )}
    </Popover>
  );
}

function MoreWays({ canSend, onDialog }: { canSend: boolean; onDialog: (dialog: "schedule" | "expiry") => void }) {
  const t = useText(composerText);
  const [enterSends, setEnterSends] = useEnterSends();
  return (
    <MenuButton label={t.more} icon="clock" placement="top end">
      <MenuItem icon="calendar" isDisabled={!canSend} onAction={() => onDialog("schedule")}>
        {t.schedule}
      </MenuItem>
      <MenuItem icon="timer" onAction={() => onDialog("expiry")}>
        {t.expiry}
      </MenuItem>
      <MenuItem
        icon="keyboard"
        isChosen={enterSends}
        description={t.enterSendsHelp}
        onAction={() => setEnterSends(!enterSends)}
      >
        {t.enterSends}
      </MenuItem>
    </MenuButton>
  );
}

interface MentionCompletion {
  readonly field: React.RefObject<HTMLTextAreaElement | null>;
  readonly snapshot: ComposerSnapshot;
  readonly actions: ComposerActions;
  readonly others: readonly Person[];
}

/** While "@" and letters stand before the cursor: who can be meant, chosen by arrows and Enter. */
function useMentionCompletion({ field, snapshot, actions, others }: MentionCompletion) {
  const [query, setQuery] = useState<MentionQuery>();
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const offered = query === undefined ? [] : membersMatching(others, query.letters);
  const isOpen = offered.length > 0;
  const place = Math.min(chosen, offered.length - 1);

  const look = () => {
    const element = field.current;
    if (element === null) return;
    const found = mentionQueryAt(element.value, element.selectionStart);
    setQuery(found);
    if (found?.letters !== query?.letters) setChosen(0);
  };
  const complete = (person: Person) => {
    if (query === undefined) return;
    const done = completeMention(snapshot.text, query, person.name);
    actions.setText(done.text);
    setQuery(undefined);
    requestAnimationFrame(() => field.current?.setSelectionRange(done.cursor, done.cursor));
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const person = offered[place];
    if (step !== 0) setChosen((place + step + offered.length) % offered.length);
    else if (event.key === "Escape") setQuery(undefined);
    else if ((event.key === "Enter" || event.key === "Tab") && person !== undefined) complete(person);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const attributes = isOpen
    ? ({ "aria-autocomplete": "list", "aria-controls": id, "aria-activedescendant": `${id}-${place}` } as const)
    : {};
  const list = isOpen ? <MentionList id={id} people={offered} place={place} onChoose={complete} /> : null;
  return { list, look, onKeyDown, attributes, close: () => setQuery(undefined) };
}
