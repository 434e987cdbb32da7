import { beforeEach, describe, expect, it, vi } from "vitest";
import { isReminderDue, snoozeReminder } from "./reminder_times";

const day = 86_400_000;

beforeEach(() => {
  const held = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
  });
});

describe("the reminder of the recovery key", () => {
  it("is due at first, then the day after it was put off, then less and less often", () => {
    expect(isReminderDue(1_000)).toBe(true);
    snoozeReminder(1_000);
    expect([isReminderDue(1_000 + day - 1), isReminderDue(1_000 + day)]).toEqual([false, true]);
    snoozeReminder(1_000 + day);
    expect([isReminderDue(1_000 + 4 * day - 1), isReminderDue(1_000 + 4 * day)]).toEqual([false, true]);
  });

  it("is due when what was kept cannot be read", () => {
    localStorage.setItem("sotto.recovery_reminder", "{");
    expect(isReminderDue(0)).toBe(true);
  });
});
