import { valuePath } from "../../crl/crl.ts";
import { integerText } from "../../der/integer.ts";
import { isoTime } from "../../der/time.ts";
import { Oid } from "../../extension/oids.ts";
import { formatCount } from "../../rule/format-count.ts";
import type { OtherCrl } from "../../given/other-crl.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/same-number-different-content",
  title: "two CRLs have the same cRLNumber and thisUpdate but other content",
  looksAt: ["previousOfSeries", "crlNumber", "thisUpdate"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5.2.3",
      severity: "error",
      quote: "they MUST have the same CRL number and provide the same revocation information",
    },
  ],
  create(ctx) {
    const { previousOfSeries: previous, crl, crlNumber, thisUpdate, bytes } = ctx;
    if (!previous.isRival) return;
    const what = countChanges(previous);
    ctx.report({
      at: crlNumber,
      path: valuePath(crl, Oid.crlNumber),
      message: `cRLNumber ${integerText(bytes, crlNumber)} and thisUpdate ${isoTime(thisUpdate.seconds)} are those of the previous CRL, but ${
        what.length > 0 ? `entries differ: ${what.join(", ")}` : "their content differs"
      }`,
      related: placeIn(previous, previous.crl.crlNumber, valuePath(previous.crl, Oid.crlNumber)),
      // The sentence is about what the two say of certificates.
      ...(what.length === 0 && { atMost: "warning" }),
    });
  },
  why: "No client can tell which of the two is valid: each keeps the one that it met first. Two issuing systems without a common counter, or a race between them, bring this about.",
  fix: "issue a CRL with the next cRLNumber and the present time, and let one system at a time issue CRLs",
  examples: () => ({
    bad: [
      {
        title: "an entry more",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 1001, reason: 1 },
              { serial: 1002, reason: 4, date: "2026-10-31T08:00:00Z" },
            ],
            previous: kit.crl({ entries: [{ serial: 1001, reason: 1 }] }).crl,
          }),
      },
      {
        title: "another nextUpdate",
        make: (kit) => kit.crl({ previous: kit.crl({ nextUpdate: "2026-11-07T00:00:00Z" }).crl }),
      },
    ],
    good: [
      { title: "the next number, a day later", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) },
      {
        title: "the same number a day later is another fault",
        also: ["sequence/number-not-increasing"],
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ crlNumber: 4711 }) }),
      },
    ],
  }),
});

/** What became of the entries: `2 added`, `1 changed`; nothing where they cannot be read to their end. */
function countChanges({ changes, whyUnread }: OtherCrl): readonly string[] {
  if (whyUnread !== undefined) return [];
  const counts = [
    [changes.added.length, "added"],
    [changes.removed.length, "removed"],
    [changes.changed.length / 2, "changed"],
  ] as const;
  return counts.filter(([count]) => count > 0).map(([count, verb]) => `${formatCount(count)} ${verb}`);
}
