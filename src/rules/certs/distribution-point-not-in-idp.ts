import type { CrlCase, EntryKnobs, Kit } from "../../fixture/index.ts";
import { reportCertificates, type FaultyCertificate } from "../../checks/certificate-findings.ts";
import { NearNames, urisOf } from "../../checks/near-names.ts";
import { matchPoints, namesOfCrl, textsOf } from "../../given/points.ts";
import { type BaseContext, type Context, defineRule, type Violation } from "../../rule/rule.ts";
import { showDifference } from "../../checks/uri-difference.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "certs/distribution-point-not-in-idp",
  title: "issuingDistributionPoint has no name from the certificate's cRLDistributionPoints",
  looksAt: ["certificates", "issuingDistributionPoint"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2.1 item 1",
      severity: "error",
      from: "2024-03-15",
      quote:
        "SHALL be byte-for-byte identical to the encoding used in the Certificate's CRL Distribution Points extension",
    },
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "error",
      quote: "The identical encoding MUST be used in the distributionPoint fields of the certificate and the CRL.",
    },
    {
      source: "rfc5280",
      section: "6.3.3 (b)(2)(i)",
      severity: "error",
      quote: "verify that one of the names in the IDP matches one of the names in the DP",
    },
  ],
  create(ctx) {
    const names = namesOfCrl(ctx.crl);
    // Rules on shards check which certificates belong to which partition.
    if (names === undefined || ctx.anyShards !== undefined) return;
    const near = new NearNames(textsOf(names));
    const intended: FaultyCertificate[] = [];
    const others: FaultyCertificate[] = [];
    let explanation: string | undefined;
    let hasMatch = false;
    for (const { certificate, artefact, entry } of ctx.certificates.covered) {
      const match = matchPoints(ctx.crl, certificate);
      hasMatch ||= match === "here";
      const point = certificate.crlDistributionPoints?.list[0];
      if (match !== "elsewhere" || point === undefined) continue;
      const miss = near.explain(certificate);
      explanation ??= miss;
      (entry >= 0 || miss !== undefined ? intended : others).push({
        certificate,
        artefact,
        at: point,
        path: point.path,
      });
    }
    report(ctx, intended, { notes: [explanation ?? firstDifference(ctx, intended)] });
    // If other certificates match, these may belong to another partition.
    if (intended.length > 0 || hasMatch) return;
    report(ctx, others, {
      atMost: "warning",
      notes: [
        firstDifference(ctx, others),
        "severity capped: the CRL does not list these certificates, so they may belong to another partition",
      ],
    });
  },
  why: "Clients compare the names byte by byte. If no name is in both, they must not use the CRL for the certificate, and an entry in it has no effect.",
  fix: "put the URI of the certificates' cRLDistributionPoints into distributionPoint.fullName, byte for byte",
  examples: () => ({
    bad: [
      {
        title: "https in the CRL, http in the certificate",
        also: ["general-name/https-uri"],
        make: (kit) => withUris(kit, "https://crl.example.com/1.crl", "http://crl.example.com/1.crl"),
      },
      {
        title: "a slash at the end in the CRL",
        make: (kit) => withUris(kit, "http://crl.example.com/1.crl/", "http://crl.example.com/1.crl"),
      },
      {
        title: "host in upper case in the CRL",
        make: (kit) => withUris(kit, "http://CRL.example.com/1.crl", "http://crl.example.com/1.crl"),
      },
      {
        title: "percent-encoding in the CRL",
        make: (kit) => withUris(kit, "http://crl.example.com/a%2D1.crl", "http://crl.example.com/a-1.crl"),
      },
      {
        title: "another file name, and the certificate is listed",
        profile: "rfc5280",
        make: (kit) =>
          withUris(kit, "http://crl.example.com/2.crl", "http://crl.example.com/1.crl", [{ serial: 77, reason: 1 }]),
      },
      {
        title: "URIs with nothing in common, and the certificate is not listed",
        make: (kit) => withUris(kit, "http://crl.example.com/2.crl", "http://pki.example.net/all.crl"),
      },
    ],
    good: [
      {
        title: "issuingDistributionPoint without distributionPoint",
        make: (kit) => kit.crl({ idp: { onlyUser: true }, certificates: [kit.certificate()] }),
        also: ["idp/on-full-crl"],
      },
      {
        title: "the same URI",
        make: (kit) => withUris(kit, "http://crl.example.com/1.crl", "http://crl.example.com/1.crl"),
      },
      {
        title: "a certificate of another partition and one of this partition",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            certificates: [1, 2].map((i) => kit.certificate({ serial: i, crldp: [`http://crl.example.com/${i}.crl`] })),
          }),
      },
      {
        title: "one of several distribution points",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.net/1.crl", "http://crl.example.com/1.crl"] }),
            ],
          }),
      },
      {
        title: "certificate without cRLDistributionPoints",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            certificates: [kit.certificate({ crldp: null, ocsp: ["http://ocsp.example.com"] })],
          }),
      },
    ],
  }),
});

function report(
  ctx: Context<"issuingDistributionPoint">,
  faulty: readonly FaultyCertificate[],
  more: Pick<Violation, "notes" | "atMost">,
): void {
  const { distributionPoint, path } = ctx.issuingDistributionPoint;
  if (distributionPoint === undefined) return;
  reportCertificates(ctx, faulty, {
    at: distributionPoint,
    path: `${path}.distributionPoint`,
    message: `issuingDistributionPoint has no name in common with the cRLDistributionPoints of ${countOf(faulty.length, "certificate")}`,
    ...more,
  });
}

/** Describes where the first names of the CRL and of a certificate begin to differ. */
function firstDifference({ crl }: BaseContext, [first]: readonly FaultyCertificate[]): string {
  const [found = ""] = textsOf(namesOfCrl(crl) ?? []);
  const [wanted = ""] = first === undefined ? [] : urisOf(first.certificate);
  return showDifference(found, wanted);
}

/** Makes a partition with one URI, and a certificate with another one. */
function withUris(kit: Kit, inCrl: string, inCertificate: string, entries: readonly EntryKnobs[] = []): CrlCase {
  return kit.crl({
    idp: { uris: [inCrl], onlyUser: true },
    entries,
    certificates: [kit.certificate({ serial: 77, crldp: [inCertificate] })],
  });
}
