import { escapeLine } from "../report/escape-line.ts";
import { displayWidth } from "../report/text.ts";

/** Ids of problems that a configuration or a baseline can have. */
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

/** A problem in a file of settings. All its text is escaped. */
export interface Problem {
  readonly id: ProblemId;
  /** Names the thing and its value, in lower case. */
  readonly message: string;
  readonly at: Place;
  /** Instruction that fixes the problem, in the imperative. */
  readonly help?: string;
}

/** Line and column, both from 1. Columns count UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Maximum number of problems that are shown for one file; the rest are counted. */
const maximumProblems = 20;

/** Number of characters of a line that are shown before and after the start of a problem. */
const around = 60;

const lineBreak = /\r\n|\r|\n/gu;

/** Returns the line and column of an index in a text. An index after the last character counts as that character. */
export function locateIn(text: string, index: number): LineColumn {
  // In a file that ends too early, the error is at its last character, not on the empty line after it.
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
 * Formats the problems of a file, sorted by place, each with its line and a caret below it, like findings.
 *
 * @param file escaped name of the file
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

/** Returns a line in three parts: before the error, the error, and after it. A long line is cut around the error. */
function excerpt(text: string, line: number, column: number, length: number): readonly [string, string, string] {
  const content = text.split(lineBreak)[line - 1] ?? "";
  const start = column - 1;
  const from = Math.max(0, start - around);
  const to = Math.min(content.length, start + around);
  const end = Math.min(to, start + Math.max(1, length));
  const show = (part: string): string => escapeLine(part.replaceAll("\t", " "));
  return [
    `${from > 0 ? "..." : ""}${show(content.slice(from, start))}`,
    show(content.slice(start, end)),
    `${show(content.slice(end, to))}${to < content.length ? "..." : ""}`,
  ];
}
