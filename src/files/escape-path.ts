import { escapeWith } from "../name/escape.ts";

/** Longer names are cut in their middle; Linux allows 4096. */
const max = 1000;

/** What would pass for an escape, or for a backslash that was doubled. */
const misleading = /\\(?:u\{|\(|\\)/u;

/**
 * A file name, or other text from the command line, as it is shown. A name without characters that need an escape is
 * unchanged, with its backslashes (Windows) and quotes. In all others backslashes are doubled, so no two names look the
 * same. `::` at its start is broken up, because build servers read `::error::` at the start of a line as a command, also
 * after spaces. Lines are not broken before it elsewhere.
 */
export function escapePath(path: string): string {
  const kept = show(path, (character) => (character === "\\" ? character : undefined));
  if (kept === path && !misleading.test(path)) return kept;
  return show(path, (character) => (character === "\\" ? String.raw`\\` : undefined));
}

function show(path: string, spell: (character: string) => string | undefined): string {
  const escaped = escapeWith(path, { max }, (character) => {
    if (character === '"') return character;
    return spell(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return escaped.replace(/^(?<indent> *):(?=:)/u, String.raw`$<indent>\u{3a}`);
}
