/** How much of a message the list can show; more is cut off before it is looked at. */
const mostShown = 240;

/** A message's Markdown as one line of plain text: marks go, words stay. */
export function plainLine(markdown: string): string {
  return markdown
    .slice(0, mostShown * 2)
    .replace(/^\s*(```|~~~).*$/gm, "")
    .replace(/!?\[([^\]\n]*)\]\([^)\s]*\)/g, "$1")
    .replace(/^\s{0,3}(#{1,6}|>+|[-*+]|\d+[.)])\s+/gm, "")
    .replace(/(\*\*|__|~~)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replace(/(^|[\s(])([*_])(?=\S)([^*_\n]*?\S)\2(?=$|[\s).,;:!?])/g, "$1$3")
    .replace(/`([^`\n]+)`/g, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!>~|])/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, mostShown);
}
