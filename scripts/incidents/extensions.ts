import { kit } from "../../src/fixture/index.ts";
import { caFile, crlOf, file, trialsOf, rootCa, tlsCa } from "./cast.ts";
import type { Incident, Trial } from "./incident.ts";

const { der, extension, oids } = kit;
const at = "2026-02-25T00:00:00Z";
const signer = tlsCa(2024);

const ucm: Incident = {
  id: "inc-084",
  kind: "ca-software",
  date: "2026-07-17",
  title: "Ultimate CA Manager: authorityKeyIdentifier copied from that of the CA certificate",
  sources: ["https://github.com/NeySlim/ultimate-ca-manager/issues/202"],
  story: `The CRL of an intermediate CA contained the key identifier of the root. In the CRL of a root, the two are the same.

The lesson: the CRL must contain the identifier of the key that signed it: the CA certificate's subjectKeyIdentifier.`,
  trials: trialsOf({
    signer,
    at: "2026-07-17T00:00:00Z",
    profile: "private",
    bad: [{ change: { aki: rootCa(2024).ski ?? null }, expected: ["aki/ski-mismatch"] }],
  }),
};

const akiForms: Incident = {
  id: "inc-085",
  kind: "reader",
  date: "2025-03-21 to 2025-06-11",
  title: "OpenSSL, Go, Bouncy Castle, pyca, wolfSSL: malformed authorityKeyIdentifier accepted",
  sources: [
    "https://github.com/openssl/openssl/issues/27114",
    "https://github.com/golang/go/issues/73030",
    "https://github.com/wolfSSL/wolfssl/issues/8591",
  ],
  story: `Parsers accepted a serial without an issuer, a critical extension, and the extension twice.

The lesson: a CRL that a parser accepts is not necessarily valid.`,
  trials: trialsOf({
    signer,
    at: "2025-06-09T00:00:00Z",
    bad: [
      {
        title: "a serial without an issuer",
        name: "serial-only.crl",
        change: { aki: { value: der.raw("3003820100") } },
        expected: ["aki/issuer-serial-pair", "aki/key-identifier-missing"],
      },
      {
        title: "a critical extension",
        name: "critical.crl",
        change: { critical: { [oids.authorityKeyIdentifier]: true } },
        expected: ["aki/critical"],
      },
      {
        title: "the extension twice",
        name: "twice.crl",
        change: { extra: [extension.authorityKeyIdentifier(signer.ski ?? new Uint8Array(20))] },
        expected: ["extension/duplicate"],
      },
    ],
  }),
};

function caTrial(title: string, ca: typeof signer, name: string, expected: readonly string[]): Trial {
  const crl = file("published.crl", () => crlOf(signer, "2026-08-21T00:00:00Z"));
  return { title, crl, ca: caFile(ca, name), now: "2026-08-22T00:00:00Z", expected };
}

const noSki: Incident = {
  id: "inc-086",
  kind: "ca",
  date: "2026-08-21",
  title: "CA certificates without subjectKeyIdentifier",
  sources: ["https://github.com/crtsh/ccadb_data"],
  story: `Of 5,889 unexpired CA certificates in the CCADB, 16 have no subjectKeyIdentifier, so a CRL's authorityKeyIdentifier
cannot be compared with it.

The lesson: this is a defect of the CA certificate, not of the CRL, and the finding states this.`,
  trials: [
    caTrial("a valid CRL, and a CA certificate without subjectKeyIdentifier", tlsCa(2024, { ski: null }), "ca.pem", [
      "ca/subject-key-identifier-missing",
    ]),
    caTrial("the same CRL, and a CA certificate with subjectKeyIdentifier", signer, "sound-ca.pem", []),
  ],
};

