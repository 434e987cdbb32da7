import { type ReportReason, reportReasonValues } from "@sotto/client";
import { useState } from "react";
import { Button } from "../../design/button";
import { Radio, RadioGroup } from "../../design/choice";
import { Dialog } from "../../design/dialog";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { explainError } from "../../engine/explain_error";
import { useConversationActions } from "./conversation_actions";
import { conversationListText } from "./conversation_list_text";
import { nameOf } from "./conversation_rows";
import type { Conversation } from "./conversations_store";

/** The other ones first; that nothing fits is said last. */
const reasons: readonly ReportReason[] = [...reportReasonValues.filter((reason) => reason !== "other"), "other"];

interface ReportDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** Asks why a conversation is reported, and says what those who run the server learn by it. */
export function ReportDialog({ conversation, onClose }: ReportDialogProps) {
  const t = useText(conversationListText);
  const language = useLanguage();
  const actions = useConversationActions();
  const toast = useToast();
  const [reason, setReason] = useState<ReportReason>("spam");
  const [isPending, setPending] = useState(false);
  const report = async () => {
    setPending(true);
    try {
      await actions.report(conversation.conversation, reason);
      toast({ text: t.reportDone, tone: "success" });
      onClose();
    } catch (error) {
      toast({ text: explainError(error, language), tone: "danger" });
      setPending(false);
    }
  };
  const choose = (value: string) => {
    const chosen = reasons.find((one) => one === value);
    if (chosen !== undefined) setReason(chosen);
  };
  return (
    <Dialog
      title={t.reportTitle(nameOf(conversation, t))}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="danger" isPending={isPending} onPress={() => void report()}>
            {t.reportConfirm}
          </Button>
        </>
      }
    >
      <RadioGroup label={t.reportReason} description={t.reportBody} value={reason} onChange={choose}>
        {reasons.map((one) => (
          <Radio key={one} value={one}>
            {t.reasons[one]}
          </Radio>
        ))}
      </RadioGroup>
    </Dialog>
  );
}
