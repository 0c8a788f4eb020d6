import { distance } from "fastest-levenshtein";

/** Maximum length of a text that is compared. No name resembles a longer one. */
const maximumLength = 80;

/** Returns the candidate with the fewest edits from a text; undefined if none is similar. */
export function findNearest(text: string, candidates: Iterable<string>): string | undefined {
  if (text.length > maximumLength) return undefined;
  let nearest: string | undefined;
  let fewest = Math.floor(text.length * 0.4) + 1;
  for (const candidate of candidates) {
    const edits = distance(text, candidate);
    if (edits >= fewest) continue;
    fewest = edits;
    nearest = candidate;
  }
  return nearest;
}

/** Returns the nearest candidate as the end of a message: `; did you mean X?`. Empty if none is similar. */
export function suggestNearest(text: string, candidates: Iterable<string>): string {
  const nearest = findNearest(text, candidates);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}
