import { lazy, Suspense, useMemo, useState } from "react";
import { useLocation, useRoute } from "wouter";
import { ConfirmDialog } from "../../design/dialog";
import { useLanguage, useText } from "../../design/text";
import { useToast } from "../../design/toast";
import { explainError } from "../../engine/explain_error";
import { type ConversationActions, useConversationActions } from "./conversation_actions";
import { conversationListText } from "./conversation_list_text";
import { type ConversationListActions, ConversationListView } from "./conversation_list_view";
import { useConversationList } from "./conversation_list_view_model";
import type { Filter } from "./conversation_rows";
import type { Conversation } from "./conversations_store";

// Seldom asked for, and not small.
const DeleteDialog = lazy(async () => ({ default: (await import("./delete_dialog")).DeleteDialog }));
const ReportDialog = lazy(async () => ({ default: (await import("./report_dialog")).ReportDialog }));

type Toast = ReturnType<typeof useToast>;

/** Runs what a person asked for; tells if it failed. */
function useTelling(toast: Toast): (doing: Promise<unknown>, done?: () => void) => void {
  const language = useLanguage();
  return useMemo(
    () => (doing, done) => {
      doing.then(done, (error: unknown) => toast({ text: explainError(error, language), tone: "danger" }));
    },
    [language, toast],
  );
}

interface Asking {
  readonly block: (one: Conversation) => void;
  readonly report: (one: Conversation) => void;
  readonly remove: (one: Conversation) => void;
}

function useActions(act: ConversationActions, setFilter: (filter: Filter) => void, { block, report, remove }: Asking) {
  const [, navigate] = useLocation();
  const toast = useToast();
  const tell = useTelling(toast);
  const t = useText(conversationListText);
  return useMemo((): ConversationListActions => {
    const archive = ({ conversation }: Conversation, archived: boolean) => {
      const undo = { label: t.undo, onPress: () => tell(act.setArchived(conversation, !archived)) };
      tell(act.setArchived(conversation, archived), () => {
        if (archived) toast({ text: t.archivedToast, tone: "info", action: undo });
      });
    };
    return {
      setFilter,
      block,
      report,
      remove,
      open: (conversation) => navigate(`/c/${conversation}`),
      openInfo: (conversation) => navigate(`/c/${conversation}/info`),
      openSearch: () => navigate("/search"),
      openNew: () => navigate("/new"),
      openNewGroup: () => navigate("/new/group"),
      openInvitation: () => navigate("/join"),
      mute: ({ conversation }, choice) => tell(act.mute(conversation, choice)),
      togglePinned: ({ conversation, pinned }) => tell(act.setPinned(conversation, !pinned)),
      toggleArchived: (conversation) => archive(conversation, !conversation.archived),
      toggleRead: (conversation) => tell(act.toggleRead(conversation)),
    };
  }, [act, block, report, remove, navigate, setFilter, t, tell, toast]);
}

/** The list of conversations: at "/" and, on a wide screen, beside whatever is open. */
export function ConversationListScreen() {
  const [, parameters] = useRoute("/c/:conversation/*?");
  const current = parameters?.conversation ?? "";
  const [filter, setFilter] = useState<Filter>("all");
  const [blocking, setBlocking] = useState<Conversation | null>(null);
  const [reporting, setReporting] = useState<Conversation | null>(null);
  const [removing, setRemoving] = useState<Conversation | null>(null);
  const act = useConversationActions();
  const snapshot = useConversationList(filter, current);
  const actions = useActions(act, setFilter, { block: setBlocking, report: setReporting, remove: setRemoving });
  const toast = useToast();
  const tell = useTelling(toast);
  const { t } = snapshot.context;
  const confirmBlock = (name: string) => {
    setBlocking(null);
    tell(act.block(name, true), () => toast({ text: t.blocked(name), tone: "info" }));
  };
  return (
    <>
      <ConversationListView snapshot={snapshot} actions={actions} current={current} />
      <Suspense>
        {reporting && <ReportDialog conversation={reporting} onClose={() => setReporting(null)} />}
        {removing && (
          <DeleteDialog
            conversation={removing}
            isOpen={removing.conversation === current}
            onClose={() => setRemoving(null)}
          />
        )}
      </Suspense>
      {blocking && (
        <ConfirmDialog
          title={t.blockTitle(blocking.peer_name)}
          body={t.blockBody(blocking.peer_name)}
          confirmLabel={t.blockConfirm}
          isDanger
          onConfirm={() => confirmBlock(blocking.peer_name)}
          onCancel={() => setBlocking(null)}
        />
      )}
    </>
  );
}
