import { describe, expect, test } from "vitest";
import { type CrlCase, kit } from "../../src/fixture/index.ts";
import type { ProfileId } from "../../src/index.ts";
import { lintCase } from "../support/lint-case.ts";

const { der, extension, oids } = kit;

/** Returns the value of an authorityKeyIdentifier with issuer and serial of a certificate (RFC 5280 4.2.1.1). */
function issuerAndSerial(ski: Uint8Array | null, issuer: Uint8Array, serial: string): { readonly value: Uint8Array } {
  const name = der.explicit(1, der.explicit(4, issuer));
  return { value: der.seq(der.context(0, ski ?? new Uint8Array()), name, der.context(2, der.raw(serial))) };
}

/** CRLs that are unusual, and conform to all requirements of the profiles. */
const conformant: readonly (readonly [string, readonly ProfileId[], () => CrlCase])[] = [
  [
    "S/MIME CA that signs with Ed25519",
    ["smime-br", "mozilla"],
    () => kit.crl({ ca: kit.caWith({ key: "ed25519", eku: [oids.emailProtection] }) }),
  ],
  [
    "S/MIME CA under the Mozilla policy alone, with a CRL valid for 10 days",
    ["mozilla"],
    () => kit.crl({ ca: kit.caWith({ eku: [oids.emailProtection] }), nextUpdate: "2026-11-10T23:59:59Z" }),
  ],
  [
    "CA for client authentication under the Microsoft program, with a CRL valid for 16 days",
    ["microsoft"],
    () => kit.crl({ ca: kit.caWith({ eku: [oids.clientAuth] }), nextUpdate: "2026-11-17T00:00:00Z" }),
  ],
  [
    "Next CRL Publish under the Microsoft program, TLS CA without OCSP",
    ["microsoft"],
    () =>
      kit.crl({
        extra: [{ oid: "1.3.6.1.4.1.311.21.4", value: der.time("2026-11-05T00:00:00Z") }],
        certificates: [kit.certificate({ serial: 77 })],
      }),
  ],
  [
    "partition with an LDAP URI in addition to the disclosed one, as in its certificate",
    ["ccadb"],
    () => {
      const uris = ["http://crl.example.com/1.crl", "ldap://ldap.example.com/cn=CA?certificateRevocationList;binary"];
      return kit.crl({
        idp: { uris, onlyUser: true },
        entries: [],
        certificates: [kit.certificate({ crldp: uris })],
        options: { ccadb: kit.ccadb({ partitioned: ["http://crl.example.com/1.crl"] }) },
      });
    },
  ],
  [
    "full CRL whose record discloses two URLs, both in the certificate in scope",
    ["ccadb"],
    () => {
      const urls = ["http://crl.example.com/1.crl", "http://crl.example.net/1.crl"];
      return kit.crl({
        entries: [],
        certificates: [kit.certificate({ crldp: urls })],
        options: { disclosedUrls: urls },
      });
    },
  ],
  [
    "CRL of a CA whose expired certificates have other URLs",
    ["ccadb"],
    () =>
      kit.crl({
        entries: [],
        now: "2026-11-02T00:00:00Z",
        certificates: [
          kit.certificate({ serial: 77, crldp: ["http://old.example.com/1.crl"], notAfter: "2026-11-01T23:59:59Z" }),
          kit.certificate({ serial: 78, crldp: ["http://crl.example.com/1.crl"] }),
        ],
        options: { disclosedUrls: ["http://crl.example.com/1.crl"] },
      }),
  ],
  [
    "full CRL without entries, with the record of a CA that has not issued a certificate",
    ["tls-br"],
    () =>
      kit.crl({
        entries: [],
        options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl", partitioned: [""] }) },
      }),
  ],
  [
    "one CRL for subscriber certificates and one for CA certificates",
    ["rfc5280"],
    () =>
      kit.crl({
        idp: { onlyUser: true },
        entries: [{ serial: 8, reason: 1 }],
        shards: [kit.crl({ idp: { onlyCa: true }, entries: [{ serial: 9, reason: 5 }] }).crl],
      }),
  ],
  [
    "authorityKeyIdentifier with issuer and serial of the CA certificate",
    ["private"],
    () => {
      const ca = kit.caWith({ serial: 4660 });
      return kit.crl({ ca, aki: issuerAndSerial(ca.ski, kit.root.subject.der(), "1234") });
    },
  ],
  [
    "authorityKeyIdentifier with issuer and serial of an older certificate for the CA's key, also given",
    ["private"],
    () => {
      const ca = kit.caWith({ serial: 4660 });
      const older = kit.caWith({ serial: 4661, notBefore: "2023-01-01T00:00:00Z" });
      return kit.crl({
        ca,
        issuerCertificate: [ca.certificate, older.certificate],
        aki: issuerAndSerial(ca.ski, kit.root.subject.der(), "1235"),
      });
    },
  ],
  [
    "invalidityDate earlier than the revocation, for a server certificate of a CA that also signs code",
    ["cs-br"],
    () => {
      const ca = kit.caWith({ key: "p256", eku: [oids.codeSigning, oids.serverAuth] });
      return kit.crl({
        ca,
        certificates: [kit.certificate({ serial: 4660, parent: ca })],
        entries: [{ serial: 4660, reason: 1, extensions: [extension.invalidityDate("2026-05-01T00:00:00Z")] }],
      });
    },
  ],
  [
    "CRL of a root for code signing CAs, valid for a year",
    ["cs-br"],
    () => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2027-10-31T23:59:59Z" }),
  ],
  [
    "unordered serials of 20 bytes and of 1 byte, each with its reason",
    ["tls-br"],
    () =>
      kit.crl({
        entries: [
          { serial: `7f${"ab".repeat(19)}`, reason: 4 },
          { serial: 1, reason: 9 },
          { serial: "00ff", reason: 1 },
        ],
      }),
  ],
  [
    "UTCTime through 2049, GeneralizedTime from 2050",
    ["rfc5280"],
    () =>
      kit.crl({
        ca: kit.caWith({ notBefore: "2049-01-01T00:00:00Z", notAfter: "2059-01-01T00:00:00Z" }),
        thisUpdate: "2049-12-30T00:00:00Z",
        nextUpdate: "2050-01-05T23:59:59Z",
        entries: [{ date: "2049-12-01T00:00:00Z", reason: 1 }],
      }),
  ],
  ["cRLNumber of 20 bytes", ["tls-br", "ccadb"], () => kit.crl({ crlNumber: 2n ** 158n })],
  [
    "TLS CA under all root programs at once, with a partition and a certificate in its scope",
    ["mozilla", "chrome", "apple", "microsoft", "ccadb"],
    () =>
      kit.crl({
        idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
        entries: [],
        certificates: [kit.certificate({ crldp: ["http://crl.example.com/1.crl"], ocsp: ["http://ocsp.example.com"] })],
        options: { ccadb: kit.ccadb({ partitioned: ["http://crl.example.com/1.crl"] }), completeness: "partitioned" },
      }),
  ],
  [
    "complete CRL with freshestCRL, and an entry on hold",
    ["rfc5280"],
    () =>
      kit.crl({
        extra: [extension.freshestCrl("http://crl.example.com/delta.crl")],
        entries: [{ serial: 9, reason: 6 }],
      }),
  ],
  [
    "delta CRL that releases a hold, which its base lists",
    ["rfc5280"],
    () =>
      kit.crl({
        base: kit.crl({
          thisUpdate: "2026-10-31T00:00:00Z",
          nextUpdate: "2026-11-07T00:00:00Z",
          crlNumber: 4700,
          extra: [extension.freshestCrl("http://crl.example.com/delta.crl")],
          entries: [{ serial: 9, reason: 6 }],
        }).crl,
        extra: [extension.deltaCrlIndicator(4700)],
        entries: [{ serial: 9, reason: 8 }],
      }),
  ],
  [
    "indirect CRL: entries of its issuer, then of another CA",
    ["rfc5280"],
    () =>
      kit.crl({
        idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
        entries: [
          { serial: 1, reason: 1 },
          { serial: 2, reason: 4, extensions: [extension.certificateIssuer(kit.otherCa.subject)] },
          { serial: 3, reason: 4 },
        ],
      }),
  ],
  [
    "issuerAltName with an email address and a directory name, and authorityInfoAccess with caIssuers",
    ["rfc5280"],
    () => {
      const caIssuers = der.seq(der.oid("1.3.6.1.5.5.7.48.2"), extension.uri("http://ca.example.com/ca.cer"));
      return kit.crl({
        extra: [
          extension.issuerAltName(
            der.context(1, der.raw("6361406578616d706c652e636f6d")),
            extension.directoryName(kit.root.subject),
          ),
          { oid: "1.3.6.1.5.5.7.1.1", value: der.seq(caIssuers) },
        ],
      });
    },
  ],
  [
    "CRL with expiredCertsOnCRL",
    ["rfc5280", "etsi"],
    () => kit.crl({ extra: [extension.expiredCertsOnCrl("2024-06-01T00:00:00Z")] }),
  ],
  ["first CRL of a CA, with number 0 and no entries", ["rfc5280"], () => kit.crl({ crlNumber: 0, entries: [] })],
  [
    "invalidityDate a year before the revocation, for a compromised key",
    ["rfc5280"],
    () =>
      kit.crl({ entries: [{ serial: 5, reason: 1, extensions: [extension.invalidityDate("2025-06-01T00:00:00Z")] }] }),
  ],
  [
    "CA with P-384, ECDSA with SHA-384",
    ["tls-br", "mozilla"],
    () => kit.crl({ ca: kit.caWith({ key: "p384" }), entries: [] }),
  ],
  ["CA with Ed448, under RFC 5280 alone", ["rfc5280"], () => kit.crl({ ca: kit.caWith({ key: "ed448" }) })],
  [
    "issuer with domain components, and two attributes in one RDN",
    ["rfc5280"],
    () => kit.crl({ ca: kit.caWith({ subject: "DC=com, DC=example, O=Example+OU=PKI, CN=Directory CA" }) }),
  ],
  [
    "partition without disclosed URL, fullName with two URIs of the same CRL",
    ["rfc5280"],
    () =>
      kit.crl({
        idp: {
          uris: ["http://crl.example.com/3.crl", "ldap://ldap.example.com/cn=3?certificateRevocationList;binary"],
          onlyUser: true,
        },
        entries: [],
      }),
  ],
  [
    "CRL of CA certificates alone, valid for 12 months minus one second",
    ["tls-br", "mozilla"],
    () =>
      kit.crl({
        ca: kit.root,
        idp: { uris: ["http://crl.example.com/ca.crl"], onlyCa: true },
        entries: [{ serial: 7, reason: 4 }],
        nextUpdate: "2027-10-31T23:59:59Z",
      }),
  ],
  [
    "indirect CRL of an authority that issues no certificates: entries of two CAs, each named once",
    ["rfc5280"],
    () =>
      kit.crl({
        idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
        entries: [
          { serial: 1, reason: 1, extensions: [extension.certificateIssuer(kit.otherCa.subject)] },
          { serial: 2, reason: 4 },
          { serial: 1, reason: 5, extensions: [extension.certificateIssuer(kit.root.subject)] },
          { serial: 2 },
        ],
      }),
  ],
  [
    "entry with reasonCode, invalidityDate and a critical certificateIssuer",
    ["rfc5280"],
    () =>
      kit.crl({
        idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
        entries: [
          {
            serial: 1,
            reason: 1,
            extensions: [
              extension.invalidityDate("2026-05-01T00:00:00Z"),
              extension.certificateIssuer(kit.otherCa.subject),
            ],
          },
        ],
      }),
  ],
  [
    "serials padded with 00 before a first bit of 1, and a serial of 20 bytes with a first bit of 0",
    ["tls-br", "smime-br"],
    () =>
      kit.crl({
        entries: ["00ffffffffffffffff", "008000", `00${"80".repeat(19)}`, `7f${"ff".repeat(19)}`].map((serial) => ({
          serial,
          reason: 1,
        })),
      }),
  ],
  [
    "cRLNumber of 2^159 - 1, the maximum",
    ["tls-br", "smime-br", "cs-br"],
    () => kit.crl({ ca: kit.caWith({ key: "p256" }), crlNumber: 2n ** 159n - 1n, entries: [] }),
  ],
  [
    "complete CRL of 2050 that replaces one of 2049",
    ["rfc5280"],
    () => {
      const ca = kit.caWith({ notBefore: "2049-01-01T00:00:00Z", notAfter: "2059-01-01T00:00:00Z" });
      const date = "2049-12-31T23:59:59Z";
      return kit.crl({
        ca,
        thisUpdate: "2050-01-01T00:00:00Z",
        nextUpdate: "2050-01-08T00:00:00Z",
        now: "2050-01-01T00:00:00Z",
        entries: [
          { serial: 1, date, reason: 1 },
          { serial: 2, date: "2050-01-01T00:00:00Z", reason: 1 },
        ],
        previous: kit.crl({
          ca,
          thisUpdate: date,
          nextUpdate: "2050-01-07T23:59:59Z",
          crlNumber: 4710,
          entries: [{ serial: 1, date, reason: 1 }],
        }).crl,
      });
    },
  ],
  [
    "issuerAltName with several attributes in one RDN, in DER order, and a TeletexString",
    ["rfc5280"],
    () => {
      const attribute = (type: string, value: Uint8Array) => der.seq(der.oid(type), value);
      const one = [attribute("2.5.4.11", der.utf8("A")), attribute("2.5.4.3", der.utf8("Signer"))];
      const sorted = der.set(...one.toSorted((a, b) => a.length - b.length));
      const name = der.seq(der.set(attribute("2.5.4.10", der.raw("140454e46c65"))), sorted);
      return kit.crl({ extra: [extension.issuerAltName(extension.directoryName(name))] });
    },
  ],
  [
    "private entry extension, not critical, with a nested value",
    ["rfc5280"],
    () => {
      const value = der.seq(der.utf8("x"), der.explicit(0, der.seq(der.int(1), der.set())));
      return kit.crl({ entries: [{ serial: 1, extensions: [{ oid: "1.3.6.1.4.1.99999.1.2", value }] }] });
    },
  ],
  [
    "partition with a directory name in addition to its URI",
    ["rfc5280", "ccadb"],
    () =>
      kit.crl({
        idp: {
          names: der.explicit(
            0,
            extension.directoryName(kit.ca.subject),
            extension.uri("http://crl.example.com/1.crl"),
          ),
          onlyUser: true,
        },
        entries: [],
        options: { completeness: "partitioned" },
      }),
  ],
  [
    "CRL of an offline CA of the Federal PKI, issued after 35 days and valid for 35",
    ["fpki"],
    () =>
      kit.crl({
        ca: kit.root,
        entries: [],
        nextUpdate: "2026-12-08T00:00:00Z",
        previous: kit.crl({
          ca: kit.root,
          entries: [],
          crlNumber: 4710,
          thisUpdate: "2026-09-27T00:00:00Z",
          nextUpdate: "2026-11-03T00:00:00Z",
        }).crl,
      }),
  ],
  ["CRL signed with P-521 and SHA-512", ["tls-br", "mozilla"], () => kit.crl({ ca: kit.caWith({ key: "p521" }) })],
  [
    "RSASSA-PSS with SHA-384 and a salt of 48 bytes",
    ["tls-br", "mozilla"],
    () => kit.crl({ algorithm: "rsassa-pss-sha384" }),
  ],
  ["PEM with CRLF line endings", ["tls-br"], () => kit.crl({ text: (pem) => pem.replaceAll("\n", "\r\n") })],
  [
    "TBSCertList before it is signed, with thisUpdate one hour ahead",
    ["tls-br"],
    () => kit.crl({ form: "tbs", now: "2026-10-31T23:00:00Z" }),
  ],
];

describe("unusual CRLs without findings", () => {
  test.each(conformant)("%s (%j)", (_, profile, make) => {
    const { findings, verdict } = lintCase(make(), { profile });
    expect(findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`)).toEqual([]);
    expect(verdict).toBe("pass");
  });
});
