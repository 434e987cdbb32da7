import type { Language } from "./text";

const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

/** The language as it is written where the reader is, as far as the browser says: dates and times differ by region. */
function regional(language: Language): string {
  return globalThis.navigator?.languages?.find((one) => one.split("-")[0] === language) ?? language;
}

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `date ${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known instanceof Intl.DateTimeFormat) return known;
  const made = new Intl.DateTimeFormat(regional(language), options);
  formatters.set(key, made);
  return made;
}

function numberFormat(language: Language, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `number ${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known instanceof Intl.NumberFormat) return known;
  const made = new Intl.NumberFormat(regional(language), options);
  formatters.set(key, made);
  return made;
}

/** Whole days from the day of `from` to the day of `to`, in local time. */
export function daysBetween(from: number, to: number): number {
  const midnight = (time: number) => {
    const date = new Date(time);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

export function formatNumber(language: Language, value: number): string {
  return numberFormat(language).format(value);
}

/** "14:05" or "2:05 PM". */
export function formatTime(language: Language, time: number): string {
  return dateFormat(language, { hour: "numeric", minute: "2-digit" }).format(time);
}

/** A full date with its time, for tooltips and details. */
export function formatDateTime(language: Language, time: number): string {
  return dateFormat(language, { dateStyle: "full", timeStyle: "short" }).format(time);
}

/** "21 Nov 2026". */
export function formatDate(language: Language, time: number): string {
  return dateFormat(language, { dateStyle: "medium" }).format(time);
}

/** "Today", "Yesterday", a weekday within the last week, else the date: the line between two days. */
export function formatDay(language: Language, time: number, now: number): string {
  const days = daysBetween(time, now);
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
  }
  if (days > 1 && days < 7) return dateFormat(language, { weekday: "long" }).format(time);
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return dateFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(time);
}

/** The short form of a list: a time today, "Yesterday", a weekday, or a short date. */
export function formatMoment(language: Language, time: number, now: number): string {
  const days = daysBetween(time, now);
  if (days <= 0) return formatTime(language, time);
  if (days === 1) return formatDay(language, time, now);
  if (days < 7) return dateFormat(language, { weekday: "short" }).format(time);
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return dateFormat(language, sameYear ? { day: "numeric", month: "short" } : { dateStyle: "short" }).format(time);
}

const sizeUnits = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** "3.4 MB". */
export function formatBytes(language: Language, bytes: number): string {
  let value = bytes;
  let unit: (typeof sizeUnits)[number] = "byte";
  for (const next of sizeUnits.slice(1)) {
    if (value < 1000) break;
    value /= 1000;
    unit = next;
  }
  const digits = unit === "byte" || value >= 100 ? 0 : 1;
  return numberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(
    value,
  );
}

const durationUnits = [
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** A duration in its largest whole unit: "4 weeks", "1 day", "30 seconds". */
export function formatDuration(language: Language, milliseconds: number): string {
  const seconds = ["second", 1_000] as const;
  const [unit, size] =
    durationUnits.find(([, length]) => milliseconds >= length && milliseconds % length === 0) ?? seconds;
  const value = Math.max(0, Math.round(milliseconds / size));
  return numberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}
