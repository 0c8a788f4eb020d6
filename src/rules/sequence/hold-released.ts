import { sortRemovals, tallyEach } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/hold-released",
  title: "entry with certificateHold of the previous CRL is gone",
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
        `with certificateHold (6) in the previous CRL ${count === 1 ? "is" : "are"} gone: released, or expired`,
      in: previous,
    });
    tallyEach(previous.crl, sortRemovals(previous, undefined).held, tally);
  },
  why: "A certificate that was on hold may come back. It is worth a look all the same: from now on it is valid again.",
  fix: "check that the hold was lifted on purpose",
  examples: () => ({
    bad: [
      {
        title: "an entry with certificateHold is gone",
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
        title: "an entry with certificateHold is revoked for good",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 4 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 6 }] }),
          }),
      },
    ],
  }),
});
