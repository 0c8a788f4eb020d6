/**
 * Formats a number for people: `1,000,000`. Does not use `toLocaleString`: its first call loads the tables of all
 * locales, a quarter of the time that a start may take.
 *
 * @param count a whole number, 0 or greater
 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}

/** Returns a count with its noun: `1 certificate`, `3 certificates`, `12,000 certificates`. */
export function countOf(count: number, what: string, many = `${what}s`): string {
  return `${formatCount(count)} ${count === 1 ? what : many}`;
}
