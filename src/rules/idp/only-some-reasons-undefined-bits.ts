import { isPermittedBy } from "../../checks/profile-sources.ts";
import { defineRule } from "../../rule/rule.ts";

/** Last bit of ReasonFlags: aACompromise in RFC 5280 4.2.1.13, weakAlgorithmOrKey in X.509. */
const lastBit = { rfc5280: 8, x509: 9 } as const;

export default defineRule({
  id: "idp/only-some-reasons-undefined-bits",
  title: "onlySomeReasons has bits without a defined reason",
  looksAt: ["issuingDistributionPoint"],
  requirements: [{ source: "rfc5280", section: "4.2.1.13", severity: "warning", quote: "unused (0)," }],
  create(ctx) {
    const { onlySomeReasons: some, path } = ctx.issuingDistributionPoint;
    const last = isPermittedBy(ctx, "x509") ? lastBit.x509 : lastBit.rfc5280;
    const bits = [...(some?.reasons ?? [])];
    const wrong = bits.filter((bit) => bit === 0 || bit > last);
    // idp/only-some-reasons-empty reports bit 0 without any other bit.
    if (some === undefined || wrong.length === 0 || !bits.some((bit) => bit > 0)) return;
    ctx.report({
      at: some,
      path: `${path}.onlySomeReasons`,
      message: `onlySomeReasons has ${wrong.length === 1 ? "bit" : "bits"} ${wrong.join(", ")}; only bits 1 to ${last} are reasons`,
      // RFC 5280 4.2.1.13 only calls bit 0 "unused", and software sets it together with all other bits.
      ...(wrong.every((bit) => bit === 0) && { atMost: "notice" }),
    });
  },
  why: "The bits of ReasonFlags are not numbered like the values of CRLReason. privilegeWithdrawn is bit 7, aACompromise is bit 8, and removeFromCRL has no bit. A bit out of range is usually a CRLReason value.",
  fix: "set only the bits of the reasons that the CRL covers, from keyCompromise (1) to aACompromise (8)",
  examples: () => ({
    bad: [
      {
        title: "bit 10 with keyCompromise",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1, 10] } }),
      },
      {
        title: "bit 0 with keyCompromise",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [0, 1] } }),
      },
      {
        title: "bit 9 under RFC 5280",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1, 9] } }),
      },
      {
        title: "bits 0 and 10 with keyCompromise",
        make: (kit) =>
          kit.crl({
            entries: [],
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [0, 1, 10] },
          }),
        also: ["idp/only-some-reasons-recommended-against"],
      },
    ],
    good: [
      {
        title: "bits 1 and 8",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1, 8] } }),
      },
      {
        title: "bit 9 under X.509",
        profile: "private",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1, 9] } }),
      },
      {
        title: "no onlySomeReasons",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
