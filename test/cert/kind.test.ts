import { describe, expect, test } from "vitest";
import { readCertificate } from "../../src/cert/certificate.ts";
import { isForTls, isPrecertificate, kindOf } from "../../src/cert/kind.ts";
import { type CertificateKnobs, kit } from "../../src/fixture/index.ts";

function certificate(knobs: CertificateKnobs) {
  const read = readCertificate(kit.certificate(knobs));
  if (read === undefined) throw new TypeError("no certificate");
  return read;
}

describe("kindOf", () => {
  test.each<[string, CertificateKnobs, string]>([
    ["a server certificate", {}, "subscriber"],
    ["a certificate without extKeyUsage", { eku: null }, "subscriber"],
    ["a certificate with cA FALSE", { basicConstraints: kit.der.seq() }, "subscriber"],
    ["a CA certificate", { cA: true }, "ca"],
    ["an OCSP responder certificate", { eku: [kit.oids.ocspSigning] }, "infrastructure"],
    ["a CRL signer certificate", { keyUsage: ["digitalSignature", "cRLSign"] }, "infrastructure"],
    ["a certificate of version 1", { version: null, extensions: [] }, "unknown"],
    [
      "a certificate with malformed basicConstraints",
      { basicConstraints: kit.der.octetString(new Uint8Array(1)) },
      "unknown",
    ],
    ["a self-issued certificate", { parent: "self" }, "unknown"],
  ])("returns the kind of %s", (_, knobs, kind) => {
    expect(kindOf(certificate(knobs))).toBe(kind);
  });
});

test("isForTls is true for server certificates and for CAs that may issue them", () => {
  const eku = [kit.oids.emailProtection];
  expect([{}, { cA: true }, { cA: true, eku: null }].map((knobs) => isForTls(certificate(knobs)))).toEqual([
    true,
    true,
    true,
  ]);
  expect([{ eku }, { cA: true, eku }, { eku: null }].map((knobs) => isForTls(certificate(knobs)))).toEqual([
    false,
    false,
    false,
  ]);
});

test("a precertificate is recognized by its poison extension", () => {
  const poison = kit.extension.extension("1.3.6.1.4.1.11129.2.4.3", Uint8Array.of(5, 0), true);
  expect([certificate({}), certificate({ extra: [poison] })].map(isPrecertificate)).toEqual([false, true]);
});

test("readCertificate reads the extensions that crllint needs", () => {
  const read = certificate({ ocsp: ["http://ocsp.example.com"], crldp: ["http://crl.example.com/1.crl"] });
  expect(read.hasOcsp).toBe(true);
  expect(read.policies).toEqual([kit.oids.organizationValidated]);
  expect(read.crlDistributionPoints?.list[0]?.distributionPoint?.fullName?.[0]?.text).toBe(
    "http://crl.example.com/1.crl",
  );
  expect(read.authorityKeyIdentifier?.keyIdentifier).toBeDefined();
  expect(certificate({}).hasOcsp).toBe(false);
});
