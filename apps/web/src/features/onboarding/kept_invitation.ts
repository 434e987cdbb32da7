/**
 * What brought somebody here, kept while an account is made: an invitation's link, which the invitations' folder keeps,
 * or the name of somebody to write to. Both come in the fragment of the address, which browsers never send to a server,
 * are held in this tab alone, and are forgotten when they were followed.
 */
import { readInvitation } from "../invitations/invitation_link";
import { keepInvitation, pendingInvitation } from "../invitations/pending_invitation";

export type Destination =
  | { readonly kind: "invitation"; readonly link: string }
  | { readonly kind: "person"; readonly name: string };

const storageKey = "sotto.person";
const personMark = "#person=";
const namePattern = /^[a-z][a-z0-9._-]{2,31}$/;

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    // Not percent-encoded; taken as it is.
    return fragment;
  }
}

/** What an address's fragment asks for. */
export function destinationIn(fragment: string): Destination | null {
  const text = decoded(fragment);
  const invitation = readInvitation(text);
  if (invitation !== undefined) return { kind: "invitation", link: invitation.link };
  if (!text.startsWith(personMark)) return null;
  const name = text.slice(personMark.length).toLowerCase();
  return namePattern.test(name) ? { kind: "person", name } : null;
}

/** The address that leads to a conversation with an account. */
export function personLink(origin: string, name: string): string {
  return `${origin}/start${personMark}${name}`;
}

export function keepDestination(destination: Destination): void {
  if (destination.kind === "invitation") {
    const invitation = readInvitation(destination.link);
    if (invitation !== undefined) keepInvitation(invitation);
    return;
  }
  try {
    sessionStorage.setItem(storageKey, destination.name);
  } catch {
    // Without storage the link has to be opened again after registering.
  }
}

/** What is still to be followed; an invitation before a person. */
export function keptDestination(): Destination | null {
  const invitation = pendingInvitation();
  if (invitation !== undefined) return { kind: "invitation", link: invitation.link };
  try {
    const name = sessionStorage.getItem(storageKey) ?? "";
    return namePattern.test(name) ? { kind: "person", name } : null;
  } catch {
    return null;
  }
}

/** The person was written to, or shown at least. An invitation is forgotten by whoever joins. */
export function forgetPerson(): void {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Nothing was kept.
  }
}

/** Where the app shows the destination. */
export function pathOf(destination: Destination): string {
  return destination.kind === "invitation" ? `/join#${destination.link}` : "/start/first";
}
