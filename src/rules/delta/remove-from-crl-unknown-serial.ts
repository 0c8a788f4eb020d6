import { Reason } from "../../crl/reason.ts";
import { isReferenced } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/remove-from-crl-unknown-serial",
  title: "removeFromCRL is for a serial that the base CRL does not list",
  looksAt: ["combinableBase"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "notice",
      quote:
        "It is appropriate to list a certificate with reason code removeFromCRL on a delta CRL even if the certificate was not on hold",
    },
  ],
  create(ctx) {
    const { combinableBase: base } = ctx;
    if (!ctx.entries.reasons.has(Reason.removeFromCRL) || !isReferenced(base, ctx.crl)) return;
    const tally = ctx.tally({ what: "with removeFromCRL for a serial that the base CRL does not list" });
    const read = ctx.entries.openWindow();
    for (const index of base.changes.added) {
      const entry = read(index);
      if (entry.reason === Reason.removeFromCRL) tally.add(entry);
    }
  },
  why: "This is correct if a certificate was put on hold and released again since the base CRL. Otherwise the serial is wrong, and the intended entry stays in effect.",
  fix: "check the serial against the entries of the base CRL",
  examples: () => ({
    bad: [
      {
        title: "a serial that the base CRL does not list",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1003, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 6 }] }),
          }),
      },
    ],
    good: [
      {
        title: "a serial that the base CRL lists",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 6 }] }),
          }),
      },
      {
        title: "a base CRL later than the one that BaseCRLNumber identifies, which may have removed the entry already",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1003, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4709)],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 6 }] }),
          }),
      },
    ],
  }),
});
