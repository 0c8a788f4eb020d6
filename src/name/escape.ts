/**
 * Returns a pattern for characters that are invisible, look like a plain space, move or hide other text, or have no
 * meaning of their own. These are controls, whitespace except U+0020, default-ignorable and format characters,
 * surrogates, private use and noncharacters. They are listed by number, so the output does not depend on the Unicode
 * version of the runtime.
 */
function makeHidden(): RegExp {
  return new RegExp(
    [
      "[",
      String.raw`\u{0}-\u{1f}\u{7f}-\u{a0}\u{ad}`, // C0, DEL, C1, no-break space, soft hyphen
      String.raw`\u{34f}\u{61c}\u{115f}\u{1160}\u{1680}\u{17b4}\u{17b5}\u{180b}-\u{180f}`,
      String.raw`\u{2000}-\u{200f}\u{2028}-\u{202f}\u{205f}-\u{206f}\u{2800}`, // spaces, zero width, bidi controls
      String.raw`\u{3000}\u{3164}`,
      String.raw`\u{d800}-\u{f8ff}`, // lone surrogates, private use
      String.raw`\u{fdd0}-\u{fdef}\u{fe00}-\u{fe0f}\u{feff}\u{ffa0}\u{fff0}-\u{ffff}`,
      String.raw`\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}`,
      ...Array.from({ length: 13 }, (_, plane) => {
        const base = ((plane + 1) * 0x1_0000).toString(16).slice(0, -4);
        return String.raw`\u{${base}fffe}\u{${base}ffff}`; // noncharacters at the end of planes 1 to 13
      }),
      String.raw`\u{e0000}-\u{10ffff}`, // tags, variation selectors, private use
      "]",
    ].join(""),
    "u",
  );
}

/** Text in which no character needs an escape. */
const plain = /^[ !$-[\]-~]*$/u;

/** Patterns for all other text. Creating them takes longer than escaping all text of most runs, which is plain. */
let patterns: { readonly hidden: RegExp; readonly mark: RegExp } | undefined;

/**
 * Maximum number of combining marks in a row, more than any script uses; further ones would be drawn over other lines.
 */
const stackedMarks = 4;

/** An escape that only `escapePath` writes into the name of a file, or text that looks like one. */
export const escapeInPath = /\\(?:u\{|\(|\\)/u;

/** Options of escaping text from a file. */
export interface EscapeOptions {
  /**
   * Maximum number of characters (code points of the text) that are shown; longer text is cut in the middle. Default
   * 200.
   */
  readonly max?: number;
}

/**
 * Escapes text from a file. All such text goes through this function before any output. Two different texts of at most
 * `max` characters never give the same result. No result contains anything that moves a cursor, hides or reorders text,
 * or joins with the text around it:
 *
 * - A backslash is written before backslash and double quote. A character that is invisible or looks like another one
 *   becomes `\u{hex}`.
 * - So does a character that is equivalent to others in Unicode (NFC), so composed and decomposed text differ.
 * - So does a `#` before another one: build servers act on `##[`, `##vso[` and `##teamcity[` at any position.
 * - Longer text keeps its first two thirds and its last third of `max` characters around `\(n characters cut: hash)`,
 *   which cannot be confused with an escape.
 */
export function escapeText(text: string, options: EscapeOptions = {}): string {
  return escapeWith(text, options, (character) =>
    character === "\\" || character === '"' ? `\\${character}` : escapeNumber(character),
  );
}

/**
 * Escapes text as `escapeText` does, but writes escapes of characters in another form.
 *
 * @param spell returns the escape of one code point; it must start with a backslash
 */
export function escapeWith(text: string, options: EscapeOptions, spell: (character: string) => string): string {
  const max = Math.max(2, options.max ?? 200);
  if (countCharacters(text) <= max) return escapeWhole(text, spell);
  const tailLength = Math.floor(max / 3);
  const head = text.slice(0, indexAfter(text, max - tailLength));
  const tail = text.slice(indexBefore(text, tailLength));
  const cut = text.slice(head.length, text.length - tail.length);
  const hash = checksum(cut.length, (i) => cut.charCodeAt(i));
  return `${escapeWhole(head, spell)}\\(${countCharacters(cut)} characters cut: ${hash})${escapeWhole(tail, spell)}`;
}

/**
 * Returns an FNV-1a hash of some 16-bit units as eight hexadecimal digits. It distinguishes texts that were cut, but is
 * not a cryptographic hash.
 */
export function checksum(length: number, unitAt: (index: number) => number): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i += 1) {
    const unit = unitAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function escapeWhole(text: string, spell: (character: string) => string): string {
  if (plain.test(text)) return text;
  const { hidden, mark } = (patterns ??= { hidden: makeHidden(), mark: /^\p{M}$/u });
  const characters = Array.from(text);
  let shown = "";
  let before = "";
  let marks = 0;
  characters.forEach((character, i) => {
    marks = mark.test(character) ? marks + 1 : 0;
    // Whether another sequence of characters looks the same: instead of the character, or of it and the text before it.
    const joined = before + character;
    const joins = joined.normalize("NFC") !== joined;
    const stray = marks > 0 && (before === "" || marks > stackedMarks);
    const command = character === "#" && characters[i + 1] === "#";
    if (character === "\\" || character === '"' || command || joins || stray || hidden.test(character)) {
      shown += spell(character);
      // A combining mark after an escape would be drawn on the last character of the escape.
      before = "";
    } else {
      shown += character;
      before = marks > 0 ? joined : character;
    }
  });
  return shown;
}

function escapeNumber(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function countCharacters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += widthAt(text, i)) count += 1;
  return count;
}

function widthAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}

/** Returns the index after the first `count` code points. */
function indexAfter(text: string, count: number): number {
  let index = 0;
  for (let i = 0; i < count; i += 1) index += widthAt(text, index);
  return index;
}

/** Returns the index before the last `count` code points. */
function indexBefore(text: string, count: number): number {
  let index = text.length;
  for (let i = 0; i < count; i += 1) index -= widthAt(text, index - 2);
  return index;
}
