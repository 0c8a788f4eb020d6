import { isoTime } from "../../der/time.ts";
import { countSteps, uncounted } from "../../checks/interval.ts";
import { placeIn } from "../../checks/predecessor.ts";
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
    // CRLs that lie between the two may each have been in time.
    if (steps !== undefined && steps > 1) return;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is ${thisUpdate.seconds - before.seconds} s after nextUpdate of the previous CRL, ${isoTime(before.seconds)}`,
      related: placeIn(predecessor, before, "tbsCertList.nextUpdate"),
      ...(steps === undefined && { atMost: "warning", notes: [uncounted] }),
    });
  },
  why: "Between the two there was no valid CRL: clients that insist on one refused every certificate of the CA, the others took them unchecked.",
  fix: "issue the next CRL well before nextUpdate of the one before, and watch that it is published",
  examples: () => ({
    bad: [
      {
        title: "a second late",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-10-31T23:59:59Z" }) }),
      },
      {
        title: "a second late, without cRLNumber before",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-10-31T23:59:59Z", crlNumber: null }) }),
      },
    ],
    good: [
      {
        title: "a day late, and a number between the two",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-10-31T00:00:01Z", crlNumber: 4709 }) }),
      },
      {
        title: "at nextUpdate",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-11-01T00:00:00Z" }) }),
      },
    ],
  }),
});
