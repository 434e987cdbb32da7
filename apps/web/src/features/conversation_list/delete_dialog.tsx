import { useLocation } from "wouter";
import { ConfirmDialog } from "../../design/dialog";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { errorCode, explainError } from "../../engine/explain_error";
import { useConversationActions } from "./conversation_actions";
import { conversationListText } from "./conversation_list_text";
import { nameOf } from "./conversation_rows";
import type { Conversation } from "./conversations_store";

interface DeleteDialogProps {
  readonly conversation: Conversation;
  /** It is open: what stands in its place afterwards is the list. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Says what deleting a conversation costs, and does it. */
export function DeleteDialog({ conversation, isOpen, onClose }: DeleteDialogProps) {
  const t = useText(conversationListText);
  const language = useLanguage();
  const actions = useConversationActions();
  const toast = useToast();
  const [, navigate] = useLocation();
  const isGroup = conversation.kind === "group" || conversation.kind === "channel";
  const remove = async () => {
    try {
      await actions.remove(conversation.conversation);
      if (isOpen) navigate("/", { replace: true });
      toast({ text: t.deleteDone, tone: "info" });
    } catch (error) {
      const isMember = isGroup && errorCode(error) === "not_allowed";
      toast({ text: isMember ? t.deleteLeaveFirst : explainError(error, language), tone: "danger" });
    }
    onClose();
  };
  return (
    <ConfirmDialog
      title={t.deleteTitle}
      body={isGroup ? t.deleteGroupBody : t.deleteBody(nameOf(conversation, t))}
      confirmLabel={t.deleteConfirm}
      isDanger
      onConfirm={remove}
      onCancel={onClose}
    />
  );
}
