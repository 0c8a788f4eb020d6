import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

/** The value that CRLReason does not use (RFC 5280 5.3.1). */
const unused = 7;

export default defineRule({
  id: "reason/value-7",
  title: "reasonCode is 7, which is not defined",
  looksAt: [entryReason(unused)],
  requirements: [{ source: "rfc5280", section: "5.3.1", severity: "error", quote: "-- value 7 is not used" }],
  create(ctx) {
    if (!ctx.entries.reasons.has(unused)) return undefined;
    const tally = ctx.tally({ what: "with reasonCode 7, which is not defined" });
    return {
      entry(entry) {
        if (entry.reason === unused) tally.add(entry);
      },
    };
  },
  why: "Usually bit 7 of ReasonFlags, privilegeWithdrawn, was used as the CRLReason, in which privilegeWithdrawn is 9. No client knows the meaning of 7.",
  fix: "state privilegeWithdrawn (9) if that was intended, or another reason that applies",
  examples: () => ({
    bad: [{ title: "7", make: (kit) => kit.crl({ entries: [{ reason: 7 }, { reason: 1 }] }) }],
    good: [{ title: "privilegeWithdrawn (9)", make: (kit) => kit.crl({ entries: [{ reason: 9 }] }) }],
  }),
});
