import type { Events } from "@sotto/client";
import { defineText, plural } from "../../design/text";

export type SecurityNoticeKind = Events["security_notice"]["kind"];

type NoticeTexts = Readonly<Record<SecurityNoticeKind, (who: string) => string>>;

/** What happened and what it means; `who` is a name, or words for an account whose name is not known. */
const noticesEn: NoticeTexts = {
  none: () => "",
  device_list_unsigned: (who) =>
    `The server showed a list of devices that ${who} did not sign. It was refused, and nothing is encrypted for it.`,
  device_list_older: (who) => `The server showed an outdated list of the devices of ${who}. It was refused.`,
  device_list_forked: (who) =>
    `The server showed a list of the devices of ${who} that contradicts the one known here. It was refused.`,
  device_list_malformed: (who) => `The server showed an impossible list of the devices of ${who}. It was refused.`,
  device_unlisted: (who) =>
    `A message in the name of ${who} came from a device that ${who} does not vouch for. It was refused.`,
  wrong_account: () => "The server answered with another account than the one asked for. The answer was refused.",
  prekey_not_authentic: (who) =>
    `The server handed out encryption keys that the device of ${who} did not sign. Nothing is sent with them.`,
  replayed: (who) => `The server delivered a message of ${who} a second time. The repeat was refused.`,
  reordered: (who) => `The server delivered a message of ${who} after one that was sent later. It was refused.`,
  spliced: (who) => `The server delivered a message of ${who} in a place it was not written for. It was refused.`,
  altered: (who) => `A message of ${who} was altered on the way. It was refused.`,
  messages_missing: (who) => `The server held back messages of ${who}.`,
  log_truncated: () =>
    "The server shows less of this conversation than it delivered before: it lost messages, or hides them.",
  log_out_of_order: () => "The server showed a conversation with gaps or in the wrong order. It is being asked again.",
  wrong_conversation: () => "The server showed a conversation that is not what it claims to be. It was refused.",
  malformed_frame: () => "The server sent something that is not part of the protocol. The connection is opened anew.",
  not_in_log: (who) =>
    `The server uses a list of the devices of ${who} that its public log does not hold. Compare safety numbers with ${who}.`,
  log_forked: () =>
    "The server's public log of device lists was changed in hindsight. Do not rely on this server before its operator has explained that.",
  log_rolled_back: () =>
    "The server's public log of device lists lost entries that it had. Perhaps an older copy of its data was put back, or it hides something; ask its operator.",
  log_not_authentic: () => "The server's public log of device lists is not signed as it was before. Ask its operator.",
  log_split_view: () =>
    "The server showed two people different logs of device lists. Do not rely on it, and compare safety numbers.",
  unexpected_own_entry: () =>
    "The server's public log holds a list of your devices that your devices did not make. Compare safety numbers with the people you write to.",
  backup_altered: () =>
    "The server showed a part of your backup that was changed or belongs elsewhere. It was refused.",
  backup_shortened: () => "The server shows less of your backup than there was before.",
  backup_gone: () =>
    "Your backup is not on the server any more, or another device began a new one. Look at it in the settings, and begin a new one if need be.",
  group_chain_refused: () =>
    "The server showed a change of a group that nobody was allowed to make. It was not taken up.",
  group_forked: (who) =>
    `A message of ${who} was written for other members than you see in this group. It is not shown: you may have been shown different groups.`,
  sealed_for_old_membership: (who) =>
    `A message of ${who} was written before the members of the group changed, and delivered after.`,
  member_identity_differs: (who) =>
    `The identity of ${who} is another one than the group knows. Nothing is encrypted for it until an administrator removes and adds it again.`,
  group_members_differ: () =>
    "The server names other members of a group than the group's own history has. Nothing is encrypted for them, and nothing is sent to the group meanwhile.",
};

