import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { isFpkiFinal } from "../../checks/fpki-final.ts";
import { type IntervalLimit, isBeyond, limitOfDays, limitOfSeconds, reportInterval } from "../../checks/interval.ts";
import { defineRule } from "../../rule/rule.ts";

const online: IntervalLimit = limitOfSeconds(18 * 3600, "notice");
const offline: IntervalLimit = limitOfDays(35, "notice");

export default defineRule({
  id: "sequence/fpki-interval",
  title: "interval since the previous CRL is longer than the US Federal PKI Common Policy allows",
  looksAt: ["predecessor", "thisUpdate"],
  // The table has no sentence to quote. Only a warning: a CRL may be issued in advance, and the policy limits its
  // publication.
  requirements: [{ source: "fpki", document: "fpki-common", section: "4.9.7", severity: "warning" }],
  create(ctx) {
    const limit = coversSubscribers(ctx.scope) ? online : offline;
    if (ctx.isDelta || !isBeyond(ctx, limit)) return;
    // No CRL is due after a final CRL.
    if (isFpkiFinal(ctx.anyCa, ctx.predecessor.crl.nextUpdate?.seconds)) return;
    reportInterval(ctx, limit, {
      notes: [
        scopeNote(ctx.scope),
        "the interval counts from publication to publication, which a CRL that was made in advance does not show",
      ],
    });
  },
  why: "A revocation reaches clients only with the next CRL. Relying parties of the Federal PKI depend on a CRL every 18 hours from an online CA, and every 35 days from an offline CA.",
  fix: "issue a CRL at least every 18 hours (online CA) or every 35 days (offline CA), whatever its nextUpdate is",
  examples: () => ({
    bad: [
      {
        title: "online CA, 18 hours and one second",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-31T05:59:59Z" }) }),
      },
      {
        title: "offline root, 35 days and one second",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            previous: kit.earlierCrl({
              ca: kit.root,
              entries: [],
              thisUpdate: "2026-09-26T23:59:59Z",
              nextUpdate: "2026-11-02T00:00:00Z",
            }),
          }),
      },
    ],
    good: [
      {
        title: "online CA, 18 hours",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-31T06:00:00Z" }) }),
      },
      {
        title: "online CA, 36 hours, with one number in between",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-30T12:00:00Z", crlNumber: 4709 }) }),
      },
      {
        title: "offline root, 35 days",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            previous: kit.earlierCrl({
              ca: kit.root,
              entries: [],
              thisUpdate: "2026-09-27T00:00:00Z",
              nextUpdate: "2026-11-02T00:00:00Z",
            }),
          }),
      },
    ],
  }),
});
