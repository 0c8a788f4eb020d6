import { escapeWith } from "../name/escape.ts";

/**
 * Text of a report as it may stand in one line of any text format: without line breaks, controls, or characters that
 * hide or reorder, and without what build servers act on wherever it stands (`##[`, `##vso[`). What comes out of a file
 * has been escaped before, and stays as it is; names that a caller of the library chose have not.
 */
export function tame(text: string): string {
  return escapeWith(text, { max: Number.MAX_SAFE_INTEGER }, (character) =>
    character === "\\" || character === '"' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Lines of human text, each tamed. */
export function tameLines(text: string): readonly string[] {
  return text.replace(/\n$/u, "").split("\n").map(tame);
}
