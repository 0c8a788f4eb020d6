import { formatCount } from "./format-count.ts";

/** Units that do not depend on a calendar, in seconds. */
const units = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "min"],
  [1, "s"],
] as const;

/**
 * Formats a duration for people, with the exact seconds: `864,001 s (10 days and 1 s)`. A duration of less than a
 * minute has only the seconds.
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
