const units = [
  { unit: "week", ms: 7 * 24 * 3_600_000 },
  { unit: "day", ms: 24 * 3_600_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1_000 },
] as const;

/** How long something still stays, in its largest unit: "3 h", "12 s". Never less than a second. */
export function timeLeft(language: string, ms: number, width: "narrow" | "long" = "narrow"): string {
  const found = units.find((one) => ms >= one.ms) ?? { unit: "second", ms: 1_000 };
  const count = Math.max(1, Math.ceil(ms / found.ms));
  return new Intl.NumberFormat(language, { style: "unit", unit: found.unit, unitDisplay: width }).format(count);
}
