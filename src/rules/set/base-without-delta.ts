import { extension } from "../../rule/aspects.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "set/base-without-delta",
  title: "CRL has freshestCRL, and none of the CRLs given is a delta CRL of it",
  looksAt: ["together", extension(Oid.freshestCrl)],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { set, own } = ctx.together;
    if (set.crls.length < 2 || ctx.isDelta || set.hasDelta(own)) return;
    ctx.report({ at: ctx.extension, path: ctx.extension.path });
  },
  why: "Clients that use delta CRLs look for one at the URL in freshestCRL. Without it they know only what the complete CRL lists.",
  fix: "also give the delta CRL, or leave out freshestCRL if there is none",
  examples: () => ({
    bad: [
      {
        title: "two complete CRLs",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.freshestCrl("http://crl.example.com/d.crl")],
            options: { together: [kit.earlierCrl()] },
          }),
      },
    ],
    good: [
      {
        title: "complete CRL and its delta CRL",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.freshestCrl("http://crl.example.com/d.crl")],
            options: {
              together: [kit.crl({ crlNumber: 4712, entries: [], extra: [kit.extension.deltaCrlIndicator(4711)] }).crl],
            },
          }),
      },
    ],
  }),
});
