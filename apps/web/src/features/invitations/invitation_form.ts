import type { Answers, Commands } from "@sotto/client";

export type ShownInvitation = Answers["list_invitations"]["invitations"][number];

const hourMs = 3_600_000;

/** How long an invitation may be used; 0 for ever. */
export const expiries = [hourMs, 24 * hourMs, 7 * 24 * hourMs, 30 * 24 * hourMs, 0] as const;
/** How many may join by it; 0 for any number. */
export const uses = [1, 5, 25, 100, 0] as const;

export interface InvitationForm {
  readonly expiresAfterMs: number;
  readonly maxUses: number;
  readonly needsApproval: boolean;
  readonly role: "member" | "read_only";
}

/** A link for one week, for a few people: what gets out of hand is soon void. */
export const firstForm: InvitationForm = {
  expiresAfterMs: 7 * 24 * hourMs,
  maxUses: 25,
  needsApproval: false,
  role: "member",
};

/** What the engine is asked for. An invitation that needs approval may be used any number of times. */
export function commandOf(form: InvitationForm, conversation: string, server: string): Commands["create_invitation"] {
  return {
    conversation,
    server,
    expires_after_ms: form.expiresAfterMs,
    max_uses: form.needsApproval ? 0 : form.maxUses,
    needs_approval: form.needsApproval,
    role: form.role,
  };
}

/** What an open invitation is good for, in the order in which a person wants to know it. */
export type InvitationState = "open" | "expired" | "elsewhere";

/** `elsewhere`: its link is known only to the device that made it. */
export function stateOf(invitation: ShownInvitation): InvitationState {
  if (invitation.expired) return "expired";
  return invitation.link === "" ? "elsewhere" : "open";
}

/** The most invitations that a group may have open at once. */
export const mostInvitations = 32;
