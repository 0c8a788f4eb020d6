import { isoTime } from "../../der/time.ts";
import { compareToTerm, monthsAfter, tenDays } from "../../checks/calendar.ts";
import { scopeNote } from "../../checks/coverage.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/next-update-beyond-10-days-scope-unknown",
  title: "CRL is valid for more than 10 days, and nothing shows that it covers only CA certificates",
  looksAt: ["thisUpdate", "nextUpdate"],
  // Only warnings: the limit applies to CRLs that cover subscriber certificates, and this one may cover none.
  requirements: [
    {
      source: "tls-br",
      section: "7.2",
      severity: "warning",
      from: "2024-03-15",
      quote: "For CRLs covering Subscriber Certificates, at most 10 days after the `thisUpdate`.",
    },
    {
      source: "tls-br",
      document: "tls-br-1.8.7",
      section: "4.9.7",
      severity: "warning",
      from: "2012-07-01",
      to: "2024-03-14",
      quote:
        "the value of the nextUpdate field MUST NOT be more than ten days beyond the value of the thisUpdate field",
    },
    {
      source: "smime-br",
      section: "4.9.7",
      severity: "warning",
      from: "2023-09-01",
      quote:
        "the value of the `nextUpdate` field SHALL NOT be more than ten days beyond the value of the `thisUpdate` field",
    },
    {
      source: "cs-br",
      section: "4.9.7",
      severity: "warning",
      quote:
        "the value of the `nextUpdate` field MUST NOT be more than ten days beyond the value of the `thisUpdate` field",
    },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    // Only these documents have the limit; under others, the scope does not matter.
    if (ctx.scope.kind !== "unknown" || ctx.requirements.every(({ source }) => source === "hygiene")) return;
    const { thisUpdate, nextUpdate } = ctx;
    const term = nextUpdate.seconds - thisUpdate.seconds;
    if (term <= tenDays) return;
    // time/ca-next-update-beyond-12-months reports more than 12 months as an error for any scope.
    if (compareToTerm(nextUpdate.seconds, monthsAfter(thisUpdate.seconds, 12)) === "beyond") return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is ${formatDuration(term)} after thisUpdate; the maximum is ${formatDuration(tenDays)} if the CRL covers subscriber certificates`,
      notes: [scopeNote(ctx.scope)],
    });
  },
  why: "The maximum is 10 days for a CRL that covers subscriber certificates, and 12 months for one that covers only CA certificates. The CA certificate is not a root and has no pathLenConstraint 0, and the CRL has no issuingDistributionPoint that would show this.",
  fix: "state what the CRL covers: `--scope subscriber`, `--scope ca` or `--scope both`",
  examples: () => ({
    bad: [
      {
        title: "10 days and one second, CA without pathLenConstraint",
        make: (kit) => kit.crl({ ca: kit.caWith({ pathLen: null }), nextUpdate: "2026-11-11T00:00:01Z" }),
      },
      {
        title: "90 days, no CA certificate",
        make: (kit) => kit.crl({ issuerCertificate: null, nextUpdate: "2027-01-30T00:00:00Z" }),
      },
    ],
    good: [
      {
        title: "90 days, not under the requirements of the CA/Browser Forum",
        profile: "rfc5280",
        make: (kit) => kit.crl({ ca: kit.caWith({ pathLen: null }), nextUpdate: "2027-01-30T00:00:00Z" }),
      },
      {
        title: "10 days",
        make: (kit) => kit.crl({ ca: kit.caWith({ pathLen: null }), nextUpdate: "2026-11-11T00:00:00Z" }),
      },
      {
        title: "90 days, and the user states that it covers CA certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ pathLen: null }),
            entries: [],
            nextUpdate: "2027-01-30T00:00:00Z",
            options: { scope: "ca" },
          }),
      },
      {
        title: "90 days, root given after its cross-certificate",
        make: (kit) => {
          const { subject, key } = kit.root;
          const cross = kit.caWith({ subject, key, pathLen: null, parent: kit.otherCa });
          return kit.crl({
            ca: kit.root,
            issuerCertificate: [cross.certificate, kit.root.certificate],
            entries: [],
            nextUpdate: "2027-01-30T00:00:00Z",
          });
        },
      },
    ],
  }),
});
