import { describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { ProfileId } from "../../src/sources/profiles.ts";
import { lintCase } from "../support/lint-case.ts";

function quotesOf(id: string, profile: ProfileId, knobs: CrlKnobs): readonly (string | undefined)[] {
  const run = lintCase(kit.crl(knobs), { profile, select: [id] });
  return run.findings.filter(({ rule }) => rule === id).flatMap(({ cites }) => cites.map(({ quote }) => quote));
}

describe("a finding cites only the sentence that the CRL violates", () => {
  test.each([
    ["onlyUser", true, "does not include the basic constraints extension"],
    ["onlyCa", false, "includes the basic constraints extension"],
    ["attr", false, "onlyContainsAttributeCerts boolean is not asserted"],
  ] as const)("idp/flag-contradicts-cert, %s", (flag, cA, text) => {
    const uris = ["http://crl.example.com/1.crl"];
    const quotes = quotesOf("idp/flag-contradicts-cert", "rfc5280", {
      idp: { uris, [flag]: true },
      entries: [{ serial: 77, reason: 4 }],
      certificates: [kit.certificate({ cA, serial: 77, crldp: uris })],
    });
    expect(quotes).toEqual([expect.stringContaining(text)]);
  });

  test.each([
    ["CN=rpki-ca-1", "encoded using the ASN.1 type PrintableString"],
    ["serialNumber=1", "MUST contain one instance of the CommonName"],
  ])("issuer/rpki-name, %s", (issuer, text) => {
    const quotes = quotesOf("issuer/rpki-name", "rpki", { issuer, issuerCertificate: null, entries: [{}] });
    expect(quotes).toEqual([expect.stringContaining(text)]);
  });
});
