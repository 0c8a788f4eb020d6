import { expect, test } from "vitest";
import { formatDuration } from "../../src/rule/format-duration.ts";

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [60, "60 s (1 min)"],
  [61, "61 s (1 min and 1 s)"],
  [3599, "3,599 s (59 min and 59 s)"],
  [3600, "3,600 s (1 hour)"],
  [7200, "7,200 s (2 hours)"],
  [86_399, "86,399 s (23 hours, 59 min and 59 s)"],
  [86_400, "86,400 s (1 day)"],
  [864_000, "864,000 s (10 days)"],
  [864_001, "864,001 s (10 days and 1 s)"],
  [863_913_600, "863,913,600 s (9,999 days)"],
])("%i s is shown as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
