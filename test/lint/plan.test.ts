import { expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { type LintCrlOptions, rules, type Run } from "../../src/index.ts";
import { lintCase } from "../support/lint-case.ts";

/** CRLs of many kinds: with different dates, with and without the fields and inputs that rules need. */
const made = rules.flatMap(({ examples }) => [...examples.bad, ...examples.good].map(({ make }) => make(kit)));

function said({ findings, rules: outcomes }: Run): unknown {
  return { findings, outcomes };
}

test.each<Partial<LintCrlOptions>>([{ profile: "tls-br" }, { profile: ["rfc5280", "etsi", "mozilla"] }])(
  "the plan for one kind of CRL is not used for another: %j",
  (options) => {
    const together = made.map((each) => said(lintCase(each, { ...options, rules })));
    // A new list for each, so nothing is cached from earlier CRLs.
    const alone = made.map((each) => said(lintCase(each, { ...options, rules: [...rules] })));
    expect(together).toEqual(alone);
  },
  120_000,
);

test("each of several CRLs that differ only in their dates is checked against the requirements in force", () => {
  const years = Array.from({ length: 18 }, (_, i) => 2010 + i);
  const lintAt = (year: number, list = rules): unknown =>
    said(
      lintCase(kit.crl({ thisUpdate: `${year}-06-01T00:00:00Z`, nextUpdate: `${year}-06-05T00:00:00Z` }), {
        rules: list,
      }),
    );
  const statuses = years.map((year) => JSON.stringify(lintAt(year)));
  expect(new Set(statuses).size).toBeGreaterThan(5);
  for (const [i, year] of [...years.entries()].toReversed()) {
    expect(JSON.stringify(lintAt(year))).toBe(statuses[i]);
    expect(JSON.stringify(lintAt(year, [...rules]))).toBe(statuses[i]);
  }
});

test("if entries are hidden, rules about entries do not pass", () => {
  const many = kit.crl({ entries: Array.from({ length: 600 }, (_, i) => ({ serial: i + 1 })) });
  const skipped = (entries: number): number =>
    lintCase(many, { rules, limits: { entries } }).rules.filter(({ why }) => why?.startsWith("entries behind") === true)
      .length;
  expect([600, 1, 600].map(skipped)).toEqual([0, expect.any(Number), 0]);
  expect(skipped(1)).toBeGreaterThan(20);
});
