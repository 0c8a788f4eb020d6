import { Reason } from "../../crl/reason.ts";
import { isReferenced } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/remove-from-crl-unknown-serial",
  title: "removeFromCRL for a certificate that the base CRL does not have",
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
    const tally = ctx.tally({ what: "with removeFromCRL that the base CRL does not have" });
    const read = ctx.entries.openWindow();
    for (const index of base.changes.added) {
      const entry = read(index);
      if (entry.reason === Reason.removeFromCRL) tally.add(entry);
    }
  },
  why: "That is right where a certificate was put on hold and released again since the base CRL. Otherwise the serial is wrong, and the entry that was meant stays.",
  fix: "check the serial against the entries of the base CRL",
  examples: () => ({
    bad: [
      {
        title: "a serial that the base CRL does not have",
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
        title: "a serial that the base CRL has",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 8 }],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ entries: [{ serial: 1002, reason: 6 }] }),
          }),
      },
      {
        title: "a later complete CRL than the one that BaseCRLNumber names may have done it already",
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
