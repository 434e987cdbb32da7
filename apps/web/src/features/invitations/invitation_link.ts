// The link of an invitation to a group: "sotto-group:" and the base64url of the GroupLink message (src/wire/group_link.h).
// In the browser it travels as the fragment of an address, which browsers do not send to any server.

const scheme = "sotto-group:";

/** What can be known of an invitation before it is used. The secret in it stays in `link`. */
export interface Invitation {
  /** As the engine takes it. */
  readonly link: string;
  /** The address of the group's server, as the one who invites wrote it. */
  readonly server: string;
  /** The group's id. */
  readonly conversation: string;
}

/** The address that opens the app with an invitation. */
export function addressOf(link: string, origin: string): string {
  return `${origin}/join#${link}`;
}

/** Reads a link as it was pasted, scanned or opened: bare, or in the fragment of an address. */
export function readInvitation(text: string): Invitation | undefined {
  const start = text.indexOf(scheme);
  if (start < 0) return undefined;
  const encoded = /^[A-Za-z0-9_-]+/.exec(text.slice(start + scheme.length))?.[0] ?? "";
  const octets = fromBase64url(encoded);
  const fields = octets === undefined ? undefined : readFields(octets);
  if (fields === undefined) return undefined;
  const [server, conversation, invitation, seed] = [1, 2, 3, 4].map((number) => fields.get(number));
  if (conversation?.length !== 16 || invitation?.length !== 16 || seed?.length !== 32) return undefined;
  return {
    link: scheme + encoded,
    server: new TextDecoder().decode(server ?? new Uint8Array()),
    conversation: [...conversation].map((octet) => octet.toString(16).padStart(2, "0")).join(""),
  };
}

/** Whether two addresses are of the same server. */
export function isSameServer(one: string, other: string): boolean {
  return originOf(one) !== undefined && originOf(one) === originOf(other);
}

/** The origin of a server's address, if it is an address of the web. */
export function originOf(server: string): string | undefined {
  try {
    const url = new URL(server);
    return url.protocol === "https:" || url.protocol === "http:" ? url.origin : undefined;
  } catch {
    return undefined;
  }
}

/** A server's address for people: without the scheme. */
export function hostOf(server: string): string {
  return originOf(server)?.replace(/^https?:\/\//, "") ?? server;
}

function fromBase64url(text: string): Uint8Array | undefined {
  try {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The length-delimited fields of a message, of which a link has no other. */
function readFields(octets: Uint8Array): ReadonlyMap<number, Uint8Array> | undefined {
  const fields = new Map<number, Uint8Array>();
  let at = 0;
  while (at < octets.length) {
    const tag = octets[at];
    const size = octets[at + 1];
    // All lengths but the server's fit one octet, and so does the server's if it is shorter than 128.
    if (tag === undefined || size === undefined || (tag & 7) !== 2 || (tag & 0x80) !== 0) return undefined;
    const [length, begin] = size < 0x80 ? [size, at + 2] : [(size & 0x7f) | ((octets[at + 2] ?? 0) << 7), at + 3];
    if (begin + length > octets.length) return undefined;
    fields.set(tag >> 3, octets.subarray(begin, begin + length));
    at = begin + length;
  }
  return fields;
}
