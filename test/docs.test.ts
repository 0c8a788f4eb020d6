import { readdirSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { readmeWithOutput, ruleDocs } from "../scripts/docs.ts";
import { readPackage } from "./support/package.ts";
import { version } from "../src/index.ts";

const root = new URL("../", import.meta.url);

test("docs/rules is the output of `npm run docs`", async () => {
  const folder = new URL("docs/rules/", root);
  const made = await ruleDocs();
  const present = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => statSync(new URL(name, folder)).isFile());
  expect(present.sort()).toEqual([...made.keys()].sort());
  for (const [name, text] of made) expect(readFileSync(new URL(name, folder), "utf8"), name).toBe(text);
});

test("the README shows the output of its command", async () => {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  expect(await readmeWithOutput(readme)).toBe(readme);
  expect(readme).toContain("same RDNs, reversed order");
});

test("version is that of package.json, and CHANGELOG.md has it", () => {
  expect(version).toBe(readPackage().version);
  expect(readFileSync(new URL("CHANGELOG.md", root), "utf8")).toContain(`## ${version}`);
});
