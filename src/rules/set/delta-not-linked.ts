import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import type { CrlKnobs } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "set/delta-not-linked",
  title: "complete CRL has no freshestCRL that leads to its delta CRL",
  looksAt: ["together", "deltaCrlIndicator"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { set, own } = ctx.together;
    const base = set.baseOf(own);
    if (base === undefined || findExtension(base.crl, Oid.freshestCrl) !== undefined) return;
    // The certificates may contain the extension instead.
    if (set.certificates.some(({ certificate }) => certificate.extensionOids.includes(Oid.freshestCrl))) return;
    ctx.report({
      at: ctx.deltaCrlIndicator,
      path: "tbsCertList.crlExtensions",
      message: `the complete CRL ${base.artefact.name} has no freshestCRL that leads to this delta CRL`,
      related: [{ at: base.crl.whole, path: "", artefact: base.artefact }],
    });
  },
  why: "Clients find a delta CRL by freshestCRL, in the complete CRL or in the certificate (RFC 5280 5.2.6). Without it they do not know that there is one.",
  fix: "add freshestCRL to the complete CRL, or to the certificates",
  examples: () => ({
    bad: [
      {
        title: "complete CRL without freshestCRL",
        make: (kit) =>
          kit.crl({ ...delta, extra: [kit.extension.deltaCrlIndicator(4711)], options: { together: [kit.crl().crl] } }),
      },
    ],
    good: [
      {
        title: "complete CRL with freshestCRL",
        make: (kit) =>
          kit.crl({
            ...delta,
            extra: [kit.extension.deltaCrlIndicator(4711)],
            options: {
              together: [kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/d.crl")] }).crl],
            },
          }),
      },
      {
        title: "certificate with freshestCRL",
        make: (kit) =>
          kit.crl({
            ...delta,
            extra: [kit.extension.deltaCrlIndicator(4711)],
            certificates: [
              kit.certificate({ serial: 77, extra: [kit.extension.freshestCrl("http://crl.example.com/d.crl")] }),
            ],
            options: { together: [kit.crl().crl] },
          }),
      },
    ],
  }),
});

const delta: CrlKnobs = { crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z", entries: [] };
