import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { certificateStatus } from "../../src/index.ts";

const suites = new URL("../../../shared/pkits/", import.meta.url);
const hasSuites = existsSync(suites);

/** Returns the files of a directory by name; none if the suites are not present. */
function read(folder: string): ReadonlyMap<string, Uint8Array> {
  if (!hasSuites) return new Map();
  const directory = new URL(folder, suites);
  return new Map(readdirSync(directory).map((name) => [name, Uint8Array.from(readFileSync(new URL(name, directory)))]));
}

/** The PKITS tests on revocation: sections 4.4, 4.5, 4.14 and 4.15. Other sections are about paths. */
const sections: readonly (readonly [string, RegExp, number])[] = [
  [
    "4.4 basic certificate revocation",
    /^(?:In)?[Vv]alid(?:MissingCRL|Revoked|BadCRL|WrongCRL|TwoCRLs|UnknownCRL|OldCRL|pre2000CRL|GeneralizedTimeCRL|NegativeSerial|LongSerial|Separate)/u,
    21,
  ],
  ["4.5 self-issued certificates", /^(?:In)?[Vv]alidBasicSelfIssued/u, 8],
  [
    "4.14 distribution points",
    /^(?:In)?[Vv]alid(?:distributionPoint|nodistributionPoint|NoissuingDistributionPoint|only|IDPwith|cRLIssuer)/u,
    35,
  ],
  ["4.15 delta CRLs", /^(?:In)?[Vv]aliddelta/iu, 10],
];

describe.skipIf(!hasSuites)(
  "NIST's PKITS: every status of the path is good if and only if the test is called valid",
  () => {
    const certificates = read("certs/");
    const crls = [...read("crls/").values()];
    const chain = [...certificates].filter(([name]) => !name.endsWith("EE.crt")).map(([, bytes]) => bytes);
    const now = new Date("2015-01-01T00:00:00Z");

    describe.each(sections)("%s", (_, pattern, count) => {
      const leaves = [...certificates].filter(([name]) => name.endsWith("EE.crt") && pattern.test(name));

      test(`has ${count} tests`, () => {
        expect(leaves).toHaveLength(count);
      });

      test.each(leaves)("%s", (name, certificate) => {
        const statuses = certificateStatus({ certificate, chain, crls, now }).map(({ status }) => status);
        expect(statuses.every((status) => status === "good")).toBe(name.startsWith("Valid"));
      });
    });
  },
);

/** Results of NIST's older suite that do not depend on CRLs: validity, names, basicConstraints, path length. */
const pathResults =
  /^(?:Signature error|Certificate (?:is not yet valid|has expired|issuer not found|chain too long)|CA certificate not allowed to issue certs)$/u;

describe.skipIf(!hasSuites)("NIST's older suite", () => {
  const results = hasSuites
    ? [
        ...readFileSync(new URL("nist-x509/expected.txt", suites), "utf8").matchAll(
          /^(?<name>test\d+):(?<result>.+)$/gmu,
        ),
      ]
        .map(({ groups }) => [groups?.["name"] ?? "", groups?.["result"] ?? ""] as const)
        .filter(([, result]) => !pathResults.test(result))
    : [];

  test("has 55 tests that depend on CRLs", () => {
    expect(results).toHaveLength(55);
  });

  test.each(results)("%s: %s", (name, result) => {
    const files = [...read(`nist-x509/${name}/`)];
    const root = ["root.crt", "root.crl"].map((file) =>
      Uint8Array.from(readFileSync(new URL(`nist-x509/${file}`, suites))),
    );
    const [anchor, ofRoot] = root as [Uint8Array, Uint8Array];
    const certificate = files.find(([file]) => file === "end.crt")?.[1] ?? new Uint8Array();
    const chain = files.filter(([file]) => file.endsWith(".crt") && file !== "end.crt").map(([, bytes]) => bytes);
    const crls = files.filter(([file]) => file.endsWith(".crl")).map(([, bytes]) => bytes);
    const statuses = certificateStatus({
      certificate,
      chain: [...chain, anchor],
      crls: [...crls, ofRoot],
      now: new Date("2015-06-01T00:00:00Z"),
    });
    const found = new Set(statuses.map(({ status }) => status));
    if (result === "Verified") expect([...found]).toEqual(["good"]);
    else if (result === "Certificate is revoked") expect(found.has("revoked")).toBe(true);
    else expect([...found]).toEqual(expect.arrayContaining(["undetermined"]));
  });
});
