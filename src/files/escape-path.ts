import { escapeInPath, escapeWith } from "../name/escape.ts";

/** Maximum length of a name. Longer names are cut in the middle; Linux allows 4096. */
const max = 1000;

/**
 * Escapes a file name, or other text from the command line, for display. A name without characters that need an escape
 * is unchanged, including its backslashes (Windows) and quotes. In all others backslashes are doubled, so no two names
 * look the same.
 */
export function escapePath(path: string): string {
  const kept = show(path, (character) => (character === "\\" ? character : undefined));
  if (kept === path && !escapeInPath.test(path)) return kept;
  return show(path, (character) => (character === "\\" ? String.raw`\\` : undefined));
}

function show(path: string, spell: (character: string) => string | undefined): string {
  const escaped = escapeWith(path, { max }, (character) => {
    if (character === '"') return character;
    return spell(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return escapeCommand(escaped);
}

/**
 * Escapes `::` at the start of escaped text, also after spaces: build servers treat `::error::` at the start of a line
 * as a command. Elsewhere no line break can precede it.
 */
export function escapeCommand(text: string): string {
  return text.replace(/^(?<indent> *):(?=:)/u, String.raw`$<indent>\u{3a}`);
}
