import { defineText, plural } from "../../../design/text";

export const timelineText = defineText({
  en: {
    messagesWith: (name: string) => `Messages with ${name}`,
    unread: "New messages",
    loadingOlder: "Loading earlier messages",
    beginning: (name: string) => `This is where your conversation with ${name} begins.`,
    beginningOfGroup: (name: string) => `This is where ${name} begins.`,
    beginningOfNotes: "Your notes. Only your own devices can read them.",
    encrypted: "Everything here is end-to-end encrypted.",
    toNewest: "Jump to the newest message",
    toNewestWithCount: (count: number) =>
      plural("en", count, { one: "Jump to one new message", other: `Jump to ${count} new messages` }),
    said: (name: string, text: string) => `${name}: ${text}`,
    failed: "These messages could not be read.",
    again: "Try again",
    typingOne: (name: string) => `${name} is typing`,
    typingTwo: (first: string, second: string) => `${first} and ${second} are typing`,
    typingMany: "Several people are typing",
    noMessages: "No messages yet",
  },
  de: {
    messagesWith: (name: string) => `Nachrichten mit ${name}`,
    unread: "Neue Nachrichten",
    loadingOlder: "Frühere Nachrichten werden geladen",
    beginning: (name: string) => `Hier beginnt deine Unterhaltung mit ${name}.`,
    beginningOfGroup: (name: string) => `Hier beginnt ${name}.`,
    beginningOfNotes: "Deine Notizen. Nur deine eigenen Geräte können sie lesen.",
    encrypted: "Alles hier ist Ende-zu-Ende-verschlüsselt.",
    toNewest: "Zur neuesten Nachricht springen",
    toNewestWithCount: (count: number) =>
      plural("de", count, {
        one: "Zu einer neuen Nachricht springen",
        other: `Zu ${count} neuen Nachrichten springen`,
      }),
    said: (name: string, text: string) => `${name}: ${text}`,
    failed: "Diese Nachrichten ließen sich nicht lesen.",
    again: "Erneut versuchen",
    typingOne: (name: string) => `${name} schreibt`,
    typingTwo: (first: string, second: string) => `${first} und ${second} schreiben`,
    typingMany: "Mehrere schreiben",
    noMessages: "Noch keine Nachrichten",
  },
});
