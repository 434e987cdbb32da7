/** Somebody whom a text names. */
export interface MentionName {
  readonly account: string;
  readonly name: string;
  readonly isSelf: boolean;
}

export interface TextPart {
  readonly text: string;
  readonly mention: MentionName | undefined;
}

const isWordCharacter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_-]/u.test(character);

/** Account names may hold dots, but a name that a sentence ends with is not followed by one. */
function endsName(text: string, end: number): boolean {
  const next = text[end];
  if (next === ".") return !isWordCharacter(text[end + 1]);
  return !isWordCharacter(next);
}

/** Cuts a text where it says "@name" of somebody whom its author named. */
export function splitMentions(text: string, mentions: readonly MentionName[]): TextPart[] {
  const longestFirst = mentions.toSorted((a, b) => b.name.length - a.name.length);
  const parts: TextPart[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (isWordCharacter(text[at - 1])) continue;
    const start = at + 1;
    const mention = longestFirst.find(
      ({ name }) => name !== "" && text.startsWith(name, start) && endsName(text, start + name.length),
    );
    if (mention === undefined) continue;
    if (at > from) parts.push({ text: text.slice(from, at), mention: undefined });
    from = start + mention.name.length;
    parts.push({ text: text.slice(at, from), mention });
  }
  if (from < text.length) parts.push({ text: text.slice(from), mention: undefined });
  return parts;
}
