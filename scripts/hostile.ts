// Runs all checks with hostile input: the suite of ../shared/hostile with its large inputs and in every format, then
// the complete tests of test/hostile. The last line has the counts: N passed, N failed. With --quick, it runs one in
// ten of the inputs that are not large, in every format, and no tests.
//
//   npm run hostile -- [--quick] [--no-large] [--only CATEGORY,...] [--filter REGEX] [--suite-only]
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { formats } from "../src/report/formats.ts";
import { commandOf, generateSuite, hasSuite, runSuite } from "../test/hostile/suite.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    "no-large": { type: "boolean", default: false },
    "suite-only": { type: "boolean", default: false },
    only: { type: "string" },
    filter: { type: "string" },
  },
});

/** With --quick, one in this number of inputs is run. */
const quickOneIn = 10;

/** Number of inputs that are listed at the end because they took longest or used most memory. */
const worstCount = 10;

/**
 * Formats, by their names in the suite. Its check of `html` removes references from the page and then searches for
 * words such as `javascript:`, which names contain as text. Here, the page is checked like any other text.
 */
const checked = formats.filter((format) => format !== "human" && format !== "html");

/** Bundles the command line like the build, and returns the file to run. */
function bundleCli(folder: string): string {
  execFileSync(process.execPath, ["--import", "tsx", "scripts/bundle.ts", folder], { cwd: root, stdio: "inherit" });
  return join(folder, "cli/main.cjs");
}

async function suite(folder: string): Promise<Counts> {
  if (!hasSuite) {
    console.log("no hostile suite next to the project (../shared/hostile): nothing to run");
    return { passed: 0, failed: 0 };
  }
  const { manifest, folder: inputs } = generateSuite(values["no-large"] || values.quick ? ["--no-large"] : []);
  const { cases } = manifest;
  console.log(`${cases.length} inputs; some in ${checked.length + 1} further formats and in color`);
  const sample = cases.flatMap(({ id }, i) => (i % quickOneIn === 0 ? [id] : []));
  const filter = values.quick ? `^(?:${sample.join("|")})$` : values.filter;
  const cli = bundleCli(folder);
  const page = `page=${commandOf(cli).replace("{ca}", "--format html {ca}")}`;
  const args = ["--formats", checked.join(","), "--format", page, "--color", "--time-scale", "2"];
  if (values.only !== undefined) args.push("--only", values.only);
  if (filter !== undefined) args.push("--filter", filter);
  const report = join(folder, "report.json");
  args.push("--report", report);
  const counts = await runSuite(inputs, cli, args, (text) => process.stdout.write(text));
  if (existsSync(report)) showWorst(report);
  return counts;
}

/** Lists the inputs that took longest, and those that used most memory. */
function showWorst(report: string): void {
  const { results } = JSON.parse(readFileSync(report, "utf8")) as {
    readonly results: readonly { readonly id: string; readonly ms: number; readonly rss_mb: number }[];
  };
  for (const by of ["ms", "rss_mb"] as const) {
    console.log(`\n${by === "ms" ? "longest" : "largest memory"}:`);
    const worst = results.toSorted((a, b) => b[by] - a[by]).slice(0, worstCount);
    for (const { id, ms, rss_mb: memory } of worst) console.log(`  ${id}: ${ms} ms, ${memory} MB`);
  }
}

/** Runs the tests of test/hostile, including parts that are skipped if all tests run. */
function tests(folder: string): Counts {
  const file = join(folder, "tests.json");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  spawnSync(
    process.execPath,
    [vitest, "run", "test/hostile", "--reporter=default", "--reporter=json", `--outputFile=${file}`],
    {
      env: { ...process.env, CRLLINT_HOSTILE: "full" },
      stdio: "inherit",
    },
  );
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

// The directory is inside the project, so the command finds its packages.
mkdirSync(join(root, "coverage"), { recursive: true });
const folder = mkdtempSync(join(root, "coverage/hostile-run-"));
try {
  const counts = [await suite(folder), ...(values["suite-only"] || values.quick ? [] : [tests(folder)])];
  const [passed, failed] = [sum(counts.map((each) => each.passed)), sum(counts.map((each) => each.failed))];
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
