import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { isFpkiFinal, mayBeFpkiFinal } from "../../checks/fpki-final.ts";
import { type IntervalLimit, isBeyond, limitOfDays, limitOfSeconds, reportInterval } from "../../checks/interval.ts";
import type { CrlCase, EntryKnobs, Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

const online: IntervalLimit = limitOfSeconds(18 * 3600, "notice");
const offline: IntervalLimit = limitOfDays(35, "notice");

/** The longest term of a CRL that is not final, in seconds: 37 days for an offline CA. */
const longTerm = 37 * 86_400;

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
    const { crl: previous } = ctx.predecessor;
    if (isFpkiFinal(previous, ctx)) return;
    const term = (previous.nextUpdate?.seconds ?? Number.NaN) - (previous.thisUpdate?.seconds ?? Number.NaN);
    reportInterval(ctx, limit, {
      notes: [
        scopeNote(ctx.scope),
        ...(term > longTerm && mayBeFpkiFinal(previous, ctx)
          ? ["no CRL is due after the final CRL of a CA (5.6, 5.8); without the certificates this is unknown"]
          : []),
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
      {
        title: "36 days after a CRL that is valid for a year, whose CA has a certificate that is not revoked",
        make: (kit) => afterLongCrl(kit, []),
        also: ["sequence/next-update-decreased"],
      },
    ],
    good: [
      {
        title: "36 days after a CRL that is valid for longer than all certificates, which are revoked",
        make: (kit) => afterLongCrl(kit, [{ serial: 77, reason: 1 }]),
        also: ["sequence/next-update-decreased"],
      },
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

/** Returns a CRL after one with these entries that is valid for a year. */
function afterLongCrl(kit: Kit, entries: readonly EntryKnobs[]): CrlCase {
  return kit.crl({
    entries,
    certificates: [kit.certificate({ serial: 77, notAfter: "2027-09-01T00:00:00Z" })],
    previous: kit.earlierCrl({ entries, thisUpdate: "2026-09-26T00:00:00Z", nextUpdate: "2027-09-26T00:00:00Z" }),
  });
}
