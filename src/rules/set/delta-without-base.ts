import type { CrlKnobs } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "set/delta-without-base",
  title: "none of the CRLs given is the complete CRL that this delta CRL updates",
  looksAt: ["together", "deltaCrlIndicator"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { set, own } = ctx.together;
    // With --base, the rules on delta CRLs compare the two.
    if (set.crls.length < 2 || ctx.anyBase !== undefined || set.baseOf(own) !== undefined) return;
    ctx.report({ at: ctx.deltaCrlIndicator, path: "tbsCertList.crlExtensions" });
  },
  why: "Clients combine a delta CRL only with a complete CRL of the same issuer, key and scope, whose number is at least BaseCRLNumber and less than that of the delta CRL (RFC 5280 5.2.4).",
  fix: "also give the complete CRL: the same issuer and scope, and a cRLNumber of at least BaseCRLNumber",
  examples: () => ({
    bad: [
      {
        title: "complete CRL with a number less than BaseCRLNumber",
        make: (kit) =>
          kit.crl({
            ...delta,
            extra: [kit.extension.deltaCrlIndicator(4711)],
            options: { together: [kit.earlierCrl()] },
          }),
      },
      {
        title: "complete CRL of another key",
        make: (kit) =>
          kit.crl({
            ...delta,
            extra: [kit.extension.deltaCrlIndicator(4711)],
            options: { together: [kit.crl({ aki: new Uint8Array(20).fill(1) }).crl] },
          }),
      },
    ],
    good: [
      {
        title: "complete CRL with BaseCRLNumber, whose freshestCRL leads to the delta CRL",
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
        title: "complete CRL given with --base",
        make: (kit) =>
          kit.crl({
            ...delta,
            extra: [kit.extension.deltaCrlIndicator(4711)],
            base: kit.crl().crl,
            options: { together: [kit.crl({ ca: kit.otherCa, entries: [{ serial: 1 }] }).crl] },
          }),
      },
    ],
  }),
});

const delta: CrlKnobs = { crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z", entries: [] };
