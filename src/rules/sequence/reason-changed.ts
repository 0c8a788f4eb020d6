import { type Entry, noReason, unreadableReason } from "../../crl/entry-reader.ts";
import { Reason, reasonLabel } from "../../crl/reason.ts";
import { type BaseContext, defineRule, type Requirement } from "../../rule/rule.ts";

/**
 * Requirement on a change away from keyCompromise, or to certificateHold: neither a compromise nor a revocation can be
 * undone.
 */
const undoing: Requirement = { source: "hygiene", section: "", severity: "warning" };

export default defineRule({
  id: "sequence/reason-changed",
  title: "reasonCode of an entry differs from that in the previous CRL",
  looksAt: ["predecessorEntries"],
  requirements: [
    {
      source: "hygiene",
      document: "tls-br",
      section: "7.2.2",
      severity: "notice",
      from: "2023-07-15",
      quote: "the CA SHOULD update the CRL entry to enter keyCompromise as the CRLReason",
    },
    { source: "hygiene", section: "", severity: "notice" },
    undoing,
  ],
  create(ctx) {
    const { changes, crl: earlier } = ctx.predecessorEntries;
    const before = earlier.entries.openWindow();
    const now = ctx.entries.openWindow();
    const changed = tallyChanges(
      ctx,
      ctx.requirements.filter((requirement) => requirement !== undoing),
    );
    const undone = tallyChanges(
      ctx,
      ctx.requirements.filter((requirement) => requirement === undoing),
    );
    for (let i = 0; i < changes.changed.length; i += 2) {
      const from = meaningOf(before(changes.changed[i] as number).reason);
      const entry = now(changes.changed[i + 1] as number);
      const to = meaningOf(entry.reason);
      if (from === to || !isComparable(from) || !isComparable(to) || isExpected(from, to)) continue;
      (from === Reason.keyCompromise || to === Reason.certificateHold ? undone : changed)(entry, from, to);
    }
  },
  why: "A reason is corrected if a key turns out to be compromised, or when a hold ends. Any other change alters the recorded cause of the revocation. A change from keyCompromise makes signatures made with a compromised key look valid again.",
  fix: "check that the reason was changed on purpose",
  examples: () => ({
    bad: [
      {
        title: "superseded, then affiliationChanged",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 3 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 4 }] }),
          }),
      },
      {
        title: "keyCompromise, then superseded",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 4 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 1 }] }),
          }),
      },
      {
        title: "superseded, then on hold",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 6 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 4 }] }),
          }),
      },
    ],
    good: [
      {
        title: "superseded, then keyCompromise",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 4 }] }),
          }),
      },
      {
        title: "on hold, then superseded",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 4 }],
            previous: kit.earlierCrl({ entries: [{ serial: 1001, reason: 6 }] }),
          }),
      },
    ],
  }),
});

/** Returns the reason that an entry has: without reasonCode, it is unspecified (RFC 5280 5.3.1). */
function meaningOf(reason: number): number {
  return reason === noReason ? Reason.unspecified : reason;
}

/**
 * Whether a reason can be compared. Other rules report unreadable ones, and removeFromCRL in a CRL that is not a delta
 * CRL.
 */
function isComparable(reason: number): boolean {
  return reason !== unreadableReason && reason !== Reason.removeFromCRL;
}

/** Whether a change is expected: a key was found to be compromised, a reason became known, or a hold ended. */
function isExpected(from: number, to: number): boolean {
  return to === Reason.keyCompromise || from === Reason.certificateHold || from === Reason.unspecified;
}

/** Returns a function that tallies an entry with a changed reason. The tally names the first change. */
function tallyChanges(ctx: BaseContext, violates: readonly Requirement[]) {
  let first: string | undefined;
  const tally = ctx.tally({
    what: (count) => `with a different reasonCode than before${count === 1 ? ":" : "; the first was"} ${first}`,
    violates,
  });
  return (entry: Entry, from: number, to: number): void => {
    first ??= `${reasonLabel(from)}, now ${reasonLabel(to)}`;
    tally.add(entry);
  };
}
