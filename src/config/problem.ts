import { tame } from "../report/tame.ts";
import { displayWidth } from "../report/text.ts";

/** Ids of what can be wrong with a configuration or a baseline. */
export type ProblemId =
  | "alias"
  | "bad-date"
  | "bad-glob"
  | "duplicate-key"
  | "encoding"
  | "missing-key"
  | "not-suppressible"
  | "syntax"
  | "too-deep"
  | "too-large"
  | "unknown-key"
  | "unknown-rule"
  | "wrong-value";

/** A range of UTF-16 units in some text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** One thing that is wrong in a file of settings. All text in it is escaped. */
export interface Problem {
  readonly id: ProblemId;
  /** Lower case, names the thing and its value. */
  readonly message: string;
  readonly at: Place;
  /** Imperative: what to do. */
  readonly help?: string;
}

/** Line and column, from 1, columns in UTF-16 units; a place after the last character is that of the character. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Maximum number of problems of a file that are shown; the rest are counted. */
const maximumProblems = 20;

/** Characters of a line that are shown before and after the start of a problem. */
const around = 60;

const lineBreak = /\r\n|\r|\n/gu;

/** The line and column of an index in a text. */
export function locateIn(text: string, index: number): LineColumn {
  // A file that ends too early is wrong at its last character, not on the empty line after it.
  const at = Math.max(0, Math.min(index, text.trimEnd().length - 1));
  let line = 1;
  let start = 0;
  for (const { index: end, 0: found } of text.matchAll(lineBreak)) {
    if (end + found.length > at) break;
    line += 1;
    start = end + found.length;
  }
  return { line, column: at - start + 1 };
}

/**
 * What is wrong with a file, each problem with its line and a caret below it, as findings are shown; sorted by place.
 *
 * @param file its name, escaped
 */
export function describeProblems(file: string, text: string, problems: readonly Problem[]): string {
  const sorted = problems.toSorted((a, b) => a.at.start - b.at.start);
  const shown = sorted.slice(0, maximumProblems).map((problem) => describeProblem(file, text, problem));
  const more = sorted.length - shown.length;
  return `${shown.join("\n")}${more > 0 ? `\n... and ${more} more in ${file}\n` : ""}`;
}

function describeProblem(file: string, text: string, { id, message, at, help }: Problem): string {
  const { line, column } = locateIn(text, at.start);
  const [before, marked, after] = excerpt(text, line, column, at.end - at.start);
  const margin = " ".repeat(String(line).length);
  const caret = " ".repeat(displayWidth(before)) + "^".repeat(Math.max(1, displayWidth(marked)));
  return [
    `error[config/${id}]: ${message}`,
    `${margin}--> ${file}:${line}:${column}`,
    `${margin} |`,
    `${line} | ${before}${marked}${after}`.trimEnd(),
    `${margin} | ${caret}`,
    ...(help === undefined ? [] : [`${margin} = help: ${help}`]),
    "",
  ].join("\n");
}

/** A line in three parts: before the error, the error, and after it. A long line is cut around the error. */
function excerpt(text: string, line: number, column: number, length: number): readonly [string, string, string] {
  const content = text.split(lineBreak)[line - 1] ?? "";
  const start = column - 1;
  const from = Math.max(0, start - around);
  const to = Math.min(content.length, start + around);
  const end = Math.min(to, start + Math.max(1, length));
  const show = (part: string): string => tame(part.replaceAll("\t", " "));
  return [
    `${from > 0 ? "..." : ""}${show(content.slice(from, start))}`,
    show(content.slice(start, end)),
    `${show(content.slice(end, to))}${to < content.length ? "..." : ""}`,
  ];
}
