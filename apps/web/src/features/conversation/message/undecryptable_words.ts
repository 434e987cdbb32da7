import { defineText } from "../../../design/text";
import type { TimelineMessage, UndecryptableCause } from "../engine_types";

/** The two states of a line that cannot be shown, and why it is in one of them. */
export const undecryptableText = defineText({
  en: {
    waiting: "Waiting for this message",
    no_access: "You don't have access to this message",
    waitingHelp: "This repairs itself. Nothing is to be done.",
    why: {
      none: "",
      no_session: "The two devices had lost their common keys and have agreed on new ones.",
      key_used_up:
        "What opens it was used before, because the server repeated it or a device was put back to an older state.",
      tampered: "It was altered on the way and was refused.",
      not_for_this_device: "It was sent before this device was added.",
      sender_unknown: "It names a sending device that its account does not vouch for, and was refused.",
      wrong_place: "It was written for another place and was refused.",
      repeated: "The server delivered it a second time; the repeat was refused.",
      reordered: "The server delivered it after a later one of the same sender; it was refused.",
      unsupported: "It needs a newer version of Sotto.",
      sent_before_restore: "You sent it from this device before its data were put back to an older state.",
      removed: "It was removed before this device read it.",
      sender_key_missing: "The device that sent it has still to share what opens it.",
      forked: "Who sent it saw other members in the group than this device.",
      unanswered: "The device that sent it did not answer when it was asked again.",
      history_key_missing: "It was written before you came; who let you in has still to share what opens it.",
      not_shared: "It was written before you came, and was not shared with you.",
    } satisfies Record<UndecryptableCause, string>,
  },
  de: {
    waiting: "Diese Nachricht wird noch erwartet",
    no_access: "Du hast keinen Zugriff auf diese Nachricht",
    waitingHelp: "Das behebt sich von selbst. Du musst nichts tun.",
    why: {
      none: "",
      no_session: "Die beiden Geräte hatten ihre gemeinsamen Schlüssel verloren und neue vereinbart.",
      key_used_up:
        "Was sie öffnet, wurde schon verwendet: Der Server hat sie wiederholt, oder ein Gerät wurde zurückgesetzt.",
      tampered: "Sie wurde unterwegs verändert und deshalb abgewiesen.",
      not_for_this_device: "Sie wurde gesendet, bevor dieses Gerät hinzukam.",
      sender_unknown: "Sie nennt ein Gerät, für das sich dessen Konto nicht verbürgt, und wurde abgewiesen.",
      wrong_place: "Sie war für einen anderen Ort bestimmt und wurde abgewiesen.",
      repeated: "Der Server hat sie ein zweites Mal zugestellt; die Wiederholung wurde abgewiesen.",
      reordered: "Der Server hat sie nach einer späteren desselben Absenders zugestellt; sie wurde abgewiesen.",
      unsupported: "Sie braucht eine neuere Version von Sotto.",
      sent_before_restore: "Du hast sie von diesem Gerät gesendet, bevor seine Daten zurückgesetzt wurden.",
      removed: "Sie wurde entfernt, bevor dieses Gerät sie gelesen hat.",
      sender_key_missing: "Das Gerät, das sie gesendet hat, muss noch mitteilen, was sie öffnet.",
      forked: "Wer sie gesendet hat, sah andere Mitglieder in der Gruppe als dieses Gerät.",
      unanswered: "Das Gerät, das sie gesendet hat, hat auf die erneute Bitte nicht geantwortet.",
      history_key_missing: "Sie entstand vor deinem Beitritt; wer dich aufgenommen hat, muss sie noch freigeben.",
      not_shared: "Sie entstand vor deinem Beitritt und wurde nicht mit dir geteilt.",
    },
  },
});

export interface UndecryptableWords {
  readonly title: string;
  readonly why: string;
  /** It may still come; the words are calm then, and say that nothing is to be done. */
  readonly isWaiting: boolean;
}

export function undecryptableWords(
  message: Pick<TimelineMessage, "cause" | "readability">,
  text: (typeof undecryptableText)["en"],
): UndecryptableWords {
  const isWaiting = message.readability === "waiting";
  return { title: isWaiting ? text.waiting : text.no_access, why: text.why[message.cause], isWaiting };
}
