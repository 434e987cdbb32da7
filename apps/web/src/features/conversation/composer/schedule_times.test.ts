import { describe, expect, it } from "vitest";
import { readLocal, usualTimes, writeLocal } from "./schedule_times";

describe("times to send later", () => {
  it("lie ahead, soonest first", () => {
    const sunday = new Date(2026, 4, 3, 20, 30).getTime();
    const times = usualTimes(sunday);
    expect(times.map((time) => time.name)).toEqual(["inAnHour", "tomorrow"]);
    expect(times.every((time) => time.at > sunday)).toBe(true);
  });

  it("survive the way through a date field", () => {
    const time = new Date(2026, 4, 3, 20, 30).getTime();
    expect(readLocal(writeLocal(time))).toBe(time);
    expect(readLocal("")).toBeUndefined();
  });
});
