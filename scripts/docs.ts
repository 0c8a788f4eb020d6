// Writes docs/rules from the rules: one page per rule with the real output for its bad examples, and two indexes. Also
// writes the findings of the rules in their examples, and the manual page. Finally, it writes the tables of
// docs/consumers.md, and the output of the README's command. Tests compare the files with the output of this script.
// `npm run docs` writes the index of rule files first: this script loads it.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { run } from "../src/cli/run.ts";
import { partIndex, sourceIndex } from "../src/explain/index-pages.ts";
import { rulePage } from "../src/explain/rule-page.ts";
import { showExample } from "../src/explain/show-example.ts";
import { rules } from "../src/index.ts";
import { findingsByPart } from "../test/rules/findings.ts";
import { fillPage } from "./consumers/page.ts";
import type { Matrix } from "./consumers/trials.ts";
import { manPage } from "./man.ts";
import { isMain } from "./is-main.ts";

const root = new URL("../", import.meta.url);

/** Returns the expected contents of the indexes of docs/rules, by file name. */
export function ruleIndexes(): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", partIndex(rules)],
    ["sources.md", sourceIndex(rules)],
  ]);
}

/** Returns the expected contents of every file below docs/rules, by path. */
async function ruleDocs(): Promise<ReadonlyMap<string, string>> {
  const files = new Map(ruleIndexes());
  for (const rule of rules) files.set(`${rule.id}.md`, await rulePage(rule, showExample));
  return files;
}

/** Returns the arguments of the README's command that lints the fixture. */
export function readmeArguments(readme: string): readonly string[] {
  const block = /<!-- command: lint -->\s*```sh\n(?<command>[\s\S]*?)\n```/u.exec(readme)?.groups?.["command"] ?? "";
  const [, command = ""] = block.replaceAll("\\\n", " ").split("npx crllint ");
  return command.split(/\s+/u).filter((part) => part !== "");
}

/** Returns the README with the real output of its command, without the numbers of rules. */
export async function readmeWithOutput(readme: string): Promise<string> {
  let output = "";
  await run(readmeArguments(readme), {
    write: (text) => {
      output += text;
      return Promise.resolve(true);
    },
    writeError: () => Promise.resolve(true),
    // oxlint-disable-next-line require-yield -- there is no input
    async *readStdin() {},
    env: {},
    isTty: false,
    isErrorTty: false,
    program: [],
    columns: undefined,
    now: () => 0,
  });
  const place = /(?<head><!-- output: lint -->\s*```text\n)[\s\S]*?(?<tail>```)/u;
  // The numbers of rules change with every new rule.
  const shown = output.replace(/^(?<profile> {2}[\w-]+: )\d+ rules passed.*$/mu, "$<profile>...");
  return readme.replace(place, (_, head: string, tail: string) => `${head}${shown}${tail}`);
}

/** Returns a page with the location of the repository, and the version, that package.json names. */
export function pageWithRepository(page: string): string {
  const { repository, version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    readonly repository: string;
    readonly version: string;
  };
  const name = repository.replace(/^github:/u, "");
  return page
    .replace(/(?<key>uses: )\S+\/crllint@v[\w.-]+/u, (_, key: string) => `${key}${name}@v${version}`)
    .replace(/(?<key>- repo: )\S+\/crllint\b/u, (_, key: string) => `${key}https://github.com/${name}`)
    .replace(/(?<key> rev: )v[\w.-]+/u, (_, key: string) => `${key}v${version}`);
}

/** Writes the findings of every rule in its examples, which the tests of rules compare byte for byte. */
function writeFindings(): void {
  const folder = new URL("test/rules/findings/", root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [part, text] of findingsByPart(rules)) writeFileSync(new URL(`${part}.txt`, folder), text);
}

async function main(): Promise<void> {
  const folder = new URL("docs/rules/", root);
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of await ruleDocs()) {
    const file = new URL(name, folder);
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, text);
  }
  writeFindings();
  mkdirSync(new URL("man/", root), { recursive: true });
  writeFileSync(new URL("man/crllint.1", root), manPage());
  const consumers = new URL("docs/consumers.md", root);
  const matrix = JSON.parse(readFileSync(new URL("docs/consumers.json", root), "utf8")) as Matrix;
  writeFileSync(consumers, fillPage(readFileSync(consumers, "utf8"), matrix));
  const readme = new URL("README.md", root);
  if (existsSync(readme)) writeFileSync(readme, await readmeWithOutput(readFileSync(readme, "utf8")));
  const ci = new URL("docs/ci.md", root);
  writeFileSync(ci, pageWithRepository(readFileSync(ci, "utf8")));
  console.log(`wrote docs/rules: ${rules.length} rules`);
}

if (isMain(import.meta.url)) await main();
