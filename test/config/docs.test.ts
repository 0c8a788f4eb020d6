import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../../src/config/read-config.ts";
import { describeProblems } from "../../src/config/problem.ts";
import { configSchema } from "../../src/config/schema.ts";
import { rules } from "../../src/index.ts";
import { isSuppressible } from "../../src/lint/suppress.ts";
import { kit } from "../../src/fixture/index.ts";
import { crllint, Workbench } from "../cli/workbench.ts";
import { faultsOfConfig } from "./validate.ts";

const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");

/** Returns the block of the page after a mark. */
function example(name: string): string {
  return (
    page
      .split(`<!-- example: ${name} -->`)[1]
      ?.split(/^```\w*$/mu)[1]
      ?.slice(1) ?? ""
  );
}

test("the example in docs/configuration.md is a valid configuration with every key", () => {
  const result = readConfig(example("config"));
  expect(result).toHaveProperty("config");
  if ("problems" in result) return;
  expect(Object.keys(result.config.written).sort()).toEqual(
    Object.keys(configSchema.entries)
      .filter((key) => key !== "$schema")
      .sort(),
  );
  expect(faultsOfConfig(result.config.written)).toEqual([]);
});

test("docs/configuration.md names every key, and all findings that cannot be suppressed", () => {
  const keys = Object.keys(configSchema.entries).filter((key) => key !== "$schema");
  const refused = rules
    .map(({ id }) => id)
    .filter((id) => !isSuppressible(id, new Map(rules.map((rule) => [rule.id, rule]))));
  expect([...keys, ...refused].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test("the error in docs/configuration.md is the one that crllint reports", () => {
  const text = "profile: tls-br\nfail-onn: warning\n";
  const result = readConfig(text);
  const shown = "problems" in result ? describeProblems("crllint.yaml", text, result.problems) : "";
  expect(shown).toBe(example("error"));
});

test("the report for `issuer: none` in docs/configuration.md is the one that crllint writes", async () => {
  const bench = new Workbench();
  try {
    const config = bench.put("crllint.yaml", example("none"));
    const crl = bench.put("archive/1998.crl", kit.crl().crl);
    const { code, out } = await crllint(["--config", config, crl]);
    const [head = "", ...lines] = example("none-report").trimEnd().split("\n");
    const [first = "", ...others] = out
      .replaceAll(relative(process.cwd(), bench.folder) + "/", "")
      .replace(bench.folder + "/", "")
      .trimEnd()
      .split("\n");
    expect([code, first.startsWith(head.replace(/\.\.\.$/u, "")), others]).toEqual([0, true, lines]);
  } finally {
    bench.clear();
  }
});
