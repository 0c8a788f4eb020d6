import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../src/index.ts";
import { findingsOf, partOf, recordedFindings } from "./findings.ts";

const folder = new URL("findings/", import.meta.url);
const parts = [...new Set(rules.map(({ id }) => partOf(id)))];

test("each part of a CRL with rules has a file, and there is no other file", () => {
  expect(readdirSync(folder).sort()).toEqual(parts.map((part) => `${part}.txt`).sort());
});

test.each(parts)("the file of %s has exactly the rules of this part, in order", (part) => {
  const heads = readFileSync(new URL(`${part}.txt`, folder), "utf8").match(/^# .*$/gmu);
  expect(heads).toEqual(rules.filter(({ id }) => partOf(id) === part).map(({ id }) => `# ${id}`));
});

// test/rules.test.ts compares the findings of every rule when all rules run.
test.each(rules.filter((_, i) => i % 8 === 0).map((rule) => [rule.id, rule] as const))(
  "%s has its recorded findings if it is selected alone",
  (_, rule) => {
    expect(findingsOf(rule)).toBe(recordedFindings(rule));
  },
);
