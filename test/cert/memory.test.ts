import { setFlagsFromString } from "node:v8";
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { readCertificate } from "../../src/cert/certificate.ts";
import { readCrl } from "../../src/crl/read.ts";
import { kit } from "../../src/fixture/index.ts";

setFlagsFromString("--allow-natives-syntax");
const isSameClass = runInThisContext("(a, b) => %HaveSameMap(a, b)") as (a: object, b: object) => boolean;

/** Returns the paths of the objects in `a` whose hidden class differs from that of their counterpart in `b`. */
function findDifferences(a: unknown, b: unknown, path: string): readonly string[] {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || ArrayBuffer.isView(a)) return [];
  const [one, other] = [Object.entries(a), b as Record<string, unknown>];
  const own = Array.isArray(a) || isSameClass(a, b) ? [] : [path];
  return [...own, ...one.flatMap(([key, value]) => findDifferences(value, other[key], `${path}.${key}`))];
}

test("the objects of two certificates, and those of two CRLs, share their hidden classes", () => {
  const ca = kit.caWith({ key: "p256", crldp: ["http://crl.example.com/ca.crl"], ocsp: ["http://ocsp.example.com"] });
  const { crl } = kit.crl({
    ca,
    idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
    extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")],
  });
  const certificates = Array.from({ length: 8 }, () => readCertificate(ca.certificate));
  expect(findDifferences(certificates[6], certificates[7], "certificate")).toEqual([]);
  for (const field of ["publicKey", "extensions", "authorityKeyIdentifier", "crlDistributionPoints"] as const) {
    expect(findDifferences(certificates[6]?.[field], certificates[7]?.[field], field)).toEqual([]);
  }
  const crls = Array.from({ length: 8 }, () => readCrl(crl));
  expect(findDifferences(crls[6], crls[7], "crl")).toEqual([]);
});

test("certificates with the same keyUsage share one set of bits", () => {
  const { certificate } = kit.caWith({ key: "p256" });
  const [one, other] = [readCertificate(certificate), readCertificate(certificate)];
  expect(one?.keyUsage?.size).toBeGreaterThan(0);
  expect(one?.keyUsage).toBe(other?.keyUsage);
});
