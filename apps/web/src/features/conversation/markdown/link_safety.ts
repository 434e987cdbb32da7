/** A link as it may be shown. */
export interface SafeLink {
  readonly href: string;
  /** Set if the words of the link look like another place than the one that it leads to. */
  readonly realHost: string | undefined;
}

const allowed = new Set(["http:", "https:", "mailto:"]);
const looksLikeAddress = /^\s*(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?[^\s/@]*\.[^\s/]{2,}/iu;
/** Characters that turn the direction of writing, or are not seen at all. */
const deceiving = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

function hostIn(words: string): string | undefined {
  const clean = words.replace(deceiving, "").trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:/i.test(clean) ? clean : `https://${clean}`);
  return url === undefined || url.host === "" ? undefined : bare(url.host);
}

const bare = (host: string) => host.replace(/^www\./, "");

/** Undefined for what is no link to the web or to a mailbox: it is shown as the words that it is. */
export function safeLink(address: string, words: string): SafeLink | undefined {
  const url = parse(address.trim());
  if (url === undefined || !allowed.has(url.protocol)) return undefined;
  if (url.protocol === "mailto:") return { href: url.href, realHost: undefined };
  if (url.host === "") return undefined;
  const shown = looksLikeAddress.test(words.replace(deceiving, "")) ? hostIn(words) : undefined;
  const isOther = shown !== undefined && shown !== bare(url.host);
  const hides = url.username !== "" || url.password !== "" || deceiving.test(words);
  deceiving.lastIndex = 0;
  return { href: url.href, realHost: isOther || hides ? url.host : undefined };
}
