import { defineText } from "../../../design/text";

// The engine tells of a group's events in one English sentence each, with the names in it. Here it is read back into
// what happened, so that it can be said in the reader's language and about the reader as "you". A sentence that is not
// known is shown as it came.

export type GroupRole = "owner" | "admin" | "member" | "read_only";

export type GroupHappening =
  | { readonly kind: "created" | "left" | "profile" | "invited" | "revoked" | "joined" | "closed"; readonly actor: string }
  | { readonly kind: "added" | "removed"; readonly actor: string; readonly names: string[]; readonly more: number }
  | { readonly kind: "role"; readonly actor: string; readonly name: string; readonly role: GroupRole }
  | {
      readonly kind: "policies";
      readonly actor: string;
      readonly membersAdd: boolean;
      readonly sharesHistory: boolean;
      readonly disappears: boolean;
    };

const plainEndings = [
  [" created the group.", "created"],
  [" left.", "left"],
  [" changed how the group is called.", "profile"],
  [" made an invitation.", "invited"],
  [" revoked an invitation.", "revoked"],
  [" joined by invitation.", "joined"],
  [" closed the group.", "closed"],
] as const;

const roleWords: Record<string, GroupRole> = {
  "the owner": "owner",
  "an administrator": "admin",
  "a member": "member",
  "a reader": "read_only",
};

export function readGroupHappening(sentence: string): GroupHappening | undefined {
  for (const [ending, kind] of plainEndings) {
    if (sentence.endsWith(ending)) return { kind, actor: sentence.slice(0, -ending.length) };
  }
  const named = /^(\S+) (added|removed) (.+?)(?: and (\d+) more)?\.$/.exec(sentence);
  if (named?.[1] && named[3]) {
    const kind = named[2] === "added" ? "added" : "removed";
    return { kind, actor: named[1], names: named[3].split(", "), more: Number(named[4] ?? 0) };
  }
  const made = /^(\S+) made (\S+) (the owner|an administrator|a member|a reader)\.$/.exec(sentence);
  const role = roleWords[made?.[3] ?? ""];
  if (made?.[1] && made[2] && role) return { kind: "role", actor: made[1], name: made[2], role };
  const policies = /^(\S+) changed what holds here: (.+)\.$/.exec(sentence);
  if (policies?.[1] && policies[2]) {
    return {
      kind: "policies",
      actor: policies[1],
      membersAdd: policies[2].includes("members may add others"),
      sharesHistory: policies[2].includes("new members see the history"),
      disappears: policies[2].includes("messages disappear"),
    };
  }
  return undefined;
}

interface Said {
  /** Undefined for the reader. */
  readonly actor: string | undefined;
}

