import type { CertificateKnobs, CrlKnobs } from "../../fixture/index.ts";
import { countOf, reportCertificates } from "../../checks/certificate-findings.ts";
import { NearNames, textsOf, urisOf } from "../../checks/near-names.ts";
import { namesOfCrl } from "../../given/points.ts";
import { type Context, defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

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
        title: "one of two names is disclosed, in the CRL and in the certificate",
        make: (kit) => {
          const uris = ["http://pki.example.net/1.crl", "http://crl.example.com/1.crl"];
          return kit.crl({
            idp: { uris, onlyUser: true },
            entries: [],
            certificates: [kit.certificate({ crldp: uris })],
            ...disclosed("http://crl.example.com/1.crl"),
          });
        },
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
        also: ["general-name/dp-no-http-or-ldap"],
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

/** Reports the certificates that have only URIs that are not disclosed. Returns whether there are any. */
function checkCertificates(ctx: Context<"disclosedUrls">, disclosed: ReadonlySet<string>, near: NearNames): boolean {
  const faulty = (ctx.anyCertificates?.issued ?? []).flatMap((given) => {
    const uris = urisOf(given.certificate);
    const point = given.certificate.crlDistributionPoints?.list[0];
    if (point === undefined || uris.length === 0 || uris.some((uri) => disclosed.has(uri))) return [];
    return [{ ...given, at: point, path: point.path }];
  });
  const [first] = faulty;
  if (first === undefined) return false;
  const explanation = near.explainAny(faulty);
  const uri = escapeText(urisOf(first.certificate)[0] ?? "");
  reportCertificates(ctx, faulty, {
    message: `"${uri}" of ${countOf(faulty.length, "certificate")} is not among the ${countOf(disclosed.size, "URL")} disclosed in the CCADB`,
    notes: explanation === undefined ? [] : [explanation],
  });
  return true;
}

/** Reports a partition whose URIs are not disclosed: the URLs of all partitions must be. */
function checkCrl(ctx: Context<"disclosedUrls">, disclosed: ReadonlySet<string>, near: NearNames): void {
  const idp = ctx.crl.issuingDistributionPoint;
  const uris = textsOf(namesOfCrl(ctx.crl) ?? []);
  if (idp?.distributionPoint === undefined || uris.length === 0 || uris.some((uri) => disclosed.has(uri))) return;
  const explanation = uris.map((uri) => near.explainUri(uri)).find((one) => one !== undefined);
  ctx.report({
    at: idp.distributionPoint,
    path: `${idp.path}.distributionPoint`,
    message: `"${escapeText(uris[0] ?? "")}" of the CRL is not among the ${countOf(disclosed.size, "URL")} disclosed in the CCADB`,
    notes: explanation === undefined ? [] : [explanation],
  });
}

const partition: CrlKnobs = { idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true }, entries: [] };

const leaf: CertificateKnobs = { crldp: ["http://crl.example.com/1.crl"] };

function disclosed(...urls: readonly string[]): CrlKnobs {
  return { options: { disclosedUrls: urls } };
}
