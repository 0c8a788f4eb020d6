import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Answer, type Client, timeoutSeconds } from "../../src/clients/client.ts";
import { runProgram, withDirectory } from "../../src/clients/run-program.ts";
import { answerOf, writeTrial } from "../../src/clients/trial-files.ts";

/** A client that is a small program using a library. */
interface Compiled extends Pick<Client, "id" | "name" | "mode"> {
  /** File name of its source in this directory, in C or C++. */
  readonly source: string;
  /** Compiler options for the paths of headers and library. */
  readonly options: readonly string[];
  /** First argument of the program, if it has several modes. */
  readonly argument?: string;
}

/**
 * Makes a client from a program. It is available if this machine has a compiler, the headers and the library. The
 * arguments of the program are the paths of root, CA, leaf and CRLs. It writes an outcome and, after a tab, the reason.
 * Without arguments, it writes its version.
 */
export function compiled({ id, name, mode, source, options, argument }: Compiled): Client {
  return {
    id,
    name,
    mode,
    version: () =>
      withProgram(source, options, async (program) => {
        const ended = await runProgram(program, [], timeoutSeconds);
        return ended?.code === 0 ? ended.out.trim() : undefined;
      }),
    verify: async (trials) => {
      const answers = await withProgram(source, options, async (program, directory) => {
        const all: Answer[] = [];
        for (const trial of trials) {
          const { root, ca, leaf, crls } = writeTrial(trial, directory);
          const args = [...(argument === undefined ? [] : [argument]), root, ca, leaf, ...crls];
          all.push(answerOf(await runProgram(program, args, timeoutSeconds)));
        }
        return all;
      });
      if (answers === undefined) throw new Error(`${source} cannot be compiled`);
      return answers;
    },
  };
}

/**
 * Compiles a program in a new directory, and calls a function with both. Returns undefined if it cannot be compiled.
 */
export function withProgram<T>(
  source: string,
  options: readonly string[],
  use: (program: string, directory: string) => Promise<T>,
): Promise<T | undefined> {
  return withDirectory(async (directory) => {
    const program = join(directory, "program");
    const compiler = source.endsWith(".cpp") ? "c++" : "cc";
    const file = fileURLToPath(new URL(source, import.meta.url));
    const ended = await runProgram(compiler, ["-O1", "-o", program, file, ...options], 4 * timeoutSeconds);
    return ended?.code === 0 ? use(program, directory) : undefined;
  });
}
