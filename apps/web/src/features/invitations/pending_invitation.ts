import { type Invitation, readInvitation } from "./invitation_link";

/** Where an opened invitation waits while its reader makes an account; gone with the tab. */
const storageKey = "sotto.invitation";

export function keepInvitation(invitation: Invitation): void {
  try {
    sessionStorage.setItem(storageKey, invitation.link);
  } catch {
    // Without storage the link has to be opened again after registering.
  }
}

/** The invitation that waits, if there is one. */
export function pendingInvitation(): Invitation | undefined {
  try {
    return readInvitation(sessionStorage.getItem(storageKey) ?? "");
  } catch {
    return undefined;
  }
}

export function forgetInvitation(): void {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Nothing was kept.
  }
}
