import { expect, test } from "vitest";
import { type Certificate, readCertificate } from "../../src/cert/certificate.ts";
import { openCertificate, sketchOf } from "../../src/cert/open.ts";
import { kit } from "../../src/fixture/index.ts";

const fields = [
  "source",
  "tbsCertificate",
  "signatureAlgorithm",
  "signatureValue",
  "version",
  "serialNumber",
  "signature",
  "issuer",
  "notBefore",
  "notAfter",
  "subject",
  "publicKey",
  "subjectPublicKeyInfo",
  "extensions",
  "extensionOids",
  "selfIssued",
  "subjectKeyIdentifier",
  "authorityKeyIdentifier",
  "basicConstraints",
  "keyUsage",
  "extKeyUsage",
  "policies",
  "crlDistributionPoints",
  "hasOcsp",
] as const satisfies readonly (keyof Certificate)[];

const { certificate } = kit.caWith({ key: "p256", crldp: ["http://crl.example.com/ca.crl"] });
const list = [kit.ca, kit.root, kit.otherCa].map((ca) => ca.certificate);

test.each([...list, certificate])("openCertificate has the same fields as readCertificate", (bytes) => {
  const [opened, read] = [openCertificate(bytes, {}), readCertificate(bytes)];
  for (const field of fields) expect(opened?.[field]).toEqual(read?.[field]);
});

/** Returns the positions of the parts by which a certificate is found. */
function positionsOf(one: Certificate | undefined): readonly unknown[] {
  if (one === undefined) return [];
  const { subject, publicKey, keyIdentifier } = sketchOf(one);
  return [subject, publicKey, keyIdentifier].map((span) => span && [span.start, span.end]);
}

test("with any byte changed, openCertificate and readCertificate accept the same certificates, with the same positions", () => {
  const differing: string[] = [];
  let unreadable = 0;
  for (let at = 0; at < certificate.length; at += 1) {
    for (const value of [
      0x00,
      0x17,
      0x30,
      0x80,
      0x81,
      0xff,
      (certificate[at] ?? 0) ^ 1,
      (certificate[at] ?? 0) ^ 0x20,
    ]) {
      const bytes = certificate.slice();
      bytes[at] = value;
      const read = readCertificate(bytes);
      if (read === undefined) unreadable += 1;
      if (JSON.stringify(positionsOf(openCertificate(bytes, {}))) !== JSON.stringify(positionsOf(read))) {
        differing.push(`${at}: ${value}`);
      }
    }
  }
  expect(differing).toEqual([]);
  expect(unreadable).toBeGreaterThan(100);
});
