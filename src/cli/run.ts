import { CommanderError } from "commander";
import { ConfigError } from "../config/error.ts";
import { escapePath } from "../files/escape-path.ts";
import { escapeText } from "../name/escape.ts";
import { UsageError } from "../options/usage-error.ts";
import { arrange } from "./arguments.ts";
import type { ExitCode, Io } from "./io.ts";
import { insteadOfOption } from "./habits.ts";
import { checkEnvironment } from "./options.ts";
import { commandNames, makeProgram } from "./program.ts";
import { toFit } from "./to-fit.ts";

/** Suggestion that commander appends to its message: names of crllint's options or commands. */
const suggestion = /\n\(Did you mean [-\w ,]+\?\)$/u;

/**
 * Runs one command line.
 *
 * @param argv the arguments after `crllint`
 * @returns the exit code, once everything is written
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 2;
  const output: string[] = [];
  const done = (result: ExitCode): void => {
    code = result;
  };
  let command: string | undefined;
  try {
    const arranged = arrange(argv, commandNames);
    const { args } = arranged;
    command = arranged.command;
    const beforeFiles = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
    const isHelp = beforeFiles.includes("--help") || beforeFiles.includes("-h");
    if (!isHelp && command !== "complete") checkEnvironment();
    const isOfAll = command === "complete" || (command === undefined && isHelp);
    const program = makeProgram(io, done, isOfAll ? commandNames : command === undefined ? [] : [command]);
    for (const each of [program, ...program.commands]) {
      // commander repeats arguments unescaped when it writes an error: the message is taken from the exception instead.
      each.configureOutput({ writeOut: (text) => output.push(text), writeErr: () => {} });
    }
    await program.parseAsync(command === undefined ? args : [command, ...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      await io.write(toFit(output.join(""), io));
      return 0;
    }
    const message = error instanceof ConfigError ? error.message : `error: ${explain(error, command)}\n`;
    await io.writeError(toFit(message, { isTty: io.isErrorTty, columns: io.columns }));
    return 2;
  }
}

function explain(error: unknown, command: string | undefined): string {
  const help = `\n(see crllint ${command === undefined ? "" : `${command} `}--help)`;
  if (error instanceof UsageError) return `${error.message}${help}`;
  if (!(error instanceof CommanderError)) {
    // No input file causes an exception: this is a defect. The stack would only hide the message.
    return `crllint failed: ${escapeText(error instanceof Error ? error.message : String(error))}`;
  }
  const [hint = ""] = suggestion.exec(error.message) ?? [];
  const message = error.message.slice(0, error.message.length - hint.length).replace(/^error: /u, "");
  const unknown =
    error.code === "commander.unknownOption" ? /'(?<flag>-[^']*)'/u.exec(message)?.groups?.["flag"] : undefined;
  const instead = unknown === undefined ? undefined : insteadOfOption(unknown);
  return `${escapePath(message)}${instead === undefined ? hint : `; use ${instead}`}${help}`;
}
