import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lintCrl } from "../../src/index.ts";

/** CRLs made by other software; a clone of this repository does not have them. */
const shared = new URL("../../../shared/", import.meta.url);
const index = new URL("corpus/index.jsonl", shared);

interface Row {
  readonly crl: string;
  readonly ca?: string;
  readonly sig_alg?: string;
}

function verdict(crl: URL, issuer: URL) {
  return lintCrl({ crl: readFileSync(crl), issuer: readFileSync(issuer), profile: "rfc5280", select: ["signature"] })
    .signature;
}

describe.skipIf(!existsSync(index))("ML-DSA and SLH-DSA signatures made by other software", () => {
  test("verify", () => {
    const rows = readFileSync(index, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row)
      .filter(({ sig_alg: name = "", ca }) => /^(?:ML|SLH)-DSA/u.test(name) && ca !== undefined);
    // Two of each parameter set: `npm run corpus` lints all of them.
    const sets = [...new Set(rows.map((row) => row.sig_alg))];
    expect(sets.length).toBe(15);
    const some = sets.flatMap((set) => rows.filter((row) => row.sig_alg === set).slice(0, 2));
    const folder = new URL("corpus/", shared);
    const unverified = some.filter(
      ({ crl, ca = "" }) => verdict(new URL(crl, folder), new URL(ca, folder)).verdict !== "valid",
    );
    expect(unverified).toEqual([]);
  });
});

const cases = new URL("cases/", shared);

describe.skipIf(!existsSync(cases))("signatures with a wrong verdict in the past", () => {
  test.each([
    ["sm2", "crl.der", { verdict: "valid" }],
    ["sm2", "bad.der", { verdict: "invalid", why: "the CA's key does not verify the signature" }],
    ["pss-salt", "ok.crl", { verdict: "valid" }],
    [
      "pss-salt",
      "nosalt.crl",
      { verdict: "invalid", why: "the signature was made with a salt of 32 bytes; saltLength is 20 (DEFAULT)" },
    ],
    [
      "pss-key-params",
      "crl.der",
      { verdict: "invalid", why: "signed with sha384 by a key that is restricted to sha256" },
    ],
    [
      "unknown-algorithm",
      "unk.crl",
      { verdict: "not-checked", why: "signature algorithm 1.2.840.10045.4.3.9 is not known to crllint" },
    ],
  ])("%s/%s has the correct verdict", (folder, file, expected) => {
    expect(verdict(new URL(`${folder}/${file}`, cases), new URL(`${folder}/ca.pem`, cases))).toEqual(expected);
  });
});
