import { type GroupEvent, type Role, readGroupEvent } from "./group_event";

type Language = "en" | "de";

/** How an account is named in a sentence: the reader as "you". */
interface Naming {
  readonly own: string;
  readonly language: Language;
}

function subjectOf(name: string, naming: Naming): string {
  if (name === naming.own) return naming.language === "de" ? "Du" : "You";
  if (name === "somebody") return naming.language === "de" ? "Jemand" : "Somebody";
  return name;
}

function objectOf(name: string, naming: Naming): string {
  if (name === naming.own) return naming.language === "de" ? "dich" : "you";
  if (name === "somebody") return naming.language === "de" ? "jemanden" : "somebody";
  return name;
}

function listOf(event: { names: readonly string[]; more: number }, naming: Naming): string {
  const words = event.names.map((name) => objectOf(name, naming));
  if (event.more > 0) words.push(naming.language === "de" ? `${event.more} weitere` : `${event.more} others`);
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

function inEnglish(event: GroupEvent, naming: Naming): string {
  switch (event.kind) {
    case "created":
      return "created the group";
    case "left":
      return "left the group";
    case "renamed":
      return "changed the group's name, picture or description";
    case "invited":
      return "made an invitation link";
    case "invitation_revoked":
      return "revoked an invitation link";
    case "joined":
      return "joined by invitation link";
    case "closed":
      return "closed the group";
    case "added":
    case "removed":
      return `${event.kind} ${listOf(event, naming)}`;
    case "role":
      return `made ${objectOf(event.name, naming)} ${rolesInEnglish[event.role]}`;
    case "policies":
      return `changed the rules: ${[
        event.members_add ? "members may add others" : "only administrators add members",
        event.shares_history ? "new members see earlier messages" : "new members see nothing from before",
        ...(event.disappears ? ["messages disappear"] : []),
      ].join(", ")}`;
  }
}

function inGerman(event: GroupEvent, naming: Naming, isOwn: boolean): string {
  const has = isOwn ? "hast" : "hat";
  switch (event.kind) {
    case "created":
      return `${has} die Gruppe erstellt`;
    case "left":
      return `${has} die Gruppe verlassen`;
    case "renamed":
      return `${has} Name, Bild oder Beschreibung der Gruppe geändert`;
    case "invited":
      return `${has} einen Einladungslink erstellt`;
    case "invitation_revoked":
      return `${has} einen Einladungslink widerrufen`;
    case "joined":
      return isOwn ? "bist über einen Einladungslink beigetreten" : "ist über einen Einladungslink beigetreten";
    case "closed":
      return `${has} die Gruppe geschlossen`;
    case "added":
      return `${has} ${listOf(event, naming)} hinzugefügt`;
    case "removed":
      return `${has} ${listOf(event, naming)} entfernt`;
    case "role": {
      const whom = event.name === naming.own ? "dir" : event.name === "somebody" ? "jemandem" : event.name;
      return `${has} ${whom} ${rolesInGerman[event.role]} gegeben`;
    }
    case "policies":
      return `${has} die Regeln geändert: ${[
        event.members_add ? "Mitglieder dürfen andere hinzufügen" : "nur die Verwaltung fügt Mitglieder hinzu",
        event.shares_history ? "neue Mitglieder sehen frühere Nachrichten" : "neue Mitglieder sehen nichts von vorher",
        ...(event.disappears ? ["Nachrichten verschwinden"] : []),
      ].join(", ")}`;
  }
}

/** A line of the kind `group_event` in words, with "you" for the reader. `own` is the reader's account name. */
export function groupEventWords(text: string, language: Language, own: string): string {
  const line = readGroupEvent(text);
  if (line === undefined) return text;
  const naming: Naming = { own, language };
  const subject = subjectOf(line.actor, naming);
  const rest = language === "de" ? inGerman(line.event, naming, line.actor === own) : inEnglish(line.event, naming);
  return `${subject} ${rest}.`;
}
