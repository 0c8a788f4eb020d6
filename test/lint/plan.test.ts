import { expect, test } from "vitest";
import { readCorpus, readCorpusFile } from "../../scripts/corpus.ts";
import { kit } from "../../src/fixture/index.ts";
import {
  type AnyRule,
  lintCrl,
  type LintCrlOptions,
  type ProfileId,
  profiles,
  rules,
  type Run,
} from "../../src/index.ts";
import { inputFor } from "../../src/rule/aspects.ts";
import { mutate, Random } from "../hostile/mutate.ts";
import { lintCase } from "../support/lint-case.ts";

/** All rules, run for every CRL regardless of `looksAt`, except that an extension must be present. */
const unconditional: readonly AnyRule[] = rules.map((rule): AnyRule => {
  const aspects: NonNullable<typeof rule.looksAt> = rule.looksAt ?? [];
  const isExtension = (aspect: string): boolean => aspect.startsWith("extension ");
  return { ...rule, looksAt: aspects.flatMap((aspect) => (isExtension(aspect) ? aspect : (inputFor(aspect) ?? []))) };
});

/** Options under which few rules leave a finding to other rules. */
const samples: readonly Partial<LintCrlOptions>[] = [
  { profile: "tls-br" },
  { profile: "rfc5280", allDates: true },
  { profile: Object.keys(profiles).filter((id) => id !== "rpki") as ProfileId[], allDates: true, maxFindings: 5 },
];

/** Returns the result of a run. A rule skipped because of an error counts as passed: `looksAt` decides this. */
function resultOf({ findings, rules: outcomes }: Run): string {
  const result = {
    findings,
    outcomes: outcomes.map((outcome) => {
      const cannotSee = outcome.status === "skipped" && /cannot be read(?: in full)?$/u.test(outcome.why ?? "");
      return cannotSee ? { rule: outcome.rule, status: "passed", count: 0 } : outcome;
    }),
  };
  return JSON.stringify(result, undefined, 1);
}

/** Returns every nth item, starting with the first. */
function sample<T>(list: readonly T[], step: number): readonly T[] {
  return list.filter((_, i) => i % step === 0);
}

test("rules report the same whether or not they are skipped by looksAt, and whether or not CRLs share a plan", () => {
  const random = new Random(1);
  const examples = rules.flatMap((rule) => [...rule.examples().bad, ...rule.examples().good]);
  // Examples of limits are much larger than others, and contain nothing else for rules to check.
  const made = sample(examples, 6).flatMap(({ make }) => {
    const one = make(kit);
    return one.crl.length > 20_000 ? [] : [one];
  });
  const others = made.map(({ crl }) => crl);
  const changed = sample(made, 3).map(({ ca, crl }) => ({ ca, crl: mutate(crl, others, random) }));
  const corpus = sample(readCorpus() ?? [], 30).map(({ crl, ca }) => ({
    ca: ca === undefined ? undefined : readCorpusFile(ca),
    crl: readCorpusFile(crl),
  }));
  const lints = [
    ...made.map((one) => (options: Partial<LintCrlOptions>) => lintCase(one, options)),
    ...[...changed, ...corpus].map(
      ({ crl, ca }) =>
        (options: Partial<LintCrlOptions>) =>
          lintCrl({ ...options, crl, ...(ca && { issuer: ca }) }),
    ),
  ];
  for (const [i, lint] of lints.entries()) {
    const options = samples[i % samples.length];
    expect(resultOf(lint({ ...options, rules }))).toBe(resultOf(lint({ ...options, rules: [...unconditional] })));
  }
});

test("CRLs that differ only in their dates are linted by the requirements in force at thisUpdate", () => {
  const years = Array.from({ length: 18 }, (_, i) => 2010 + i);
  const lintAt = (year: number, list = rules): string =>
    resultOf(
      lintCase(kit.crl({ thisUpdate: `${year}-06-01T00:00:00Z`, nextUpdate: `${year}-06-05T00:00:00Z` }), {
        rules: list,
      }),
    );
  const results = years.map((year) => lintAt(year));
  expect(new Set(results).size).toBeGreaterThan(5);
  for (const [i, year] of [...years.entries()].toReversed()) {
    expect(lintAt(year)).toBe(results[i]);
    expect(lintAt(year, [...rules])).toBe(results[i]);
  }
});

test("rules that look at entries are skipped if a limit hides entries", () => {
  const many = kit.crl({ entries: Array.from({ length: 600 }, (_, i) => ({ serial: i + 1 })) });
  const skipped = (entries: number): number =>
    lintCase(many, { rules, limits: { entries } }).rules.filter(({ why }) => why?.startsWith("entries after") === true)
      .length;
  expect([600, 1, 600].map(skipped)).toEqual([0, expect.any(Number), 0]);
  expect(skipped(1)).toBeGreaterThan(20);
});
