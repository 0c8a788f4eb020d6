import { kit } from "../../src/fixture/index.ts";
import { bugzilla, caFile, crlOf, file, play, rootCa, tlsCa } from "./cast.ts";
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
  story: `While the key of another subordinate CA was changed, that CA's CRL was copied to where the CRL of the TLS CA is served.
A public monitor saw it by the issuer.

The lesson: before a file replaces a CRL, compare it with the certificate of the CA whose URL it is. crllint says one
thing here, that the CRL is another CA's, and not that issuer, key identifier and signature are each wrong.`,
  trials: [
    {
      title: "the CRL as it was served, with the certificate of the TLS CA",
      crl: file("published.crl", () => crlOf(theirs, "2026-06-17T06:00:00Z")),
      ca: caFile(ours),
      now: "2026-06-17T12:00:00Z",
      expected: notIdentical,
    },
    {
      title: "the CRL that belonged there",
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
  story: `The software parsed the subject of its CA into fields and wrote them back in an order of its own. CAs that were made
elsewhere, with the common name first, got CRLs with another issuer.

The lesson: take the octets of the CA certificate's subject; never write a parsed name anew.`,
  trials: play({
    signer: imported,
    at: "2017-08-15T00:00:00Z",
    profile: "private",
    bad: [{ turn: { issuer: imported.subject.reversed() }, expected: notIdentical }],
  }),
};

const intermediate = tlsCa(2014);

const botan: Incident = {
  id: "inc-004",
  kind: "ca-software",
  date: "2017-10-08",
  title: "Botan: the CRL of an intermediate CA names the root as its issuer",
  sources: ["https://github.com/randombit/botan/issues/1242"],
  story: `The library copied the issuer of the CA certificate where its subject belongs. Nobody saw it, because all tests used
self-signed roots, where the two are the same.

The lesson: test with an intermediate CA.`,
  trials: play({
    signer: intermediate,
    at: "2017-10-08T00:00:00Z",
    profile: "private",
    bad: [{ turn: { issuer: rootCa(2014).subject }, expected: notIdentical }],
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
  title: "rcynic: RPKI CRL with another issuer than its CA, and a message that hid it",
  sources: ["https://github.com/dragonresearch/rpki.net/issues/474"],
  story: `A CRL in an RPKI repository had another issuer than its CA's subject. The library said only that it found no CRL; the
validator had to learn to compare the names itself.

The lesson: a missing CRL is often a CRL with another name. crllint shows both names, row by row.`,
  trials: play({
    signer: registry,
    at: "2013-03-11T00:00:00Z",
    profile: "rpki",
    sound: { entries: [{ serial: 7, date: "2013-03-10T00:00:00Z" }] },
    bad: [{ turn: { issuer: kit.name("CN=example-registry-2", { stringType: "printable" }) }, expected: notIdentical }],
  }),
};

const printableCa = tlsCa(2016, {
  subject: kit.name("C=US, O=Example Trust Inc, CN=Example Global Root CA", { stringType: "printable" }),
});

function retyped(at: string): readonly Trial[] {
  return play({
    signer: printableCa,
    at,
    bad: [{ turn: { issuer: printableCa.subject.retyped(1, "utf8").retyped(2, "utf8") }, expected: notIdentical }],
  });
}

const mbedTls: Incident = {
  id: "inc-006",
  kind: "reader",
  date: "2018-06-25",
  title: "Mbed TLS: CRL skipped because its issuer is encoded in other string types than the CA's subject",
  sources: ["https://github.com/Mbed-TLS/mbedtls/issues/1784"],
  story: `A client compared the names octet by octet, found them different, and silently used no CRL; a comparison as RFC 5280 7.1
describes it would have matched. That the string types differ is what the report lets one infer.

The lesson: clients compare octets, whatever a standard lets them do. Take the subject's encoding over as it stands.`,
  trials: retyped("2018-06-25T00:00:00Z"),
};

const mozillaWiki: Incident = {
  id: "inc-007",
  kind: "policy",
  date: "2017-01-25",
  title: "Mozilla: draft against issuers that are encoded differently in CRL and certificate",
  sources: ["https://wiki.mozilla.org/Special:MobileDiff/1160995"],
  story: `Some CAs wrote PrintableString in one and UTF8String in the other. RFC 5280 allows it, clients broke all the same. The
Baseline Requirements demand equal octets since March 2024.

The lesson: the same finding is a warning under RFC 5280 and an error under the TLS BR.`,
  trials: [
    ...retyped("2024-03-18T00:00:00Z"),
    ...retyped("2024-03-18T00:00:00Z")
      .slice(0, 1)
      .map((trial) => ({ ...trial, title: "the same by RFC 5280 alone", profile: "rfc5280" as const })),
  ],
};

const anyIssuer: Incident = {
  id: "inc-008",
  kind: "reader",
  date: "2016-02-29, 2019-12-18",
  title: "Mbed TLS and wolfSSL: CRLs taken without a look at their issuer",
  sources: ["https://github.com/Mbed-TLS/mbedtls/issues/433", "https://github.com/wolfSSL/wolfssl/pull/2686"],
  story: `Clients took a CRL for a CA's by the key identifier, or by nothing at all, so that one of another issuer was believed.

The lesson: the signature of the CA's key is not enough; the issuer has to be the CA's subject.`,
  trials: play({
    signer: tlsCa(2015),
    at: "2019-12-18T00:00:00Z",
    bad: [{ turn: { issuer: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 2" }, expected: notIdentical }],
  }),
};

const boulder: Incident = {
  id: "inc-009",
  kind: "ca-software",
  date: "2026-06-29",
  title: "Boulder: issuer compared with the CA's subject before the CRL is signed",
  sources: ["https://github.com/letsencrypt/boulder/pull/8827"],
  story: `No failure: two years after GLOBALTRUST another CA's software learnt the comparison, and does it on what is about to be
signed.

The lesson: lint the TBSCertList, and sign what was found sound.`,
  trials: play({
    signer: ours,
    at: "2026-06-29T00:00:00Z",
    sound: { form: "tbs" },
    bad: [
      {
        title: "a TBSCertList with the issuer in reverse order, before it is signed",
        name: "published.tbs",
        turn: { issuer: ours.subject.reversed() },
        expected: notIdentical,
      },
    ],
  }).map((trial) => ({ ...trial, form: "tbs" })),
};

/** Incidents about whose name a CRL bears. */
export const issuerIncidents = [kamuSm, vault, botan, rpki, mbedTls, mozillaWiki, anyIssuer, boulder];
