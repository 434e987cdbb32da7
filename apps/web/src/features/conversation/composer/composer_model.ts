import type { Client } from "@sotto/client";
import { type MessageReference, referenceOf, type TimelineMessage } from "../engine_types";
import { splitMentions } from "../markdown/mention_split";

/** What the text in the composer will become. */
export type ComposerMode =
  | { readonly kind: "write" }
  | { readonly kind: "reply"; readonly to: TimelineMessage }
  | { readonly kind: "edit"; readonly message: TimelineMessage };

export interface ComposerSnapshot {
  readonly text: string;
  readonly mode: ComposerMode;
  /** For the next message only: instead of the conversation's timer. */
  readonly expiresAfterMs: number | undefined;
  /** Octets that are left; below 0 the text is too long to be sent. */
  readonly octetsLeft: number;
  readonly canSend: boolean;
  /** Why the last text could not be put into the outbox; it is in the field again. */
  readonly error: unknown;
  /** Rises when the field is to take the focus. */
  readonly focusCount: number;
}

export interface ComposerSetting {
  readonly conversation: string;
  /** The thread that everything written here belongs to. */
  readonly thread?: MessageReference;
  readonly members: () => readonly { readonly account: string; readonly name: string }[];
  readonly onSent?: () => void;
  /** Injected for tests. */
  readonly now?: () => number;
}

export const mostOctets = 16 * 1024;
const draftDelayMs = 800;
const typingEveryMs = 2_000;
const mostMentions = 50;
const encoder = new TextEncoder();

