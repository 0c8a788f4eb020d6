import { reasonLabel } from "../../crl/reason.ts";
import { noReason } from "../../crl/entry-reader.ts";
import { isoTime } from "../../der/time.ts";
import { type BaseContext, defineRule, type EntryTally, type EntryVisitor } from "../../lint/rule.ts";

export default defineRule({
  id: "entry/serial-listed-twice",
  title: "serial is listed more than once",
  needs: ["revokedCertificates"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  why: "An entry is found by its serial. Clients take the first one they meet, or the last, so that two entries which differ in date or reason mean different things to different clients.",
  fix: "list each certificate once",
  examples: {
    bad: [
      {
        title: "the same entry again",
        make: (kit) => kit.crl({ entries: [{ serial: 9, reason: 1 }, { serial: 8 }, { serial: 9, reason: 1 }] }),
      },
      {
        title: "again with another reason",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 9, reason: 1 },
              { serial: 9, reason: 4 },
            ],
          }),
      },
      {
        title: "again with another date",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 9, reason: 1 },
              { serial: 9, reason: 1, date: "2026-06-01T12:00:01Z" },
            ],
          }),
      },
    ],
    good: [
      { title: "two serials", make: (kit) => kit.crl({ entries: [{ serial: 9 }, { serial: 8 }] }) },
      {
        title: "one serial of two CAs in an indirect CRL",
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
  },
  when: ({ entries }) => entries.repeats.count > 0,
  create(ctx) {
    return ctx.entries.repeats.count === 0 ? undefined : compareRepeats(ctx);
  },
});

/**
 * Compares each entry that repeats a serial with the first that has it. Dates and reasons are kept in two columns: a
 * million equal serials cost twelve megabytes and no further search.
 */
function compareRepeats(ctx: BaseContext): EntryVisitor {
  const { entries } = ctx;
  const { pairs } = entries.repeats;
  const dates = new Float64Array(entries.count);
  const reasons = new Int32Array(entries.count);
  let same: EntryTally | undefined;
  let other: EntryTally | undefined;
  // Pairs come in the order of the entry that repeats.
  let next = 0;
  return {
    entry(entry) {
      const { index, date, reason } = entry;
      dates[index] = date;
      reasons[index] = reason;
      if (pairs[next + 1] !== index) return;
      const first = pairs[next] ?? 0;
      next += 2;
      if (Object.is(dates[first], date) && reasons[first] === reason) {
        same ??= ctx.tally({
          ...pairOf(ctx, first),
          what: "with the serial, date and reason of an earlier entry",
          atMost: "warning",
        });
        same.add(entry);
      } else {
        other ??= tallyOther(ctx, first, describe(date, reason), describe(dates[first], reasons[first]));
        other.add(entry);
      }
    },
  };
}

/** Opens the tally of entries that contradict an earlier one, with what the first of them and that one say. */
function tallyOther(ctx: BaseContext, first: number, says: string, was: string): EntryTally {
  return ctx.tally({
    ...pairOf(ctx, first),
    what: "with the serial of an earlier entry, but another date or reason",
    notes: [`the first of them says ${says}, the earlier entry ${was}`],
  });
}

function pairOf({ entries, artefact }: BaseContext, first: number) {
  const { start, end } = entries.at(first);
  return { related: [{ at: { start, end }, path: entries.pathOf(first), artefact }] };
}

function describe(date = Number.NaN, reason = noReason): string {
  const when = Number.isNaN(date) ? "no readable date" : isoTime(date);
  return `${when}, ${reason === noReason ? "no reason" : reason < 0 ? "an unreadable reason" : reasonLabel(reason)}`;
}
