import { CertificateOid } from "../../src/cert/kind.ts";
import { type CertificateKnobs, kit } from "../../src/fixture/index.ts";
import { bugzilla, certificateFile, entriesAt, trialsOf, rootCa, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident } from "./incident.ts";

const at = "2025-05-19T00:00:00Z";
const signer = tlsCa(2024);
const [first, ...others] = entriesAt(at);

const otherSerial: Incident = {
  id: "inc-072",
  kind: "policy",
  date: "2023-04-11",
  title: "CA/Browser Forum: serials in CRL and certificate must be the same bytes",
  sources: ["https://github.com/cabforum/servercert/issues/419"],
  story: `Some certificates have a malformed serial. If a CRL lists the same number in its correct encoding, software that
compares bytes sees a different serial.

The lesson: copy the bytes from the certificate.`,
  trials: trialsOf({
    signer,
    at,
    valid: { entries: others },
    certificates: [leaf("leaf.pem", { serial: "0001" })],
    bad: [
      {
        change: { entries: [{ ...first, serial: 1 }, ...others] },
        expected: ["certs/serial-not-byte-identical"],
      },
    ],
  }),
};

function leaf(name: string, knobs: CertificateKnobs): FixtureFile {
  return certificateFile(name, () =>
    kit.certificate({ parent: signer, notBefore: "2025-04-01T00:00:00Z", notAfter: "2025-09-30T00:00:00Z", ...knobs }),
  );
}

const decimal: Incident = {
  id: "inc-073",
  kind: "ca-software",
  date: "2026-02-01",
  title: "geteduroam: serials written as decimal and read as hexadecimal numbers",
  sources: ["https://github.com/geteduroam/letswifi-portal/issues/51"],
  story: `The software that creates the CRL read the decimal digits as hexadecimal, and listed serials that no certificate has.

The lesson: give the revoked certificates to the linter, which checks that the CRL lists them.`,
  trials: trialsOf({
    signer,
    at,
    profile: "private",
    valid: { entries: [{ ...first, serial: 0x10 }, ...others] },
    revoked: [leaf("revoked.pem", { serial: 0x10 })],
    bad: [{ change: { entries: [{ ...first, serial: 0x16 }, ...others] }, expected: ["certs/revoked-not-listed"] }],
  }),
};

const idenTrustRoot = rootCa(2020);

const idenTrust: Incident = {
  id: "bz1991215",
  kind: "ca",
  date: "2025-09-15 to 2025-10",
  title: "IdenTrust: intermediate CA with the URL of its own CRL, and missing from the CRL of its issuer",
  sources: [bugzilla(1991215)],
  story: `The distribution point of an intermediate CA's certificate was that of the CRL which this CA issues itself. The
certificate was revoked, but the CRL that the CCADB used did not list it.

The lesson: after a revocation, check that the CRL lists the certificate.`,
  trials: trialsOf({
    signer: idenTrustRoot,
    at: "2025-10-01T00:00:00Z",
    valid: {
      nextUpdate: "2026-08-31T00:00:00Z",
      entries: [{ serial: 0x2b5f_0010n, date: "2025-09-30T18:00:00Z", reason: 5 }],
    },
    revoked: [
      certificateFile("revoked.pem", () =>
        kit.certificate({
          cA: true,
          parent: idenTrustRoot,
          serial: 0x2b5f_0010n,
          crldp: ["http://crl.example.com/ica.crl"],
          notBefore: "2025-07-01T00:00:00Z",
        }),
      ),
    ],
    bad: [{ change: { entries: [] }, expected: ["certs/revoked-not-listed"] }],
  }),
};

const sectigo: Incident = {
  id: "bz1650845",
  kind: "ca",
  date: "2020-06-25 to 2020-06-29",
  title: "Sectigo: wrong certificate revoked",
  sources: [bugzilla(1650845)],
  story: `The CA replied that the reported certificate had been revoked. For days, the CRL listed another certificate instead.

The lesson: only the CRL proves a revocation. Check it.`,
  trials: trialsOf({
    signer: tlsCa(2018),
    at: "2020-06-26T00:00:00Z",
    valid: { entries: [{ serial: 0x4d01_77a3n, date: "2020-06-25T20:00:00Z", reason: 1 }] },
    revoked: [
      certificateFile("revoked.pem", () =>
        kit.certificate({
          parent: tlsCa(2018),
          serial: 0x4d01_77a3n,
          notBefore: "2020-03-01T00:00:00Z",
          notAfter: "2021-03-01T00:00:00Z",
        }),
      ),
    ],
    bad: [
      {
        change: { entries: [{ serial: 0x4d01_77a4n, date: "2020-06-25T20:00:00Z", reason: 1 }] },
        expected: ["certs/revoked-not-listed"],
      },
    ],
  }),
};

