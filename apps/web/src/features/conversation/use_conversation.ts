import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useClient } from "../../engine/client_context";
import { useSession } from "../../engine/session";
import { useConversationsStore } from "../conversation_list/conversations_store";
import { ComposerModel } from "./composer/composer_model";
import { ConversationModel, type Person } from "./conversation_model";
import type { MessageReference } from "./engine_types";
import { TimelineModel } from "./timeline/timeline_model";

/** The own account, the same object as long as it is the same. */
export function useSelf(): Person {
  const { account, name } = useSession();
  return useMemo(() => ({ account, name }), [account, name]);
}

/** What is known of a conversation beside its messages. */
export function useConversationModel(conversation: string): ConversationModel {
  const client = useClient();
  const summaries = useConversationsStore();
  const self = useSelf();
  return useMemo(
    () => new ConversationModel(client, { conversation, self, summaries }),
    [client, conversation, self, summaries],
  );
}

/** Opens a conversation: at a line if one is named, else at the first unread one or the newest. */
export function useTimelineModel(
  model: ConversationModel,
  conversation: string,
  at: number | undefined,
): TimelineModel {
  const client = useClient();
  const summaries = useConversationsStore();
  const timeline = useMemo(
    () =>
      new TimelineModel(client, {
        conversation,
        markRead: (where, seq) => summaries.markRead(where, seq),
      }),
    [client, conversation, summaries],
  );
  const opened = useRef<TimelineModel>(undefined);
  useEffect(() => {
    const isFirst = opened.current !== timeline;
    opened.current = timeline;
    if (isFirst && at === undefined) {
      const known = summaries.find(conversation);
      // What the list knows suffices to open; a group's members may come later.
      void (known ? timeline.open(known) : model.load().then((summary) => timeline.open(summary)));
    }
    // The address may lose its line, as when a thread opens beside: what is on screen stays then.
    if (at !== undefined) void timeline.openAt(at);
  }, [model, timeline, at, summaries, conversation]);
  useEffect(() => {
    void model.load();
  }, [model]);
  useAttention(timeline);
  return timeline;
}

/** Whether somebody looks at the page, told to what decides on reading. */
function useAttention(timeline: TimelineModel): void {
  useEffect(() => {
    const tell = () =>
      timeline.attend({ isVisible: document.visibilityState === "visible", isFocused: document.hasFocus() });
    tell();
    const ending = new AbortController();
    const options = { signal: ending.signal };
    document.addEventListener("visibilitychange", tell, options);
    window.addEventListener("focus", tell, options);
    window.addEventListener("blur", tell, options);
    return () => ending.abort();
  }, [timeline]);
}

export interface ComposerPlace {
  readonly conversation: string;
  readonly thread?: MessageReference | undefined;
}

/** Where there is a keyboard, it is ready to write as soon as a conversation opens. */
export function useReadyToWrite(composer: ComposerModel, isWanted: boolean): void {
  useEffect(() => {
    if (isWanted && matchMedia("(hover: hover) and (pointer: fine)").matches) composer.focus();
  }, [composer, isWanted]);
}

export function useComposerModel(model: ConversationModel, { conversation, thread }: ComposerPlace): ComposerModel {
  const client = useClient();
  const composer = useMemo(
    () =>
      new ComposerModel(client, {
        conversation,
        members: () => model.snapshot().people,
        ...(thread === undefined ? {} : { thread }),
      }),
    [client, conversation, model, thread],
  );
  const { summary } = useSyncExternalStore(model.subscribe, model.snapshot);
  const draft = summary?.draft;
  useEffect(() => {
    if (draft !== undefined && thread === undefined) composer.takeDraft(draft);
  }, [composer, draft, thread]);
  useEffect(() => {
    const leave = () => composer.leave();
    // A page that is closed or put aside may never come back.
    document.addEventListener("visibilitychange", leave);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      leave();
    };
  }, [composer]);
  return composer;
}
