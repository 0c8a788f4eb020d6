// Replaces vitest while mutants are tested: it only collects tests, so the runner can run the few tests that
// reach a mutant thousands of times in one process. `expect` is vitest's own.
export { expect } from "vitest";

/** A test that was collected. */
export interface CollectedTest {
  readonly id: string;
  readonly run: () => unknown;
}

type Body = (...args: readonly never[]) => unknown;

/** All tests of the imported files, in their order. */
export const collected: CollectedTest[] = [];

const groups: string[] = [];

function add(name: string, run: () => unknown): void {
  collected.push({ id: `${collected.length}: ${[...groups, name].join(" > ")}`, run });
}

function group(name: string, body: () => void): void {
  groups.push(name);
  body();
  groups.pop();
}

/**
 * Calls `each` for the rows of a table like vitest: an array is the arguments, any other value is the only argument.
 */
function eachRow(each: (name: string, run: () => unknown) => void) {
  return (rows: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]): void => {
      const body = rest.at(-1) as Body;
      for (const row of rows) {
        const args = (Array.isArray(row) ? row : [row]) as never[];
        each(name.replace("%s", String(args[0])), () => body(...args));
      }
    };
}

/** The directory of a run, in which tests build the command: none of the tests of mutants starts it. */
export function inject(): never {
  throw new Error("no test of mutants uses the built command");
}

/** Collects a test; options before its body are only for vitest. */
export const test = Object.assign(
  (name: string, ...rest: readonly unknown[]): void => add(name, () => (rest.at(-1) as Body)()),
  { each: eachRow(add) },
);

/** Collects the tests of its body. */
export const describe = Object.assign(group, {
  each: eachRow((name, run) => group(name, () => void run())),
  skipIf: (isSkipped: boolean) => (isSkipped ? (): void => {} : group),
});
