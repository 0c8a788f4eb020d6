import { distance } from "fastest-levenshtein";

/** Longer texts are not compared: no name resembles them. */
const maximumLength = 80;

/** The candidate with the fewest edits from a text; undefined if none is similar. */
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
