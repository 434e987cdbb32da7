import { formatDuration } from "../../design/format";
import type { Language } from "../../design/text";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** After what times messages may disappear; 0 for never. */
const offered: readonly number[] = [0, 30_000, 5 * minuteMs, hourMs, 8 * hourMs, dayMs, 7 * dayMs, 28 * dayMs];

export interface TimerChoice {
  readonly id: string;
  readonly label: string;
}

/** The choices of a timer; one that another client set to something else is among them. */
export function timerChoices(current: number, never: string, language: Language): readonly TimerChoice[] {
  const times = offered.includes(current) ? offered : [...offered, current].sort((a, b) => a - b);
  return times.map((ms) => ({ id: String(ms), label: ms === 0 ? never : formatDuration(language, ms) }));
}
