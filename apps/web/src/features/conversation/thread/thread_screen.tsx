import { useEffect, useId, useMemo, useRef, useSyncExternalStore } from "react";
import { useLocation, useParams } from "wouter";
import { IconButton } from "../../../design/button";
import { classesOf } from "../../../design/class_names";
import { EmptyState } from "../../../design/empty_state";
import { useText } from "../../../design/text";
import { useClient } from "../../../engine/client_context";
import { ComposerArea } from "../composer/composer_area";
import { conversationText } from "../conversation_text";
import { MessageDialogs } from "../dialogs/message_dialogs";
import { type MessageReference, readReference } from "../engine_types";
import { MessageRow } from "../message/message_row";
import { RowContextProvider } from "../message/row_context";
import { useComposerModel, useConversationModel } from "../use_conversation";
import { useContextOfRows, useRowActions } from "../use_row_actions";
import styles from "./thread.module.css";
import { ThreadModel } from "./thread_model";

const css = classesOf(styles);

/** A thread beside its conversation: the message that began it, the answers, and where to write one. */
export function ThreadScreen() {
  const { conversation = "", message = "" } = useParams();
  const root = useMemo(() => readReference(message), [message]);
  const [, navigate] = useLocation();
  const t = useText(conversationText);
  const id = useId();
  const close = () => navigate(`/c/${conversation}`);
  return (
    <section className={css("pane")} aria-labelledby={id}>
      <header className={css("head")}>
        <h1 id={id} className={css("title")} tabIndex={-1}>
          {t.thread}
        </h1>
        <IconButton icon="close" label={t.close} onPress={close} />
      </header>
      {root === undefined ? (
        <EmptyState icon="thread" title={t.threadGone} />
      ) : (
        <Thread key={message} conversation={conversation} root={root} />
      )}
    </section>
  );
}

function Thread({ conversation, root }: { conversation: string; root: MessageReference }) {
  const client = useClient();
  const t = useText(conversationText);
  const model = useConversationModel(conversation);
  const thread = useMemo(() => new ThreadModel(client, { conversation, root }), [client, conversation, root]);
  const composer = useComposerModel(model, { conversation, thread: root });
  const snapshot = useSyncExternalStore(model.subscribe, model.snapshot);
  const lines = useSyncExternalStore(thread.subscribe, thread.snapshot);
  const [, navigate] = useLocation();
  const end = useRef<HTMLDivElement>(null);
  const row = useRowActions({
    composer,
    showQuoted: (message) => {
      const quoted = lines.rows.find((one) => one.message.message === message.reply_to?.message);
      navigate(`/c/${conversation}${quoted ? `?at=${quoted.message.seq}` : ""}`);
    },
  });
  const context = useContextOfRows(snapshot, row.actions, true);
  useEffect(() => {
    void model.load();
    void thread.load();
  }, [model, thread]);
  const count = lines.rows.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is to be seen
  useEffect(() => {
    void end.current?.scrollIntoView({ block: "end" });
  }, [count]);
  if (lines.state === "failed") return <EmptyState icon="thread" title={t.threadGone} />;
  return (
    <RowContextProvider value={context}>
      <div className={css("thread")}>
        <div className={css("lines")} role="feed" aria-label={t.thread} aria-busy={lines.state === "loading"}>
          {lines.rows.map((one) => (
            <MessageRow key={one.key} row={one} isActive isHighlighted={false} />
          ))}
          {lines.isCut && <p className={css("note")}>{t.threadFull}</p>}
          <div ref={end} />
        </div>
        {snapshot.summary && (
          <ComposerArea
            model={model}
            snapshot={snapshot}
            summary={snapshot.summary}
            composer={composer}
            editLast={() => {
              const last = thread.lastOwnText();
              if (last !== undefined) composer.edit(last);
            }}
            onSent={() => undefined}
            isThread
          />
        )}
      </div>
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
