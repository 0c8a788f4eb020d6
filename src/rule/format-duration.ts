import { formatCount } from "./format-count.ts";

/** Units that do not depend on a calendar, in seconds. */
const units = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "min"],
  [1, "s"],
] as const;

/**
 * Returns a duration as people read it, with the exact seconds: `864,001 s (10 days and 1 s)`. Less than a minute is in
 * seconds alone.
 *
 * @param seconds a whole number, not negative
 */
export function formatDuration(seconds: number): string {
  const exact = `${formatCount(seconds)} s`;
  if (seconds < 60) return exact;
  const parts: string[] = [];
  let rest = seconds;
  for (const [length, unit] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${formatCount(count)} ${unit}${count > 1 && length >= 3600 ? "s" : ""}`);
  }
  const last = parts.pop() ?? "";
  return `${exact} (${parts.length === 0 ? last : `${parts.join(", ")} and ${last}`})`;
}

/** Returns the difference between two clocks in exact words: `1 d 2 h 0 min 5 s`, from the largest unit that is not 0. */
export function formatOffset(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
