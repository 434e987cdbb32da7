/** What is being written after an "@" right before the cursor. */
export interface MentionQuery {
  readonly start: number;
  readonly letters: string;
}

export function mentionQueryAt(text: string, cursor: number): MentionQuery | undefined {
  const found = /(?:^|[\s(])@([\p{L}\p{N}._-]{0,64})$/u.exec(text.slice(0, cursor));
  if (found === null) return undefined;
  const letters = found[1] ?? "";
  return { start: cursor - letters.length - 1, letters };
}

/** Who is offered: names that begin so before names that contain it. */
export function membersMatching<M extends { readonly name: string }>(members: readonly M[], letters: string): M[] {
  const wanted = letters.toLowerCase();
  const rank = (member: M) => (member.name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return members
    .filter((member) => member.name !== "" && member.name.toLowerCase().includes(wanted))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, 6);
}

export interface Completed {
  readonly text: string;
  readonly cursor: number;
}

export function completeMention(text: string, query: MentionQuery, name: string): Completed {
  const end = query.start + 1 + query.letters.length;
  const rest = text.slice(end);
  const written = `@${name}${rest.startsWith(" ") ? "" : " "}`;
  return { text: text.slice(0, query.start) + written + rest, cursor: query.start + name.length + 2 };
}
