import { isoTime } from "../../der/time.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/next-update-decreased",
  title: "nextUpdate is earlier than that of the previous CRL",
  looksAt: ["predecessor", "nextUpdate"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.5",
      severity: "warning",
      quote: "SHOULD issue CRLs with a nextUpdate time equal to or later than all previous CRLs",
    },
  ],
  create(ctx) {
    const { predecessor, nextUpdate } = ctx;
    const before = predecessor.crl.nextUpdate;
    if (before?.seconds === undefined || nextUpdate.seconds >= before.seconds) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is earlier than that of the previous CRL, ${isoTime(before.seconds)}`,
      related: placeIn(predecessor, before, "tbsCertList.nextUpdate"),
    });
  },
  why: "A client that has the previous CRL may keep using it even after this one has expired, and so misses the new revocations.",
  fix: "set nextUpdate no earlier than in previous CRLs; after shortening the lifetime of CRLs, wait until the last CRL with the longer lifetime has expired",
  examples: () => ({
    bad: [
      {
        title: "one second earlier",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-11-08T00:00:00Z" }) }),
      },
    ],
    good: [
      {
        title: "same nextUpdate",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-11-07T23:59:59Z" }) }),
      },
      {
        title: "one second later",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ nextUpdate: "2026-11-07T23:59:58Z" }) }),
      },
    ],
  }),
});
