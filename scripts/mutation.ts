// Mutation testing: changes the code in thousands of ways, one at a time, and looks whether a test of the same room fails.
//
//   npm run mutation -- [der] [name] [pem] [rules] [rules/PART] [--only GLOB] [--static]
//
// What only runs while modules load (tables, patterns) is left out without --static: each such mutant takes a process.
// Reports go to coverage/mutation/; docs/mutation.md says what to make of them.
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { globSync } from "tinyglobby";

/** What is changed, and the tests that must notice. */
interface Room {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  /** What the names of the tests that are run match. */
  readonly keep?: string;
}

/** Tests that are there for time alone; each of them takes seconds, and no mutant is killed by them alone. */
const slow = "stays bounded|hostile files of some megabytes";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, static: { type: "boolean", default: false } },
});

process.chdir(fileURLToPath(new URL("../", import.meta.url)));
// The processes that Stryker starts load modules in TypeScript too.
process.env["NODE_OPTIONS"] = "--import tsx";

/** Rooms whose tests are their own: all of their code is changed. */
const readers = ["der", "name", "pem"].map((name): Room => ({
  name,
  mutate: [`src/${name}/*.ts`],
  tests: [`test/${name}/*.test.ts`],
}));

/** Tests of rules beside their examples, by the part that they are about. */
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

/** Rules, a part at a time: what they do is changed, and not what they say of themselves. */
const parts = readdirSync("src/rules", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }): Room => ({
    name: `rules/${name}`,
    mutate: [`src/rules/${name}/*.ts`, ...(name === "issuer" ? ["src/checks/compare-names.ts"] : [])],
    tests: ["test/mutation/rules.ts", ...(further[name] ?? [])],
    // Of the tests of rules those of this part, and all others.
    keep: `^\\d+: (?:${name}/|(?![a-z-]+/[a-z0-9-]+ > ))`,
  }));

const rooms = [...readers, ...parts];

/** Where the report of a room is written. */
function reportOf({ name }: Room): string {
  return `coverage/mutation/${name.replace("/", "-")}.json`;
}

async function run(room: Room): Promise<void> {
  await new Stryker({
    mutate: values.only === undefined ? [...room.mutate] : [values.only],
    plugins: [fileURLToPath(new URL("../test/mutation/plugins.ts", import.meta.url))],
    testRunner: "loaded",
    loaded: { tests: globSync([...room.tests]), skip: slow, keep: room.keep },
    warnings: false,
    ignorers: ["rule-metadata"],
    ignoreStatic: !values.static,
    coverageAnalysis: "perTest",
    // Stryker would rewrite it with TypeScript's compiler API, which TypeScript 7 does not have.
    tsconfigFile: "none",
    checkers: [],
    concurrency: 1,
    timeoutMS: 10_000,
    tempDirName: join(tmpdir(), "crllint-mutation"),
    ignorePatterns: ["dist", "coverage"],
    reporters: ["clear-text", "json"],
    clearTextReporter: { reportTests: false, logTests: false, allowColor: false },
    jsonReporter: { fileName: reportOf(room) },
  }).runMutationTest();
}

/** How many mutants of a room were noticed, of those that some test could notice. */
function scoreOf(room: Room): { readonly noticed: number; readonly all: number } {
  const { files } = JSON.parse(readFileSync(reportOf(room), "utf8")) as {
    readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
  };
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  return { noticed: count("Killed", "Timeout"), all: count("Killed", "Timeout", "Survived", "NoCoverage") };
}

function line(name: string, { noticed, all }: ReturnType<typeof scoreOf>): string {
  return `${name}: ${noticed} of ${all} mutants noticed, ${((100 * noticed) / Math.max(1, all)).toFixed(1)} %`;
}

const wanted = rooms.filter(({ name }) => {
  return positionals.length === 0 || positionals.some((each) => name === each || name.startsWith(`${each}/`));
});
if (wanted.length === 0) throw new TypeError(`no such room: ${rooms.map(({ name }) => name).join(", ")}`);
for (const room of wanted) await run(room);
const scores = wanted.map((room) => [room.name, scoreOf(room)] as const);
for (const [name, score] of scores) console.log(line(name, score));
const noticed = scores.reduce((total, [, score]) => total + score.noticed, 0);
console.log(line("all", { noticed, all: scores.reduce((total, [, score]) => total + score.all, 0) }));
