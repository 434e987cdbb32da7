import { useEffect, useState } from "react";
import { Avatar } from "../../../design/avatar";
import { Button } from "../../../design/button";
import { Checkbox } from "../../../design/choice";
import { classesOf } from "../../../design/class_names";
import { Dialog } from "../../../design/dialog";
import { useLanguage, useText } from "../../../design/text";
import { SearchField } from "../../../design/text_field";
import { useToast } from "../../../design/toast";
import { useClient } from "../../../engine/client_context";
import { allConversations } from "../../../engine/conversation_pages";
import { explainError } from "../../../engine/explain_error";
import { titleOf } from "../conversation_title";
import type { ConversationSummary, TimelineMessage } from "../engine_types";
import { forwardMessage } from "../message/message_operations";
import { messageText } from "../message/message_text_catalogue";
import styles from "./dialogs.module.css";

const css = classesOf(styles);

export interface ForwardDialogProps {
  readonly message: TimelineMessage;
  readonly onClose: () => void;
}

/** Chooses the conversations that a message is sent on to. */
export function ForwardDialog({ message, onClose }: ForwardDialogProps) {
  const t = useText(messageText);
  const language = useLanguage();
  const client = useClient();
  const toast = useToast();
  const [conversations, setConversations] = useState<readonly ConversationSummary[]>([]);
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    allConversations(client).then(setConversations, setError);
  }, [client]);
  const shown = conversations.filter((one) =>
    titleOf(one, language).toLowerCase().includes(words.trim().toLowerCase()),
  );
  const send = async () => {
    setIsPending(true);
    try {
      await forwardMessage(client, message, chosen);
      toast({ text: t.forwardedTo(chosen.length) });
      onClose();
    } catch (failure) {
      setError(failure);
      setIsPending(false);
    }
  };
  const toggle = (conversation: string, isChosen: boolean) =>
    setChosen(isChosen ? [...chosen, conversation] : chosen.filter((one) => one !== conversation));
  return (
    <Dialog
      title={t.forwardTitle}
      isOpen
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          icon="forward"
          isDisabled={chosen.length === 0}
          isPending={isPending}
          onPress={() => void send()}
        >
          {chosen.length === 0 ? t.forward : t.forwardTo(chosen.length)}
        </Button>
      }
    >
      <div className={css("forward")}>
        <blockquote className={css("excerpt")}>{message.text}</blockquote>
        <SearchField label={t.forwardSearch} value={words} onChange={setWords} autoFocus />
        {error !== undefined && <p role="alert">{explainError(error, language)}</p>}
        {shown.length === 0 && <p className={css("hint")}>{t.forwardNone}</p>}
        <ul className={css("choices")}>
          {shown.map((one) => (
            <li key={one.conversation}>
              <Checkbox
                isSelected={chosen.includes(one.conversation)}
                onChange={(isChosen) => toggle(one.conversation, isChosen)}
              >
                <span className={css("choice")}>
                  <Avatar
                    name={titleOf(one, language)}
                    size={32}
                    shape={one.kind === "group" || one.kind === "channel" ? "group" : "person"}
                    icon={one.kind === "self" ? "note" : undefined}
                  />
                  {titleOf(one, language)}
                </span>
              </Checkbox>
            </li>
          ))}
        </ul>
        <p className={css("hint")}>{t.forwardHint}</p>
      </div>
    </Dialog>
  );
}
