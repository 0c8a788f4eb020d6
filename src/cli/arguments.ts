import { existsSync } from "node:fs";
import { escapePath } from "../files/escape-path.ts";
import { suggestNearest } from "../options/nearest.ts";
import { options } from "../options/table.ts";
import { UsageError } from "../options/usage-error.ts";
import { insteadOfWord } from "./habits.ts";

/** A command and its arguments, taken from a command line. */
export interface Arranged {
  /** Name of the command; undefined for lint. */
  readonly command: string | undefined;
  /** Arguments of the command. */
  readonly args: readonly string[];
}

/**
 * Finds the command of a command line: the first argument that is neither an option nor the value of one. Options
 * before it belong to it. A file with the name of a command must be given as ./show, or after `lint` or `--`.
 *
 * @throws UsageError if the first argument is neither a command nor a file, and resembles a command
 */
export function arrange(args: readonly string[], commandNames: readonly string[]): Arranged {
  const at = firstOperand(args);
  const word = at === -1 ? undefined : args[at];
  if (word === undefined) return { command: undefined, args };
  const others = args.toSpliced(at, 1);
  if (word === "lint") return { command: undefined, args: others };
  if (word === "help") {
    const [topic = "lint"] = others;
    if (topic !== "lint" && !commandNames.includes(topic)) refuse(topic, "command", commandNames);
    return { command: topic === "lint" ? undefined : topic, args: ["--help"] };
  }
  if (commandNames.includes(word)) return { command: word, args: others };
  checkWord(word, commandNames);
  return { command: undefined, args };
}

/**
 * Returns the index of the first argument that is neither an option nor the value of one; -1 if there is none before
 * `--`.
 */
function firstOperand(args: readonly string[]): number {
  // Computed only when needed: a command line that begins with a file does not need it.
  let withValue: ReadonlySet<string> | undefined;
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? "";
    if (arg === "--") return -1;
    if (!arg.startsWith("-") || arg === "-") return i;
    withValue ??= flagsWithValue();
    if (takesNext(arg, withValue)) i += 1;
  }
  return -1;
}

/** Whether the value of an option, or of the last of several short ones, is the next argument. */
function takesNext(arg: string, withValue: ReadonlySet<string>): boolean {
  if (arg.startsWith("--")) return withValue.has(arg);
  const first = Array.from(arg, (letter) => withValue.has(`-${letter}`)).indexOf(true);
  return first !== -1 && first === Array.from(arg).length - 1;
}

function flagsWithValue(): ReadonlySet<string> {
  const flags = [...options.values()].flatMap((option) => (option.flags?.includes("<") === true ? [option.flags] : []));
  return new Set(flags.flatMap((each) => each.match(/(?<!\S)--?[a-z-]+/gu) ?? []));
}

/**
 * Refuses a word that is not the name of a file, if it resembles a command or is a command of another tool. Such a word
 * is usually a mistyped command.
 */
function checkWord(word: string, commandNames: readonly string[]): void {
  if (!/^[a-z]+$/u.test(word) || existsSync(word)) return;
  const instead = insteadOfWord(word);
  if (instead !== undefined) throw new UsageError(`there is no command and no file ${word}; use ${instead}`);
  if (suggestCommand(word, commandNames) === "") return;
  refuse(word, "command and no file", commandNames);
}

function suggestCommand(word: string, commandNames: readonly string[]): string {
  return suggestNearest(word, [...commandNames, "lint", "help"]);
}

function refuse(word: string, what: string, commandNames: readonly string[]): never {
  throw new UsageError(`there is no ${what} ${escapePath(word)}${suggestCommand(word, commandNames)}`);
}