const collisionSigner = tlsCa(2020);
const poison = kit.extension.extension(CertificateOid.precertificatePoison, kit.der.nul(), true);

function announced(name: string, notAfter: string, extra: CertificateKnobs["extra"] = []): FixtureFile {
  return certificateFile(name, () =>
    kit.certificate({
      parent: collisionSigner,
      serial: 0x2c0e_4b17n,
      notBefore: "2023-12-01T00:00:00Z",
      notAfter,
      extra,
    }),
  );
}

const collision: Incident = {
  id: "inc-076",
  kind: "ca",
  date: "2024-01-31",
  title: "GLOBALTRUST: certificate and precertificate with one serial are different certificates",
  sources: ["https://github.com/mozilla/crlite/pull/299"],
  story: `The validity of a certificate differed from that of the precertificate with the same serial. CRLite, which identifies
certificates by issuer and serial, could not build its filter.

The lesson: a logged precertificate counts as issued. A different certificate must have a new serial.`,
  trials: [
    ...trialsOf({
      signer: collisionSigner,
      at: "2024-01-31T00:00:00Z",
      certificates: [
        announced("precertificate.pem", "2024-11-30T23:59:59Z", [poison]),
        announced("certificate.pem", "2024-12-31T23:59:59Z"),
      ],
      bad: [
        { title: "both certificates with the serial", name: "sound.crl", change: {}, expected: ["certs/serial-twice"] },
      ],
    }).slice(0, 1),
    ...trialsOf({
      signer: collisionSigner,
      at: "2024-01-31T00:00:00Z",
      certificates: [
        announced("precertificate.pem", "2024-11-30T23:59:59Z", [poison]),
        announced("as-announced.pem", "2024-11-30T23:59:59Z"),
      ],
      bad: [],
    }),
  ],
};

const withLeadingSpace = tlsCa(2024, { pathLen: null });

function subordinate(uri: string, name: string): FixtureFile {
  return certificateFile(name, () =>
    kit.certificate({ cA: true, parent: withLeadingSpace, crldp: [uri], notBefore: "2025-01-01T00:00:00Z" }),
  );
}

const crldpHygiene: Incident = {
  id: "inc-052",
  kind: "ca",
  date: "2026-08-21",
  title: "Entrust, LAWtrust and others: URIs in CA certificates that clients cannot fetch",
  sources: ["https://github.com/crtsh/ccadb_data"],
  story: `Among the CA certificates in the CCADB, one has a distribution point that begins with a space, three have the name of a
file on a server of the CA, and some use https or ldap.

The lesson: a certificate cannot be changed after signing. Check its URIs before.`,
  trials: [
    ...trialsOf({
      signer: withLeadingSpace,
      at: "2026-08-21T00:00:00Z",
      certificates: [subordinate(" http://crl.example.com/g4ca.crl", "leading-blank.pem")],
      bad: [{ title: "a space before the URI", name: "sound.crl", change: {}, expected: ["certs/crldp-not-http"] }],
    }).slice(0, 1),
    ...trialsOf({
      signer: withLeadingSpace,
      at: "2026-08-21T00:00:00Z",
      certificates: [subordinate("file://server/pki/ca.crl", "file-uri.pem")],
      bad: [{ title: "a file URI", name: "sound.crl", change: {}, expected: ["certs/crldp-not-http"] }],
    }).slice(0, 1),
    ...trialsOf({
      signer: withLeadingSpace,
      at: "2026-08-21T00:00:00Z",
      certificates: [subordinate("http://crl.example.com/g4ca.crl", "sound.pem")],
      bad: [],
    }),
  ],
};

/** Incidents about certificates that a CRL must list. */
export const listingIncidents = [otherSerial, decimal, idenTrust, sectigo, collision, crldpHygiene];
