import { describe, expect, test } from "vitest";
import { readCertificate } from "../../src/cert/certificate.ts";
import { isForTls, isPrecertificate, kindOf } from "../../src/cert/kind.ts";
import { type CertificateKnobs, kit } from "../../src/fixture/index.ts";

function certificate(knobs: CertificateKnobs) {
  const read = readCertificate(kit.certificate(knobs));
  if (read === undefined) throw new TypeError("no certificate");
  return read;
}

describe("the kind of a certificate", () => {
  test.each<[string, CertificateKnobs, string]>([
    ["server", {}, "subscriber"],
    ["no key purpose", { eku: null }, "subscriber"],
    ["basicConstraints with cA FALSE", { basicConstraints: kit.der.seq() }, "subscriber"],
    ["CA", { cA: true }, "ca"],
    ["OCSP responder", { eku: [kit.oids.ocspSigning] }, "infrastructure"],
    ["signer of CRLs", { keyUsage: ["digitalSignature", "cRLSign"] }, "infrastructure"],
    ["version 1", { version: null, extensions: [] }, "unknown"],
    ["basicConstraints that cannot be read", { basicConstraints: kit.der.octetString(new Uint8Array(1)) }, "unknown"],
    ["self-issued", { parent: "self" }, "unknown"],
  ])("%s", (_, knobs, kind) => {
    expect(kindOf(certificate(knobs))).toBe(kind);
  });
});

test("the TLS Baseline Requirements apply to server certificates and to CAs that may issue them", () => {
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

test("extensions that a CRL linter needs are read", () => {
  const read = certificate({ ocsp: ["http://ocsp.example.com"], crldp: ["http://crl.example.com/1.crl"] });
  expect(read.hasOcsp).toBe(true);
  expect(read.policies).toEqual([kit.oids.organizationValidated]);
  expect(read.crlDistributionPoints?.list[0]?.distributionPoint?.fullName?.[0]?.text).toBe(
    "http://crl.example.com/1.crl",
  );
  expect(read.authorityKeyIdentifier?.keyIdentifier).toBeDefined();
  expect(certificate({}).hasOcsp).toBe(false);
});
