import { CommanderError } from "commander";
import { escapeText } from "../name/escape.ts";
import { escapePath } from "../files/escape-path.ts";
import { ConfigError, type ExitCode, type Io, UsageError } from "./io.ts";
import { makeProgram } from "./program.ts";

/** Suggestion that commander puts behind its message: the names of options or commands of ours. */
const suggestion = /\n\(Did you mean [-\w ,]+\?\)$/u;

/**
 * Runs one command line.
 *
 * @param args what stands behind `crllint`
 * @returns the exit code, once everything is written
 */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 2;
  const output: string[] = [];
  const done = (result: ExitCode): void => {
    code = result;
  };
  const program = makeProgram(io, done, mayNameCommand(args));
  for (const command of [program, ...program.commands]) {
    // What commander says of an error repeats the arguments as they are: it is taken from the exception instead.
    command.configureOutput({ writeOut: (text) => output.push(text), writeErr: () => {} });
  }
  try {
    await program.parseAsync(args[0] === "lint" ? args.slice(1) : args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      await io.write(output.join(""));
      return 0;
    }
    await io.writeError(error instanceof ConfigError ? error.message : `error: ${explain(error)}\n`);
    return 2;
  }
}

/**
 * Whether a command beside lint may be meant, or all are to be listed. A file that is named like one is called ./show,
 * or stands behind `lint` or `--`.
 */
function mayNameCommand(args: readonly string[]): boolean {
  const [first = ""] = args;
  const options = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  return (first !== "lint" && /^[a-z]+$/u.test(first)) || options.includes("--help") || options.includes("-h");
}

function explain(error: unknown): string {
  const help = "\n(crllint --help shows what can be given)";
  if (error instanceof UsageError) return `${error.message}${help}`;
  if (!(error instanceof CommanderError)) {
    // Nothing in a file throws: this is a defect, and its stack would only hide what it says.
    return `crllint failed: ${escapeText(error instanceof Error ? error.message : String(error))}`;
  }
  const [hint = ""] = suggestion.exec(error.message) ?? [];
  const message = error.message.slice(0, error.message.length - hint.length).replace(/^error: /u, "");
  return `${escapePath(message)}${hint}${help}`;
}
