import { formatDuration } from "../../../design/format";
import { defineText, type Language } from "../../../design/text";
import { groupEventWords } from "../../groups/group_event_words";
import type { TimelineMessage } from "../engine_types";

export const systemText = defineText({
  en: {
    ownTimer: (time: string) => `You set messages to disappear after ${time}.`,
    timer: (name: string, time: string) => `${name} set messages to disappear after ${time}.`,
    ownTimerOff: "You turned disappearing messages off.",
    timerOff: (name: string) => `${name} turned disappearing messages off.`,
    ownName: (title: string) => `You named the group “${title}”.`,
    name: (name: string, title: string) => `${name} named the group “${title}”.`,
    ownSubject: (subject: string) => `You said what this is about: ${subject}.`,
    subject: (name: string, subject: string) => `${name} said what this is about: ${subject}.`,
    ownNoSubject: "You took the subject away.",
    noSubject: (name: string) => `${name} took the subject away.`,
    somebody: "Somebody",
  },
  de: {
    ownTimer: (time: string) => `Du lässt Nachrichten nach ${time} verschwinden.`,
    timer: (name: string, time: string) => `${name} lässt Nachrichten nach ${time} verschwinden.`,
    ownTimerOff: "Du hast verschwindende Nachrichten ausgeschaltet.",
    timerOff: (name: string) => `${name} hat verschwindende Nachrichten ausgeschaltet.`,
    ownName: (title: string) => `Du hast die Gruppe „${title}“ genannt.`,
    name: (name: string, title: string) => `${name} hat die Gruppe „${title}“ genannt.`,
    ownSubject: (subject: string) => `Du hast gesagt, worum es geht: ${subject}.`,
    subject: (name: string, subject: string) => `${name} hat gesagt, worum es geht: ${subject}.`,
    ownNoSubject: "Du hast den Betreff entfernt.",
    noSubject: (name: string) => `${name} hat den Betreff entfernt.`,
    somebody: "Jemand",
  },
});

/** A line that tells of something and is nobody's message, in words. `self` is the reader's account name. */
export function noticeWords(message: TimelineMessage, language: Language, self: string): string {
  const t = systemText[language];
  const name = message.sender_name || t.somebody;
  switch (message.kind) {
    case "timer_change": {
      if (message.timer_ms === 0) return message.own ? t.ownTimerOff : t.timerOff(name);
      const time = formatDuration(language, message.timer_ms);
      return message.own ? t.ownTimer(time) : t.timer(name, time);
    }
    case "group_profile":
      return message.own ? t.ownName(message.text) : t.name(name, message.text);
    case "direct_profile":
      if (message.text === "") return message.own ? t.ownNoSubject : t.noSubject(name);
      return message.own ? t.ownSubject(message.text) : t.subject(name, message.text);
    default:
      return groupEventWords(message, language, self);
  }
}
