import { kit } from "../../src/fixture/index.ts";
import { caFile, crlOf, file, play, rootCa, tlsCa } from "./cast.ts";
import type { Incident, Trial } from "./incident.ts";

const { der, extension, oids } = kit;
const at = "2026-02-25T00:00:00Z";
const signer = tlsCa(2024);

const ucm: Incident = {
  id: "inc-084",
  kind: "ca-software",
  date: "2026-07-17",
  title: "Ultimate CA Manager: authorityKeyIdentifier copied from the CA certificate's own",
  sources: ["https://github.com/NeySlim/ultimate-ca-manager/issues/202"],
  story: `The CRL of an intermediate CA named the key of the root. On the CRL of a root the two are the same.

The lesson: the CRL names the key that signed it, which is the CA certificate's subjectKeyIdentifier.`,
  trials: play({
    signer,
    at: "2026-07-17T00:00:00Z",
    profile: "private",
    bad: [{ turn: { aki: rootCa(2024).ski ?? null }, expected: ["aki/ski-mismatch"] }],
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
  story: `A serial without an issuer, a critical extension, the extension twice: parsers took all of it.

The lesson: what a parser takes tells nothing.`,
  trials: play({
    signer,
    at: "2025-06-09T00:00:00Z",
    bad: [
      {
        title: "a serial alone",
        name: "serial-only.crl",
        turn: { aki: { value: der.raw("3003820100") } },
        expected: ["aki/issuer-serial-pair", "aki/key-identifier-missing"],
      },
      {
        title: "critical",
        name: "critical.crl",
        turn: { critical: { [oids.authorityKeyIdentifier]: true } },
        expected: ["aki/critical"],
      },
      {
        title: "twice",
        name: "twice.crl",
        turn: { extra: [extension.authorityKeyIdentifier(signer.ski ?? new Uint8Array(20))] },
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
  story: `Sixteen of 5,889 CA certificates in the CCADB that had not expired have none, so that a CRL's authorityKeyIdentifier has
nothing to be compared with.

The lesson: that is no fault of the CRL, and the finding says whose it is.`,
  trials: [
    caTrial("a sound CRL, and a CA certificate without subjectKeyIdentifier", tlsCa(2024, { ski: null }), "ca.pem", [
      "ca/subject-key-identifier-missing",
    ]),
    caTrial("the same CRL with a CA certificate that has one", signer, "sound-ca.pem", []),
  ],
};

const version: Incident = {
  id: "inc-088",
  kind: "ca-software",
  date: "2018-09-10",
  title: "crlbuilder: version 3",
  sources: ["https://github.com/wbond/crlbuilder/issues/4"],
  story: `The library wrote the version of a certificate. There is no version 3 of CRLs, and some readers refuse it.

The lesson: the number that stands for version 2 is 1; left out, it means version 1, which has no extensions.`,
  trials: play({
    signer: tlsCa(2016),
    at: "2018-09-10T00:00:00Z",
    bad: [
      { turn: { version: 2 }, expected: ["structure/version-not-v2"] },
      {
        title: "no version, and extensions",
        name: "version-1.crl",
        turn: { version: null },
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
  story: `The extension says which certificates a CRL is for. A reader that could not decode it went on as if it were not there.

The lesson: a GeneralName with the tag of a directory name and the text of a URI is neither.`,
  trials: play({
    signer,
    at,
    sound: { idp: { uris: ["http://c.example.com/1.crl"], onlyUser: true } },
    bad: [
      {
        turn: {
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
  story: `This CA's own rules forbid them. The TLS BR recommend against every extension but three.

The lesson: an extension that no client of the web looks at is advice, not an error.`,
  trials: play({
    signer,
    at,
    bad: [
      {
        title: "authorityInfoAccess",
        name: "aia.crl",
        turn: {
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
        turn: { extra: [extension.freshestCrl("http://crl.example.com/delta.crl")] },
        expected: ["extension/not-recommended"],
      },
      {
        title: "deltaCRLIndicator",
        name: "delta.crl",
        turn: { extra: [extension.deltaCrlIndicator(4700)] },
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
  title: "AfriNIC: all of an RPKI repository rejected, perhaps for two CRLs of one CA",
  sources: ["https://github.com/RIPE-NCC/rpki-validator-3/issues/161"],
  story: `A validator rejected everything in the repository. The reporter suspected two CRLs with the same key identifier; the cause
was not confirmed.

The lesson: a CA has one current CRL for each scope. Below are two of one number and time that do not agree.`,
  trials: play({
    signer: afriNicCa,
    at: "2020-03-30T00:00:00Z",
    profile: "rpki",
    sound: { entries: rpkiEntries, crlNumber: 4712 },
    previous: file("other.crl", () => crlOf(afriNicCa, "2020-03-29T18:00:00Z", { entries: rpkiEntries })),
    bad: [
      {
        title: "both CRLs",
        turn: {
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
