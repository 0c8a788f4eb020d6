// Runs everything there is against hostile input: the suite of ../shared/hostile with its large inputs and in every
// format, then the tests of test/hostile in full. The last line counts: N passed, N failed.
//
//   npm run hostile -- [--no-large] [--only CATEGORY,...] [--filter REGEX] [--suite-only]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { formats } from "../src/report/formats.ts";
import { bundleCli, commandOf, generateSuite, hasSuite, runSuite } from "../test/hostile/suite.ts";

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const { values } = parseArgs({
  options: {
    "no-large": { type: "boolean", default: false },
    "suite-only": { type: "boolean", default: false },
    only: { type: "string" },
    filter: { type: "string" },
  },
});

/**
 * Formats by what the suite calls them. Its check of `html` takes references out of the page and then looks for words
 * such as `javascript:`, which names hold as text: here the page is checked as any other text.
 */
const checked = formats.filter((format) => format !== "human" && format !== "html");

async function suite(folder: string): Promise<Counts> {
  if (!hasSuite) {
    console.log("no hostile suite beside the project (../shared/hostile): nothing to run");
    return { passed: 0, failed: 0 };
  }
  const { cases } = generateSuite(folder, values["no-large"] ? ["--no-large"] : []);
  console.log(`${cases.length} inputs; some in ${checked.length + 1} further formats and in colour`);
  const cli = await bundleCli(join(folder, "cli"));
  const page = `page=${commandOf(cli).replace("{ca}", "--format html {ca}")}`;
  const args = ["--formats", checked.join(","), "--format", page, "--color", "--time-scale", "2"];
  if (values.only !== undefined) args.push("--only", values.only);
  if (values.filter !== undefined) args.push("--filter", values.filter);
  return runSuite(folder, cli, args, (text) => process.stdout.write(text));
}

/** The tests of test/hostile, with all that they leave out where they run with the others. */
function tests(folder: string): Counts {
  const file = join(folder, "tests.json");
  const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
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

const folder = mkdtempSync(join(tmpdir(), "crllint-hostile-"));
try {
  const counts = [await suite(folder), ...(values["suite-only"] ? [] : [tests(folder)])];
  const [passed, failed] = [sum(counts.map((each) => each.passed)), sum(counts.map((each) => each.failed))];
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
