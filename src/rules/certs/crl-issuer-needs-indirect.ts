import type { Certificate } from "../../cert/certificate.ts";
import type { Crl } from "../../crl/crl.ts";
import type { CertificateKnobs, Kit } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { isIssuedBy } from "../../given/certificates.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import { matchPoint, pointsOfIssuer } from "../../given/points.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "certs/crl-issuer-needs-indirect",
  title: "certificate names the CRL issuer in cRLIssuer, but the CRL is not indirect",
  looksAt: ["certificates", "issuer"],
  requirements: [
    {
      source: "rfc5280",
      section: "6.3.3 (b)(1)",
      severity: "error",
      quote: "the complete CRL contains an issuing distribution point extension with the indirectCRL boolean asserted",
    },
  ],
  create(ctx) {
    if (!reportsCertificateErrors(ctx)) return;
    const { crl } = ctx;
    const { unread } = crl;
    // An extension that cannot be read may contain the flag.
    if (unread.has("issuingDistributionPoint") || unread.has("crlExtensions")) return;
    if (crl.issuingDistributionPoint?.indirectCrl?.value !== undefined) return;
    const faulty = ctx.certificates.all.flatMap((given) => {
      const point = hasDirectPoint(crl, given.certificate) ? undefined : pointsOfIssuer(crl, given.certificate)[0];
      const at = point?.crlIssuer;
      return point === undefined || at === undefined ? [] : [{ ...given, at, path: `${point.path}.cRLIssuer` }];
    });
    reportCertificates(ctx, faulty, {
      message: `${countOf(faulty.length, "certificate names", "certificates name")} the CRL issuer in cRLIssuer, but the CRL does not have indirectCRL TRUE`,
    });
  },
  why: "For a certificate with cRLIssuer, clients expect an indirect CRL. They must not use a CRL without indirectCRL, so the certificate stays unchecked.",
  fix: "assert indirectCRL and name the CA of the certificates in certificateIssuer, or leave out cRLIssuer and publish a CRL of that CA",
  examples: () => ({
    bad: [
      {
        title: "certificate of another CA whose cRLIssuer is the issuer of a direct CRL",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ parent: kit.otherCa, ...delegated(kit) })] }),
      },
      {
        title: "certificate of the CRL issuer itself with a cRLIssuer",
        make: (kit) => kit.crl({ certificates: [kit.certificate(delegated(kit))] }),
      },
      {
        title: "two certificates of the CRL issuer, whose other distribution points lead to other CRLs",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], onlyUser: true },
            certificates: [1, 2].map((serial) =>
              kit.certificate({ serial, ...delegated(kit, `http://crl.example.com/${serial}.crl`) }),
            ),
          }),
      },
      {
        title: "certificate of another CA with a second distribution point for that CA's own CRL",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ parent: kit.otherCa, ...delegated(kit, "http://crl.example.com/other-ca.crl") }),
            ],
          }),
      },
    ],
    good: [
      {
        title: "indirect CRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], indirect: true },
            entries: [],
            certificates: [kit.certificate({ parent: kit.otherCa, ...delegated(kit) })],
          }),
      },
      {
        title: "certificate of the CRL issuer with a second distribution point that leads to the CRL without cRLIssuer",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], onlyUser: true },
            certificates: [kit.certificate(delegated(kit, "http://crl.example.com/tls-ca-1.crl"))],
          }),
      },
      {
        title: "issuingDistributionPoint that cannot be read",
        make: (kit) =>
          kit.crl({
            idp: { value: kit.der.octetString(kit.der.raw("")) },
            certificates: [kit.certificate(delegated(kit))],
          }),
        also: ["structure/extension"],
      },
      {
        title: "crlExtensions that cannot be read",
        make: (kit) =>
          kit.crl({
            crlExtensions: kit.der.explicit(0, kit.der.octetString(kit.der.raw(""))),
            certificates: [kit.certificate(delegated(kit))],
          }),
        also: ["structure/tbs-cert-list"],
      },
      { title: "no cRLIssuer", make: (kit) => kit.crl({ certificates: [kit.certificate()] }) },
    ],
  }),
});

/**
 * Whether a certificate of the CRL's own issuer has a distribution point without cRLIssuer that may lead to the CRL.
 */
function hasDirectPoint(crl: Crl, certificate: Certificate): boolean {
  if (!isIssuedBy(crl, certificate)) return false;
  const points = certificate.crlDistributionPoints?.list ?? [];
  return points.some((point) => point.crlIssuer === undefined && matchPoint(crl, certificate, point) !== "elsewhere");
}

/** Makes cRLDistributionPoints with the issuer of the default CRL as cRLIssuer, and a second point for `other`. */
function delegated({ ca, der, extension, oids }: Kit, other?: string): CertificateKnobs {
  const name = (uri: string): Uint8Array => der.explicit(0, der.explicit(0, extension.uri(uri)));
  const issuer = der.explicit(2, der.explicit(4, ca.subject.der()));
  const points = [der.seq(name("http://crl.example.com/tls-ca-1.crl"), issuer)];
  if (other !== undefined) points.push(der.seq(name(other)));
  const oid = oids.crlDistributionPoints;
  return { replace: { [oid]: extension.extension(oid, der.seq(...points)) } };
}
