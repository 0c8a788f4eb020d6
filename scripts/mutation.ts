// Mutation testing: changes the code in thousands of ways, one at a time, and checks that a test of the same directory
// fails.
//
//   npm run mutation -- [der] [name] [pem] [rules] [rules/PART] [--only GLOB] [--static]
//
// Code that runs only while modules load (tables, patterns) is excluded without --static, because each of its mutants
// needs a process. Reports are written to coverage/mutation/; docs/mutation.md explains them.
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { globSync } from "tinyglobby";

/** Code to change, and tests that must detect the changes. */
interface Scope {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  /** Pattern of the names of the tests to run. */
  readonly keep?: string;
}

/** Pattern of the names of tests with large inputs, which take long. No mutant is detected by them alone. */
const slow = "twice as many bytes|names of 10,000 RDNs|at most 100,000 blocks";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, static: { type: "boolean", default: false } },
});

process.chdir(fileURLToPath(new URL("../", import.meta.url)));
// The processes that Stryker starts also load modules in TypeScript.
process.env["NODE_OPTIONS"] = "--import tsx";

/** Directories with their own tests: all of their code is changed. */
const readers = ["der", "name", "pem"].map((name): Scope => ({
  name,
  mutate: [`src/${name}/*.ts`],
  tests: [`test/${name}/*.test.ts`],
}));

/** Tests of rules in addition to their examples, by part of the rule ids. */
const further: Readonly<Record<string, readonly string[]>> = {
  ccadb: ["test/lint/ccadb.test.ts"],
  certs: ["test/lint/certificates.test.ts", "test/lint/shards.test.ts"],
  delta: ["test/rules/delta.test.ts"],
  entry: ["test/rules/entries-and-times.test.ts"],
  idp: ["test/lint/shards.test.ts", "test/lint/certificates.test.ts"],
  issuer: ["test/lint/compare-names.test.ts"],
  sequence: ["test/rules/sequence.test.ts"],
  shards: ["test/lint/shards.test.ts"],
  signature: ["test/rules/signature.test.ts"],
  time: ["test/rules/entries-and-times.test.ts"],
};

/** Rules, by part: their code is changed, but not their data. */
const parts = readdirSync("src/rules", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): Scope => ({
    name: `rules/${name}`,
    mutate: [`src/rules/${name}/*.ts`, ...(name === "issuer" ? ["src/checks/compare-names.ts"] : [])],
    tests: ["test/mutation/rules.ts", ...(further[name] ?? [])],
    // Includes the tests of rules in this part, and all tests that are not about a rule.
    keep: `^\\d+: (?:${name}/|(?![a-z-]+/[a-z0-9-]+ > ))`,
  }));

const scopes = [...readers, ...parts];

/** Returns the path of the report for a scope. */
function reportOf({ name }: Scope): string {
  return `coverage/mutation/${name.replace("/", "-")}.json`;
}

async function run(scope: Scope): Promise<void> {
  await new Stryker({
    mutate: values.only === undefined ? [...scope.mutate] : [values.only],
    plugins: [fileURLToPath(new URL("../test/mutation/plugins.ts", import.meta.url))],
    testRunner: "loaded",
    loaded: { tests: globSync([...scope.tests]), skip: slow, keep: scope.keep },
    warnings: false,
    ignorers: ["rule-metadata"],
    ignoreStatic: !values.static,
    coverageAnalysis: "perTest",
    // Stryker would rewrite tsconfig.json with TypeScript's compiler API, which TypeScript 7 does not have.
    tsconfigFile: "none",
    checkers: [],
    concurrency: 1,
    timeoutMS: 10_000,
    tempDirName: join(tmpdir(), "crllint-mutation"),
    ignorePatterns: ["dist", "coverage"],
    reporters: ["clear-text", "json"],
    clearTextReporter: { reportTests: false, logTests: false, allowColor: false },
    jsonReporter: { fileName: reportOf(scope) },
  }).runMutationTest();
}

/** Returns the number of detected mutants, and of all mutants that a test can detect. */
function scoreOf(scope: Scope): { readonly detected: number; readonly all: number } {
  const { files } = JSON.parse(readFileSync(reportOf(scope), "utf8")) as {
    readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
  };
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  return { detected: count("Killed", "Timeout"), all: count("Killed", "Timeout", "Survived", "NoCoverage") };
}

function line(name: string, { detected, all }: ReturnType<typeof scoreOf>): string {
  return `${name}: ${detected} of ${all} mutants detected, ${((100 * detected) / Math.max(1, all)).toFixed(1)} %`;
}

const wanted = scopes.filter(({ name }) => {
  return positionals.length === 0 || positionals.some((each) => name === each || name.startsWith(`${each}/`));
});
if (wanted.length === 0)
  throw new TypeError(`unknown scope; expected one of ${scopes.map(({ name }) => name).join(", ")}`);
for (const scope of wanted) await run(scope);
const scores = wanted.map((scope) => [scope.name, scoreOf(scope)] as const);
for (const [name, score] of scores) console.log(line(name, score));
const detected = scores.reduce((total, [, score]) => total + score.detected, 0);
console.log(line("all", { detected, all: scores.reduce((total, [, score]) => total + score.all, 0) }));
