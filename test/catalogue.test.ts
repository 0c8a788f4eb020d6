import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../src/index.ts";
import { leftOut, mergedInto } from "./support/left-out.ts";

/** The catalogue of requirements from which the rules are written; a fresh checkout does not have it. */
const file = new URL("../../shared/rules/catalogue.json", import.meta.url);

interface CatalogueRule {
  readonly id: string;
  readonly requirements: readonly {
    readonly source: string;
    readonly section: string;
    readonly quote: string;
    readonly verified: boolean;
    readonly severity: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

describe.skipIf(!existsSync(file))("the catalogue of requirements", () => {
  const catalogue = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly CatalogueRule[]) : [];
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const all = catalogue.flatMap(({ id, requirements }) => requirements.map((requirement) => ({ id, requirement })));

  const ruleFor = (id: string) => byId.get(mergedInto.get(id) ?? id);

  /** Whether a rule cites the sentence, or the source if there is no sentence to quote. */
  const isCited = ({ id, requirement }: (typeof all)[number]): boolean => {
    const { source, quote, verified } = requirement;
    const own = ruleFor(id)?.requirements.filter((cited) => cited.source === source) ?? [];
    return verified && quote !== "" ? own.some((cited) => cited.quote === quote) : own.length > 0;
  };

  test("every requirement is cited by a rule, or omitted on purpose", () => {
    const missing = all
      .filter((item) => !isCited(item) && !leftOut.has(item.id))
      .map(({ id, requirement: { source, section, quote } }) => `${id}: ${source} ${section} "${quote}"`);
    expect(missing).toEqual([]);
  });

  test("every requirement that is omitted on purpose is in the catalogue, is not cited, and has a reason", () => {
    const ids = new Set(catalogue.map(({ id }) => id));
    for (const [id, why] of leftOut) {
      expect(ids, id).toContain(id);
      expect(byId.has(id), id).toBe(false);
      expect(why.length, id).toBeGreaterThan(20);
    }
    for (const [id, target] of mergedInto) {
      expect(ids, id).toContain(id);
      expect(byId.has(id), id).toBe(false);
      expect(byId.has(target), target).toBe(true);
    }
  });

  test("dates match the catalogue, and only sentences that were read in the text are quoted", () => {
    const strays = all.flatMap(({ id, requirement }) => {
      const { source, quote, from, to, verified } = requirement;
      const cited = ruleFor(id)?.requirements.filter((item) => item.source === source && item.quote === quote) ?? [];
      const problems = cited.filter(
        (item) => quote !== "" && ((item.from ?? null) !== from || (item.to ?? null) !== to),
      );
      const quoted = verified ? [] : cited.filter((item) => quote !== "" && item.quote === quote);
      return [...problems, ...quoted].map(() => `${id}: ${source} ${quote}`);
    });
    expect(strays).toEqual([]);
  });
});
