import { formatTime } from "../../../design/format";
import type { Language } from "../../../design/text";
import type { TimelineMessage } from "../engine_types";
import { deliveryMarkOf, deliveryText } from "./delivery_words";
import { messageText } from "./message_text_catalogue";
import { undecryptableText, undecryptableWords } from "./undecryptable_words";

/** What a screen reader says of a message: who and what first, when and how it stands last. */
export function spokenWords(message: TimelineMessage, language: Language): string {
  const t = messageText[language];
  const mark = deliveryMarkOf(message);
  const said =
    message.kind === "deleted"
      ? t.deleted
      : message.cause !== "none"
        ? undecryptableWords(message, undecryptableText[language]).title
        : message.text || t.unsupported;
  const author = message.own ? t.you : message.sender_name || t.somebody;
  const parts = [
    said,
    message.edits > 0 && t.edited,
    formatTime(language, message.sent_at),
    mark && deliveryText[language][mark],
  ];
  return `${author}: ${parts.filter(Boolean).join(", ")}`;
}
