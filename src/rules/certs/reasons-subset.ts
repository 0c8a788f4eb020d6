import { reasonFlags, reasonLabel } from "../../crl/reason.ts";
import type { CertificateKnobs, Kit } from "../../fixture/index.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { matchPoint } from "../../given/points.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "certs/reasons-subset",
  title: "certificate's distribution point and onlySomeReasons of the CRL have no reason in common",
  looksAt: ["certificates", "issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "6.3.3 (d)-(e)",
      severity: "warning",
      quote: "Verify that interim_reasons_mask includes one or more reasons that are not included in the reasons_mask.",
    },
  ],
  create(ctx) {
    const some = ctx.issuingDistributionPoint.onlySomeReasons?.reasons;
    // idp/only-some-reasons-empty reports an onlySomeReasons without any reason.
    if (some === undefined || ![...some].some((bit) => bit > 0)) return;
    const faulty = ctx.certificates.covered.flatMap((given) => {
      const point = given.certificate.crlDistributionPoints?.list.find(
        (one) => matchPoint(ctx.crl, given.certificate, one) === "here" && isDisjoint(one.reasons?.reasons, some),
      );
      return point?.reasons === undefined ? [] : [{ ...given, at: point.reasons, path: `${point.path}.reasons` }];
    });
    reportCertificates(ctx, faulty, {
      message: `${countOf(faulty.length, "certificate has", "certificates have")} a distribution point for reasons that the CRL does not cover; the CRL covers only ${listReasons(some)}`,
    });
  },
  why: "Clients use a CRL only for reasons that are in both the certificate's distribution point and the CRL. If there are none, the CRL has no effect on the certificate.",
  fix: "leave reasons out of the distribution point and onlySomeReasons out of the CRL, or use the same reasons in both",
  examples: () => ({
    bad: [
      {
        title: "certificateHold in the certificate, keyCompromise in the CRL",
        also: ["certs/needs-all-reasons-dp", "idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1] },
            entries: [],
            certificates: [kit.certificate(withReasons(kit, 6))],
          }),
      },
    ],
    good: [
      {
        title: "keyCompromise in both, and a distribution point for all reasons",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1, 2] },
            entries: [],
            certificates: [kit.certificate(withReasons(kit, 1, "http://crl.example.com/all.crl"))],
          }),
      },
    ],
  }),
});

function isDisjoint(wanted: ReadonlySet<number> | undefined, some: ReadonlySet<number>): boolean {
  return wanted !== undefined && ![...wanted].some((bit) => bit > 0 && some.has(bit));
}

/** Returns the names of reasons in ReasonFlags, whose bits are not numbered like CRLReason. */
function listReasons(some: ReadonlySet<number>): string {
  const named = [...reasonFlags].flatMap(([reason, bit]) => (some.has(bit) ? [reasonLabel(reason)] : []));
  return named.length === 0 ? "reasons without a name" : named.join(", ");
}

/** Makes cRLDistributionPoints with one point for a reason and, if a URI is given, one for all reasons. */
function withReasons(kit: Kit, bit: number, all?: string): CertificateKnobs {
  const { der, extension, oids } = kit;
  const name = (uri: string) => der.explicit(0, der.explicit(0, extension.uri(uri)));
  const reasons = der.context(1, der.namedBits(bit).subarray(2));
  const points = [der.seq(name("http://crl.example.com/1.crl"), reasons)];
  if (all !== undefined) points.push(der.seq(name(all)));
  return {
    replace: { [oids.crlDistributionPoints]: extension.extension(oids.crlDistributionPoints, der.seq(...points)) },
  };
}
