import { useState } from "react";
import { useLocation } from "wouter";
import { Avatar } from "../../design/avatar";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { Page } from "../../design/page";
import { SettingsRow, SettingsSection } from "../../design/settings_row";
import { useLanguage, useText } from "../../design/text";
import { TextField } from "../../design/text_field";
import { useClient } from "../../engine/client_context";
import { explainError } from "../../engine/explain_error";
import { useSession } from "../../engine/session";
import { useConversationsStore } from "../conversation_list/conversations_store";
import { accountNameOf, nameProblem } from "./account_name";
import { groupsText } from "./groups_text";
import { useAcquaintances } from "./member_picker";
import styles from "./new_conversation.module.css";

export { NewGroupScreen } from "./new_group_screen";

const css = classesOf(styles);

/** Finds or starts the conversation with an account, and goes there. Tells in words why it cannot. */
function useOpening() {
  const client = useClient();
  const store = useConversationsStore();
  const language = useLanguage();
  const t = useText(groupsText);
  const [, navigate] = useLocation();
  const [opening, setOpening] = useState("");
  const [problem, setProblem] = useState("");
  const open = async (typed: string) => {
    const name = accountNameOf(typed);
    const wrong = nameProblem(name, t);
    setProblem(wrong ?? "");
    if (wrong !== undefined || opening !== "") return;
    setOpening(name);
    try {
      const { conversation } = await client.ask("open_conversation", { name });
      store.put(conversation);
      navigate(`/c/${conversation.conversation}`);
    } catch (error) {
      setProblem(explainError(error, language));
    } finally {
      setOpening("");
    }
  };
  return { open, opening, problem, clear: () => setProblem("") };
}

/** "/new": by name, one's own notes, or one of the other ways to begin. */
export function NewConversationScreen() {
  const t = useText(groupsText);
  const [, navigate] = useLocation();
  const { name: own } = useSession();
  const [name, setName] = useState("");
  const { open, opening, problem, clear } = useOpening();
  const known = useAcquaintances(name);
  return (
    <Page title={t.newTitle} onBack={() => navigate("/")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          void open(name);
        }}
      >
        <TextField
          label={t.nameLabel}
          description={t.nameHint}
          errorMessage={problem}
          value={name}
          onChange={(text) => {
            setName(text);
            clear();
          }}
          autoFocus
          isVerbatim
          autoComplete="off"
        />
        <Button type="submit" variant="primary" isDisabled={name.trim() === ""} isPending={opening !== ""}>
          {t.write}
        </Button>
      </form>
      {known.length > 0 && (
        <SettingsSection title={t.known}>
          {known.slice(0, 6).map((person) => (
            <SettingsRow
              key={person}
              label={person}
              start={<Avatar name={person} size={32} />}
              onPress={() => void open(person)}
            />
          ))}
        </SettingsSection>
      )}
      <SettingsSection title={t.startOther}>
        <SettingsRow
          icon="people"
          label={t.newGroup}
          description={t.newGroupHint}
          leadsOn
          onPress={() => navigate("/new/group")}
        />
        <SettingsRow
          icon="channel"
          label={t.newChannel}
          description={t.newChannelHint}
          leadsOn
          onPress={() => navigate("/new/group?kind=channel")}
        />
        <SettingsRow icon="note" label={t.notes} description={t.notesHint} onPress={() => void open(own)} />
        <SettingsRow
          icon="link"
          label={t.openInvitation}
          description={t.openInvitationHint}
          leadsOn
          onPress={() => navigate("/join")}
        />
      </SettingsSection>
    </Page>
  );
}
