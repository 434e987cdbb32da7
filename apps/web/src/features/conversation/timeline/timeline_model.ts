import type { Client, EngineEvent } from "@sotto/client";
import { Listeners } from "../../../engine/listeners";
import { countsAsUnread } from "../../conversation_list/conversations_store";
import type { ConversationSummary, MessageReference, TimelineMessage } from "../engine_types";
import { isSameReference, referenceOf } from "../engine_types";
import { keyOf, MessageWindow } from "./message_window";
import { readUpTo } from "./read_marks";
import { rowsOf, type TimelineRow } from "./timeline_rows";

/** Where the view is to scroll. A new object means: once more. */
export interface ScrollTarget {
  readonly key: string | undefined;
  /** `end` of no key is the newest line. */
  readonly align: "start" | "center" | "end";
  readonly isHighlighted: boolean;
  /** Whether the keyboard goes along; it stays where it is while somebody searches. */
  readonly takesFocus: boolean;
}

/** How a message is jumped to. */
export interface Jump {
  /** Where it is, if that is known. */
  readonly seq?: number;
  readonly takesFocus?: boolean;
}

const toEnd = { key: undefined, align: "end", isHighlighted: false, takesFocus: false } as const;

export interface TimelineSnapshot {
  readonly state: "loading" | "ready" | "failed";
  readonly error: unknown;
  readonly rows: readonly TimelineRow[];
  /** Whether the last change added or took rows at the start; the view keeps its place from the end then. */
  readonly isShift: boolean;
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly isLoadingOlder: boolean;
  readonly unread: number;
  readonly target: ScrollTarget | undefined;
  /** The newest message of somebody else that came while the conversation is open, to be announced. */
  readonly announced: TimelineMessage | undefined;
}

/** Lines in one page, and lines that stay in memory whatever the length of the conversation. */
const pageSize = 80;
const mostLines = 400;
/** How far back the first unread message is looked for. */
const mostUnreadLooked = 2000;

export interface TimelineSetting {
  readonly conversation: string;
  /** Marks all up to a line as read. */
  readonly markRead: (conversation: string, seq: number) => Promise<void>;
}

