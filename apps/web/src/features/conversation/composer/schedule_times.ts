export interface ScheduleTime {
  readonly name: "inAnHour" | "thisEvening" | "tomorrow" | "nextWeek";
  readonly at: number;
}

function atHour(from: number, days: number, hour: number): number {
  const date = new Date(from);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
}

/** Times that are often wanted, soonest first; only those to come, and none twice. */
export function usualTimes(now: number): ScheduleTime[] {
  const daysToMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const times: ScheduleTime[] = [
    { name: "inAnHour", at: now + 3_600_000 },
    { name: "thisEvening", at: atHour(now, 0, 19) },
    { name: "tomorrow", at: atHour(now, 1, 8) },
    { name: "nextWeek", at: atHour(now, daysToMonday, 8) },
  ];
  return times
    .filter((time, index) => time.at > now && times.findIndex((other) => other.at === time.at) === index)
    .sort((a, b) => a.at - b.at);
}

/** As a date field writes it, in local time. */
export function writeLocal(time: number): string {
  const date = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

/** Undefined for what is no time. */
export function readLocal(text: string): number | undefined {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? undefined : time;
}