/** The field in which messages are written. A text is never lost: what cannot be sent comes back. */
export class ComposerModel {
  readonly #client: Client;
  readonly #setting: ComposerSetting;
  readonly #listeners = new Set<() => void>();
  #snapshot: ComposerSnapshot = {
    text: "",
    mode: { kind: "write" },
    expiresAfterMs: undefined,
    octetsLeft: mostOctets,
    canSend: false,
    error: undefined,
    focusCount: 0,
  };
  /** What stood in the field before an edit began. */
  #textBeforeEdit = "";
  #keptDraft = "";
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #typingToldAt = Number.NEGATIVE_INFINITY;
  #isTyping = false;
  #wasTouched = false;

  constructor(client: Client, setting: ComposerSetting) {
    this.#client = client;
    this.#setting = setting;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): ComposerSnapshot => this.#snapshot;

  /** Takes the draft that the account keeps, unless something was written here already. */
  takeDraft(draft: string): void {
    if (this.#wasTouched || draft === this.#keptDraft) return;
    this.#keptDraft = draft;
    this.#set({ text: draft });
  }

  setText(text: string): void {
    this.#wasTouched = true;
    this.#set({ text, error: undefined });
    this.#tellTyping(text.trim() !== "");
    if (this.#snapshot.mode.kind !== "edit") this.#keepDraftLater();
  }

  insert(words: string, at: { start: number; end: number }): number {
    const { text } = this.#snapshot;
    this.setText(text.slice(0, at.start) + words + text.slice(at.end));
    return at.start + words.length;
  }

  reply(to: TimelineMessage): void {
    this.#leaveEdit();
    this.#set({ mode: { kind: "reply", to } });
    this.focus();
  }

  edit(message: TimelineMessage): void {
    this.#leaveEdit();
    this.#textBeforeEdit = this.#snapshot.text;
    this.#wasTouched = true;
    this.#set({ mode: { kind: "edit", message }, text: message.text, error: undefined });
    this.focus();
  }

  cancelMode(): void {
    this.#leaveEdit();
    this.#set({ mode: { kind: "write" } });
    this.focus();
  }

  setExpiry(expiresAfterMs: number | undefined): void {
    this.#set({ expiresAfterMs });
  }

  focus(): void {
    this.#set({ focusCount: this.#snapshot.focusCount + 1 });
  }

  /** `notBefore` 0 is now. */
  async send(notBefore = 0): Promise<void> {
    const { text, mode, canSend, expiresAfterMs } = this.#snapshot;
    if (!canSend) return;
    const isEdit = mode.kind === "edit";
    this.#tellTyping(false);
    this.#textBeforeEdit = isEdit ? this.#textBeforeEdit : "";
    this.#set({
      text: isEdit ? this.#textBeforeEdit : "",
      mode: { kind: "write" },
      expiresAfterMs: undefined,
      error: undefined,
    });
    try {
      if (isEdit) await this.#sendEdit(mode.message, text);
      else await this.#sendText(text, mode, { notBefore, expiresAfterMs });
      if (!isEdit) this.#keepDraft(this.#snapshot.mode.kind === "edit" ? "" : this.#snapshot.text);
      this.#setting.onSent?.();
    } catch (error) {
      this.#giveBack(text, mode, expiresAfterMs, error);
    }
  }

  /** Before the conversation is left: nothing that was written may depend on a timer. */
  leave(): void {
    this.#tellTyping(false);
    const { mode, text } = this.#snapshot;
    if (this.#wasTouched) this.#keepDraft(mode.kind === "edit" ? this.#textBeforeEdit : text);
  }

  async #sendEdit(message: TimelineMessage, text: string): Promise<void> {
    if (text.trim() === message.text) return;
    const target = referenceOf(message);
    await this.#client.ask("edit_message", { conversation: message.conversation, target, text: text.trim() });
  }

  async #sendText(
    text: string,
    mode: ComposerMode,
    { notBefore, expiresAfterMs }: { notBefore: number; expiresAfterMs: number | undefined },
  ): Promise<void> {
    const { conversation, thread } = this.#setting;
    const mentions = this.#mentionsIn(text);
    await this.#client.ask("send_text", {
      conversation,
      text: text.trim(),
      ...(mode.kind === "reply" ? { reply_to: referenceOf(mode.to) } : {}),
      ...(thread === undefined ? {} : { thread }),
      ...(mentions.length > 0 ? { mentions } : {}),
      ...(expiresAfterMs === undefined ? {} : { expires_after_ms: expiresAfterMs }),
      ...(notBefore > 0 ? { not_before: notBefore } : {}),
    });
  }

  #mentionsIn(text: string): string[] {
    const names = this.#setting.members().map((member) => ({ ...member, isSelf: false }));
    const named = splitMentions(text, names).flatMap((part) => part.mention?.account ?? []);
    return [...new Set(named)].slice(0, mostMentions);
  }

  #giveBack(text: string, mode: ComposerMode, expiresAfterMs: number | undefined, error: unknown): void {
    const written = this.#snapshot.mode.kind === "edit" ? "" : this.#snapshot.text;
    const isEdit = mode.kind === "edit";
    if (isEdit) this.#textBeforeEdit = written;
    const given = isEdit || written === "" ? text : `${text}\n${written}`;
    this.#set({ text: given, mode, expiresAfterMs, error });
  }

  #leaveEdit(): void {
    if (this.#snapshot.mode.kind !== "edit") return;
    this.#set({ text: this.#textBeforeEdit, mode: { kind: "write" } });
    this.#textBeforeEdit = "";
  }

  #keepDraftLater(): void {
    if (this.#setting.thread !== undefined) return;
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => {
      if (this.#snapshot.mode.kind !== "edit") this.#keepDraft(this.#snapshot.text);
    }, draftDelayMs);
  }

  #keepDraft(draft: string): void {
    clearTimeout(this.#draftTimer);
    const isTooLong = encoder.encode(draft).length > mostOctets;
    if (draft === this.#keptDraft || isTooLong || this.#setting.thread !== undefined) return;
    const before = this.#keptDraft;
    this.#keptDraft = draft;
    this.#client
      .ask("keep_conversation", { setting: { conversation: this.#setting.conversation, draft } })
      .catch(() => {
        this.#keptDraft = before;
      });
  }

  #tellTyping(typing: boolean): void {
    const now = (this.#setting.now ?? Date.now)();
    const isDue = typing ? now - this.#typingToldAt >= typingEveryMs : this.#isTyping;
    if (!isDue) return;
    this.#isTyping = typing;
    this.#typingToldAt = typing ? now : Number.NEGATIVE_INFINITY;
    // Lost without a connection; there is nothing to tell the user about that.
    this.#client.ask("set_typing", { conversation: this.#setting.conversation, typing }).catch(() => undefined);
  }

  #set(change: Partial<ComposerSnapshot>): void {
    const next = { ...this.#snapshot, ...change };
    const octetsLeft = mostOctets - encoder.encode(next.text.trim()).length;
    this.#snapshot = { ...next, octetsLeft, canSend: next.text.trim() !== "" && octetsLeft >= 0 };
    for (const listener of this.#listeners) listener();
  }
}
