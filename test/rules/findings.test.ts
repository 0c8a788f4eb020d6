import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../src/index.ts";
import { findingsByPart } from "./findings.ts";

const folder = new URL("findings/", import.meta.url);
const made = findingsByPart(rules);

test("there is a file for each part of a CRL with rules, and no other file", () => {
  expect(readdirSync(folder).sort()).toEqual([...made.keys()].map((part) => `${part}.txt`).sort());
});

test.each([...made])("rules in %s have the findings that `npm run docs` has recorded", (part, text) => {
  expect(text).not.toMatch(/^bad: .*\n {2}not run$/mu);
  expect(text).toBe(readFileSync(new URL(`${part}.txt`, folder), "utf8"));
});
