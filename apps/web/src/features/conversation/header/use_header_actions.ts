import { useState } from "react";
import { useLocation } from "wouter";
import { useLanguage, useText } from "../../../design/text";
import { useToast } from "../../../design/toast";
import { useClient } from "../../../engine/client_context";
import { explainError } from "../../../engine/explain_error";
import { muchLater } from "../../conversation_list/conversation_rows";
import type { ConversationModel, ConversationSnapshot } from "../conversation_model";
import { conversationText } from "../conversation_text";
import type { HeaderAction } from "./conversation_header";

export type HeaderDialog = "timer" | "date" | "subject" | "report" | "block" | "remove";

export interface HeaderActionsSetting {
  readonly model: ConversationModel;
  readonly snapshot: ConversationSnapshot;
  readonly find: () => void;
}

const dayMs = 24 * 3_600_000;

/** What the menu of a conversation does. */
export function useHeaderActions({ model, snapshot, find }: HeaderActionsSetting) {
  const t = useText(conversationText);
  const language = useLanguage();
  const client = useClient();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<HeaderDialog>();
  const { summary } = snapshot;
  const run = (work: Promise<unknown>, done?: string) => {
    work.then(
      () => done && toast({ text: done }),
      (error: unknown) => toast({ text: explainError(error, language), tone: "danger" }),
    );
  };
  const keep = (setting: { muted_until?: number; pinned?: boolean; archived?: boolean }, done?: string) => {
    if (summary === undefined) return;
    run(client.ask("keep_conversation", { setting: { conversation: summary.conversation, ...setting } }), done);
  };
  const perform = (action: HeaderAction) => {
    if (summary === undefined) return;
    switch (action) {
      case "info":
        return navigate(`/c/${summary.conversation}/info`);
      case "find":
        return find();
      case "verify":
        return navigate(`/verify/${encodeURIComponent(summary.peer_name)}`);
      case "mute_day":
        return keep({ muted_until: Date.now() + dayMs }, t.muted);
      case "mute_always":
        return keep({ muted_until: muchLater }, t.muted);
      case "unmute":
        return keep({ muted_until: 0 });
      case "pin":
        return keep({ pinned: !summary.pinned });
      case "archive":
        return keep({ archived: !summary.archived }, summary.archived ? undefined : t.archived);
      case "block":
        if (snapshot.isBlocked) return run(model.setBlocked(false), t.unblocked);
        return setDialog("block");
      default:
        setDialog(action);
    }
  };
  return { perform, dialog, closeDialog: () => setDialog(undefined) };
}
