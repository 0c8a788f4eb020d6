import { Reason } from "../../crl/reason.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/revocation-date-changed",
  title: "revocationDate of an entry differs from that in the previous CRL",
  looksAt: ["predecessorEntries"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { changes, crl: earlier } = ctx.predecessorEntries;
    const before = earlier.entries.openWindow();
    const now = ctx.entries.openWindow();
    const later = ctx.tally({ what: "with a later revocationDate than in the previous CRL" });
    const sooner = ctx.tally({ what: "with an earlier revocationDate than in the previous CRL" });
    const corrected = ctx.tally({
      what: "with keyCompromise and an earlier revocationDate than in the previous CRL",
      atMost: "notice",
      notes: ["correct if the key was compromised before the revocation was first published"],
    });
    for (let i = 0; i < changes.changed.length; i += 2) {
      const from = before(changes.changed[i] as number);
      // A certificate on hold may get a new date when it is permanently revoked.
      const wasHeld = from.reason === Reason.certificateHold;
      const entry = now(changes.changed[i + 1] as number);
      if (wasHeld && entry.reason !== Reason.certificateHold) continue;
      if (entry.date > from.date) later.add(entry);
      else if (entry.date < from.date) (entry.reason === Reason.keyCompromise ? corrected : sooner).add(entry);
    }
  },
  why: "Software that verifies an old signature checks whether it was made before revocationDate. A later date makes invalid signatures look valid. An earlier date is correct if the key was compromised before this was known.",
  fix: "leave revocationDate as first published, unless the key was compromised earlier than was known",
  examples: () => ({
    bad: [
      {
        title: "one second later",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-06-01T12:00:01Z" }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 1, date: "2026-06-01T12:00:00Z" }] }),
          }),
      },
      {
        title: "one second earlier, superseded",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 4, date: "2026-06-01T11:59:59Z" }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 4, date: "2026-06-01T12:00:00Z" }] }),
          }),
      },
      {
        title: "one second earlier, keyCompromise",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-06-01T11:59:59Z" }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 1, date: "2026-06-01T12:00:00Z" }] }),
          }),
      },
    ],
    good: [
      {
        title: "same date with a new reason",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 4 }] }),
          }),
      },
      {
        title: "on hold, then permanently revoked on another day",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 4, date: "2026-10-31T12:00:00Z" }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 6, date: "2026-06-01T12:00:00Z" }] }),
          }),
      },
    ],
  }),
});
