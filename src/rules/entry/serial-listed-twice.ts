import { reasonLabel } from "../../crl/reason.ts";
import { type Entry, noReason } from "../../crl/entry-reader.ts";
import { isoTime } from "../../der/time.ts";
import { type BaseContext, defineRule, type EntryTally, type EntryVisitor } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/serial-listed-twice",
  title: "serial is listed more than once",
  looksAt: ["entries: repeatedSerials"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    return compareRepeats(ctx);
  },
  why: "Clients look up an entry by its serial and use the first match, or the last. Two entries that differ in date or reason therefore have different meanings for different clients.",
  fix: "list each certificate once",
  examples: () => ({
    bad: [
      {
        title: "the same entry twice",
        make: (kit) => kit.crl({ entries: [{ serial: 9, reason: 1 }, { serial: 8 }, { serial: 9, reason: 1 }] }),
      },
      {
        title: "the same serial with another reason",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 9, reason: 1 },
              { serial: 9, reason: 4 },
            ],
          }),
      },
      {
        title: "the same serial with another date",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 9, reason: 1 },
              { serial: 9, reason: 1, date: "2026-06-01T12:00:01Z" },
            ],
          }),
      },
      {
        title: "the same serial without a reason",
        make: (kit) => kit.crl({ entries: [{ serial: 9, reason: 1 }, { serial: 9 }] }),
      },
      {
        title: "three serials, the first and the last twice",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 9, reason: 1 },
              { serial: 8, reason: 1 },
              { serial: 9, reason: 1 },
              { serial: 7, reason: 1 },
              { serial: 7, reason: 1 },
            ],
          }),
      },
    ],
    good: [
      { title: "two serials", make: (kit) => kit.crl({ entries: [{ serial: 9 }, { serial: 8 }] }) },
      {
        title: "the same serial of two CAs in an indirect CRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
            entries: [
              { serial: 9, reason: 1 },
              { serial: 9, reason: 4, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
            ],
          }),
      },
    ],
  }),
});

/** Compares each entry that repeats a serial with the first entry with this serial. */
function compareRepeats(ctx: BaseContext): EntryVisitor {
  const { firsts } = ctx.entries.repeats;
  const window = ctx.entries.openWindow();
  let first: Entry | undefined;
  let same: EntryTally | undefined;
  let other: EntryTally | undefined;
  return {
    entry(entry) {
      const earlier = (firsts[entry.index] ?? 0) - 1;
      if (earlier < 0) return;
      // A million equal serials have the same first entry, which is read only once.
      if (first?.index !== earlier) first = window(earlier);
      const { date, reason } = first;
      if (Object.is(date, entry.date) && reason === entry.reason) {
        same ??= ctx.tally({
          ...pairOf(ctx, earlier),
          what: "with the serial, date and reason of an earlier entry",
          atMost: "warning",
        });
        same.add(entry);
      } else {
        other ??= tallyOther(ctx, earlier, describe(entry.date, entry.reason), describe(date, reason));
        other.add(entry);
      }
    },
  };
}

/** Opens the tally of entries that contradict an earlier one. A note shows the first of them and the earlier one. */
function tallyOther(ctx: BaseContext, first: number, found: string, earlier: string): EntryTally {
  return ctx.tally({
    ...pairOf(ctx, first),
    what: "with the serial of an earlier entry, but another date or reason",
    notes: [`the first of these entries has ${found}; the earlier entry has ${earlier}`],
  });
}

function pairOf({ entries, artefact }: BaseContext, first: number) {
  const { start, end } = entries.at(first);
  return { related: [{ at: { start, end }, path: entries.pathOf(first), artefact }] };
}

function describe(date: number, reason: number): string {
  const when = Number.isNaN(date) ? "no readable date" : isoTime(date);
  return `${when}, ${reason === noReason ? "no reason" : reason < 0 ? "an unreadable reason" : reasonLabel(reason)}`;
}
