import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { crlKinds, pathKinds } from "../../src/library/check-options.ts";
import { blocksOf, readPage } from "../docs/markdown.ts";

const src = new URL("../../src/", import.meta.url);

/** Matches an exported declaration. */
const declaration = /^export (?:abstract |async )*(?:function\*?|class|interface|type|const) (?<name>\w+)/u;

test("every export has a doc comment", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    // A rule's file exports its rule, whose fields are its documentation.
    .filter((name) => name.endsWith(".ts") && !name.startsWith("rules/"));
  const bare = files.flatMap((file) => {
    const lines = readFileSync(new URL(file, src), "utf8").split("\n");
    return lines.flatMap((line, i) => {
      const name = declaration.exec(line)?.groups?.["name"];
      const above = lines.slice(0, i).findLast((other) => !other.startsWith("// oxlint-disable")) ?? "";
      return name === undefined || above.endsWith("*/") ? [] : [`${file}:${i + 1}: ${name}`];
    });
  });
  expect(bare).toEqual([]);
});

test("docs/library.md has every option, and names those of lintFiles that are paths", () => {
  const page = readPage("docs/library.md");
  const [, table = ""] = /^## Options\n(?<table>.*?)^## /msu.exec(page) ?? [];
  const [, files = ""] = /^Its options are(?<files>.*?)\n\n/msu.exec(page) ?? [];
  const isIn = (text: string) => (name: string) => text.includes(`\`${name}\``);
  expect(Object.keys(crlKinds).filter((name) => !isIn(table)(name))).toEqual([]);
  const paths = Object.entries(pathKinds).filter(([name, { is }]) => is !== crlKinds[name]?.is && name !== "shards");
  expect(paths.map(([name]) => name).filter((name) => !isIn(files)(name))).toEqual([]);
});

test("the rules of docs/library.md have their properties in the order of CONTRIBUTING.md", () => {
  const order = ["id", "title", "looksAt", "requirements", "create", "why", "fix", "examples"];
  const rules = blocksOf("docs/library.md").flatMap(({ text }) => text.split("defineRule({\n").slice(1));
  expect(rules.length).toBeGreaterThan(1);
  for (const rule of rules)
    expect([...rule.matchAll(/^ {2}(?<name>\w+)[:(]/gmu)].map(([, name]) => name)).toEqual(order);
});
