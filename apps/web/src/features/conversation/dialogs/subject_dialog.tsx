import { useState } from "react";
import { Button } from "../../../design/button";
import { Dialog } from "../../../design/dialog";
import { useLanguage, useText } from "../../../design/text";
import { TextField } from "../../../design/text_field";
import { useClient } from "../../../engine/client_context";
import { explainError } from "../../../engine/explain_error";
import { conversationText } from "../conversation_text";
import type { ConversationSummary } from "../engine_types";

const mostOctets = 256;

export interface SubjectDialogProps {
  readonly summary: ConversationSummary;
  readonly onClose: () => void;
}

/** What a direct conversation is about; both sides see it. */
export function SubjectDialog({ summary, onClose }: SubjectDialogProps) {
  const t = useText(conversationText);
  const language = useLanguage();
  const client = useClient();
  const [subject, setSubject] = useState(summary.subject);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const isTooLong = new TextEncoder().encode(subject.trim()).length > mostOctets;
  const save = async () => {
    setIsPending(true);
    try {
      const profile = { subject: subject.trim(), context: summary.context };
      await client.ask("describe_conversation", { conversation: summary.conversation, profile });
      onClose();
    } catch (failure) {
      setError(failure);
      setIsPending(false);
    }
  };
  return (
    <Dialog
      title={t.subject}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isPending={isPending} isDisabled={isTooLong} onPress={() => void save()}>
            {t.save}
          </Button>
        </>
      }
    >
      <TextField
        label={t.subject}
        description={t.subjectHelp}
        errorMessage={isTooLong ? t.subjectTooLong : error === undefined ? undefined : explainError(error, language)}
        value={subject}
        onChange={setSubject}
        autoFocus
      />
    </Dialog>
  );
}