/** The lines of one conversation: a window of pages that follows the reader and what happens. */
export class TimelineModel {
  readonly #client: Client;
  readonly #conversation: string;
  readonly #tellRead: TimelineSetting["markRead"];
  readonly #window = new MessageWindow();
  readonly #listeners = new Listeners(() => this.#client.listen((event) => this.#hear(event)));
  #snapshot: TimelineSnapshot = {
    state: "loading",
    error: undefined,
    rows: [],
    isShift: false,
    hasOlder: false,
    hasNewer: false,
    isLoadingOlder: false,
    unread: 0,
    target: undefined,
    announced: undefined,
  };
  #unreadFrom: number | undefined;
  #markedUpTo = 0;
  #isNewestOnScreen = false;
  #isPageVisible = true;
  #isPageFocused = true;
  #isLoading = false;
  /** Counts openings, so that a page that comes too late is dropped. */
  #opening = 0;

  constructor(client: Client, { conversation, markRead }: TimelineSetting) {
    this.#client = client;
    this.#conversation = conversation;
    this.#tellRead = markRead;
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly snapshot = (): TimelineSnapshot => this.#snapshot;

  /** At the first unread message, or at the newest. */
  async open(summary?: Pick<ConversationSummary, "unread" | "marked_unread" | "head">): Promise<void> {
    const unread = summary?.unread ?? 0;
    await this.#load(async () => {
      const page = await this.#read({ limit: Math.min(200, Math.max(pageSize, unread + 20)) });
      this.#window.replaceAll(page.messages, { hasOlder: page.more, hasNewer: false });
      const isNothingNew = summary !== undefined && unread === 0 && !summary.marked_unread;
      this.#markedUpTo = isNothingNew ? this.#window.lastSeq : 0;
      this.#unreadFrom = unread > 0 ? await this.#findFirstUnread(unread) : undefined;
      const first = this.#window.messages.find((line) => line.seq === this.#unreadFrom);
      this.#emit({
        state: "ready",
        unread,
        target: first ? { key: keyOf(first), align: "start", isHighlighted: false, takesFocus: false } : { ...toEnd },
      });
    });
  }

  /** At one message, with what stands around it. */
  async openAt(seq: number): Promise<void> {
    await this.#load(async () => {
      await this.#readAround(seq);
      this.#scrollToSeq(seq);
    });
  }

  /** At the first message of a day or, if there is none, the first one after it. */
  async openAtDate(time: number): Promise<void> {
    await this.#load(async () => {
      const earlier = await this.#client.ask("search_messages", {
        conversation: this.#conversation,
        words: "",
        from: 0,
        until: time,
        limit: 1,
      });
      const before = earlier.messages[0]?.message.seq ?? 0;
      await this.#readAround(before + 1);
      const first = this.#window.messages.find((line) => line.seq > before);
      this.#scrollToSeq(first?.seq ?? before);
    });
  }

  /** Shows a message that another one names. False if this device does not have it. */
  async jumpTo(reference: MessageReference, { seq = 0, takesFocus = true }: Jump = {}): Promise<boolean> {
    if (this.#scrollTo(reference, takesFocus)) return true;
    const place = seq > 0 ? seq : await this.#lookBackFor(reference);
    if (place === undefined) return false;
    await this.#load(() => this.#readAround(place));
    return this.#scrollTo(reference, takesFocus);
  }

  async jumpToNewest(): Promise<void> {
    if (this.#window.hasNewer) {
      await this.#load(async () => {
        const page = await this.#read({ limit: pageSize });
        this.#window.replaceAll(page.messages, { hasOlder: page.more, hasNewer: false });
        this.#emit({ state: "ready", target: { ...toEnd } });
      });
    } else {
      this.#emit({ target: { ...toEnd } });
    }
  }

  async loadOlder(): Promise<void> {
    if (this.#isLoading || !this.#window.hasOlder) return;
    const opening = this.#beginPage({ isLoadingOlder: true });
    try {
      const page = await this.#read({ before: this.#window.firstSeq, limit: pageSize });
      if (opening !== this.#opening) return;
      this.#window.prepend(page.messages, page.more);
      this.#emit({ isShift: true, isLoadingOlder: false });
      this.#later(() => this.#window.trimEnd(mostLines) && this.#emit({ isShift: false }));
    } catch (error) {
      this.#emit({ isLoadingOlder: false, error });
    } finally {
      this.#isLoading = false;
    }
  }

  async loadNewer(): Promise<void> {
    if (this.#isLoading || !this.#window.hasNewer) return;
    const opening = this.#beginPage({});
    try {
      const page = await this.#read({ after: this.#window.lastSeq, limit: pageSize });
      if (opening !== this.#opening) return;
      this.#window.append(page.messages, page.more);
      this.#emit({});
      this.#later(() => this.#window.trimStart(mostLines) && this.#emit({ isShift: true }));
    } catch (error) {
      this.#emit({ error });
    } finally {
      this.#isLoading = false;
    }
  }

  /** What the reader can see. Reading is told to others only from here. */
  see(seen: { isNewestOnScreen: boolean }): void {
    this.#isNewestOnScreen = seen.isNewestOnScreen;
    this.#markRead();
  }

  attend(page: { isVisible: boolean; isFocused: boolean }): void {
    this.#isPageVisible = page.isVisible;
    this.#isPageFocused = page.isFocused;
    this.#markRead();
  }

  /** Who writes has read what stood there. */
  forgetUnreadMark(): void {
    if (this.#unreadFrom === undefined) return;
    this.#unreadFrom = undefined;
    this.#emit({});
  }

  lastOwnText(): TimelineMessage | undefined {
    return this.#window.messages.findLast((line) => line.own && line.kind === "text" && line.state !== "failed");
  }

  #hear(event: EngineEvent): void {
    switch (event.name) {
      case "message_received":
        this.#receive(event.body.message);
        return;
      case "message_state_changed":
      case "message_changed":
        this.#merge(event.body.message);
        return;
      case "message_removed":
        if (event.body.conversation !== this.#conversation) return;
        if (this.#window.remove(event.body.message, event.body.seq)) this.#emit({});
        return;
      case "conversation_changed":
        if (event.body.conversation.conversation !== this.#conversation || this.#snapshot.state !== "ready") return;
        if (event.body.conversation.deleted) this.#window.replaceAll([], { hasOlder: false, hasNewer: false });
        this.#emit({ unread: event.body.conversation.unread });
        return;
      default:
    }
  }

  #receive(message: TimelineMessage): void {
    if (message.conversation !== this.#conversation) return;
    const isSeen = this.#isNewestOnScreen && this.#isPageVisible && this.#isPageFocused;
    const isCounted = countsAsUnread(message) && message.seq > this.#markedUpTo;
    if (isCounted && !isSeen && this.#unreadFrom === undefined) this.#unreadFrom = message.seq;
    this.#merge(message, isCounted ? { unread: this.#snapshot.unread + 1, announced: message } : {});
  }

  #merge(message: TimelineMessage, change: Partial<TimelineSnapshot> = {}): void {
    if (message.conversation !== this.#conversation) return;
    const isMerged = this.#window.merge(message);
    if (this.#snapshot.state !== "ready") return;
    if (isMerged || Object.keys(change).length > 0) this.#emit(change);
    this.#markRead();
    const isFollowing = this.#isNewestOnScreen && this.#window.messages.length > mostLines + pageSize;
    if (isFollowing) this.#later(() => this.#window.trimStart(mostLines) && this.#emit({ isShift: true }));
  }

  #markRead(): void {
    const seq = readUpTo(
      {
        newestSeq: this.#window.hasNewer ? 0 : this.#window.lastSeq,
        isNewestOnScreen: this.#isNewestOnScreen && this.#snapshot.state === "ready",
        isPageVisible: this.#isPageVisible,
        isPageFocused: this.#isPageFocused,
      },
      this.#markedUpTo,
    );
    if (seq === undefined) return;
    const before = this.#markedUpTo;
    this.#markedUpTo = seq;
    if (this.#snapshot.unread > 0) this.#emit({ unread: 0 });
    this.#tellRead(this.#conversation, seq).catch(() => {
      // Nothing is lost: the next message, or coming back to the page, tries again.
      this.#markedUpTo = before;
    });
  }

  async #load(work: () => Promise<void>): Promise<void> {
    const opening = ++this.#opening;
    this.#isLoading = true;
    try {
      await work();
      if (opening === this.#opening) this.#markRead();
    } catch (error) {
      if (opening === this.#opening) this.#emit({ state: "failed", error });
    } finally {
      if (opening === this.#opening) this.#isLoading = false;
    }
  }

  #beginPage(change: Partial<TimelineSnapshot>): number {
    this.#isLoading = true;
    this.#emit(change);
    return this.#opening;
  }

  #read(page: { before?: number; after?: number; limit: number }) {
    return this.#client.ask("read_history", { conversation: this.#conversation, ...page });
  }

  async #readAround(seq: number): Promise<void> {
    const after = Math.max(0, seq - pageSize / 2);
    const page = await this.#read({ after, limit: pageSize });
    this.#window.replaceAll(page.messages, { hasOlder: after > 0, hasNewer: page.more });
  }

  async #findFirstUnread(unread: number): Promise<number | undefined> {
    let left = unread;
    let lines: readonly TimelineMessage[] = this.#window.messages;
    let looked = 0;
    while (looked < mostUnreadLooked) {
      for (const line of lines.toReversed()) {
        if (line.seq > 0 && countsAsUnread(line)) left -= 1;
        if (left === 0) return this.#settleAround(line.seq, looked > 0);
      }
      looked += lines.length;
      const first = lines.find((line) => line.seq > 0);
      if (first === undefined || first.seq <= 1) break;
      lines = (await this.#read({ before: first.seq, limit: 200 })).messages;
    }
    return undefined;
  }

  async #settleAround(seq: number, isElsewhere: boolean): Promise<number> {
    if (isElsewhere) await this.#readAround(seq);
    return seq;
  }

  async #lookBackFor(reference: MessageReference): Promise<number | undefined> {
    let before = this.#window.firstSeq;
    while (before > 1) {
      const page = await this.#read({ before, limit: 200 });
      const found = page.messages.find((line) => isSameReference(line, reference));
      if (found !== undefined) return found.seq;
      const first = page.messages[0];
      if (first === undefined || !page.more) return undefined;
      before = first.seq;
    }
    return undefined;
  }

  #scrollTo(reference: MessageReference, takesFocus: boolean): boolean {
    const line = this.#window.messages.find((message) => isSameReference(referenceOf(message), reference));
    if (line === undefined) return false;
    this.#emit({ state: "ready", target: { key: keyOf(line), align: "center", isHighlighted: true, takesFocus } });
    return true;
  }

  #scrollToSeq(seq: number): void {
    const line = this.#window.messages.find((message) => message.seq >= seq) ?? this.#window.messages.at(-1);
    this.#emit({
      state: "ready",
      target: {
        key: line ? keyOf(line) : undefined,
        align: "center",
        isHighlighted: line?.seq === seq,
        takesFocus: true,
      },
    });
  }

  /** In a turn of its own: the view takes rows away at one end only after it has drawn those added at the other. */
  #later(work: () => void): void {
    setTimeout(work, 120);
  }

  #emit(change: Partial<TimelineSnapshot>): void {
    this.#snapshot = {
      ...this.#snapshot,
      isShift: false,
      ...change,
      rows: rowsOf({
        messages: this.#window.messages,
        unreadFrom: this.#unreadFrom,
        previous: this.#snapshot.rows,
      }),
      hasOlder: this.#window.hasOlder,
      hasNewer: this.#window.hasNewer,
    };
    this.#listeners.tell();
  }
}
