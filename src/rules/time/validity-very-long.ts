import { isoTime } from "../../der/time.ts";
import { compareToTerm, endOfTime, monthsAfter } from "../../checks/calendar.ts";
import { coversSubscribers } from "../../checks/coverage.ts";
import { etsiCaLimit, fpkiLimit, timestampLimit } from "../../checks/validity-limits.ts";
import { type BaseContext, defineRule } from "../../rule/rule.ts";
import beyondTwelveMonths from "./ca-next-update-beyond-12-months.ts";
import beyondTenDays from "./subscriber-next-update-beyond-10-days.ts";

export default defineRule({
  id: "time/validity-very-long",
  title: "CRL is valid for more than a year",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    if (compareToTerm(nextUpdate.seconds, monthsAfter(thisUpdate.seconds, 12)) !== "beyond") return;
    if (hasOwnLimit(ctx, nextUpdate.seconds)) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is more than a year after thisUpdate ${isoTime(thisUpdate.seconds)}`,
    });
  },
  why: "Until nextUpdate, a client may keep using the CRL that it has, and so accepts certificates that are revoked in the meantime.",
  fix: "issue CRLs more often, with nextUpdate no later than the time when the next one is planned",
  examples: () => ({
    bad: [
      { title: "one year and one second", make: (kit) => kit.crl({ nextUpdate: "2027-11-01T00:00:01Z" }) },
      {
        title: "two years for subscriber certificates, under ETSI, which limits only CRLs of CA certificates",
        make: (kit) => kit.crl({ nextUpdate: "2028-11-01T00:00:00Z" }),
        profile: "etsi",
      },
    ],
    good: [
      { title: "one year", make: (kit) => kit.crl({ nextUpdate: "2027-11-01T00:00:00Z" }) },
      {
        title: "last CRL of a scope, under ETSI",
        profile: "etsi",
        make: (kit) => kit.crl({ nextUpdate: "9999-12-31T23:59:59Z" }),
      },
      {
        title: "two years, under FPKI, which has its own limit",
        make: (kit) => kit.crl({ nextUpdate: "2028-11-01T00:00:00Z" }),
        also: ["time/fpki-next-update-limit"],
        profile: "fpki",
      },
      {
        title: "two years, under the S/MIME BR, which have their own limit",
        make: (kit) => kit.crl({ nextUpdate: "2028-11-01T00:00:00Z" }),
        also: ["time/subscriber-next-update-beyond-10-days"],
        profile: "smime-br",
      },
    ],
  }),
});

/** Whether another rule has a limit for such a CRL, or deliberately allows it. */
function hasOwnLimit(ctx: BaseContext, nextUpdate: number): boolean {
  const { scope } = ctx;
  const ofBaseline =
    scope.kind === "timestamp"
      ? [timestampLimit]
      : (coversSubscribers(scope) ? beyondTenDays : beyondTwelveMonths).requirements;
  // EN 319 411-1 CSS-6.3.9-06: the last CRL of a scope has this nextUpdate.
  const ofEtsi = nextUpdate === endOfTime || scope.kind === "ca" || scope.kind === "unknown" ? [etsiCaLimit] : [];
  return ctx.hasInForce([...ofBaseline, ...ofEtsi, fpkiLimit]);
}
