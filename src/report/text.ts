/** Characters that a terminal draws two columns wide (East Asian Width W and F in Unicode), by number. */
const wide = new RegExp(
  [
    "[",
    String.raw`\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{4dbf}\u{4e00}-\u{a4cf}\u{a960}-\u{a97f}`,
    String.raw`\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}`,
    String.raw`\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}`,
    "]",
  ].join(""),
  "u",
);

const ascii = /^[ -~]*$/u;

/** Control codes for colors. Text from files is escaped, so they are ours. */
// oxlint-disable-next-line no-control-regex -- that is what they begin with
const colors = /\u001b\[[\d;]*m/gu;

/** Returns the width of escaped text on a terminal, in columns. */
export function displayWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  // Created here: creating it takes as long as writing the report of a CRL without findings.
  const mark = /^\p{M}$/u;
  let width = 0;
  for (const character of text.replace(colors, "")) width += mark.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/** Appends spaces to text up to a width in columns. */
export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/**
 * Breaks text at spaces into lines of at most `width` columns; a longer word gets its own line. Only the first line may
 * start with `::`, because build servers run `::error::` at the start of a line as a command.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line: string | undefined;
  let used = 0;
  for (const word of text.split(" ")) {
    const length = displayWidth(word);
    if (line === undefined) {
      line = word;
      used = length;
    } else if (used + 1 + length <= width || word.startsWith("::")) {
      line += ` ${word}`;
      used += 1 + length;
    } else {
      lines.push(line);
      line = word;
      used = length;
    }
  }
  return [...lines, line ?? ""];
}

/** Beginning of a line that is repeated where the line continues: indentation, and the sign of a quotation. */
const beginnings = /^ *(?:> ?)?/u;

/**
 * Breaks each line of text that is wider than a number of columns. It continues indented on the next line. A word that
 * does not fit, such as a path or a digest, is not split, so it can be copied.
 */
export function foldLines(text: string, width: number): string {
  const lines = text.split("\n").flatMap((line) => {
    if (displayWidth(line) <= width) return [line];
    const [all = ""] = beginnings.exec(line) ?? [];
    // If the text begins far to the right, too little would fit.
    const beginning = all.length > width / 2 ? continued : all;
    const room = width - beginning.length - continued.length;
    const [first = "", ...rest] = wrap(line.slice(all.length), room).map((each) => each.trimEnd());
    const more = rest.map((each) => each.trimStart()).filter((each) => each !== "");
    return [`${beginning}${first}`, ...more.map((each) => `${beginning}${continued}${each}`)];
  });
  return lines.join("\n");
}

/** Indentation of continued lines. */
const continued = "  ";
