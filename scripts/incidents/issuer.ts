import { kit } from "../../src/fixture/index.ts";
import { bugzilla, caFile, crlOf, file, trialsOf, rootCa, tlsCa } from "./cast.ts";
import type { Incident, Trial } from "./incident.ts";

const notIdentical = ["issuer/not-byte-identical"] as const;

const theirs = tlsCa(2024, { key: "rsa2048c", subject: "C=AT, O=Example Trust GmbH, CN=Example Client CA 1" });
const ours = tlsCa(2024);

const kamuSm: Incident = {
  id: "bz2048626",
  kind: "ca",
  date: "2026-06-17",
  title: "Kamu SM: another CA's CRL at the URL of the TLS CA",
  sources: [bugzilla(2048626)],
  story: `During a key change of another subordinate CA, that CA's CRL was copied to the URL of the TLS CA's CRL. A public monitor
detected it from the issuer.

The lesson: before a file replaces a CRL, compare it with the certificate of the CA to which the URL belongs. crllint
reports only one finding here, that the CRL belongs to another CA, and not separate findings for issuer, key identifier
and signature.`,
  trials: [
    {
      title: "the CRL as it was served, with the certificate of the TLS CA",
      crl: file("published.crl", () => crlOf(theirs, "2026-06-17T06:00:00Z")),
      ca: caFile(ours),
      now: "2026-06-17T12:00:00Z",
      expected: notIdentical,
    },
    {
      title: "the CRL of the TLS CA",
      crl: file("sound.crl", () => crlOf(ours, "2026-06-17T06:00:00Z")),
      ca: caFile(ours),
      now: "2026-06-17T12:00:00Z",
      expected: [],
    },
  ],
};

const imported = tlsCa(2014, { subject: "CN=Example Private CA, OU=Services, O=Example GmbH, L=Wien, C=AT" });

const vault: Incident = {
  id: "inc-003",
  kind: "ca-software",
  date: "2017-08-15",
  title: "Vault: CRL issuer rebuilt from the parsed name of an imported CA",
  sources: ["https://github.com/hashicorp/vault/issues/3172"],
  story: `The software parsed the subject of its CA into fields and encoded them again in a fixed order. Imported CAs with the
common name first got CRLs with a different issuer.

The lesson: copy the bytes of the CA certificate's subject. Never re-encode a parsed name.`,
  trials: trialsOf({
    signer: imported,
    at: "2017-08-15T00:00:00Z",
    profile: "private",
    bad: [{ change: { issuer: imported.subject.reversed() }, expected: notIdentical }],
  }),
};

const intermediate = tlsCa(2014);

const botan: Incident = {
  id: "inc-004",
  kind: "ca-software",
  date: "2017-10-08",
  title: "Botan: the CRL of an intermediate CA has the root as its issuer",
  sources: ["https://github.com/randombit/botan/issues/1242"],
  story: `The library copied the issuer of the CA certificate instead of its subject. No test failed, because all tests used
self-signed roots, where the two are the same.

The lesson: test with an intermediate CA.`,
  trials: trialsOf({
    signer: intermediate,
    at: "2017-10-08T00:00:00Z",
    profile: "private",
    bad: [{ change: { issuer: rootCa(2014).subject }, expected: notIdentical }],
  }),
};

const registry = tlsCa(2010, {
  subject: kit.name("CN=example-registry-1", { stringType: "printable" }),
  pathLen: null,
  eku: null,
});

const rpki: Incident = {
  id: "inc-005",
  kind: "reader",
  date: "2013-03-11",
  title: "rcynic: RPKI CRL whose issuer differs from its CA's subject, and an error message without this cause",
  sources: ["https://github.com/dragonresearch/rpki.net/issues/474"],
  story: `The issuer of a CRL in an RPKI repository differed from its CA's subject. The library reported only that it found no
CRL, so the validator had to compare the names itself.

The lesson: a missing CRL is often a CRL with a different name. crllint shows both names, row by row.`,
  trials: trialsOf({
    signer: registry,
    at: "2013-03-11T00:00:00Z",
    profile: "rpki",
    valid: { entries: [{ serial: 7, date: "2013-03-10T00:00:00Z" }] },
    bad: [
      { change: { issuer: kit.name("CN=example-registry-2", { stringType: "printable" }) }, expected: notIdentical },
    ],
  }),
};

