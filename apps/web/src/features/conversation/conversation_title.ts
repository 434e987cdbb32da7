import type { Language } from "../../design/text";
import { conversationText } from "./conversation_text";
import type { ConversationSummary } from "./engine_types";

/** What a conversation is called. */
export function titleOf(summary: ConversationSummary, language: Language): string {
  const t = conversationText[language];
  if (summary.kind === "self") return t.notes;
  if (summary.kind === "direct") return summary.peer_name || t.unnamedPerson;
  return summary.title || t.unnamedGroup;
}
