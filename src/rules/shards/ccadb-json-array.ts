import type { CertificateKnobs, CrlKnobs } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { certificatesWithUrls } from "../../checks/certificate-urls.ts";
import { NearNames } from "../../checks/near-names.ts";
import { namesOfCrl, textsOf } from "../../given/points.ts";
import { type Context, defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";
import { countOf, formatCount } from "../../rule/format-count.ts";

/** The sentence on all certificates together, which is not in CCADB Policy 2.0. */
const completeSet =
  "the complete set of distinct HTTP URLs appearing in the `crlDistributionPoints` extension of the unexpired certificates issued by that CA";

/** The sentence on the CRLs, which is the same in CCADB Policy 2.0. */
const matchesPartition =
  "The value of the `UniformResourceIdentifier` MUST exactly match a URL, from which the CRL was accessed, present in the CCADB record";

export default defineRule({
  id: "shards/ccadb-json-array",
  title: "URLs disclosed in the CCADB do not match those in the certificates and CRLs",
  looksAt: ["disclosedUrls"],
  requirements: [
    {
      source: "ccadb",
      section: "6.2",
      severity: "error",
      from: "2026-03-20",
      quote: "The disclosed URLs MUST match exactly as they appear in the issued certificates.",
    },
    { source: "ccadb", section: "6.2", severity: "error", from: "2026-03-20", quote: completeSet },
    {
      source: "ccadb",
      document: "ccadb-2.0",
      section: "6.2",
      severity: "error",
      to: "2026-03-19",
      quote: "MUST match exactly as they appear in the certificates issued by the corresponding CA.",
    },
    { source: "ccadb", section: "6.2", severity: "error", from: "2025-07-15", quote: matchesPartition },
  ],
  create(ctx) {
    const near = new NearNames(ctx.disclosedUrls);
    const disclosed = new Set(ctx.disclosedUrls);
    if (!checkCertificates(ctx, disclosed, near)) checkCrl(ctx, disclosed, near);
  },
  why: "CRL aggregators compare the disclosed URLs with those in the certificates as text. If one character differs, they treat the CRL as missing, or the certificate as not covered by any CRL.",
  fix: "disclose the URLs of all partitions, each exactly as it appears in the certificates",
  examples: () => ({
    bad: [
      {
        title: "slash at the end of the disclosed URL",
        make: (kit) =>
          kit.crl({
            ...partition,
            certificates: [kit.certificate(leaf)],
            ...disclosed("http://crl.example.com/1.crl/"),
          }),
      },
      {
        title: "partition that is not among the URLs",
        make: (kit) => kit.crl({ ...partition, ...disclosed("http://crl.example.com/2.crl") }),
      },
      {
        title: "name of the partition with a slash at the end",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://pki.example.net/1.crl", "http://crl.example.com/1.crl/"], onlyUser: true },
            entries: [],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "one of two URLs of a certificate is not disclosed",
        make: (kit) =>
          kit.crl({
            ...partition,
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/1.crl", "http://pki.example.net/1.crl"] }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "certificate that expires at the time of linting",
        make: (kit) =>
          kit.crl({
            ...partition,
            now: "2026-11-02T00:00:00Z",
            certificates: [
              kit.certificate({
                crldp: ["http://crl.example.com/1.crl", "http://pki.example.net/1.crl"],
                notAfter: "2026-11-02T00:00:00Z",
              }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "slash at the end of the disclosed URL, on the first day of CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            ...partition,
            thisUpdate: "2025-07-15T00:00:00Z",
            nextUpdate: "2025-07-21T23:59:59Z",
            certificates: [kit.certificate({ ...leaf, notBefore: "2025-07-01T00:00:00Z" })],
            ...disclosed("http://crl.example.com/1.crl/"),
          }),
      },
      {
        title: "certificate with a different URI, on the last day of CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            entries: [],
            thisUpdate: "2026-03-19T23:59:59Z",
            nextUpdate: "2026-03-25T23:59:58Z",
            certificates: [kit.certificate({ ...leaf, notBefore: "2026-03-01T00:00:00Z" })],
            ...disclosed("http://pki.example.net/all.crl"),
          }),
      },
      {
        title: "one of two certificates with another URL, on the first day of CCADB Policy 2.1",
        make: (kit) =>
          kit.crl({
            ...partition,
            thisUpdate: "2026-03-20T00:00:00Z",
            nextUpdate: "2026-03-26T23:59:59Z",
            certificates: [
              kit.certificate({
                serial: 11,
                crldp: ["http://pki.example.net/1.crl"],
                notBefore: "2026-03-01T00:00:00Z",
              }),
              kit.certificate({ ...leaf, serial: 12, notBefore: "2026-03-01T00:00:00Z" }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "certificate with a different URI",
        make: (kit) =>
          kit.crl({
            ...partition,
            certificates: [kit.certificate({ crldp: ["http://pki.example.net/all.crl"] }), kit.certificate(leaf)],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
        also: ["certs/serial-twice"],
      },
    ],
    good: [
      {
        title: "certificate with another URL that expired one second before the time of linting",
        make: (kit) =>
          kit.crl({
            ...partition,
            now: "2026-11-02T00:00:01Z",
            certificates: [
              kit.certificate({
                crldp: ["http://crl.example.com/1.crl", "http://pki.example.net/1.crl"],
                notAfter: "2026-11-02T00:00:00Z",
              }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "an LDAP URL in the certificate, which the policy does not ask for",
        make: (kit) =>
          kit.crl({
            ...partition,
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/1.crl", "ldap://ldap.example.com/cn=CA"] }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "one of two certificates with another URL, on the last day of CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            ...partition,
            thisUpdate: "2026-03-19T23:59:59Z",
            nextUpdate: "2026-03-25T23:59:58Z",
            certificates: [
              kit.certificate({
                serial: 11,
                crldp: ["http://pki.example.net/1.crl"],
                notBefore: "2026-03-01T00:00:00Z",
              }),
              kit.certificate({ ...leaf, serial: 12, notBefore: "2026-03-01T00:00:00Z" }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "second URL of a certificate, on the last day of CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            ...partition,
            thisUpdate: "2026-03-19T23:59:59Z",
            nextUpdate: "2026-03-25T23:59:58Z",
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/1.crl", "http://pki.example.net/1.crl"] }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "slash at the end of the disclosed URL, on the day before CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            ...partition,
            thisUpdate: "2025-07-14T23:59:59Z",
            nextUpdate: "2025-07-21T23:59:58Z",
            certificates: [kit.certificate({ ...leaf, notBefore: "2025-07-01T00:00:00Z" })],
            ...disclosed("http://crl.example.com/1.crl/"),
          }),
      },
      {
        title: "certificate of another key of the CA",
        make: (kit) =>
          kit.crl({
            ...partition,
            certificates: [
              kit.certificate({
                crldp: ["http://crl.example.com/1.crl", "http://pki.example.net/1.crl"],
                aki: new Uint8Array(20),
              }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "all URLs of a certificate are disclosed, one of them in the CRL",
        make: (kit) => {
          const uris = ["http://pki.example.net/1.crl", "http://crl.example.com/1.crl"];
          return kit.crl({
            idp: { uris, onlyUser: true },
            entries: [],
            certificates: [kit.certificate({ crldp: uris })],
            ...disclosed(...uris),
          });
        },
      },
      {
        title: "URLs of a certificate with https and ldap are not disclosed",
        make: (kit) =>
          kit.crl({
            ...partition,
            certificates: [
              kit.certificate({
                crldp: [
                  "http://crl.example.com/1.crl",
                  "https://crl.example.com/1.crl",
                  "ldap://ldap.example.com/cn=1?certificateRevocationList",
                ],
              }),
            ],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "only directoryNames, in the CRL and in the certificate",
        make: (kit) => {
          const { der, extension, oids } = kit;
          const names = der.explicit(0, der.explicit(4, kit.ca.subject.der()));
          const points = extension.extension(oids.crlDistributionPoints, der.seq(der.seq(der.explicit(0, names))));
          return kit.crl({
            idp: { names, onlyUser: true },
            entries: [],
            certificates: [kit.certificate({ replace: { [oids.crlDistributionPoints]: points } })],
            ...disclosed("http://crl.example.com/1.crl"),
          });
        },
        also: ["general-name/dp-no-http-or-ldap", "idp/non-uri"],
      },
      {
        title: "URL of the partition and its certificates",
        make: (kit) =>
          kit.crl({
            ...partition,
            certificates: [kit.certificate(leaf)],
            ...disclosed("http://crl.example.com/2.crl", "http://crl.example.com/1.crl"),
          }),
      },
      {
        title: "full CRL, and certificates without cRLDistributionPoints",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ crldp: null, ocsp: ["http://ocsp.example.com"] })],
            ...disclosed("http://crl.example.com/1.crl"),
          }),
      },
    ],
  }),
});

/** Reports the certificates with an HTTP URL that is not disclosed. Returns whether there are any. */
function checkCertificates(ctx: Context<"disclosedUrls">, disclosed: ReadonlySet<string>, near: NearNames): boolean {
  const certificates = certificatesWithUrls(ctx);
  const isWhole = ctx.requirements.some(({ quote }) => quote === completeSet);
  // CCADB Policy 2.0: a record contains the URL of one full CRL, so the URL of some of the certificates is enough.
  if (!isWhole && certificates.some(({ urls }) => urls.some((url) => disclosed.has(url)))) return false;
  const faulty = certificates.filter(({ urls }) => urls.some((url) => !disclosed.has(url)));
  const undisclosed = new Set(faulty.flatMap(({ urls }) => urls.filter((url) => !disclosed.has(url))));
  const [first] = undisclosed;
  if (first === undefined) return false;
  const explanation = [...undisclosed].map((url) => near.explainUri(url)).find((one) => one !== undefined);
  const urls =
    undisclosed.size === 1 ? `"${escapeText(first)}"` : `"${escapeText(first)}" and ${undisclosed.size - 1} more`;
  const isCertain = isWhole || explanation !== undefined;
  reportCertificates(ctx, faulty, {
    message: `${urls} of ${countOf(faulty.length, "certificate")} ${undisclosed.size === 1 ? "is" : "are"} not ${among(disclosed)}`,
    violates: ctx.requirements.filter(({ quote }) => quote !== matchesPartition),
    notes: [
      ...(explanation === undefined ? [] : [explanation]),
      ...(isCertain ? [] : ["severity capped: other certificates of the CA may have a disclosed URL"]),
    ],
    ...(!isCertain && { atMost: "warning" }),
  });
  return true;
}

/** Reports a partition with URIs, none of which is disclosed. */
function checkCrl(ctx: Context<"disclosedUrls">, disclosed: ReadonlySet<string>, near: NearNames): void {
  const idp = ctx.crl.issuingDistributionPoint;
  const names = (namesOfCrl(ctx.crl) ?? []).filter(({ kind }) => kind === "uniformResourceIdentifier");
  const uris = textsOf(names);
  if (idp?.distributionPoint === undefined || uris.length === 0 || uris.some((uri) => disclosed.has(uri))) return;
  // The sentence applies to partitioned CRLs.
  if (ctx.stated.completeness === "full" || ctx.stated.disclosedAs === "full") return;
  const explanation = uris.map((uri) => near.explainUri(uri)).find((one) => one !== undefined);
  ctx.report({
    at: idp.distributionPoint,
    path: `${idp.path}.distributionPoint`,
    message: `"${escapeText(uris[0] ?? "")}" of the CRL is not ${among(disclosed)}`,
    violates: ctx.requirements.filter(({ quote }) => quote === matchesPartition),
    notes: explanation === undefined ? [] : [explanation],
  });
}

/** Completes "the URL is not ...". */
function among({ size }: ReadonlySet<string>): string {
  return `${size === 1 ? "the URL" : `among the ${formatCount(size)} URLs`} disclosed in the CCADB`;
}

const partition: CrlKnobs = { idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true }, entries: [] };

const leaf: CertificateKnobs = { crldp: ["http://crl.example.com/1.crl"] };

function disclosed(...urls: readonly string[]): CrlKnobs {
  return { options: { disclosedUrls: urls } };
}
