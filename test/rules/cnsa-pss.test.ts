import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { lintCase } from "../support/lint-case.ts";

/** Returns an AlgorithmIdentifier of RSASSA-PSS: the hash and that of MGF1 by the end of their OIDs, and the salt. */
function pss(hash: string, mask: string, salt: string): Uint8Array {
  const oid = "300d06096086480165030402";
  const fields = `a00f${oid}${hash}0500a11c301a06092a864886f70d010108${oid}${mask}0500a2030201${salt}`;
  return kit.der.raw(`304106092a864886f70d01010a3034${fields}`);
}

function citesOf(id: string, identifier: Uint8Array): readonly string[] {
  const made = kit.crl({ signature: identifier, signatureAlgorithm: identifier });
  const run = lintCase(made, { profile: "cnsa", select: [id], signature: "ignore" });
  return run.findings
    .filter(({ rule }) => rule === id)
    .flatMap(({ severity, cites }) => cites.map(({ source, section }) => `${severity}: ${source} ${section}`));
}

const salt = "algorithm/pss-salt-length";
const mask = "algorithm/pss-mgf-hash-mismatch";

describe("RFC 8603 4.1 on RSASSA-PSS", () => {
  test.each([
    [salt, "a salt of 48 bytes", pss("02", "02", "30"), []],
    [salt, "a salt of 47 bytes", pss("02", "02", "2f"), ["warning: rfc5280 3.1", "warning: cnsa 4.1"]],
    [
      salt,
      "SHA-256, which it does not permit, with a salt of 48 bytes",
      pss("01", "01", "30"),
      ["warning: rfc5280 3.1"],
    ],
    [mask, "SHA-384 in MGF1", pss("02", "02", "30"), []],
    [mask, "SHA-256 in MGF1", pss("02", "01", "30"), ["warning: rfc5280 3.1", "warning: cnsa 4.1"]],
  ])("%s: %s", (id, _, identifier, cites) => {
    expect(citesOf(id, identifier)).toEqual(cites);
  });
});
