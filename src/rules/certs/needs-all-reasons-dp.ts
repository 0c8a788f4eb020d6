import type { Certificate } from "../../cert/certificate.ts";
import type { DistributionPoint } from "../../extension/distribution-point.ts";
import type { CertificateKnobs, Kit } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { matchPoint } from "../../given/points.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

/** Bits of ReasonFlags that are reasons in RFC 5280 4.2.1.13: keyCompromise to aACompromise. */
const allReasons = [1, 2, 3, 4, 5, 6, 7, 8] as const;

export default defineRule({
  id: "certs/needs-all-reasons-dp",
  title: "certificate has no distribution point for all reasons",
  looksAt: ["certificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "error",
      quote:
        "MUST include at least one DistributionPoint that points to a CRL that covers the certificate for all reasons",
    },
  ],
  create(ctx) {
    if (!reportsCertificateErrors(ctx)) return;
    // The available CRLs that cover only some reasons: usually none.
    const partial = (ctx.anyShards?.set.shards.map(({ crl }) => crl) ?? [ctx.crl]).filter(
      ({ issuingDistributionPoint: idp }) => isPartial(idp?.onlySomeReasons?.reasons),
    );
    const mayCoverAll = (certificate: Certificate, point: DistributionPoint): boolean =>
      !isPartial(point.reasons?.reasons) && !partial.some((crl) => matchPoint(crl, certificate, point) === "here");
    const faulty = ctx.certificates.covered.flatMap((given) => {
      const points = given.certificate.crlDistributionPoints;
      if (points === undefined || points.list.length === 0) return [];
      if (points.list.some((point) => mayCoverAll(given.certificate, point))) return [];
      return [{ ...given, at: points, path: points.list[0]?.path.replace(/\[0\]$/u, "") ?? "" }];
    });
    reportCertificates(ctx, faulty, {
      message: `${countOf(faulty.length, "certificate has", "certificates have")} no distribution point for all reasons`,
    });
  },
  why: "A client that has CRLs for only some reasons cannot determine whether the certificate is revoked for another reason. The status of the certificate stays undetermined.",
  fix: "issue certificates with a distribution point that has no reasons and whose CRL has no onlySomeReasons",
  examples: () => ({
    bad: [
      {
        title: "the only distribution point is for keyCompromise",
        make: (kit) => kit.crl({ certificates: [kit.certificate(forKeyCompromise(kit))] }),
      },
      {
        title: "two certificates whose only distribution point is for keyCompromise",
        make: (kit) =>
          kit.crl({
            certificates: [1, 2].map((serial) => kit.certificate({ serial, ...forKeyCompromise(kit) })),
          }),
      },
      {
        title: "the only distribution point leads to a CRL that covers only keyCompromise",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/tls-ca-1.crl"], onlyUser: true, reasons: [1] },
            entries: [],
            certificates: [kit.certificate()],
          }),
      },
    ],
    good: [
      { title: "no reasons", make: (kit) => kit.crl({ certificates: [kit.certificate()] }) },
      {
        title: "another distribution point that may be for all reasons",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/some.crl"], onlyUser: true, reasons: [1] },
            entries: [],
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/some.crl", "http://crl.example.com/all.crl"] }),
            ],
          }),
      },
      {
        title: "no cRLDistributionPoints",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: null, ocsp: ["http://ocsp.example.com"] })] }),
      },
    ],
  }),
});

function isPartial(reasons: ReadonlySet<number> | undefined): boolean {
  return reasons !== undefined && !allReasons.every((bit) => reasons.has(bit));
}

function forKeyCompromise(kit: Kit): CertificateKnobs {
  const { der, extension, oids } = kit;
  const name = der.explicit(0, der.explicit(0, extension.uri("http://crl.example.com/1.crl")));
  const point = der.seq(name, der.context(1, der.namedBits(1).subarray(2)));
  return { replace: { [oids.crlDistributionPoints]: extension.extension(oids.crlDistributionPoints, der.seq(point)) } };
}
