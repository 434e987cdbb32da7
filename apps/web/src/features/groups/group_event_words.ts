import type { Events } from "@sotto/client";
import { formatDuration } from "../../design/format";
import type { Language } from "../../design/text";
import type { Role } from "./permissions";

type Message = Events["message_received"]["message"];
type GroupEvent = NonNullable<Message["group_event"]>;
type Policies = NonNullable<GroupEvent["policies"]>;

/** How an account is named in a sentence: the reader as "you". */
interface Naming {
  readonly own: string;
  readonly language: Language;
}

function subjectOf(name: string, { own, language }: Naming): string {
  if (name === own) return language === "de" ? "Du" : "You";
  return name || (language === "de" ? "Jemand" : "Somebody");
}

function objectOf(name: string, { own, language }: Naming): string {
  if (name === own) return language === "de" ? "dich" : "you";
  return name || (language === "de" ? "jemanden" : "somebody");
}

function listOf({ accounts, more }: GroupEvent, naming: Naming): string {
  const words = accounts.map(({ name }) => objectOf(name, naming));
  if (more > 0) words.push(naming.language === "de" ? `${more} weitere` : `${more} others`);
  return new Intl.ListFormat(naming.language, { type: "conjunction" }).format(words);
}

const rolesInEnglish: Readonly<Record<Role, string>> = {
  owner: "the owner",
  admin: "an administrator",
  member: "a member",
  read_only: "a reader",
};

const rolesInGerman: Readonly<Record<Role, string>> = {
  owner: "die Leitung",
  admin: "Verwaltungsrechte",
  member: "Mitgliedsrechte",
  read_only: "nur Leserechte",
};

function rulesInEnglish(policies: Policies): string {
  const { members_add, members_edit_profile, shares_history, expires_after_ms } = policies;
  return [
    members_add ? "members may add others" : "only administrators add members",
    members_edit_profile ? "members may change name and picture" : "only administrators change name and picture",
    shares_history ? "new members see earlier messages" : "new members see nothing from before",
    expires_after_ms > 0 ? `messages disappear after ${formatDuration("en", expires_after_ms)}` : "messages stay",
  ].join(", ");
}

function rulesInGerman(policies: Policies): string {
  const { members_add, members_edit_profile, shares_history, expires_after_ms } = policies;
  return [
    members_add ? "Mitglieder dürfen andere hinzufügen" : "nur die Verwaltung fügt Mitglieder hinzu",
    members_edit_profile ? "Mitglieder dürfen Namen und Bild ändern" : "nur die Verwaltung ändert Namen und Bild",
    shares_history ? "neue Mitglieder sehen frühere Nachrichten" : "neue Mitglieder sehen nichts von vorher",
    expires_after_ms > 0
      ? `Nachrichten verschwinden (${formatDuration("de", expires_after_ms)} nach dem Senden)`
      : "Nachrichten bleiben",
  ].join(", ");
}

function inEnglish(event: GroupEvent, naming: Naming): string {
  const name = event.accounts[0]?.name ?? "";
  switch (event.change) {
    case "created":
      return "created the group";
    case "left":
      return "left the group";
    case "profile_changed":
      return "changed the group's name, picture or description";
    case "invitation_created":
      return "made an invitation link";
    case "invitation_revoked":
      return "revoked an invitation link";
    case "joined":
      return "joined by invitation link";
    case "closed":
      return "closed the group";
    case "members_added":
      return `added ${listOf(event, naming)}`;
    case "members_removed":
      return `removed ${listOf(event, naming)}`;
    case "role_changed":
      return `made ${objectOf(name, naming)} ${rolesInEnglish[event.role ?? "member"]}`;
    case "policies_changed":
      return event.policies ? `changed the rules: ${rulesInEnglish(event.policies)}` : "changed the rules";
  }
}

function inGerman(event: GroupEvent, naming: Naming): string {
  const isOwn = event.actor.name === naming.own;
  const has = isOwn ? "hast" : "hat";
  const name = event.accounts[0]?.name ?? "";
  const whom = name === naming.own ? "dir" : name || "jemandem";
  switch (event.change) {
    case "created":
      return `${has} die Gruppe erstellt`;
    case "left":
      return `${has} die Gruppe verlassen`;
    case "profile_changed":
      return `${has} Name, Bild oder Beschreibung der Gruppe geändert`;
    case "invitation_created":
      return `${has} einen Einladungslink erstellt`;
    case "invitation_revoked":
      return `${has} einen Einladungslink widerrufen`;
    case "joined":
      return `${isOwn ? "bist" : "ist"} über einen Einladungslink beigetreten`;
    case "closed":
      return `${has} die Gruppe geschlossen`;
    case "members_added":
      return `${has} ${listOf(event, naming)} hinzugefügt`;
    case "members_removed":
      return `${has} ${listOf(event, naming)} entfernt`;
    case "role_changed":
      return `${has} ${whom} ${rolesInGerman[event.role ?? "member"]} gegeben`;
    case "policies_changed":
      return event.policies
        ? `${has} die Regeln geändert: ${rulesInGerman(event.policies)}`
        : `${has} die Regeln geändert`;
  }
}

/**
 * A line of the kind `group_event` in words, with "you" for the reader. `own` is the reader's account name. What the
 * engine does not take apart is shown as it says it.
 */
export function groupEventWords(
  { text, group_event: event }: Pick<Message, "text" | "group_event">,
  language: Language,
  own: string,
): string {
  // A line that was stored before the engine kept its parts names nobody.
  if (event === undefined || /^0*$/.test(event.actor.account)) return text;
  const naming: Naming = { own, language };
  const rest = language === "de" ? inGerman(event, naming) : inEnglish(event, naming);
  return `${subjectOf(event.actor.name, naming)} ${rest}.`;
}
