import { isoTime } from "../../der/time.ts";
import { countSteps, uncounted } from "../../checks/interval.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/issued-late",
  title: "CRL was issued after the nextUpdate of the previous one",
  looksAt: ["predecessor", "thisUpdate"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.5",
      severity: "error",
      quote: "it will not be issued any later than the indicated date",
    },
  ],
  create(ctx) {
    const { predecessor, thisUpdate } = ctx;
    const before = predecessor.crl.nextUpdate;
    if (before?.seconds === undefined || thisUpdate.seconds <= before.seconds) return;
    const steps = countSteps(predecessor, ctx.crl);
    // Each of the CRLs between the two may have been issued in time.
    if (steps !== undefined && steps > 1) return;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is ${formatDuration(thisUpdate.seconds - before.seconds)} later than nextUpdate of the previous CRL, ${isoTime(before.seconds)}`,
      related: placeIn(predecessor, before, "tbsCertList.nextUpdate"),
      ...(steps === undefined && { atMost: "warning", notes: [uncounted] }),
    });
  },
  why: "Between the two there was no valid CRL. Clients that require one rejected every certificate of the CA; others accepted them unchecked.",
  fix: "issue each CRL well before nextUpdate of the previous one, and check that it is published",
  examples: () => ({
    bad: [
      {
        title: "one second late",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-10-31T23:59:59Z" }) }),
      },
      {
        title: "one second late, after a CRL without cRLNumber",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-10-31T23:59:59Z", crlNumber: null }) }),
      },
    ],
    good: [
      {
        title: "one day late, with one number in between",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-10-31T00:00:01Z", crlNumber: 4709 }) }),
      },
      {
        title: "at nextUpdate",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-11-01T00:00:00Z" }) }),
      },
    ],
  }),
});
