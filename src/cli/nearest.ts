/** Longer texts are not compared: no id comes near to them. */
const maximumLength = 80;

/** The candidate with the fewest edits away from some text; undefined where none is near. */
export function findNearest(text: string, candidates: Iterable<string>): string | undefined {
  if (text.length > maximumLength) return undefined;
  let nearest: string | undefined;
  let fewest = Math.floor(text.length * 0.4) + 1;
  for (const candidate of candidates) {
    const edits = countEdits(text, candidate);
    if (edits >= fewest) continue;
    fewest = edits;
    nearest = candidate;
  }
  return nearest;
}

/** Letters to insert, drop or replace to get from one text to another (Levenshtein). */
function countEdits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
