import { type KeyboardEvent, useMemo, useState, useSyncExternalStore } from "react";
import { Avatar } from "../../design/avatar";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Icon } from "../../design/icon";
import { Spinner } from "../../design/spinner";
import { useLanguage, useText } from "../../design/text";
import { TextField } from "../../design/text_field";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { useConversations } from "../conversation_list/conversations_store";
import { groupsText } from "./groups_text";
import styles from "./member_picker.module.css";
import { type Chip, MemberPicker } from "./member_picker_model";

const css = classesOf(styles);
const nobody: ReadonlySet<string> = new Set();
/** How many acquaintances are offered at once; typing finds the others. */
const mostOffered = 8;

/** A picker that lives as long as its form. `members` are in the group already. */
export function useMemberPicker(members: ReadonlySet<string> = nobody): MemberPicker {
  const client = useClient();
  const language = useLanguage();
  const t = useText(groupsText);
  const { name: own } = useSession();
  return useMemo(() => new MemberPicker(client, { t, language, own, members }), [client, t, language, own, members]);
}

export function useChips(picker: MemberPicker): readonly Chip[] {
  return useSyncExternalStore(picker.subscribe, picker.chips);
}

/** A field that takes names one after the other, and those whom one writes to already. */
export function MemberPickerField({ picker }: { readonly picker: MemberPicker }) {
  const t = useText(groupsText);
  const chips = useChips(picker);
  const [typed, setTyped] = useState("");
  const problems = chips.filter(({ state }) => state === "wrong");
  const take = (text: string) => {
    picker.add(text);
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === "Enter" || event.key === ",") && typed.trim() !== "") {
      event.preventDefault();
      take(typed);
    } else if (event.key === "Backspace" && typed === "") {
      picker.removeLast();
    }
  };
  return (
    <div className={css("picker")}>
      <div className={css("entry")}>
        <TextField
          label={t.memberLabel}
          description={t.memberHint}
          value={typed}
          onChange={(text) => (/[,;\s]/.test(text.trim()) ? take(text) : setTyped(text))}
          onKeyDown={onKeyDown}
          isVerbatim
          autoComplete="off"
        />
        <Button isDisabled={typed.trim() === ""} onPress={() => take(typed)}>
          {t.memberAdd}
        </Button>
      </div>
      {chips.length > 0 && (
        <ul className={css("chips")} aria-label={t.membersChosen(picker.names().length)}>
          {chips.map((chip) => (
            <ChipEntry key={chip.name} chip={chip} onRemove={() => picker.remove(chip.name)} />
          ))}
        </ul>
      )}
      <div role="status" className={css("problems")}>
        {problems.map(({ name, problem }) => (
          <p key={name}>
            <strong>{name}</strong>: {problem}
          </p>
        ))}
      </div>
      <Acquaintances picker={picker} chips={chips} typed={typed} onTake={take} />
    </div>
  );
}

function ChipEntry({ chip, onRemove }: { readonly chip: Chip; readonly onRemove: () => void }) {
  const t = useText(groupsText);
  return (
    <li className={css("chip", chip.state === "wrong" && "wrong")}>
      {chip.state === "checking" ? <Spinner size={14} label={t.memberChecking} /> : null}
      {chip.state === "found" && <Icon name="check" size={14} />}
      {chip.state === "wrong" && <Icon name="error" size={14} />}
      <span>{chip.name}</span>
      <button type="button" aria-label={t.memberRemove(chip.name)} onClick={onRemove}>
        <Icon name="close" size={14} />
      </button>
    </li>
  );
}

interface AcquaintancesProps {
  readonly picker: MemberPicker;
  readonly chips: readonly Chip[];
  readonly typed: string;
  readonly onTake: (name: string) => void;
}

/** Those with whom there is a conversation, as far as what is typed begins them. */
function Acquaintances({ chips, typed, onTake }: AcquaintancesProps) {
  const t = useText(groupsText);
  const names = useAcquaintances(typed).filter((name) => !chips.some((chip) => chip.name === name));
  if (names.length === 0) return null;
  return (
    <div>
      <h3 className={css("known")}>{t.known}</h3>
      <ul className={css("people")}>
        {names.slice(0, mostOffered).map((name) => (
          <li key={name}>
            <button type="button" className={css("person")} onClick={() => onTake(name)}>
              <Avatar name={name} size={28} />
              <span>{name}</span>
              <Icon name="plus" size={16} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The names of those with whom there is a direct conversation and that begin with what is typed, latest first. */
export function useAcquaintances(typed: string): readonly string[] {
  const { conversations } = useConversations();
  const wanted = typed.trim().replace(/^@/, "").toLowerCase();
  return conversations
    .filter(({ kind, peer_name }) => kind === "direct" && peer_name !== "" && peer_name.startsWith(wanted))
    .map(({ peer_name }) => peer_name);
}
