import { type Entry, noReason, unreadableReason } from "../../crl/entry-reader.ts";
import { Reason, reasonLabel } from "../../crl/reason.ts";
import { type BaseContext, defineRule, type Requirement } from "../../rule/rule.ts";

/** A key that was lost is not found again. */
const graver: Requirement = { source: "hygiene", section: "", severity: "warning" };

export default defineRule({
  id: "sequence/reason-changed",
  title: "reasonCode of an entry is not that of the previous CRL",
  looksAt: ["predecessorEntries"],
  requirements: [
    {
      source: "hygiene",
      document: "tls-br",
      section: "7.2.2",
      severity: "notice",
      quote: "the CA SHOULD update the CRL entry to enter keyCompromise as the CRLReason",
    },
    graver,
  ],
  create(ctx) {
    const { changes, crl: earlier } = ctx.predecessorEntries;
    const before = earlier.entries.openWindow();
    const now = ctx.entries.openWindow();
    const changed = tallyChanges(
      ctx,
      ctx.requirements.filter((requirement) => requirement !== graver),
    );
    const undone = tallyChanges(
      ctx,
      ctx.requirements.filter((requirement) => requirement === graver),
    );
    for (let i = 0; i < changes.changed.length; i += 2) {
      const from = meaningOf(before(changes.changed[i] as number).reason);
      const entry = now(changes.changed[i + 1] as number);
      const to = meaningOf(entry.reason);
      if (from === to || !isJudged(from) || !isJudged(to) || isExpected(from, to)) continue;
      (from === Reason.keyCompromise || to === Reason.certificateHold ? undone : changed)(entry, from, to);
    }
  },
  why: "A reason is corrected where a key turns out to be compromised, and once a hold ends. Any other change rewrites why a certificate was revoked; a change from keyCompromise makes signatures by a lost key look sound again.",
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

/** An entry without reasonCode says unspecified (RFC 5280 5.3.1). */
function meaningOf(reason: number): number {
  return reason === noReason ? Reason.unspecified : reason;
}

/** What cannot be read, and removeFromCRL outside a delta CRL, have rules of their own. */
function isJudged(reason: number): boolean {
  return reason !== unreadableReason && reason !== Reason.removeFromCRL;
}

/** A key that turns out to be compromised, a reason that was not known before, and the end of a hold. */
function isExpected(from: number, to: number): boolean {
  return to === Reason.keyCompromise || from === Reason.certificateHold || from === Reason.unspecified;
}

/** Counts entries with another reason than before, and names the first change. */
function tallyChanges(ctx: BaseContext, violates: readonly Requirement[]) {
  let first: string | undefined;
  const tally = ctx.tally({
    what: (count) => `with another reasonCode than before${count === 1 ? ":" : ", first"} ${first}`,
    violates,
  });
  return (entry: Entry, from: number, to: number): void => {
    first ??= `${reasonLabel(from)}, now ${reasonLabel(to)}`;
    tally.add(entry);
  };
}