const noticesDe: NoticeTexts = {
  none: () => "",
  device_list_unsigned: (who) =>
    `Der Server zeigte eine Geräteliste, die ${who} nicht unterschrieben hat. Sie wurde abgelehnt, und nichts wird für sie verschlüsselt.`,
  device_list_older: (who) => `Der Server zeigte eine veraltete Geräteliste von ${who}. Sie wurde abgelehnt.`,
  device_list_forked: (who) =>
    `Der Server zeigte eine Geräteliste von ${who}, die der hier bekannten widerspricht. Sie wurde abgelehnt.`,
  device_list_malformed: (who) => `Der Server zeigte eine unmögliche Geräteliste von ${who}. Sie wurde abgelehnt.`,
  device_unlisted: (who) =>
    `Eine Nachricht im Namen von ${who} kam von einem Gerät, für das ${who} nicht bürgt. Sie wurde abgelehnt.`,
  wrong_account: () => "Der Server antwortete mit einem anderen Konto als dem gefragten. Die Antwort wurde abgelehnt.",
  prekey_not_authentic: (who) =>
    `Der Server gab Verschlüsselungsschlüssel aus, die das Gerät von ${who} nicht unterschrieben hat. Damit wird nichts gesendet.`,
  replayed: (who) => `Der Server lieferte eine Nachricht von ${who} ein zweites Mal. Die Wiederholung wurde abgelehnt.`,
  reordered: (who) =>
    `Der Server lieferte eine Nachricht von ${who} nach einer, die später gesendet wurde. Sie wurde abgelehnt.`,
  spliced: (who) =>
    `Der Server lieferte eine Nachricht von ${who} an einer Stelle, für die sie nicht geschrieben war. Sie wurde abgelehnt.`,
  altered: (who) => `Eine Nachricht von ${who} wurde unterwegs verändert. Sie wurde abgelehnt.`,
  messages_missing: (who) => `Der Server hielt Nachrichten von ${who} zurück.`,
  log_truncated: () =>
    "Der Server zeigt weniger von dieser Unterhaltung, als er schon geliefert hat: Er hat Nachrichten verloren oder verbirgt sie.",
  log_out_of_order: () =>
    "Der Server zeigte eine Unterhaltung mit Lücken oder in falscher Reihenfolge. Er wird noch einmal gefragt.",
  wrong_conversation: () =>
    "Der Server zeigte eine Unterhaltung, die nicht das ist, was sie vorgibt. Sie wurde abgelehnt.",
  malformed_frame: () =>
    "Der Server schickte etwas, das nicht zum Protokoll gehört. Die Verbindung wird neu aufgebaut.",
  not_in_log: (who) =>
    `Der Server benutzt eine Geräteliste von ${who}, die in seinem öffentlichen Protokoll nicht steht. Vergleiche die Sicherheitsnummer mit ${who}.`,
  log_forked: () =>
    "Das öffentliche Protokoll der Gerätelisten wurde nachträglich geändert. Verlass dich nicht auf diesen Server, bevor sein Betreiber das erklärt hat.",
  log_rolled_back: () =>
    "Das öffentliche Protokoll der Gerätelisten hat Einträge verloren. Vielleicht wurde ein älterer Datenstand eingespielt, oder der Server verbirgt etwas; frag den Betreiber.",
  log_not_authentic: () =>
    "Das öffentliche Protokoll der Gerätelisten ist nicht mehr unterschrieben wie zuvor. Frag den Betreiber.",
  log_split_view: () =>
    "Der Server zeigte zwei Menschen verschiedene Protokolle der Gerätelisten. Verlass dich nicht auf ihn, und vergleiche Sicherheitsnummern.",
  unexpected_own_entry: () =>
    "Das öffentliche Protokoll des Servers enthält eine Liste deiner Geräte, die deine Geräte nicht gemacht haben. Vergleiche Sicherheitsnummern mit den Menschen, denen du schreibst.",
  backup_altered: () =>
    "Der Server zeigte einen Teil deiner Sicherung, der verändert wurde oder woanders hingehört. Er wurde abgelehnt.",
  backup_shortened: () => "Der Server zeigt weniger von deiner Sicherung, als schon da war.",
  backup_gone: () =>
    "Deine Sicherung ist nicht mehr auf dem Server, oder ein anderes Gerät hat eine neue begonnen. Sieh in den Einstellungen nach, und beginne notfalls eine neue.",
  group_chain_refused: () =>
    "Der Server zeigte eine Änderung einer Gruppe, die niemand machen durfte. Sie wurde nicht übernommen.",
  group_forked: (who) =>
    `Eine Nachricht von ${who} war für andere Mitglieder geschrieben, als du in dieser Gruppe siehst. Sie wird nicht gezeigt: Vielleicht wurden euch verschiedene Gruppen gezeigt.`,
  sealed_for_old_membership: (who) =>
    `Eine Nachricht von ${who} wurde geschrieben, bevor sich die Mitglieder der Gruppe änderten, und danach geliefert.`,
  member_identity_differs: (who) =>
    `Die Identität von ${who} ist eine andere, als die Gruppe kennt. Nichts wird für sie verschlüsselt, bis ein Administrator das Mitglied entfernt und neu hinzufügt.`,
  group_members_differ: () =>
    "Der Server nennt andere Mitglieder einer Gruppe als ihr eigener Verlauf. Nichts wird für sie verschlüsselt, und so lange wird nichts an die Gruppe gesendet.",
};

