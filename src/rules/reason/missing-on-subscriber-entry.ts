import { noReason } from "../../crl/entry-reader.ts";
import { countRecent, lacksReasons, subscriberReasons } from "../../checks/missing-reasons.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { formatCount } from "../../rule/format-count.ts";
import { entryKind, scopeNote } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/missing-on-subscriber-entry",
  title: "no entry of a subscriber certificate has a reasonCode",
  looksAt: [entryReason(noReason)],
  requirements: [subscriberReasons],
  create(ctx) {
    if (!lacksReasons(ctx.entries) || entryKind(ctx) !== "subscriber") return undefined;
    return countRecent(ctx, (recent, areMany) => {
      if (!areMany) return;
      const { start, content } = ctx.revokedCertificates;
      const { count } = ctx.entries;
      const exempt = recent < count ? `; the requirement applies to ${formatCount(recent)} of them` : "";
      ctx.report({
        at: { start, end: content },
        path: "tbsCertList.revokedCertificates",
        message: `none of the ${formatCount(count)} entries has a reasonCode${exempt}`,
        notes: [scopeNote(ctx.scope)],
      });
    });
  },
  why: "Since 2023-07-15, a subscriber entry must have a reasonCode unless the reason is unspecified. A single entry without one is allowed. If none of many entries has one, the CA software probably does not write reasons.",
  fix: "configure the CA software to write the reasonCode that the subscriber or the CA has chosen",
  examples: () => ({
    bad: [
      {
        title: "100 entries without a reason",
        make: (kit) => kit.crl({ entries: Array.from({ length: 100 }, () => ({})) }),
      },
      {
        title: "100 of 101 entries without a reason revoked since 2023-07-15",
        make: (kit) => revokedAround(kit, 101),
      },
    ],
    good: [
      {
        title: "99 entries without a reason",
        make: (kit) => kit.crl({ entries: Array.from({ length: 99 }, () => ({})) }),
      },
      {
        title: "99 of 100 entries without a reason revoked since 2023-07-15",
        make: (kit) => revokedAround(kit, 100),
        also: ["reason/missing"],
      },
    ],
  }),
});

/** Returns a CRL with entries: one was revoked before the requirement took effect, and the others after that. */
function revokedAround(kit: Kit, length: number): CrlCase {
  return kit.crl({
    ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
    entries: Array.from({ length }, (_, i) => ({ date: i === 0 ? "2023-07-14T23:59:59Z" : "2023-07-15T00:00:00Z" })),
  });
}
