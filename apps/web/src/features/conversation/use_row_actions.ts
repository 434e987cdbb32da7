import { useEffectEvent, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { useClient } from "../../engine/client_context";
import { explainError } from "../../engine/explain_error";
import type { ComposerModel } from "./composer/composer_model";
import { type ConversationSnapshot, isAdministrator, silenceOf } from "./conversation_model";
import type { MessageDialog } from "./dialogs/message_dialogs";
import { referenceOf, type TimelineMessage, writeReference } from "./engine_types";
import type { MessageAction } from "./message/message_actions";
import { retryMessage, toggleReaction, toggleStar } from "./message/message_operations";
import { messageText } from "./message/message_text_catalogue";
import type { RowActions, RowContext } from "./message/row_context";
import { useSelf } from "./use_conversation";

export interface OpenDialog {
  readonly dialog: MessageDialog;
  readonly message: TimelineMessage;
}

export interface RowActionsSetting {
  readonly composer: ComposerModel;
  readonly showQuoted: (message: TimelineMessage) => void;
}

/** What rows do, and the dialog that one of them opened. */
export function useRowActions({ composer, showQuoted }: RowActionsSetting) {
  const t = useText(messageText);
  const language = useLanguage();
  const client = useClient();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<OpenDialog>();

  const fail = useEffectEvent((error: unknown) => toast({ text: explainError(error, language), tone: "danger" }));
  const copy = useEffectEvent((text: string) => {
    navigator.clipboard.writeText(text).then(
      () => toast({ text: t.copied }),
      () => toast({ text: t.copyFailed, tone: "danger" }),
    );
  });
  const openThread = useEffectEvent((message: TimelineMessage) => {
    const root = writeReference(message.thread ?? referenceOf(message));
    navigate(`/c/${message.conversation}/thread/${root}`);
  });
  const quoted = useEffectEvent(showQuoted);
  const perform = useEffectEvent((action: MessageAction, message: TimelineMessage) => {
    switch (action) {
      case "reply":
        return composer.reply(message);
      case "edit":
        return composer.edit(message);
      case "copy":
        return copy(message.text);
      case "star":
        return void toggleStar(client, message).catch(fail);
      case "retry":
        return void retryMessage(client, message).catch(fail);
      case "thread":
        return openThread(message);
      default:
        setDialog({ dialog: action, message });
    }
  });
  const react = useEffectEvent((message: TimelineMessage, emoji: string) => {
    toggleReaction(client, message, emoji).catch(fail);
  });
  // One object for ever, so that no row is drawn anew because of it.
  const actions: RowActions = useMemo(
    () => ({
      perform: (action, message) => perform(action, message),
      react: (message, emoji) => react(message, emoji),
      showQuoted: (message) => quoted(message),
      openThread: (message) => openThread(message),
    }),
    [],
  );
  return { actions, dialog, closeDialog: () => setDialog(undefined), fail: (error: unknown) => fail(error) };
}

/** What rows have in common; the same object as long as nothing of it changes. */
export function useContextOfRows(
  snapshot: ConversationSnapshot,
  actions: RowContext["actions"],
  isThread = false,
): RowContext {
  const self = useSelf();
  const { people, summary, group } = snapshot;
  const isGroup = summary?.kind === "group" || summary?.kind === "channel";
  const mayWrite = silenceOf(snapshot) === undefined;
  const mayModerate = isAdministrator(group);
  return useMemo(
    () => ({ self, people, isGroup, isThread, actions, rights: { mayWrite, mayModerate } }),
    [self, people, isGroup, isThread, actions, mayWrite, mayModerate],
  );
}
