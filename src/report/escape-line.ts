import { escapeWith } from "../name/escape.ts";

/**
 * Escapes text for one line of any text format: line breaks, controls, characters that hide or reorder text, and
 * commands that build servers run at any position (`##[`, `##vso[`). Text from files was already escaped and is not
 * changed. Names from a caller of the library were not.
 */
export function escapeLine(text: string): string {
  return escapeWith(text, { max: Number.MAX_SAFE_INTEGER }, (character) =>
    character === "\\" || character === '"' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Returns the lines of human text, each escaped. */
export function escapeLines(text: string): readonly string[] {
  return text.replace(/\n$/u, "").split("\n").map(escapeLine);
}
