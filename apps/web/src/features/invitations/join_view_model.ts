import type { Client } from "@sotto/client";
import type { Language } from "../../design/text";
import { explainError } from "../../engine/explain_error";
import { type Invitation, isSameServer, readInvitation } from "./invitation_link";
import { forgetInvitation, keepInvitation, pendingInvitation } from "./pending_invitation";

/** Where somebody stands with an invitation. */
export type JoinSnapshot =
  | { readonly step: "enter"; readonly problem: boolean }
  | {
      readonly step: "preview";
      readonly invitation: Invitation;
      /** Whether the group is on another server, as far as addresses tell. */
      readonly isElsewhere: boolean;
      readonly isJoining: boolean;
      /** Why joining failed, in words; empty if it did not. */
      readonly failure: string;
    }
  | { readonly step: "waiting"; readonly invitation: Invitation }
  | { readonly step: "joined"; readonly conversation: string };

/** Opens an invitation and uses it. It survives a reload, and the making of an account in between. */
export class JoinModel {
  readonly #client: Client;
  readonly #origin: string;
  readonly #listeners = new Set<() => void>();
  #snapshot: JoinSnapshot = { step: "enter", problem: false };

  /** `fragment` is the one of the page's address; `origin` that of this app's server. */
  constructor(client: Client, origin: string, fragment: string) {
    this.#client = client;
    this.#origin = origin;
    const invitation = readInvitation(fragment) ?? pendingInvitation();
    if (invitation !== undefined) this.#show(invitation);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): JoinSnapshot => this.#snapshot;

  /** Takes a link that was pasted or scanned. */
  open(text: string): void {
    const invitation = readInvitation(text);
    if (invitation === undefined) this.#set({ step: "enter", problem: true });
    else this.#show(invitation);
  }

  /** Back to the field for a link. */
  discard(): void {
    forgetInvitation();
    this.#set({ step: "enter", problem: false });
  }

  /** The group's server is this one under another address. */
  stayHere(): void {
    if (this.#snapshot.step === "preview") this.#set({ ...this.#snapshot, isElsewhere: false });
  }

  /** Joins, or asks to be let in. */
  async join(language: Language): Promise<void> {
    const { step } = this.#snapshot;
    if (step !== "preview" || this.#snapshot.isJoining) return;
    const preview = this.#snapshot;
    this.#set({ ...preview, isJoining: true, failure: "" });
    try {
      // The address was compared already; the engine would compare it letter by letter.
      const { link } = preview.invitation;
      const { conversation, waits_for_approval } = await this.#client.ask("join_group", { link, server: "" });
      forgetInvitation();
      this.#set(
        waits_for_approval ? { step: "waiting", invitation: preview.invitation } : { step: "joined", conversation },
      );
    } catch (error) {
      this.#set({ ...preview, isJoining: false, failure: explainError(error, language) });
    }
  }

  #show(invitation: Invitation): void {
    keepInvitation(invitation);
    const isElsewhere = !isSameServer(invitation.server, this.#origin);
    this.#set({ step: "preview", invitation, isElsewhere, isJoining: false, failure: "" });
  }

  #set(snapshot: JoinSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
