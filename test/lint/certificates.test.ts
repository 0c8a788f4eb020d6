import { describe, expect, test } from "vitest";
import { readCertificate } from "../../src/cert/certificate.ts";
import { readCrl } from "../../src/crl/read.ts";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintShards, rules } from "../../src/index.ts";
import { CertificatesInScope } from "../../src/given/certificates.ts";
import type { GivenCertificate } from "../../src/given/given.ts";
import { lintCase, failedRules } from "../support/lint-case.ts";

function given(bytes: Uint8Array): GivenCertificate {
  const certificate = readCertificate(bytes);
  if (certificate === undefined) throw new TypeError("no certificate");
  return { certificate, artefact: { name: "certificate", bytes } };
}

function inScope(knobs: CrlKnobs, certificates: readonly Uint8Array[]): CertificatesInScope {
  return new CertificatesInScope(readCrl(kit.crl(knobs).crl, "crl"), certificates.map(given));
}

describe("certificates in scope", () => {
  test("match an entry by the bytes of their serial, otherwise by its value", () => {
    const scope = inScope({ entries: [{ serial: 5 }, { serial: "00ff" }, { serial: "0001" }] }, [
      kit.certificate({ serial: 255 }),
      kit.certificate({ serial: 1 }),
      kit.certificate({ serial: 6 }),
      kit.certificate({ serial: 5 }),
    ]);
    expect(scope.issued.map(({ entry, likeEntry }) => [entry, likeEntry])).toEqual([
      [1, -1],
      [-1, 2],
      [-1, -1],
      [0, -1],
    ]);
    expect(scope.ofEntry(1)).toBe(scope.issued[0]);
    expect(scope.ofEntry(2)).toBeUndefined();
  });

  test("of another issuer do not match an entry of a direct CRL that lists their serial", () => {
    const scope = inScope({ entries: [{ serial: 5 }] }, [kit.certificate({ parent: kit.otherCa, serial: 5 })]);
    expect(scope.issued).toEqual([]);
    expect(scope.foreign).toHaveLength(1);
    expect(scope.covered).toEqual([]);
  });

  test("match entries of an indirect CRL under the certificateIssuer in effect", () => {
    const name = (ca: typeof kit.ca) => [kit.extension.certificateIssuer(ca.subject)];
    const scope = inScope(
      {
        idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
        entries: [
          { serial: 1 },
          { serial: 1, extensions: name(kit.otherCa) },
          { serial: 2 },
          { serial: 3, extensions: name(kit.ca) },
        ],
      },
      [
        kit.certificate({ serial: 1 }),
        kit.certificate({ serial: 2 }),
        kit.certificate({ serial: 3 }),
        kit.certificate({ parent: kit.otherCa, serial: 1 }),
        kit.certificate({ parent: kit.otherCa, serial: 2 }),
        kit.certificate({ parent: kit.otherCa, serial: 3 }),
      ],
    );
    expect(scope.issued.map(({ entry }) => entry)).toEqual([0, -1, 3]);
    expect(scope.covered.map(({ entry }) => entry)).toEqual([0, -1, 3, 1, 2]);
  });
});

describe("defects of certificates", () => {
  const names = [
    "crl-issuer-needs-indirect",
    "crldp-missing",
    "crldp-not-http",
    "issuer-differs",
    "needs-all-reasons-dp",
  ];

  test.each([...names, "serial-twice"])("are reported once for a set: %s", (name) => {
    const id = `certs/${name}`;
    const [example] = rules.find((rule) => rule.id === id)?.examples().bad ?? [];
    const runs = lintShards({
      crls: [1, 2, 3].map(
        (number) =>
          kit.crl({ idp: { uris: [`http://crl.example.com/${number}.crl`], onlyUser: true }, entries: [] }).crl,
      ),
      issuer: kit.ca.certificate,
      certificates: example?.make(kit).certificates ?? [],
      select: [id],
    });
    expect(runs.map(failedRules)).toEqual([[id], [], []]);
  });
});

describe("coverage of a CRL, shown by the certificates in scope", () => {
  const unknown = { ca: kit.caWith({ pathLen: null }), entries: [] };

  test("a subscriber certificate is evidence for subscriber certificates", () => {
    const run = lintCase(
      kit.crl({ ...unknown, certificates: [kit.certificate({ cA: true }), kit.certificate({ serial: 7 })] }),
    );
    expect(run.scope).toEqual({ kind: "subscriber", evidence: "a certificate in scope, serial 07, is a subscriber's" });
  });

  test.each([
    ["CA certificate", kit.certificate({ cA: true })],
    ["OCSP responder", kit.certificate({ eku: [kit.oids.ocspSigning] })],
    ["timestamp unit", kit.certificate({ eku: [kit.oids.timeStamping] })],
    ["signer of CRLs", kit.certificate({ eku: null, keyUsage: ["cRLSign"] })],
    ["version 1 certificate", kit.certificate({ version: null, extensions: [] })],
    ["certificate of another CA", kit.certificate({ parent: kit.otherCa })],
  ])("a certificate of another kind is not evidence for subscriber certificates: %s", (_, certificate) => {
    expect(lintCase(kit.crl({ ...unknown, certificates: [certificate] })).scope.kind).toBe("unknown");
  });

  test("a subscriber certificate of another partition is not evidence for subscriber certificates", () => {
    const idp = { uris: ["http://crl.example.com/1.crl"] };
    const certificates = [kit.certificate({ crldp: ["http://crl.example.com/2.crl"] })];
    expect(lintCase(kit.crl({ ...unknown, idp, certificates })).scope.kind).toBe("unknown");
  });
});
