import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { newRule } from "../../scripts/new-rule.ts";
import { kit } from "../../src/fixture/index.ts";
import { type AnyRule, rules } from "../../src/index.ts";
import { lintCase, failedRules } from "../support/lint-case.ts";

const folder = mkdtempSync(join(tmpdir(), "crllint-new-rule-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the file that new-rule writes is a rule whose examples pass and fail as declared", async () => {
  const src = fileURLToPath(new URL("../../src/", import.meta.url));
  const file = join(folder, "rule.ts");
  writeFileSync(file, newRule("time/at-noon").replaceAll('"../../', `"${src}`));
  const { default: rule } = (await import(file)) as { readonly default: AnyRule };
  const lint = (make: ReturnType<AnyRule["examples"]>["bad"][number]["make"]) =>
    failedRules(lintCase(make(kit), { rules: [...rules, rule] }));
  const { bad, good } = rule.examples();
  expect(bad.map(({ make }) => lint(make))).toEqual([["time/at-noon"]]);
  expect(good.map(({ make }) => lint(make))).toEqual([[]]);
});
