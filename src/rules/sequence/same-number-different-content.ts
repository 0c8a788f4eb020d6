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
  title: "two CRLs have the same cRLNumber and thisUpdate but different content",
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
    if (!previous.hasSameNumberAndTime) return;
    const what = countChanges(previous);
    ctx.report({
      at: crlNumber,
      path: valuePath(crl, Oid.crlNumber),
      message: `cRLNumber ${integerText(bytes, crlNumber)} and thisUpdate ${isoTime(thisUpdate.seconds)} are the same as in the previous CRL, but ${
        what.length > 0 ? `entries differ: ${what.join(", ")}` : "their content differs"
      }`,
      related: placeIn(previous, previous.crl.crlNumber, valuePath(previous.crl, Oid.crlNumber)),
      // RFC 5280 5.2.3 applies only to the revocation information.
      ...(what.length === 0 && { atMost: "warning" }),
    });
  },
  why: "No client can tell which of the two is valid, so each keeps the one that it fetched first. The cause is two issuing systems without a common counter, or a race between them.",
  fix: "issue a CRL with the next cRLNumber and the current time, and let only one system at a time issue CRLs",
  examples: () => ({
    bad: [
      {
        title: "one more entry",
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
      { title: "next number, one day later", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) },
      {
        title: "same number one day later, reported by sequence/number-not-increasing",
        also: ["sequence/number-not-increasing"],
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ crlNumber: 4711 }) }),
      },
    ],
  }),
});

/** Returns the changes of the entries, such as `2 added`; empty if the entries cannot be read completely. */
function countChanges({ changes, whyUnread }: OtherCrl): readonly string[] {
  if (whyUnread !== undefined) return [];
  const counts = [
    [changes.added.length, "added"],
    [changes.removed.length, "removed"],
    [changes.changed.length / 2, "changed"],
  ] as const;
  return counts.filter(([count]) => count > 0).map(([count, verb]) => `${formatCount(count)} ${verb}`);
}
