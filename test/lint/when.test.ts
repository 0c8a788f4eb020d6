import { describe, expect, test } from "vitest";
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
import { mutate, Random } from "../hostile/mutate.ts";
import { lintCase } from "../support/lint-case.ts";

/** The rules without `when`. */
const always: readonly AnyRule[] = rules.map((rule) => ({ ...rule, when: () => true }));

/** Under these profiles, few rules give precedence to others. */
const judgedUnder = ["tls-br", "rfc5280", Object.keys(profiles).filter((id) => id !== "rpki") as ProfileId[]] as const;

type Profile = NonNullable<LintCrlOptions["profile"]>;

/** The result to compare between both ways of running; no rule may crash. */
function said({ findings, rules: outcomes }: Run): unknown {
  return { findings, outcomes };
}

/** Returns the results with `when`, and with all rules run. */
function lintBoth(lint: (options: Partial<LintCrlOptions>) => Run, profile: Profile): readonly [unknown, unknown] {
  const options = { profile, allDates: true, maxFindings: 5 };
  return [said(lint(options)), said(lint({ ...options, rules: always }))];
}

describe("a rule that `when` excludes has no findings", () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))("the examples of %s", (_id, { examples }) => {
    for (const { make } of [...examples.bad, ...examples.good]) {
      const made = make(kit);
      for (const profile of judgedUnder) {
        const [spared, run] = lintBoth((options) => lintCase(made, options), profile);
        expect(spared).toEqual(run);
      }
    }
  });

  const corpus = readCorpus() ?? [];
  test.skipIf(corpus.length === 0)(
    "a corpus of CRLs",
    () => {
      for (const { crl, ca } of corpus) {
        const octets = readCorpusFile(crl);
        const issuer = ca === undefined ? {} : { issuer: readCorpusFile(ca) };
        const [spared, run] = lintBoth((options) => lintCrl({ ...options, crl: octets, ...issuer }), judgedUnder[2]);
        expect(spared).toEqual(run);
      }
    },
    300_000,
  );

  test("examples with random changes of bytes", () => {
    const random = new Random(1);
    const seeds = rules.flatMap(({ examples }) => examples.bad.slice(0, 1).map(({ make }) => make(kit)));
    const others = seeds.map(({ crl }) => crl);
    for (const { crl, ca } of seeds) {
      const octets = mutate(crl, others, random);
      const issuer = ca === undefined ? {} : { issuer: ca };
      const [spared, run] = lintBoth((options) => lintCrl({ ...options, crl: octets, ...issuer }), judgedUnder[2]);
      expect(spared).toEqual(run);
    }
  }, 300_000);
});
