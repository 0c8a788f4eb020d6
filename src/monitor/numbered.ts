import { groupBy } from "../der/group-by.ts";

/** A number in the path of a URL, and the text on both sides of it. */
interface Numbered {
  readonly before: string;
  readonly digits: string;
  readonly after: string;
}

/** Maximum number of digits: a larger number is not the number of a partition. */
const maximumDigits = 9;

/**
 * Returns the URLs that must not exist if the partitions of a CA are exactly those at the numbered URLs. For URLs that
 * differ in one number of the path, these are the URL with the next number, and the URL with zero unless it is in the
 * list.
 */
export function neighborsOf(urls: readonly string[]): readonly string[] {
  const numbered = [...new Set(urls)].flatMap(numbersIn);
  const series = groupBy(numbered, ({ before, after }) => JSON.stringify([before, after]));
  const known = new Set(urls);
  const neighbors = [...series.values()].filter((members) => members.length > 1).flatMap(outsideOf);
  return [...new Set(neighbors)].filter((url) => !known.has(url));
}

function outsideOf(members: readonly Numbered[]): readonly string[] {
  const { before = "", after = "" } = members[0] ?? {};
  const numbers = members.map(({ digits }) => Number(digits));
  // If one number has leading zeros, all are written with the same number of digits.
  const width = Math.max(0, ...members.map(({ digits }) => (digits.startsWith("0") ? digits.length : 0)));
  const urlOf = (number: number): string => `${before}${String(number).padStart(width, "0")}${after}`;
  return [urlOf(Math.max(...numbers) + 1), ...(numbers.includes(0) ? [] : [urlOf(0)])];
}

/** Returns the numbers in the path of a URL. Numbers in its host are ignored: such hosts are mirrors. */
function numbersIn(url: string): readonly Numbered[] {
  const start = /^https?:\/\/[^/]*\//iu.exec(url)?.[0].length;
  if (start === undefined) return [];
  return [...url.slice(start).matchAll(/\d+/gu)]
    .filter(([digits]) => digits.length <= maximumDigits)
    .map(({ 0: digits, index }) => {
      const at = start + index;
      return { before: url.slice(0, at), digits, after: url.slice(at + digits.length) };
    });
}
