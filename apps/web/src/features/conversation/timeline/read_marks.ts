/** What decides whether the newest message counts as read. */
export interface ReadingState {
  /** The newest line of the log that is here, 0 if there is none. */
  readonly newestSeq: number;
  /** Whether the newest line of the conversation is on screen, and not merely the newest that was loaded. */
  readonly isNewestOnScreen: boolean;
  readonly isPageVisible: boolean;
  readonly isPageFocused: boolean;
}

/** Up to which line to mark as read, if there is something to mark. */
export function readUpTo(state: ReadingState, markedBefore: number): number | undefined {
  const isRead = state.isNewestOnScreen && state.isPageVisible && state.isPageFocused;
  return isRead && state.newestSeq > markedBefore ? state.newestSeq : undefined;
}
