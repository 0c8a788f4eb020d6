/**
 * A number as people read it: `1,000,000`. By hand, since the first `toLocaleString` of a process loads the tables of
 * all locales: a quarter of what a start may take.
 *
 * @param count a whole number, not negative
 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}
