// Plugins of Stryker: a runner that keeps all tests loaded in one process, so a mutant takes milliseconds, and an
// ignorer that excludes the metadata of rules from mutation.
import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { CollectedTest } from "./stand-in.ts";

/** The object that the instrumented code uses: the active mutant, and counters. */
interface Switchboard {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: unknown;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

/** The used part of Stryker's options for the run of a mutant. */
interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly mutantActivation: "runtime" | "static";
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
}

/** Tests to load: files, and patterns that the names of tests must match and must not match. */
interface Loaded {
  readonly tests: readonly string[];
  readonly skip: string;
  readonly keep?: string;
}

/**
 * Returns how often a mutant may reach a place before it counts as an endless loop: 100 times as often as without a
 * mutant, as in Stryker itself, or fewer if tests for limits already reach it a million times.
 */
function capHits(limit: number): number {
  return Math.min(limit, Math.max(1_000_000, limit / 20));
}

/** Duration of a test without a mutant, in milliseconds; fast tests are run first. */
type Times = Map<string, number>;

class LoadedRunner {
  static readonly inject = ["options"] as const;
  readonly #files: readonly string[];
  readonly #skip: RegExp;
  readonly #keep: RegExp;
  readonly #switchboard: Switchboard = ((globalThis as { __stryker__?: Switchboard }).__stryker__ ??= {});
  readonly #times: Times = new Map();
  #tests: ReadonlyMap<string, CollectedTest> | undefined;

  constructor({ loaded }: { readonly loaded: Loaded }) {
    this.#files = loaded.tests;
    this.#skip = new RegExp(loaded.skip, "u");
    this.#keep = new RegExp(loaded.keep ?? "", "u");
  }

  capabilities() {
    // A mutant in code that runs while modules load gets its own process.
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const tests = [];
    for (const { id } of (await this.#load()).values()) {
      this.#switchboard.currentTestId = id;
      const failure = await this.#run(id);
      this.#switchboard.currentTestId = undefined;
      const timeSpentMs = this.#times.get(id) ?? 0;
      tests.push(
        failure === undefined
          ? { id, name: id, timeSpentMs, status: 0 }
          : { id, name: id, timeSpentMs, status: 1, failureMessage: failure },
      );
    }
    return { status: "complete", tests, mutantCoverage: this.#switchboard.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }: MutantRun) {
    const board = this.#switchboard;
    if (mutantActivation === "static") board.activeMutant = activeMutant.id;
    const selected = testFilter ?? [...(await this.#load()).keys()];
    // Values that the kit or a table caches must not be created with a mutant.
    if (mutantActivation === "runtime") await this.#warmUp(selected);
    const hitCap = hitLimit === undefined ? undefined : capHits(hitLimit);
    Object.assign(board, { activeMutant: activeMutant.id, hitCount: 0, hitLimit: hitCap });
    try {
      const quickFirst = selected.toSorted((a, b) => (this.#times.get(a) ?? 0) - (this.#times.get(b) ?? 0));
      for (const [i, id] of quickFirst.entries()) {
        const failureMessage = await this.#run(id);
        if (hitCap !== undefined && (board.hitCount ?? 0) > hitCap) return { status: "timeout" };
        if (failureMessage !== undefined) return { status: "killed", killedBy: [id], failureMessage, nrOfTests: i + 1 };
      }
      return { status: "survived", nrOfTests: selected.length };
    } finally {
      Object.assign(board, { activeMutant: undefined, hitLimit: undefined });
    }
  }

  async #warmUp(ids: readonly string[]): Promise<void> {
    await this.#load();
    for (const id of ids) if (!this.#times.has(id)) await this.#run(id);
  }

  /** Runs one test and returns the reason of its failure. */
  async #run(id: string): Promise<string | undefined> {
    const start = performance.now();
    try {
      await (await this.#load()).get(id)?.run();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      if (!this.#times.has(id)) this.#times.set(id, performance.now() - start);
    }
  }

  async #load(): Promise<ReadonlyMap<string, CollectedTest>> {
    if (this.#tests !== undefined) return this.#tests;
    const standIn = pathToFileURL(resolve("test/mutation/stand-in.ts")).href;
    const fewerCases = pathToFileURL(resolve("test/mutation/fewer-cases.ts")).href;
    register(`data:text/javascript,${encodeURIComponent(hook({ vitest: standIn, "fast-check": fewerCases }))}`);
    for (const file of ["test/setup.ts", ...this.#files]) await import(pathToFileURL(resolve(file)).href);
    const { collected } = (await import(standIn)) as typeof import("./stand-in.ts");
    const selected = collected.filter(({ id }) => this.#keep.test(id) && !this.#skip.test(id));
    this.#tests = new Map(selected.map((test) => [test.id, test]));
    return this.#tests;
  }
}

/** A module hook that replaces modules for tests. */
function hook(standIns: Readonly<Record<string, string>>): string {
  return `const standIns = ${JSON.stringify(standIns)};
  export function resolve(specifier, context, next) {
    const standIn = standIns[specifier];
    return next(standIn !== undefined && context.parentURL !== standIn ? standIn : specifier, context);
  }`;
}

/** The data of a rule, which is not mutated; only its code is. */
const metadata = new Set(["requirements", "why", "fix", "examples", "title"]);

/** A node of the tree of Stryker's instrumenter: the used part of Babel's path. */
interface NodePath {
  readonly node: {
    readonly type: string;
    readonly key?: { readonly name?: string };
    readonly params?: readonly { readonly typeAnnotation?: { readonly typeAnnotation?: TypeReference } }[];
  };
  readonly parentPath: { readonly parentPath: { readonly node: { readonly callee?: { readonly name?: string } } } };
}

interface TypeReference {
  readonly typeName?: { readonly name?: string };
}

const ruleMetadata = {
  shouldIgnore({ node, parentPath }: NodePath): string | undefined {
    const hasKitParameter = node.params?.some((each) => each.typeAnnotation?.typeAnnotation?.typeName?.name === "Kit");
    if (node.type === "FunctionDeclaration" && hasKitParameter === true) return "makes examples";
    if (node.type !== "ObjectProperty" || !metadata.has(node.key?.name ?? "")) return undefined;
    return parentPath.parentPath.node.callee?.name === "defineRule" ? "metadata of the rule" : undefined;
  },
};

/** The plugins that Stryker reads from this module. */
export const strykerPlugins = [
  { kind: "TestRunner", name: "loaded", injectableClass: LoadedRunner },
  { kind: "Ignore", name: "rule-metadata", value: ruleMetadata },
];
