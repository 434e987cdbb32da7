const waiting: (() => void)[] = [];
let knock: (() => void) | undefined;

function takeNext(): void {
  waiting.shift()?.();
}

function makeKnock(): () => void {
  // Node has it, and a process waits for it as it should.
  const { setImmediate } = globalThis as { setImmediate?: (call: () => void) => void };
  if (setImmediate !== undefined) return () => setImmediate(takeNext);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = takeNext;
  return () => port2.postMessage(null);
}

/** Calls after the tasks that are ready now; timers would wait 4 ms, and microtasks would let nothing else in. */
export function afterPresentTasks(call: () => void): void {
  waiting.push(call);
  knock ??= makeKnock();
  knock();
}
