const patienceMs = 1_000;
/** Where the browser does not tell when it is idle. */
const guessMs = 300;

/** Does what can wait until what is drawn is on the screen, but no longer than a second. */
export function whenIdle(work: () => void): void {
  if (globalThis.requestIdleCallback === undefined) setTimeout(work, guessMs);
  else requestIdleCallback(work, { timeout: patienceMs });
}
