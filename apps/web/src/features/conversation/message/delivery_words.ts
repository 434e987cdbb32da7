import { defineText } from "../../../design/text";
import type { TimelineMessage } from "../engine_types";

/** How an own message stands, as far as a mark can tell. */
export type DeliveryMark = "scheduled" | "pending" | "sent" | "delivered" | "read" | "failed";

export const deliveryText = defineText({
  en: {
    scheduled: "Scheduled",
    pending: "Waiting to be sent",
    sent: "Sent",
    delivered: "Delivered",
    read: "Read",
    failed: "Not sent",
    help: {
      scheduled: "This device sends it at that time; it has to be on then.",
      pending: "It is kept on this device and sent as soon as there is a connection.",
      sent: "The server has it. No device of the other side has opened it yet.",
      delivered: "A device of the other side has opened it.",
      read: "The other side has read it.",
      failed: "It is kept here. You can try again or delete it.",
    },
    groupHelp: {
      sent: "The server has it. Not every member has opened it yet.",
      delivered: "Every member has opened it.",
      read: "Every member has read it.",
    },
  },
  de: {
    scheduled: "Geplant",
    pending: "Wartet auf das Senden",
    sent: "Gesendet",
    delivered: "Zugestellt",
    read: "Gelesen",
    failed: "Nicht gesendet",
    help: {
      scheduled: "Dieses Gerät sendet sie zu dieser Zeit; es muss dann eingeschaltet sein.",
      pending: "Sie liegt auf diesem Gerät und wird gesendet, sobald es eine Verbindung gibt.",
      sent: "Der Server hat sie. Noch hat kein Gerät der anderen Seite sie geöffnet.",
      delivered: "Ein Gerät der anderen Seite hat sie geöffnet.",
      read: "Die andere Seite hat sie gelesen.",
      failed: "Sie liegt noch hier. Du kannst es noch einmal versuchen oder sie löschen.",
    },
    groupHelp: {
      sent: "Der Server hat sie. Noch haben nicht alle Mitglieder sie geöffnet.",
      delivered: "Alle Mitglieder haben sie geöffnet.",
      read: "Alle Mitglieder haben sie gelesen.",
    },
  },
});

/** Undefined for messages of others, and for own lines that say nothing about delivery. */
export function deliveryMarkOf(message: TimelineMessage): DeliveryMark | undefined {
  if (!message.own || message.kind === "deleted") return undefined;
  switch (message.state) {
    case "pending":
      return message.not_before > 0 ? "scheduled" : "pending";
    case "sent":
    case "delivered":
    case "read":
    case "failed":
      return message.state;
    default:
      return undefined;
  }
}

/** What a mark means; in groups it stands for all members together. */
export function deliveryHelp(mark: DeliveryMark, isGroup: boolean, text: (typeof deliveryText)["en"]): string {
  const help: Record<string, string> = isGroup ? { ...text.help, ...text.groupHelp } : text.help;
  return help[mark] ?? "";
}

/** How far each of the others is with a message of a group. */
export interface ReadBy {
  readonly read: readonly string[];
  readonly delivered: readonly string[];
  readonly waiting: readonly string[];
}

interface Marks {
  readonly account: string;
  readonly name: string;
  readonly delivered: number;
  readonly read: number;
}

export function readBy(seq: number, members: readonly Marks[], self: string): ReadBy {
  const others = members.filter((member) => member.account !== self);
  const names = (marks: readonly Marks[]) => marks.map((member) => member.name);
  return {
    read: names(others.filter((member) => member.read >= seq)),
    delivered: names(others.filter((member) => member.read < seq && member.delivered >= seq)),
    waiting: names(others.filter((member) => member.read < seq && member.delivered < seq)),
  };
}
