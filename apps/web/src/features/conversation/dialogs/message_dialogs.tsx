import { ConfirmDialog } from "../../../design/dialog";
import { useText } from "../../../design/text";
import { useClient } from "../../../engine/client_context";
import type { ShownMember, TimelineMessage } from "../engine_types";
import { cancelMessage, deleteMessage } from "../message/message_operations";
import { messageText } from "../message/message_text_catalogue";
import { ForwardDialog } from "./forward_dialog";
import { MessageInfoDialog } from "./message_info_dialog";
import { ReactionDialog } from "./reaction_dialog";

export type MessageDialog = "delete_for_me" | "delete_for_everyone" | "cancel" | "forward" | "info" | "react";

export interface MessageDialogsProps {
  readonly open: { readonly dialog: MessageDialog; readonly message: TimelineMessage } | undefined;
  readonly onClose: () => void;
  readonly onReact: (message: TimelineMessage, emoji: string) => void;
  readonly onFailed: (error: unknown) => void;
  readonly readMembers: () => Promise<readonly ShownMember[]>;
}

/** The dialog that an action on a message opened. */
export function MessageDialogs({ open, onClose, onReact, onFailed, readMembers }: MessageDialogsProps) {
  const t = useText(messageText);
  const client = useClient();
  if (open === undefined) return null;
  const { dialog, message } = open;
  const finish = (work: Promise<void>) => work.catch(onFailed).finally(onClose);
  const confirm = (title: string, body: string, label: string, work: () => Promise<void>) => (
    <ConfirmDialog
      title={title}
      body={body}
      confirmLabel={label}
      isDanger
      onCancel={onClose}
      onConfirm={() => finish(work())}
    />
  );
  switch (dialog) {
    case "delete_for_me":
      return confirm(t.deleteForMeTitle, t.deleteForMeBody, t.actions.delete_for_me, () =>
        deleteMessage(client, message, false),
      );
    case "delete_for_everyone":
      return confirm(t.deleteForEveryoneTitle, t.deleteForEveryoneBody, t.actions.delete_for_everyone, () =>
        deleteMessage(client, message, true),
      );
    case "cancel":
      return confirm(t.cancelTitle, t.cancelBody, t.remove, () => cancelMessage(client, message));
    case "forward":
      return <ForwardDialog message={message} onClose={onClose} />;
    case "info":
      return <MessageInfoDialog message={message} onClose={onClose} readMembers={readMembers} />;
    case "react":
      return <ReactionDialog onClose={onClose} onPick={(emoji) => onReact(message, emoji)} />;
  }
}
