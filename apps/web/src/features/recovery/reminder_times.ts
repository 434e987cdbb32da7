/** When to remind of the recovery key again: the day after, then less and less often, and at last once a month. */

const storageKey = "sotto.recovery_reminder";
const day = 86_400_000;
const pausesInDays = [1, 3, 7, 14, 30] as const;

interface Snooze {
  readonly until: number;
  readonly count: number;
}

const never: Snooze = { until: 0, count: 0 };

function read(): Snooze {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    if (typeof kept !== "object" || kept === null || !("until" in kept) || !("count" in kept)) return never;
    return typeof kept.until === "number" && typeof kept.count === "number" ? (kept as Snooze) : never;
  } catch {
    return never;
  }
}

export function isReminderDue(now: number): boolean {
  return now >= read().until;
}

export function snoozeReminder(now: number): void {
  const { count } = read();
  const pause = pausesInDays[Math.min(count, pausesInDays.length - 1)] ?? 30;
  try {
    localStorage.setItem(storageKey, JSON.stringify({ until: now + pause * day, count: count + 1 }));
  } catch {
    // It then comes back with the next visit.
  }
}
