import { type IdpKnobs, kit } from "../../src/fixture/index.ts";
import { certificateFile, trialsOf, rootCa, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";
import { leafFile, partition } from "./partitions.ts";

const { der, extension, oids } = kit;
const at = "2024-05-06T00:00:00Z";
const signer = tlsCa(2022);

const subordinate = certificateFile("subordinate.pem", () =>
  kit.certificate({
    cA: true,
    parent: smallstepCa,
    crldp: ["http://c.example.com/1.crl"],
    notBefore: "2023-01-01T00:00:00Z",
  }),
);
const smallstepCa = tlsCa(2022, { pathLen: null });

const smallstep: Incident = {
  id: "inc-035",
  kind: "ca-software",
  date: "2023-02-24, 2025-05-21",
  title: "smallstep: issuingDistributionPoint not critical; later, CA certificates left out of scope",
  sources: [
    "https://github.com/smallstep/certificates/pull/1293",
    "https://github.com/smallstep/certificates/issues/2250",
  ],
  story: `First, the extension was not critical. Later, the only CRL had onlyContainsUserCerts, and clients found no CRL for the
certificates of subordinate CAs.

The lesson: the flags of a CRL must match the certificates in its scope.`,
  trials: [
    ...trialsOf({
      signer: smallstepCa,
      at: "2023-02-20T00:00:00Z",
      profile: "private",
      valid: { idp: partition(1) },
      bad: [{ change: { critical: { [oids.issuingDistributionPoint]: false } }, expected: ["idp/not-critical"] }],
    }),
    ...trialsOf({
      signer: smallstepCa,
      at: "2025-05-19T00:00:00Z",
      profile: "private",
      valid: { idp: { uris: ["http://c.example.com/1.crl"] } },
      certificates: [subordinate],
      bad: [
        {
          title: "a CRL only for user certificates, with the certificate of a CA",
          change: { idp: partition(1) },
          expected: ["idp/flag-contradicts-cert"],
        },
      ],
    }).map((trial) => ({ ...trial, crl: { ...trial.crl, name: trial.crl.name.replace(".crl", "-2025.crl") } })),
  ],
};

const fullRoot: Incident = {
  id: "inc-036",
  kind: "policy",
  date: "2025-12-10",
  title: "Let's Encrypt: onlyContainsCACerts in a full root CRL, not recommended but allowed",
  sources: ["https://github.com/letsencrypt/cp-cps/pull/195"],
  story: `The TLS BR recommend against the extension in a full CRL, but allow a CA to set the flags. This CA keeps the extension
on purpose, and states the reason.

The lesson: crllint reports advice as advice, never as an error.`,
  trials: trialsOf({
    signer: rootCa(2015),
    at: "2025-12-01T00:00:00Z",
    valid: { entries: [], nextUpdate: "2026-10-31T00:00:00Z" },
    completeness: "full",
    bad: [{ change: { idp: { onlyCa: true } }, expected: ["idp/on-full-crl"] }],
  }),
};

const doubleSlash: Incident = {
  id: "inc-037",
  kind: "ca-software",
  date: "2024-04-01",
  title: "Boulder: two slashes in the URI of issuingDistributionPoint",
  sources: ["https://github.com/letsencrypt/boulder/commit/28bf76e4c"],
  story: `A base URL with a slash at its end and a path with a slash at its beginning resulted in http://host//1.crl, which is not
the URI in the certificates.

The lesson: compare the URI with those in the certificates, byte for byte.`,
  trials: trialsOf({
    signer,
    at,
    valid: { idp: partition(1) },
    certificates: [leafFile("leaf.pem", "http://c.example.com/1.crl")],
    bad: [
      {
        change: { idp: { uris: ["http://c.example.com//1.crl"], onlyUser: true } },
        expected: ["certs/distribution-point-not-in-idp"],
      },
    ],
  }),
};

const fullName = (...names: readonly Uint8Array[]): Uint8Array => der.explicit(0, ...names);

const variants: Incident = {
  id: "inc-038",
  kind: "linter",
  date: "2022 to 2024",
  title: "Boulder: vectors of issuingDistributionPoint",
  sources: ["https://github.com/letsencrypt/boulder"],
  story: `A CA's own linter has a test CRL for each possible defect of the extension. These CRLs are rebuilt here.

The lesson: the extension has few fields, and each has its own rules.`,
  trials: trialsOf({
    signer,
    at,
    valid: { idp: partition(1) },
    completeness: "partitioned",
    bad: [
      variant("https", { ...partition(1), uris: ["https://c.example.com/1.crl"] }, ["general-name/https-uri"]),
      variant("two-uris", { ...partition(1), uris: ["http://c.example.com/1.crl", "http://d.example.com/1.crl"] }, []),
      variant("no-full-name", { ...partition(1), names: der.explicit(1, der.seq(der.oid("2.5.4.3"), der.utf8("1"))) }, [
        "idp/name-relative",
      ]),
      variant("no-uri", { ...partition(1), names: fullName(extension.dnsName("c.example.com")) }, ["idp/non-uri"]),
      variant("both-flags", { ...partition(1), onlyCa: true }, ["idp/multiple-contains-flags"]),
      variant("some-reasons", { ...partition(1), reasons: [1, 4] }, ["idp/only-some-reasons-recommended-against"]),
      variant("no-distribution-point", { onlyUser: true }, ["idp/full-name-missing"]),
    ],
  }),
};

function variant(name: string, idp: IdpKnobs, expected: readonly string[]) {
  return { title: name.replaceAll("-", " "), name: `${name}.crl`, change: { idp }, expected };
}

const localhost: Incident = {
  id: "inc-039",
  kind: "linter",
  date: "2024",
  title: "pkilint: vector with `localhost` instead of a URI",
  sources: ["https://github.com/digicert/pkilint"],
  story: `The fullName contains a host name instead of a URI.

The lesson: a URI must have a scheme. Without it, a client cannot download the CRL.`,
  trials: trialsOf({
    signer,
    at,
    valid: { idp: partition(1) },
    bad: [{ change: { idp: { uris: ["localhost"], onlyUser: true } }, expected: ["general-name/uri-not-absolute"] }],
  }),
};

/** Incidents about issuingDistributionPoint and partitions. */
export const idpIncidents = [smallstep, fullRoot, doubleSlash, variants, localhost];
