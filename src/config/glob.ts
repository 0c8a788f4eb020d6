/** Maximum number of alternatives in the braces of one pattern. */
const maximumAlternatives = 64;

/** A parsed pattern of paths. */
export interface Glob {
  /** The pattern as it was written. */
  readonly pattern: string;
  /** Whether it names one path, without any wildcard. */
  readonly isLiteral: boolean;
  /** Whether the pattern matches a path that is relative to its file and has `/` between its parts. */
  readonly matches: (path: string) => boolean;
}

/** Fault that makes a pattern invalid. */
export interface GlobFault {
  readonly fault: string;
}

/** One step of a pattern: a character, or a wildcard. */
type Step = { readonly text: string } | "any-character" | "any-in-part" | "any-parts";

/**
 * Reads a pattern of paths. `*` matches any text within one part, `**` between slashes any number of parts, `?` one
 * character, `{a,b}` either text. Syntax of other tools (`[`, `!`, a backslash) is refused instead of matched
 * literally. Matching always takes time proportional to the lengths of path and pattern. Libraries turn patterns into
 * regular expressions, which can take time proportional to a power of these lengths.
 */
export function readGlob(pattern: string): Glob | GlobFault {
  const strange = /[[\]!()\\]/u.exec(pattern);
  if (strange !== null) return { fault: explainStrange(strange[0]) };
  if (pattern === "" || pattern.startsWith("/")) return { fault: "expected a path relative to this file" };
  if (pattern.endsWith("/")) return { fault: "this names a directory; append ** for all files in it" };
  const above = /(?:^|\/)\.\.(?:\/|$)/u.exec(pattern);
  if (above !== null && /[*?{]/u.test(pattern.slice(0, above.index))) {
    return { fault: "`..` cannot follow a wildcard" };
  }
  const alternatives = expandBraces(pattern.replace(/^(?:\.\/)+/u, ""));
  if ("fault" in alternatives) return alternatives;
  const compiled = alternatives.map(compile);
  return {
    pattern,
    isLiteral: !/[*?{]/u.test(pattern),
    matches: (path) => compiled.some((steps) => isMatch(steps, path)),
  };
}

function explainStrange(character: string): string {
  if (character === "\\") return "a backslash is not supported; write / between directories on every system";
  return `"${character}" is not supported; ? matches any one character`;
}

function expandBraces(pattern: string): readonly string[] | GlobFault {
  const parts = [...pattern.matchAll(/\{(?<inner>[^{}]*)\}|[{}]/gu)];
  const stray = parts.find(({ groups }) => groups?.["inner"] === undefined);
  if (stray !== undefined) return { fault: "braces are not in pairs, or are nested" };
  let texts = [""];
  let from = 0;
  for (const { index, 0: whole, groups } of parts) {
    const choices = (groups?.["inner"] ?? "").split(",");
    const before = pattern.slice(from, index);
    texts = texts.flatMap((text) => choices.map((choice) => text + before + choice));
    if (texts.length > maximumAlternatives) {
      return { fault: `braces stand for more than ${maximumAlternatives} paths` };
    }
    from = index + whole.length;
  }
  return texts.map((text) => text + pattern.slice(from));
}

/**
 * Compiles a pattern to steps. `**` is a separate part and includes the slash after it: `a/**` + `/b` also matches
 * `a/b`.
 */
function compile(pattern: string): readonly Step[] {
  const parts = pattern.matchAll(/(?<parts>(?<=^|\/)\*\*(?:\/|$))|(?<any>\*+)|./gsu);
  return [...parts].map(({ 0: text, groups }): Step => {
    if (groups?.["parts"] !== undefined) return "any-parts";
    if (groups?.["any"] !== undefined) return "any-in-part";
    return text === "?" ? "any-character" : { text };
  });
}

/** Whether a path matches. Follows all ways through a pattern at the same time. */
function isMatch(steps: readonly Step[], path: string): boolean {
  let reached = new Set([0]);
  const characters = Array.from(path);
  for (const [i, character] of characters.entries()) {
    const next = new Set<number>();
    for (const at of withSkips(reached, steps, i === 0 || characters[i - 1] === "/")) {
      const step = steps[at];
      if (step === undefined) continue;
      if (step === "any-parts" || (step === "any-in-part" && character !== "/")) next.add(at);
      else if (step === "any-character" ? character !== "/" : typeof step === "object" && step.text === character) {
        next.add(at + 1);
      }
    }
    reached = next;
  }
  return withSkips(reached, steps, true).has(steps.length);
}

/** Adds the places after wildcards that match no further character; `**` ends only between parts. */
function withSkips(reached: ReadonlySet<number>, steps: readonly Step[], isAtPart: boolean): ReadonlySet<number> {
  const all = new Set<number>();
  const last = isAtPart ? "any-parts" : "any-in-part";
  for (const start of reached) {
    let at = start;
    all.add(at);
    for (let step = steps[at]; step === "any-in-part" || step === last; step = steps[at]) all.add((at += 1));
  }
  return all;
}
