import { describe, expect, test } from "vitest";
import { boulder, boulderDisagreements } from "./boulder.ts";
import { clientDisagreements, pkilint, webpki } from "./clients.ts";
import { type Counterparts, type Expectation, hasCorpus, isMet, readExpectations } from "./expectations.ts";
import { zlint, zlintDisagreements } from "./zlint.ts";
import { rules } from "../../src/index.ts";

const peers: readonly (readonly [string, readonly string[], Counterparts, Readonly<Record<string, string>>])[] = [
  ["zlint", ["zlint"], zlint, zlintDisagreements],
  ["boulder", ["boulder"], { ...boulder, ...webpki }, { ...boulderDisagreements }],
  ["pkilint", ["pkilint"], pkilint, clientDisagreements],
  ["rustls-webpki", ["webpki-tests"], webpki, clientDisagreements],
];

describe.skipIf(!hasCorpus).each(peers)(
  "crllint agrees with the expectations of %s, except for listed disagreements",
  (_, groups, counterparts, disagreements) => {
    const expectations = readExpectations(groups);
    const keyOf = ({ check, file }: Expectation): string => `${check} ${file}`;
    const counterpartOf = (one: Expectation) => counterparts[keyOf(one)] ?? counterparts[one.check];

    test("there are expectations, and each check has a counterpart", () => {
      expect(expectations.length).toBeGreaterThan(0);
      expect(expectations.filter((one) => counterpartOf(one) === undefined).map(keyOf)).toEqual([]);
    });

    test("each counterpart names existing rules", () => {
      const ids = new Set(rules.map(({ id }) => id));
      const named = Object.values(counterparts).flatMap((counterpart) => counterpart.rules);
      expect(named.filter((id) => !ids.has(id))).toEqual([]);
    });

    test.each(expectations.map((one) => [`${keyOf(one)}: ${one.verdict}`, one] as const))("%s", (_label, one) => {
      const counterpart = counterpartOf(one);
      // A disagreement that no longer exists must be removed from the list.
      expect(counterpart !== undefined && isMet(one, counterpart)).toBe(disagreements[keyOf(one)] === undefined);
    });
  },
);
