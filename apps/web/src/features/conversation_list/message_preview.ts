import { formatDuration } from "../../design/format";
import type { Language } from "../../design/text";
import { groupEventWords } from "../groups/group_event_words";
import type { conversationListText } from "./conversation_list_text";
import type { Conversation, TimelineMessage } from "./conversations_store";

import { plainLine } from "./plain_line";
import type { Typist } from "./typing_store";

/** The second line of a row. */
export interface Preview {
  readonly kind: "message" | "notice" | "draft" | "typing";
  /** Whoever wrote it, where that is not plain from the conversation; or that it is a draft. */
  readonly prefix: string;
  readonly text: string;
  /** How far an own message has come; absent for all else. */
  readonly mark?: "pending" | "sent" | "delivered" | "read" | "failed";
}

export type ListText = (typeof conversationListText)["en"];

export interface PreviewContext {
  readonly t: ListText;
  readonly language: Language;
  /** The reader's account name. */
  readonly own: string;
}

function isGroup(conversation: Conversation): boolean {
  return conversation.kind === "group" || conversation.kind === "channel";
}

function notice(text: string): Preview {
  return { kind: "notice", prefix: "", text };
}

function typingPreview(conversation: Conversation, typists: readonly Typist[], t: ListText): Preview {
  const [first, second] = typists;
  const alone = isGroup(conversation) ? t.typingOne(first?.name ?? "") : t.typingAlone;
  return { kind: "typing", prefix: "", text: second === undefined ? alone : t.typingMany };
}

/** What is told rather than written; nothing for what somebody wrote. */
function noticeWords(message: TimelineMessage, { t, language, own }: PreviewContext): string | undefined {
  if (message.kind === "deleted") return message.own ? t.deletedOwn : t.deleted;
  if (message.readability === "waiting") return t.waiting;
  if (message.readability === "no_access") return t.noAccess;
  switch (message.kind) {
    case "unsupported":
      return t.unsupported;
    case "group_event":
      return groupEventWords(message, language, own);
    case "direct_profile":
      return message.text === "" ? t.noSubject : t.subject(message.text);
    case "group_profile":
      return t.named(message.text);
    case "timer_change": {
      if (message.timer_ms === 0) return message.own ? t.timerOffOwn : t.timerOff(message.sender_name);
      const time = formatDuration(language, message.timer_ms);
      return message.own ? t.timerOwn(time) : t.timer(message.sender_name, time);
    }
    default:
      return undefined;
  }
}

function markOf(message: TimelineMessage): Preview["mark"] {
  const { state } = message;
  return message.own && state !== "received" && state !== "undecryptable" ? state : undefined;
}

/** A message in one line of words, with its author where the conversation does not tell it. */
export function messagePreview(message: TimelineMessage, inGroup: boolean, context: PreviewContext): Preview {
  const words = noticeWords(message, context);
  if (words !== undefined) return notice(words);
  const mark = markOf(message);
  const prefix = message.own ? context.t.you : inGroup ? message.sender_name : "";
  const preview: Preview = { kind: "message", prefix, text: plainLine(message.text) };
  return mark === undefined ? preview : { ...preview, mark };
}

/** What a row says below the name: who types, else the draft, else the last message. */
export function previewOf(conversation: Conversation, typists: readonly Typist[], context: PreviewContext): Preview {
  if (typists.length > 0) return typingPreview(conversation, typists, context.t);
  const draft = plainLine(conversation.draft);
  if (draft !== "") return { kind: "draft", prefix: context.t.draft, text: draft };
  const message = conversation.last_message;
  if (message === undefined) return notice(context.t.nothingYet);
  const preview = messagePreview(message, isGroup(conversation), context);
  // In one's own notes there is nobody else to tell apart.
  return conversation.kind === "self" ? { ...preview, prefix: "" } : preview;
}
