import { isSameReference, type MessageReference, referenceOf, type TimelineMessage } from "../engine_types";

/** Causes under which the log may name one message twice; such a line is known by its place alone. */
const knownByPlace = new Set(["repeated", "reordered", "wrong_place", "sent_before_restore", "tampered"]);

const keys = new WeakMap<TimelineMessage, string>();

/** Stays the same while a message goes from the outbox to the log, so that its row is kept. */
export function keyOf(message: TimelineMessage): string {
  const known = keys.get(message);
  if (known !== undefined) return known;
  const key = newKeyOf(message);
  keys.set(message, key);
  return key;
}

function newKeyOf(message: TimelineMessage): string {
  const byPlace = message.kind === "group_event" || knownByPlace.has(message.cause);
  if (byPlace && message.seq > 0) return `seq ${message.seq} ${message.kind}`;
  return `${message.sender} ${message.sender_device} ${message.message}`;
}

/** Places in the log ascend; what is not in the log yet comes after it, as it came. */
function isBefore(a: TimelineMessage, b: TimelineMessage): boolean {
  if (a.seq === 0) return false;
  return b.seq === 0 || a.seq < b.seq;
}

/** The part of a conversation that is in memory: consecutive lines, each once. */
export class MessageWindow {
  #messages: TimelineMessage[] = [];
  #keys = new Set<string>();
  /** Whether there are lines before and after these. */
  hasOlder = false;
  hasNewer = false;

  get messages(): readonly TimelineMessage[] {
    return this.#messages;
  }

  get firstSeq(): number {
    return this.#messages.find((message) => message.seq > 0)?.seq ?? 0;
  }

  get lastSeq(): number {
    return this.#messages.findLast((message) => message.seq > 0)?.seq ?? 0;
  }

  replaceAll(messages: readonly TimelineMessage[], edges: { hasOlder: boolean; hasNewer: boolean }): void {
    this.#messages = [];
    this.#keys.clear();
    this.hasOlder = edges.hasOlder;
    this.hasNewer = edges.hasNewer;
    for (const message of messages) this.#put(message);
  }

  prepend(messages: readonly TimelineMessage[], hasOlder: boolean): void {
    const added = messages.filter((message) => !this.#keys.has(keyOf(message)));
    this.#messages = [...added, ...this.#messages];
    for (const message of added) this.#keys.add(keyOf(message));
    this.hasOlder = hasOlder;
  }

  append(messages: readonly TimelineMessage[], hasNewer: boolean): void {
    for (const message of messages) this.#put(message);
    this.hasNewer = hasNewer;
  }

  /** Takes what an event tells. False if it lies outside of the window, which then stays as it is. */
  merge(message: TimelineMessage): boolean {
    if (this.#indexOf(message) < 0) {
      const isLater = message.seq === 0 || message.seq > this.lastSeq;
      if (isLater && this.hasNewer) return false;
      if (!isLater && message.seq < this.firstSeq && this.hasOlder) return false;
    }
    this.#put(message);
    return true;
  }

  remove(message: MessageReference, seq: number): boolean {
    const index = this.#messages.findIndex((line) =>
      seq > 0 ? line.seq === seq && isSameReference(referenceOf(line), message) : isSameReference(line, message),
    );
    if (index < 0) return false;
    this.#setMessages(this.#messages.toSpliced(index, 1));
    return true;
  }

  trimStart(most: number): boolean {
    if (this.#messages.length <= most) return false;
    this.#setMessages(this.#messages.slice(-most));
    this.hasOlder = true;
    return true;
  }

  trimEnd(most: number): boolean {
    if (this.#messages.length <= most) return false;
    this.#setMessages(this.#messages.slice(0, most));
    this.hasNewer = true;
    return true;
  }

  #setMessages(messages: TimelineMessage[]): void {
    this.#messages = messages;
    this.#keys = new Set(messages.map(keyOf));
  }

  /** A waiting line that turns out to be lost changes its key but not its place. */
  #indexOf(message: TimelineMessage): number {
    const key = keyOf(message);
    if (this.#keys.has(key)) return this.#messages.findIndex((line) => keyOf(line) === key);
    if (message.seq === 0 || message.seq > this.lastSeq || message.kind === "group_event") return -1;
    return this.#messages.findIndex((line) => line.seq === message.seq && line.message === message.message);
  }

  #put(message: TimelineMessage): void {
    const index = this.#indexOf(message);
    const old = index >= 0 ? this.#messages[index] : undefined;
    if (old !== undefined) this.#keys.delete(keyOf(old));
    this.#keys.add(keyOf(message));
    if (old !== undefined && old.seq === message.seq) {
      this.#messages = this.#messages.with(index, message);
      return;
    }
    const rest = old === undefined ? this.#messages : this.#messages.toSpliced(index, 1);
    const before = rest.findLastIndex((line) => !isBefore(message, line));
    this.#messages = rest.toSpliced(before + 1, 0, message);
  }
}
