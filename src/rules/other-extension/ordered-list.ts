import type { Entry } from "../../crl/entry-reader.ts";
import { smallInteger } from "../../der/integer.ts";
import type { Span } from "../../der/span.ts";
import { Tag, tagName } from "../../der/tag.ts";
import { peekValue } from "../../extension/peek.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const orderedList = "2.5.29.47";

/** OrderedListSyntax ::= ENUMERATED { ascSerialNum(0), ascRevDate(1) } */
const orders = ["ascSerialNum (0)", "ascRevDate (1)"] as const;

export default defineRule({
  id: "other-extension/ordered-list",
  title: "orderedList does not match the order of the entries",
  looksAt: ["revokedCertificates", extension(orderedList)],
  requirements: [
    { source: "x509", section: "8.6.2 / 9.6", severity: "error", quote: "ascSerialNum(0), ascRevDate(1)" },
  ],
  create(ctx) {
    const { crl, extension } = ctx;
    const value = peekValue(crl.source, extension);
    if (value === undefined) return undefined;
    const number = value.tag === Tag.enumerated ? smallInteger(ctx.bytes, value) : undefined;
    if (number !== 0 && number !== 1) {
      const found = number ?? tagName(value.tag);
      const message = `orderedList is ${found}; it must be ${orders.join(" or ")}`;
      ctx.report({ at: value, path: `${extension.path}.extnValue`, message });
      return undefined;
    }
    const what = (count: number): string =>
      `${count === 1 ? "is" : "are"} not in the order ${orders[number]} that orderedList states`;
    const tally = ctx.tally({ what, related: [{ at: value, path: extension.path, artefact: ctx.artefact }] });
    const isOutOfOrder = number === 0 ? serialChecker(ctx.bytes) : dateChecker();
    return {
      entry(entry) {
        if (isOutOfOrder(entry)) tally.add(entry);
      },
    };
  },
  why: "A client that relies on the order uses binary search. It misses entries that are out of order, and accepts their certificates.",
  fix: "sort the entries as orderedList states, or leave the extension out",
  examples: () => ({
    bad: [
      {
        title: "ascSerialNum with unsorted serials",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: "70", reason: 1 },
              { serial: "0100", reason: 1 },
              { serial: "00ff", reason: 1 },
            ],
            extra: [kit.extension.extension("2.5.29.47", kit.der.enumerated(0))],
          }),
      },
      {
        title: "ascRevDate with a date one second earlier",
        make: (kit) =>
          kit.crl({
            entries: [
              { date: "2026-06-01T12:00:01Z", reason: 1 },
              { date: "2026-06-01T12:00:00Z", reason: 1 },
            ],
            extra: [kit.extension.extension("2.5.29.47", kit.der.enumerated(1))],
          }),
      },
      {
        title: "undefined order",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.47", kit.der.enumerated(2))] }),
      },
    ],
    good: [
      {
        title: "ascSerialNum with sorted serials",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: "70", reason: 1 },
              { serial: "00ff", reason: 1 },
              { serial: "0100", reason: 1 },
            ],
            extra: [kit.extension.extension("2.5.29.47", kit.der.enumerated(0))],
          }),
      },
      {
        title: "ascRevDate with equal dates",
        make: (kit) =>
          kit.crl({
            entries: [
              { date: "2026-06-01T12:00:00Z", reason: 1 },
              { date: "2026-06-01T12:00:00Z", reason: 1 },
            ],
            extra: [kit.extension.extension("2.5.29.47", kit.der.enumerated(1))],
          }),
      },
    ],
  }),
});

/** Returns a function that reports whether an entry's revocationDate is earlier than that of the entry before it. */
function dateChecker(): (entry: Entry) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return ({ date }) => {
    const isEarlier = date < last;
    if (!Number.isNaN(date)) last = date;
    return isEarlier;
  };
}

/** Returns a function that reports whether an entry's userCertificate is smaller than that of the entry before it. */
function serialChecker(bytes: Uint8Array): (entry: Entry) => boolean {
  let last: Span = { start: 0, end: 0 };
  return ({ serialContent: start, serialEnd: end }) => {
    if (start === end) return false;
    const serial = { start, end };
    const isFirst = last.start === last.end;
    const isSmaller = !isFirst && compareIntegers(bytes, serial, last) < 0;
    last = serial;
    return isSmaller;
  };
}

/** Compares two INTEGERs in minimal form by their contents octets (X.690 8.3). */
function compareIntegers(bytes: Uint8Array, a: Span, b: Span): number {
  const isNegative = (bytes[a.start] ?? 0) >= 0x80;
  if (isNegative !== (bytes[b.start] ?? 0) >= 0x80) return isNegative ? -1 : 1;
  const longer = a.end - a.start - (b.end - b.start);
  if (longer !== 0) return isNegative ? -longer : longer;
  for (let i = a.start, j = b.start; i < a.end; i += 1, j += 1) {
    const difference = (bytes[i] ?? 0) - (bytes[j] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
