import { sortRemovals } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/hold-released",
  title: "entry on hold in the previous CRL was removed",
  looksAt: ["predecessorEntries"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "notice",
      quote: "if it is released from hold, or if its revocation reason changes",
    },
  ],
  create(ctx) {
    const { predecessorEntries: previous } = ctx;
    const tally = ctx.tally({
      what: (count) =>
        `with certificateHold (6) in the previous CRL ${count === 1 ? "was" : "were"} removed: released or expired`,
      in: previous,
    });
    for (const index of sortRemovals(previous, undefined).held) tally.addAt(index);
  },
  why: "The release of a hold is allowed, but from now on clients accept the certificate again.",
  fix: "check that the hold was released on purpose",
  examples: () => ({
    bad: [
      {
        title: "entry with certificateHold, then removed",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1 }],
            previous: kit.earlierCrl({
              entries: [
                { serial: 1001, reason: 1 },
                { serial: 1002, reason: 6 },
              ],
            }),
          }),
      },
    ],
    good: [
      {
        title: "entry with certificateHold, then permanently revoked",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 4 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 6 }] }),
          }),
      },
    ],
  }),
});
