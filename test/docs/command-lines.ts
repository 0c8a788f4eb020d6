/** A crllint command in shell text. */
export interface Call {
  /** Number of line feeds before it. */
  readonly line: number;
  readonly args: readonly string[];
}

/** Start of a command: on a new line, after an operator or a keyword, in `$(`, or as a step of a workflow. */
const begins =
  /(?:^|[|;&(`]|\b(?:then|do|else|if|run:|exec|sh -c ["'])|! )\s*(?:npx (?:--\S+ )?)?(?:\w+=\S* )*crllint(?=\s)/gmu;

/** End of a command, outside of quotes. */
const ends = /^(?:\s+#|\s*(?:\n|\||&|;|\)|>|<|\d>|`))/u;

/** Returns the crllint commands in shell text, with words as a shell splits them, without `"$@"` and comments. */
export function callsIn(text: string): readonly Call[] {
  return [...text.matchAll(begins)].map(({ index, 0: head }) => ({
    line: text.slice(0, index + head.length).split("\n").length - 1,
    args: wordsOf(text.slice(index + head.length)),
  }));
}

function wordsOf(rest: string): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (at < rest.length && !ends.test(rest.slice(at))) {
    const space = /^(?:\s|\\\n)+/u.exec(rest.slice(at));
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const [word = ""] =
      /^(?:"(?:[^"\\]|\\[^])*"|'[^']*'|\$\([^)]*\)|\$\{[^}]*\}|\\[^]|[^\s"'|&;()<>`])+/u.exec(rest.slice(at)) ?? [];
    if (word === "") break;
    if (word !== '"$@"') words.push(word.replaceAll(/"(?<double>[^"]*)"|'(?<single>[^']*)'/gu, "$<double>$<single>"));
    at += word.length;
  }
  return words;
}