export const systemText = defineText({
  en: {
    you: "you",
    toYou: "you",
    somebody: "somebody",
    more: (count: number) => (count === 1 ? "one more" : `${count} more`),
    roles: { owner: "owner", admin: "administrator", member: "member", read_only: "reader" } as Record<GroupRole, string>,
    created: ({ actor }: Said) => `${actor ?? "You"} created the group`,
    left: ({ actor }: Said) => `${actor ?? "You"} left`,
    profile: ({ actor }: Said) => `${actor ?? "You"} changed the group's name or picture`,
    invited: ({ actor }: Said) => `${actor ?? "You"} made an invitation link`,
    revoked: ({ actor }: Said) => `${actor ?? "You"} revoked an invitation link`,
    joined: ({ actor }: Said) => `${actor ?? "You"} joined by invitation`,
    closed: ({ actor }: Said) => `${actor ?? "You"} closed the group`,
    added: ({ actor }: Said, names: string) => `${actor ?? "You"} added ${names}`,
    removed: ({ actor }: Said, names: string) => `${actor ?? "You"} removed ${names}`,
    role: ({ actor }: Said, name: string, role: string) => `${actor ?? "You"} made ${name} ${role}`,
    policies: ({ actor }: Said, rules: string) => `${actor ?? "You"} changed the rules: ${rules}`,
    membersAdd: (may: boolean) => (may ? "members may add others" : "only administrators add members"),
    sharesHistory: (does: boolean) => (does ? "new members see the history" : "new members see nothing from before"),
    disappears: (do_: boolean) => (do_ ? "messages disappear" : "messages stay"),
    timerSet: ({ actor }: Said, time: string) => `${actor ?? "You"} set messages to disappear after ${time}`,
    timerOff: ({ actor }: Said) => `${actor ?? "You"} turned disappearing messages off`,
    renamed: ({ actor }: Said, name: string) => `${actor ?? "You"} named the group “${name}”`,
  },
  de: {
    you: "dich",
    toYou: "dir",
    somebody: "jemand",
    more: (count: number) => (count === 1 ? "eine weitere Person" : `${count} weitere`),
    roles: { owner: "Eigentümer", admin: "Administrator", member: "Mitglied", read_only: "Leser" },
    created: ({ actor }: Said) => (actor ? `${actor} hat die Gruppe erstellt` : "Du hast die Gruppe erstellt"),
    left: ({ actor }: Said) => (actor ? `${actor} hat die Gruppe verlassen` : "Du hast die Gruppe verlassen"),
    profile: ({ actor }: Said) =>
      `${actor ? `${actor} hat` : "Du hast"} den Namen oder das Bild der Gruppe geändert`,
    invited: ({ actor }: Said) => `${actor ? `${actor} hat` : "Du hast"} einen Einladungslink erstellt`,
    revoked: ({ actor }: Said) => `${actor ? `${actor} hat` : "Du hast"} einen Einladungslink widerrufen`,
    joined: ({ actor }: Said) => `${actor ? `${actor} ist` : "Du bist"} über eine Einladung beigetreten`,
    closed: ({ actor }: Said) => `${actor ? `${actor} hat` : "Du hast"} die Gruppe geschlossen`,
    added: ({ actor }: Said, names: string) => `${actor ? `${actor} hat` : "Du hast"} ${names} hinzugefügt`,
    removed: ({ actor }: Said, names: string) => `${actor ? `${actor} hat` : "Du hast"} ${names} entfernt`,
    role: ({ actor }: Said, name: string, role: string) =>
      `${actor ? `${actor} hat` : "Du hast"} ${name} eine andere Rolle gegeben: ${role}`,
    policies: ({ actor }: Said, rules: string) => `${actor ? `${actor} hat` : "Du hast"} die Regeln geändert: ${rules}`,
    membersAdd: (may: boolean) =>
      may ? "Mitglieder dürfen andere hinzufügen" : "nur Administratoren fügen Mitglieder hinzu",
    sharesHistory: (does: boolean) =>
      does ? "neue Mitglieder sehen den Verlauf" : "neue Mitglieder sehen nichts von früher",
    disappears: (do_: boolean) => (do_ ? "Nachrichten verschwinden" : "Nachrichten bleiben"),
    timerSet: ({ actor }: Said, time: string) =>
      `${actor ? `${actor} lässt` : "Du lässt"} Nachrichten nach ${time} verschwinden`,
    timerOff: ({ actor }: Said) =>
      `${actor ? `${actor} hat` : "Du hast"} verschwindende Nachrichten ausgeschaltet`,
    renamed: ({ actor }: Said, name: string) => `${actor ? `${actor} hat` : "Du hast"} die Gruppe „${name}“ genannt`,
  },
});

type SystemText = (typeof systemText)["en"];

export interface Wording {
  readonly text: SystemText;
  readonly language: string;
  /** The reader's own account name. */
  readonly self: string;
}

function said(name: string, { self, text }: Wording): Said {
  if (name === "somebody") return { actor: text.somebody[0]?.toUpperCase() + text.somebody.slice(1) };
  return { actor: name === self ? undefined : name };
}

function listed(names: readonly string[], more: number, { language, self, text }: Wording): string {
  const known = names.map((name) => (name === self ? text.you : name === "somebody" ? text.somebody : name));
  const all = more > 0 ? [...known, text.more(more)] : known;
  return new Intl.ListFormat(language, { type: "conjunction" }).format(all);
}

export function groupEventWords(sentence: string, wording: Wording): string {
  const { text } = wording;
  const happening = readGroupHappening(sentence);
  if (happening === undefined) return sentence;
  const actor = said(happening.actor, wording);
  switch (happening.kind) {
    case "added":
    case "removed":
      return text[happening.kind](actor, listed(happening.names, happening.more, wording));
    case "role":
      return text.role(actor, happening.name === wording.self ? text.toYou : happening.name, text.roles[happening.role]);
    case "policies":
      return text.policies(actor, rulesOf(happening, wording));
    default:
      return text[happening.kind](actor);
  }
}

function rulesOf(happening: Extract<GroupHappening, { kind: "policies" }>, { text, language }: Wording): string {
  const rules = [
    text.membersAdd(happening.membersAdd),
    text.sharesHistory(happening.sharesHistory),
    text.disappears(happening.disappears),
  ];
  return new Intl.ListFormat(language, { type: "conjunction" }).format(rules);
}
