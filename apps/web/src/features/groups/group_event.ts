/**
 * What a line of the kind `group_event` tells. The engine says it in one of a few fixed English sentences, with account
 * names that hold no blanks; read back into its parts it can be said in another language, and with "you".
 */
export type GroupEvent =
  | { readonly kind: "created" | "left" | "renamed" | "invited" | "invitation_revoked" | "joined" | "closed" }
  | { readonly kind: "added" | "removed"; readonly names: readonly string[]; readonly more: number }
  | { readonly kind: "role"; readonly name: string; readonly role: Role }
  | {
      readonly kind: "policies";
      readonly members_add: boolean;
      readonly shares_history: boolean;
      readonly disappears: boolean;
    };

export type Role = "owner" | "admin" | "member" | "read_only";

export interface GroupEventLine {
  readonly actor: string;
  readonly event: GroupEvent;
}

const rolesBySentence: Readonly<Record<string, Role>> = {
  "the owner": "owner",
  "an administrator": "admin",
  "a member": "member",
  "a reader": "read_only",
};

const plainSentences: Readonly<
  Record<string, "created" | "left" | "renamed" | "invited" | "invitation_revoked" | "joined" | "closed">
> = {
  "created the group.": "created",
  "left.": "left",
  "changed how the group is called.": "renamed",
  "made an invitation.": "invited",
  "revoked an invitation.": "invitation_revoked",
  "joined by invitation.": "joined",
  "closed the group.": "closed",
};

function readNames(list: string): { names: string[]; more: number } {
  const shortened = /^(.*) and (\d+) more$/.exec(list);
  const names = (shortened?.[1] ?? list).split(", ");
  return { names, more: Number(shortened?.[2] ?? 0) };
}

function readEvent(sentence: string): GroupEvent | undefined {
  const plain = plainSentences[sentence];
  if (plain !== undefined) return { kind: plain };
  const members = /^(added|removed) (.+)\.$/.exec(sentence);
  if (members?.[2] !== undefined) {
    return { kind: members[1] === "added" ? "added" : "removed", ...readNames(members[2]) };
  }
  const role = /^made (\S+) (the owner|an administrator|a member|a reader)\.$/.exec(sentence);
  const becomes = rolesBySentence[role?.[2] ?? ""];
  if (role?.[1] !== undefined && becomes !== undefined) return { kind: "role", name: role[1], role: becomes };
  if (sentence.startsWith("changed what holds here: ")) {
    return {
      kind: "policies",
      members_add: sentence.includes("members may add others"),
      shares_history: sentence.includes("new members see the history"),
      disappears: sentence.includes("messages disappear"),
    };
  }
  return undefined;
}

/** Nothing for a sentence that this version does not know; it is then shown as it is. */
export function readGroupEvent(text: string): GroupEventLine | undefined {
  const blank = text.indexOf(" ");
  if (blank <= 0) return undefined;
  const event = readEvent(text.slice(blank + 1));
  return event === undefined ? undefined : { actor: text.slice(0, blank), event };
}
