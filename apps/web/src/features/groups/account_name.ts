import type { GroupsText } from "./groups_text";

/** A name as somebody typed or pasted it, as the server has it. */
export function accountNameOf(typed: string): string {
  return typed.trim().replace(/^@/, "").toLowerCase();
}

/** Why no account can have this name, in words; nothing if one can. */
export function nameProblem(name: string, t: GroupsText): string | undefined {
  if (/[^a-z0-9._-]/.test(name)) return t.nameWrongLetter;
  if (!/^[a-z]/.test(name)) return t.nameBeginsWrong;
  if (name.length < 3) return t.nameTooShort;
  if (name.length > 32) return t.nameTooLong;
  return undefined;
}