const printableCa = tlsCa(2016, {
  subject: kit.name("C=US, O=Example Trust Inc, CN=Example Global Root CA", { stringType: "printable" }),
});

function retyped(at: string): readonly Trial[] {
  return trialsOf({
    signer: printableCa,
    at,
    bad: [{ change: { issuer: printableCa.subject.retyped(1, "utf8").retyped(2, "utf8") }, expected: notIdentical }],
  });
}

const mbedTls: Incident = {
  id: "inc-006",
  kind: "reader",
  date: "2018-06-25",
  title: "Mbed TLS: CRL skipped because its issuer is encoded in other string types than the CA's subject",
  sources: ["https://github.com/Mbed-TLS/mbedtls/issues/1784"],
  story: `A client compared the names byte for byte, found a difference, and silently used no CRL. A comparison by RFC 5280 7.1
would have matched. The different string types are inferred from the report.

The lesson: clients compare bytes, although a standard allows more. Copy the subject's encoding unchanged.`,
  trials: retyped("2018-06-25T00:00:00Z"),
};

const mozillaWiki: Incident = {
  id: "inc-007",
  kind: "policy",
  date: "2017-01-25",
  title: "Mozilla: draft policy against different issuer encodings in CRL and certificate",
  sources: ["https://wiki.mozilla.org/Special:MobileDiff/1160995"],
  story: `Some CAs used PrintableString in one and UTF8String in the other. RFC 5280 allows this, but clients failed. The Baseline
Requirements have required identical bytes since March 2024.

The lesson: the same finding is a warning under RFC 5280 and an error under the TLS BR.`,
  trials: [
    ...retyped("2024-03-18T00:00:00Z"),
    ...retyped("2024-03-18T00:00:00Z")
      .slice(0, 1)
      .map((trial) => ({ ...trial, title: "the same CRL under RFC 5280 only", profile: "rfc5280" as const })),
  ],
};

const anyIssuer: Incident = {
  id: "inc-008",
  kind: "reader",
  date: "2016-02-29, 2019-12-18",
  title: "Mbed TLS and wolfSSL: CRLs accepted without checking their issuer",
  sources: ["https://github.com/Mbed-TLS/mbedtls/issues/433", "https://github.com/wolfSSL/wolfssl/pull/2686"],
  story: `Clients assigned a CRL to a CA by the key identifier, or without any check, and therefore accepted a CRL of another
issuer.

The lesson: a valid signature with the CA's key is not sufficient. The issuer must be the CA's subject.`,
  trials: trialsOf({
    signer: tlsCa(2015),
    at: "2019-12-18T00:00:00Z",
    bad: [{ change: { issuer: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 2" }, expected: notIdentical }],
  }),
};

const boulder: Incident = {
  id: "inc-009",
  kind: "ca-software",
  date: "2026-06-29",
  title: "Boulder: issuer compared with the CA's subject before the CRL is signed",
  sources: ["https://github.com/letsencrypt/boulder/pull/8827"],
  story: `This is not a failure. Two years after GLOBALTRUST, another CA's software added the comparison, and compares the names
before signing.

The lesson: lint the TBSCertList, and sign it only if it passes.`,
  trials: trialsOf({
    signer: ours,
    at: "2026-06-29T00:00:00Z",
    valid: { form: "tbs" },
    bad: [
      {
        title: "a TBSCertList with the issuer in reverse order, before it is signed",
        name: "published.tbs",
        change: { issuer: ours.subject.reversed() },
        expected: notIdentical,
      },
    ],
  }).map((trial) => ({ ...trial, form: "tbs" })),
};

/** Incidents about the issuer of a CRL. */
export const issuerIncidents = [kamuSm, vault, botan, rpki, mbedTls, mozillaWiki, anyIssuer, boulder];
