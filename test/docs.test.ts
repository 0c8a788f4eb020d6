import { readdirSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { readmeWithOutput, ruleIndexes } from "../scripts/docs.ts";
import { rulePage } from "../src/explain/rule-page.ts";
import { showExample } from "../src/explain/show-example.ts";
import { rules, version } from "../src/index.ts";
import { readPackage } from "./support/package.ts";

const root = new URL("../", import.meta.url);

const folder = new URL("docs/rules/", root);

test("docs/rules has a page for every rule, and the indexes that `npm run docs` writes", () => {
  const indexes = ruleIndexes();
  const present = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => statSync(new URL(name, folder)).isFile());
  expect(present.sort()).toEqual([...indexes.keys(), ...rules.map(({ id }) => `${id}.md`)].sort());
  for (const [name, text] of indexes) expect(readFileSync(new URL(name, folder), "utf8"), name).toBe(text);
});

// test/rules.test.ts compares all pages, with runs that its other tests also use.
test.each(rules.filter((_, i) => i % 50 === 0).map((rule) => [rule.id, rule] as const))(
  "the page of %s is the output of `npm run docs`",
  async (id, rule) => {
    expect(await rulePage(rule, showExample)).toBe(readFileSync(new URL(`${id}.md`, folder), "utf8"));
  },
);

test("the README shows the output of its command", async () => {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  expect(await readmeWithOutput(readme)).toBe(readme);
  expect(readme).toContain("same RDNs, reversed order");
});

test("version is that of package.json, and CHANGELOG.md has it", () => {
  expect(version).toBe(readPackage().version);
  expect(readFileSync(new URL("CHANGELOG.md", root), "utf8")).toContain(`## ${version}`);
});
