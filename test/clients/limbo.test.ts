import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crllint, type CommandResult, Workbench } from "../cli/workbench.ts";
import { checkBy, close } from "../support/json-schema.ts";
import { forms } from "../../src/clients/forms.ts";
import { type LimboCase, limboSuite } from "../../src/explain/limbo.ts";
import { certificateStatus, rules } from "../../src/index.ts";

interface Suite {
  readonly testcases: readonly LimboCase[];
}

const schema = new URL("../../../shared/pkits/limbo-schema.json", import.meta.url);

const bench = new Workbench();
afterAll(() => bench.clear());

describe("crllint fixture --all --format limbo", () => {
  let ended: CommandResult | undefined;
  let text = "";
  let cases: readonly LimboCase[] = [];
  beforeAll(async () => {
    const out = join(bench.folder, "one");
    ended = await crllint(["fixture", "--all", "--format", "limbo", "--out", out]);
    text = readFileSync(join(out, "limbo.json"), "utf8");
    cases = (JSON.parse(text) as Suite).testcases;
  });

  test("prints the number of cases", () => {
    const file = join(bench.folder, "one", "limbo.json");
    expect(ended).toEqual({ code: 0, out: `wrote ${cases.length} test cases to ${file}\n`, err: "" });
  });

  test("has more than 500 cases with unique ids, and both results", () => {
    expect(cases.length).toBeGreaterThan(500);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    const accepted = cases.filter((each) => each.expected_result === "SUCCESS");
    expect(accepted.length).toBeGreaterThan(150);
    expect(cases.length - accepted.length).toBeGreaterThan(300);
  });

  test("has the same bytes in each call", () => {
    const all = new Map(cases.map((each) => [each.id, each]));
    const one = <T>(list: readonly T[]) => list.filter((_, i) => i % 10 === 0);
    const { testcases } = limboSuite(one(forms), one(rules));
    const again = testcases.filter(({ id }) => all.has(id));
    // A few CRLs belong to several rules; in the complete suite, they are cases of another rule.
    expect(again.length).toBeGreaterThan(0.85 * testcases.length);
    expect(again.length).toBeGreaterThan(60);
    expect(again).toEqual(again.map(({ id }) => all.get(id)));
  });

  test.skipIf(!existsSync(schema))("conforms to the schema of x509-limbo", () => {
    // The definitions alone require nothing.
    const definitions = close(JSON.parse(readFileSync(schema, "utf8")) as { readonly $defs: object });
    const check = checkBy({ ...definitions, $ref: "#/$defs/Limbo" });
    expect(check(JSON.parse(text))).toEqual([]);
    expect(check({ version: 1, testcases: [{}] })).not.toEqual([]);
  });

  test("expects the result of certificateStatus, and names a section of RFC 5280", () => {
    const bytes = (pem: string) => new TextEncoder().encode(pem);
    for (const [i, each] of cases.entries()) {
      expect(each.description).toMatch(/\(RFC 5280 \d/u);
      // The suite computes the status from the same objects in DER; a sample of those in PEM is enough.
      if (i % 5 > 0) continue;
      const [own] = certificateStatus({
        certificate: bytes(each.peer_certificate),
        chain: [...each.untrusted_intermediates, ...each.trusted_certs].map(bytes),
        crls: each.crls.map(bytes),
        now: new Date(each.validation_time),
      });
      expect([each.id, own?.status === "good" ? "SUCCESS" : "FAILURE"]).toEqual([each.id, each.expected_result]);
    }
  });
});

test("fixture RULE --format limbo has only the cases of this rule", async () => {
  const out = join(bench.folder, "rule");
  const { code } = await crllint(["fixture", "issuer/not-byte-identical", "--format", "limbo", "--out", out]);
  expect(code).toBe(0);
  const { testcases } = JSON.parse(readFileSync(join(out, "limbo.json"), "utf8")) as Suite;
  expect(testcases.length).toBeGreaterThan(10);
  expect(testcases.filter(({ id }) => !id.startsWith("crllint::issuer::not-byte-identical::bad-"))).toEqual([]);
});

test.each([[[]], [["--all", "crl-number/missing"]]])("fixture %j exits with 2", async (args) => {
  const { code, err } = await crllint(["fixture", ...args, "--out", bench.folder]);
  expect([code, err]).toEqual([2, expect.stringContaining("give either the id of a rule or --all")]);
});
