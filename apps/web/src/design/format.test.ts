import { describe, expect, it } from "vitest";
import { daysBetween, formatBytes, formatDay, formatDuration, formatMoment } from "./format";

const now = new Date(2026, 10, 21, 12, 0).getTime();
const at = (month: number, day: number, hour = 9, year = 2026) => new Date(year, month - 1, day, hour).getTime();

describe("days", () => {
  it("are counted by midnights, not by hours", () => {
    expect(daysBetween(at(11, 20, 23), at(11, 21, 1))).toBe(1);
    expect(daysBetween(at(11, 21, 1), at(11, 21, 23))).toBe(0);
  });

  it("are told in words while they are near, and by date when they are not", () => {
    expect(formatDay("en", at(11, 21), now)).toBe("Today");
    expect(formatDay("de", at(11, 20), now)).toBe("Gestern");
    expect(formatDay("de", at(11, 17), now)).toBe("Dienstag");
    expect(formatDay("en", at(3, 1), now)).toBe("Sunday, March 1");
    expect(formatDay("en", at(3, 1, 9, 2024), now)).toContain("2024");
  });

  it("shrink to a time, a weekday or a date in lists", () => {
    expect(formatMoment("de", at(11, 21), now)).toBe("9:00");
    expect(formatMoment("en", at(11, 20), now)).toBe("Yesterday");
    expect(formatMoment("de", at(11, 17), now)).toBe("Di");
    expect(formatMoment("en", at(3, 1), now)).toBe("Mar 1");
  });
});

describe("amounts", () => {
  it("stand in the largest unit that fits them", () => {
    expect(formatBytes("en", 900)).toBe("900 byte");
    expect(formatBytes("en", 3_400_000)).toBe("3.4 MB");
    expect(formatBytes("de", 3_400_000)).toBe("3,4 MB");
    expect(formatDuration("en", 4 * 7 * 86_400_000)).toBe("4 weeks");
    expect(formatDuration("de", 86_400_000)).toBe("1 Tag");
    expect(formatDuration("en", 90_000)).toBe("90 seconds");
  });
});