export const noticeTexts = { en: noticesEn, de: noticesDe } as const;

export const securityText = defineText({
  en: {
    region: "Security notices",
    somebody: "an account you know",
    refused: "The server did something that an honest one does not do",
    times: (count: number) => plural("en", count, { one: "once", other: `${count} times` }),
    dismiss: "Dismiss",
    open: "Open the conversation",
    verify: "Verify",
    addedTitle: (count: number) =>
      plural("en", count, {
        one: "A device was added to your account",
        other: `${count} devices were added to your account`,
      }),
    addedText: "If that was not you, remove it now: it then gets no more messages.",
    removedTitle: (count: number) =>
      plural("en", count, {
        one: "A device was taken off your account",
        other: `${count} devices were taken off your account`,
      }),
    removedText: "It gets no more messages.",
    seeDevices: "See your devices",
    thatWasMe: "That was me",
    changedTitle: (name: string) => `The identity of ${name} has changed`,
    changedMild: "Perhaps the account was made anew. Verify to be sure.",
    changedVerified: "You had verified it. Nothing is sent until you verify again or withdraw the verification.",
    restoredIdentity: "The server shows the identity again that you verified.",
    more: (count: number) => plural("en", count, { one: "1 more notice", other: `${count} more notices` }),
  },
  de: {
    region: "Sicherheitshinweise",
    somebody: "einem Konto, das du kennst",
    refused: "Der Server tat etwas, das ein ehrlicher nicht tut",
    times: (count: number) => plural("de", count, { one: "einmal", other: `${count}-mal` }),
    dismiss: "Ausblenden",
    open: "Unterhaltung öffnen",
    verify: "Verifizieren",
    addedTitle: (count: number) =>
      plural("de", count, {
        one: "Deinem Konto wurde ein Gerät hinzugefügt",
        other: `Deinem Konto wurden ${count} Geräte hinzugefügt`,
      }),
    addedText: "Wenn du das nicht warst, entferne es jetzt: Dann bekommt es keine Nachrichten mehr.",
    removedTitle: (count: number) =>
      plural("de", count, {
        one: "Ein Gerät wurde von deinem Konto entfernt",
        other: `${count} Geräte wurden von deinem Konto entfernt`,
      }),
    removedText: "Es bekommt keine Nachrichten mehr.",
    seeDevices: "Deine Geräte ansehen",
    thatWasMe: "Das war ich",
    changedTitle: (name: string) => `Die Identität von ${name} hat sich geändert`,
    changedMild: "Vielleicht wurde das Konto neu angelegt. Verifiziere, um sicher zu sein.",
    changedVerified:
      "Du hattest sie verifiziert. Nichts wird gesendet, bis du neu verifizierst oder die Verifizierung zurücknimmst.",
    restoredIdentity: "Der Server zeigt wieder die Identität, die du verifiziert hast.",
    more: (count: number) => plural("de", count, { one: "1 weiterer Hinweis", other: `${count} weitere Hinweise` }),
  },
});
