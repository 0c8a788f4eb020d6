/** `7d`, `24h`, `1d12h`: largest unit first. */
const plain =
  /^(?:(?<weeks>\d{1,6})w)?(?:(?<days>\d{1,6})d)?(?:(?<hours>\d{1,6})h)?(?:(?<minutes>\d{1,6})m)?(?:(?<seconds>\d{1,6})s)?$/u;

/** ISO 8601-1:2019 5.5.2.2, without years and months, whose lengths vary, and without fractions. */
const iso =
  /^P(?=[\dT])(?:(?<weeks>\d{1,6})W)?(?:(?<days>\d{1,6})D)?(?:T(?=\d)(?:(?<hours>\d{1,6})H)?(?:(?<minutes>\d{1,6})M)?(?:(?<seconds>\d{1,6})S)?)?$/u;

/**
 * Reads a duration such as `24h` or `PT24H`, in seconds. Returns undefined for other text, and for 0, which would check
 * nothing.
 */
export function parseDuration(text: string): number | undefined {
  const { groups } = plain.exec(text) ?? iso.exec(text) ?? {};
  if (groups === undefined) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = [
    "weeks",
    "days",
    "hours",
    "minutes",
    "seconds",
  ].map((unit) => Number(groups[unit] ?? 0));
  const total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total > 0 ? total : undefined;
}
