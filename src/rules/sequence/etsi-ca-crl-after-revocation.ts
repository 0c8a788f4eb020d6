import { tallyPublishedLate } from "../../checks/published-late.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/etsi-ca-crl-after-revocation",
  title: "CRL of CA certificates was not reissued within 24 hours after a revocation",
  looksAt: ["predecessorEntries", "thisUpdate"],
  requirements: [
    {
      source: "etsi",
      section: "6.3.9 CSS-6.3.9-13",
      severity: "notice",
      quote: "a new CARL shall be generated once a CA certificate has been revoked.",
    },
  ],
  create(ctx) {
    if (ctx.scope.kind === "ca") tallyPublishedLate(ctx);
  },
  why: "A CRL of CA certificates is otherwise issued once a year. Until the next one, a revoked CA is still accepted by every client.",
  fix: "generate a new CRL as soon as a CA certificate is revoked",
  examples: () => ({
    bad: [
      {
        title: "24 hours and one second",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [{ serial: 1001, reason: 5, date: "2026-10-30T23:59:59Z" }],
            previous: kit.earlierCrl({ ca: kit.root, thisUpdate: "2026-10-10T00:00:00Z", entries: [] }),
          }),
      },
    ],
    good: [
      {
        title: "24 hours",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [{ serial: 1001, reason: 5, date: "2026-10-31T00:00:00Z" }],
            previous: kit.earlierCrl({ ca: kit.root, thisUpdate: "2026-10-10T00:00:00Z", entries: [] }),
          }),
      },
    ],
  }),
});
