import { useMemo, useState, useSyncExternalStore } from "react";
import { useLocation, useParams, useSearch } from "wouter";
import { Button } from "../../design/button";
import { classesOf } from "../../design/class_names";
import { EmptyState } from "../../design/empty_state";
import { type Language, useLanguage, useText } from "../../design/text";
import { ComposerArea } from "./composer/composer_area";
import styles from "./conversation.module.css";
import { conversationText } from "./conversation_text";
import { titleOf } from "./conversation_title";
import { MessageDialogs } from "./dialogs/message_dialogs";
import type { ConversationSummary, TimelineMessage } from "./engine_types";
import { ConversationHeader } from "./header/conversation_header";
import { FindBar } from "./header/find_bar";
import { HeaderDialogs } from "./header/header_dialogs";
import { useHeaderActions } from "./header/use_header_actions";
import { loadMarkdown } from "./markdown/message_text";
import { RowContextProvider } from "./message/row_context";
import { timelineText } from "./timeline/timeline_text";
import { type TimelineActions, TimelineView } from "./timeline/timeline_view";
import { useComposerModel, useConversationModel, useReadyToWrite, useTimelineModel } from "./use_conversation";
import { useContextOfRows, useRowActions } from "./use_row_actions";

export { ConversationInfoScreen } from "./info/conversation_info_screen";
export { ThreadScreen } from "./thread/thread_screen";

const css = classesOf(styles);

// Beside the first page of messages instead of after it, so that texts need not be drawn twice. If it fails they stay
// as they were typed, and the next message tries again.
loadMarkdown().catch(() => undefined);

/** A conversation: who it is with, what was said, and where to write. */
export function ConversationScreen() {
  const { conversation = "" } = useParams();
  return <Conversation key={conversation} conversation={conversation} />;
}

function useAt(): number | undefined {
  const at = Number(new URLSearchParams(useSearch()).get("at"));
  return Number.isSafeInteger(at) && at > 0 ? at : undefined;
}

function Conversation({ conversation }: { conversation: string }) {
  const model = useConversationModel(conversation);
  const at = useAt();
  const timeline = useTimelineModel(model, conversation, at);
  const composer = useComposerModel(model, { conversation });
  useReadyToWrite(composer, at === undefined);
  const snapshot = useSyncExternalStore(model.subscribe, model.snapshot);
  const lines = useSyncExternalStore(timeline.subscribe, timeline.snapshot);
  const [isFinding, setIsFinding] = useState(false);
  const [, navigate] = useLocation();
  const language = useLanguage();
  const header = useHeaderActions({ model, snapshot, find: () => setIsFinding(true) });
  const row = useRowActions({
    composer,
    showQuoted: (message: TimelineMessage) => {
      if (message.reply_to) void timeline.jumpTo(message.reply_to);
    },
  });
  const context = useContextOfRows(snapshot, row.actions);
  const timelineActions: TimelineActions = useMemo(
    () => ({
      loadOlder: () => void timeline.loadOlder(),
      loadNewer: () => void timeline.loadNewer(),
      jumpToNewest: () => void timeline.jumpToNewest(),
      see: (seen) => timeline.see(seen),
      reload: () => void timeline.open(model.snapshot().summary),
    }),
    [timeline, model],
  );
  const { summary } = snapshot;
  if (summary === undefined) return snapshot.isLoaded ? <Unknown /> : <div className={css("conversation")} />;
  const title = titleOf(summary, language);
  return (
    <RowContextProvider value={context}>
      <section className={css("conversation")} aria-label={title}>
        <ConversationHeader
          snapshot={snapshot}
          summary={summary}
          onBack={() => navigate("/")}
          onAction={header.perform}
        />
        {isFinding && (
          <FindBar
            conversation={conversation}
            onShow={(message) => void timeline.jumpTo(message, { seq: message.seq, takesFocus: false })}
            onClose={() => setIsFinding(false)}
          />
        )}
        <TimelineView
          snapshot={lines}
          actions={timelineActions}
          title={title}
          startWords={startWordsOf(summary, language)}
          onLeave={() => composer.focus()}
        />
        <ComposerArea
          model={model}
          snapshot={snapshot}
          summary={summary}
          composer={composer}
          editLast={() => {
            const last = timeline.lastOwnText();
            if (last !== undefined) composer.edit(last);
          }}
          onSent={() => {
            timeline.forgetUnreadMark();
            void timeline.jumpToNewest();
          }}
        />
      </section>
      <HeaderDialogs
        dialog={header.dialog}
        summary={summary}
        model={model}
        onClose={header.closeDialog}
        onDate={(time) => void timeline.openAtDate(time)}
      />
      <MessageDialogs
        open={row.dialog}
        onClose={row.closeDialog}
        onReact={row.actions.react}
        onFailed={row.fail}
        readMembers={model.readMembers}
      />
    </RowContextProvider>
  );
}

function startWordsOf(summary: ConversationSummary, language: Language): string {
  const t = timelineText[language];
  if (summary.kind === "self") return t.beginningOfNotes;
  const title = titleOf(summary, language);
  return summary.kind === "direct" ? t.beginning(title) : t.beginningOfGroup(title);
}

function Unknown() {
  const t = useText(conversationText);
  const [, navigate] = useLocation();
  return (
    <EmptyState
      icon="conversation"
      title={t.unknown}
      text={t.unknownText}
      action={<Button onPress={() => navigate("/")}>{t.toList}</Button>}
    />
  );
}
