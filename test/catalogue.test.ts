import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../src/index.ts";
import { firstDay } from "../src/sources/first-day.ts";
import { leftOut, mergedInto } from "./support/left-out.ts";

/** The catalogue of requirements from which the rules are written; a clone of this repository does not have it. */
const file = new URL("../../shared/rules/catalogue.json", import.meta.url);

/** Sentences of the catalogue that rules do not cite, with the reason. */
const notCited: ReadonlyMap<string, string> = new Map([
  ["Certificates MUST NOT include a NULL parameter.", "is about certificates; the list of encodings applies to CRLs"],
  ["Certificates MUST NOT omit this NULL parameter.", "is about certificates; the list of encodings applies to CRLs"],
  [
    "Must match the Issuer Signature Algorithm of the CA's certificate.",
    "a draft; Common Policy 6.1.5 lists algorithms",
  ],
  ["cACompromise is used in revoking a CA-certificate", "X.509 is not part of the TLS BR; 7.2.2 has its own sentence"],
  [
    "The certificateHold reason code may be used only for end entity certificates.",
    "a draft; Common Policy 4.9.13 has this requirement",
  ],
  [
    "the specified CRLReason MUST be included in the reasonCode extension of the CRL entry corresponding to the end entity TLS certificate",
    "does not forbid other reasons; a sentence of MRSP 2.8 did",
  ],
  ["at least until the certificate expires.", "was not found in the text"],
  [
    "The CRL shall be as defined in ISO/IEC 9594-8/Recommendation ITU-T X.509 or IETF RFC 5280.",
    "has references between the words; the rules quote the words before them",
  ],
  ["For the status of Timestamp Certificates", "is not the sentence that has the limit"],
]);

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

/** Sentences of the catalogue that no rule quotes because the text of the document differs. */
const corrected: ReadonlyMap<string, string> = new Map([
  [
    'aki/issuer-serial-mismatch: rfc5280 "the issuer name and serial number"',
    "a fragment of a sentence on what the identification may be based on; 5.2.1 states what the extension must identify",
  ],
  [
    'algorithm/hashmldsa: rfc5280 "The HashML-DSA mode defined in Section 5.4 of {{FIPS204}} MUST NOT be used"',
    "the markup of a draft; the RFC has [FIPS204]",
  ],
  [
    'idp/dp-absent-not-complete: rfc5280 "If the distributionPoint field is absent, the CRL MUST contain entries for all revoked unexpired certificates issued by the CRL issuer"',
    'the sentence continues "if any, within the scope of the CRL"',
  ],
  [
    'idp/dp-absent-not-complete: hygiene "If the distributionPoint field is absent, the CRL MUST contain entries for all revoked unexpired certificates issued by the CRL issuer"',
    "the same sentence again",
  ],
]);

/** Rules whose dates differ from those of the catalogue, with the reason. */
const otherDates: ReadonlyMap<string, string> = new Map([
  ["ca/key-usage-missing", "RFC 10007 is of June 2026, without a day, so it applies from July 1"],
]);

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

  const nameOf = ({ id, requirement: { source, quote } }: (typeof all)[number]): string =>
    `${id}: ${source} "${quote}"`;

  test("every corrected sentence is in the catalogue, and is not cited", () => {
    for (const name of corrected.keys()) {
      const item = all.find((each) => nameOf(each) === name);
      expect(item, name).toBeDefined();
      expect(item && isCited(item), name).toBe(false);
    }
  });

  test("every requirement is cited by a rule or is intentionally omitted", () => {
    const missing = all
      .filter(
        (item) =>
          !isCited(item) &&
          !leftOut.has(item.id) &&
          !notCited.has(item.requirement.quote) &&
          !corrected.has(nameOf(item)),
      )
      .map(({ id, requirement: { source, section, quote } }) => `${id}: ${source} ${section} "${quote}"`);
    expect(missing).toEqual([]);
  });

  test("every intentionally omitted requirement is in the catalogue, has no rule, and has a reason", () => {
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

  test("dates match the catalogue, and only verified sentences are quoted", () => {
    const violations = all.flatMap(({ id, requirement }) => {
      const { source, quote, from, to, verified } = requirement;
      const own = ruleFor(id)?.requirements.filter((item) => item.source === source) ?? [];
      // If the wording is of a later version, a requirement with the older wording starts on this date.
      const cited = own.some((item) => item.quote === quote) && quote !== "";
      const hasDates =
        (from === null || own.some((item) => firstDay(item) === from)) &&
        (to === null || own.some((item) => item.to === to));
      const isQuoted = !verified && cited;
      return (cited && !hasDates && !otherDates.has(id)) || isQuoted ? [`${id}: ${source} ${quote}`] : [];
    });
    expect(violations).toEqual([]);
  });
});