const version: Incident = {
  id: "inc-088",
  kind: "ca-software",
  date: "2018-09-10",
  title: "crlbuilder: version 3",
  sources: ["https://github.com/wbond/crlbuilder/issues/4"],
  story: `The library wrote the version number of a certificate. CRLs have no version 3, and some readers reject such a CRL.

The lesson: the value for version 2 is 1. If the field is absent, the CRL is version 1, which has no extensions.`,
  trials: trialsOf({
    signer: tlsCa(2016),
    at: "2018-09-10T00:00:00Z",
    bad: [
      { change: { version: 2 }, expected: ["structure/version-not-v2"] },
      {
        title: "extensions without a version",
        name: "version-1.crl",
        change: { version: null },
        expected: ["structure/version-missing"],
      },
    ],
  }),
};

const malformed: Incident = {
  id: "inc-089",
  kind: "reader",
  date: "2026-02-25",
  title: "OpenSSL: issuingDistributionPoint that cannot be decoded is ignored",
  sources: ["https://github.com/openssl/openssl/pull/30171"],
  story: `The extension defines the scope of a CRL. A reader that could not decode it treated it as absent.

The lesson: a GeneralName with the tag of a directoryName and the text of a URI is neither of the two.`,
  trials: trialsOf({
    signer,
    at,
    valid: { idp: { uris: ["http://c.example.com/1.crl"], onlyUser: true } },
    bad: [
      {
        change: {
          idp: { names: der.explicit(0, der.explicit(4, der.ascii("http://c.example.com/1.crl"))), onlyUser: true },
        },
        expected: ["der/length-past-parent", "idp/non-uri"],
      },
    ],
  }),
};

const others: Incident = {
  id: "inc-090",
  kind: "linter",
  date: "2022",
  title: "Boulder: vectors with authorityInfoAccess, freshestCRL and deltaCRLIndicator",
  sources: ["https://github.com/letsencrypt/boulder"],
  story: `This CA's own rules forbid these extensions. The TLS BR recommend against all extensions except three.

The lesson: crllint reports an extension that TLS clients do not use as advice, not as an error.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      {
        title: "authorityInfoAccess",
        name: "aia.crl",
        change: {
          extra: [
            extension.extension(
              oids.authorityInfoAccess,
              der.seq(der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer"))),
            ),
          ],
        },
        expected: ["extension/not-recommended"],
      },
      {
        title: "freshestCRL",
        name: "freshest.crl",
        change: { extra: [extension.freshestCrl("http://crl.example.com/delta.crl")] },
        expected: ["extension/not-recommended"],
      },
      {
        title: "deltaCRLIndicator",
        name: "delta.crl",
        change: { extra: [extension.deltaCrlIndicator(4700)] },
        expected: ["extension/not-recommended"],
      },
    ],
  }),
};

const afriNicCa = tlsCa(2018, {
  subject: kit.name("CN=example-rpki-ca", { stringType: "printable" }),
  pathLen: null,
  eku: null,
});
const rpkiEntries = [{ serial: 12, date: "2020-03-29T00:00:00Z" }];

const afriNic: Incident = {
  id: "inc-087",
  kind: "ca",
  date: "2020-03-30",
  title: "AfriNIC: whole RPKI repository rejected, possibly because of two CRLs of one CA",
  sources: ["https://github.com/RIPE-NCC/rpki-validator-3/issues/161"],
  story: `A validator rejected all objects in the repository. The reporter suspected two CRLs with the same key identifier, but
the cause was not confirmed.

The lesson: a CA must have one current CRL per scope. The two CRLs below have the same number and time but different
entries.`,
  trials: trialsOf({
    signer: afriNicCa,
    at: "2020-03-30T00:00:00Z",
    profile: "rpki",
    valid: { entries: rpkiEntries, crlNumber: 4712 },
    previous: file("other.crl", () => crlOf(afriNicCa, "2020-03-29T18:00:00Z", { entries: rpkiEntries })),
    bad: [
      {
        title: "both CRLs",
        change: {
          thisUpdate: "2020-03-29T18:00:00Z",
          crlNumber: 4711,
          entries: [...rpkiEntries, { serial: 13, date: "2020-03-29T12:00:00Z" }],
        },
        expected: ["sequence/same-number-different-content"],
      },
    ],
  }),
};

/** Incidents about extensions and versions. */
export const extensionIncidents = [ucm, akiForms, noSki, afriNic, version, malformed, others];
