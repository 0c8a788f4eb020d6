import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { defineRule, lintCrl, type Report, reportOf } from "../../src/index.ts";

const subject = kit.name([
  ["C", "AT", "printable"],
  ["O", "e-commerce monitoring GmbH"],
  ["CN", "GLOBALTRUST 2020 SERVER OV 1"],
]);

/** The CA of Mozilla bug 1888371, with a test key. */
export const ca = kit.caWith({ subject });

/** A CRL of that CA. */
export function crlWith(knobs: CrlKnobs = {}): Uint8Array {
  return kit.crl({ ca, ...knobs }).crl;
}

/** Lints one CRL of that CA as of November 2026, with the two rules of the golden files. */
export function reportOn(crl: Uint8Array, name: string, more: Partial<Parameters<typeof lintCrl>[0]> = {}): Report {
  const select = ["issuer/not-byte-identical", "crl-number/missing"];
  const now = new Date("2026-11-03T00:00:00Z");
  const { runs, version } = reportOf([lintCrl({ crl, issuer: ca.certificate, name, now, select, ...more })]);
  return { version, tool: { name: "crllint", version: "0.0.0" }, runs };
}

/** A report on an issuer with RDNs in reverse order: Mozilla bug 1888371. */
export function reversed(): Report {
  return reportOn(crlWith({ issuer: ca.subject.reversed() }), "ov-1.crl");
}

/** A report without findings. */
export function clean(): Report {
  return reportOn(crlWith(), "ov-1.crl");
}

const storm = defineRule({
  id: "test/storm",
  title: "an entry is there",
  requirements: [{ source: "rfc5280", section: "5.1.2.6", severity: "warning", quote: "no entry SHOULD be there" }],
  why: "a test",
  fix: "leave it out",
  examples: () => ({ bad: [], good: [] }),
  create(ctx) {
    const tally = ctx.tally({ what: "are there" });
    return { entry: (entry) => tally.add(entry) };
  },
});

/** A report on 2,500 entries that all violate one rule. */
export function stormOf(maxFindings: number): Report {
  const entries = Array.from({ length: 2500 }, (_, i) => ({ serial: 0x4a00 + i }));
  return reportOn(crlWith({ entries }), "big.crl", { rules: [storm], select: [], maxFindings });
}
