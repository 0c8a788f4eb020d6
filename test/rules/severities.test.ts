import { expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { rules } from "../../src/index.ts";
import { isAtLeast } from "../../src/rule/report.ts";
import { profileOf, sources } from "../../src/sources/profiles.ts";
import { lintCase } from "../support/lint-case.ts";

/** Requirements whose severity no example reaches, and the input that would reach it. */
const unreached: ReadonlyMap<string, string> = new Map([
  ["idp/not-critical: ccadb 6.2", "a record of the CCADB"],
  ["issuer/country-missing: icao 7.1.4, table 9", "an issuer that the CA certificate does not have"],
  ["issuer/name-country: rfc5280 Appendix A.1", "an issuer that the CA certificate does not have"],
  ["issuer/name-empty-rdn: rfc5280 4.1.2.4", "an issuer that the CA certificate does not have"],
  ["issuer/name-empty-value: rfc5280 4.1.2.4", "an issuer that the CA certificate does not have"],
  ["issuer/name-fixed-string-types: rfc5280 Appendix A.1", "an issuer that the CA certificate does not have"],
  ["issuer/name-upper-bound: rfc5280 Appendix A.1", "an issuer that the CA certificate does not have"],
  ["issuer/rpki-name: rfc6487 4.4, 5", "an issuer that the CA certificate does not have"],
  ["reason/fpki-hold: fpki-common 4.9.13", "onlyContainsCACerts"],
  ["reason/hold-on-ca: smime-br 7.2.2", "onlyContainsCACerts"],
  ["reason/unspecified-on-ca-entry: rfc5280 5.3.1", "a further source, which requires a reason"],
]);

test("every severity that a requirement declares is reached by an example", () => {
  const missing: string[] = [];
  for (const rule of rules) {
    const examples = rule.examples().bad.map(({ make }) => make(kit));
    for (const requirement of rule.requirements) {
      const { source, section, severity } = requirement;
      // Advice has no text to cite. Responses of servers are tested with the rules on transport.
      if (source === "hygiene" || severity === "notice" || rule.id.startsWith("transport/")) continue;
      const document = requirement.document ?? sources[source];
      const isReached = examples.some((made) =>
        lintCase(made, { profile: profileOf(source), select: [rule.id], allDates: true }).findings.some(
          (finding) =>
            finding.rule === rule.id &&
            isAtLeast(finding.severity, severity) &&
            finding.cites.some((cite) => cite.documentId === document && cite.section === section),
        ),
      );
      if (!isReached) missing.push(`${rule.id}: ${document} ${section}`);
    }
  }
  expect([...new Set(missing)].sort()).toEqual([...unreached.keys()]);
});
