import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entries, EntryExtensionFacts, ReasonFacts } from "../../src/crl/entries.ts";
import type { Entry } from "../../src/crl/entry-reader.ts";
import { readCrl } from "../../src/crl/read.ts";
import { findRepeats, type Repeats } from "../../src/crl/repeats.ts";
import { hashSerials } from "../../src/crl/serials.ts";
import { hex } from "../../src/der/span.ts";
import { kit } from "../../src/fixture/index.ts";

const { der, extension, oids } = kit;
const from = Date.UTC(1970, 0, 1) / 1000;
const to = Date.UTC(2060, 0, 1) / 1000;
const generalizedFrom = Date.UTC(2050, 0, 1) / 1000;

/** Contents of one entry, in a form that a test can count on its own. */
interface Plan {
  /** Contents octets of the serial, in hexadecimal. */
  readonly serial: string;
  readonly date: number;
  /** A GeneralizedTime regardless of the year. */
  readonly generalized: boolean;
  /** Extensions in order, with their OID and criticality. */
  readonly extensions: readonly PlannedExtension[];
  /** Empty crlEntryExtensions. */
  readonly emptyList: boolean;
}

type PlannedExtension =
  | { readonly kind: "reason"; readonly value: number; readonly critical: boolean }
  | { readonly kind: "integer-reason"; readonly critical: boolean }
  | { readonly kind: "invalidity"; readonly date: number; readonly utc: boolean; readonly critical: boolean }
  | { readonly kind: "issuer"; readonly name: string; readonly critical: boolean }
  | { readonly kind: "private"; readonly arc: number; readonly critical: boolean };

const serials = fc.oneof(
  fc.constantFrom("00", "01", "7f", "80", "ff", "0080", "ff7f"),
  fc.integer({ min: 1, max: 0x7f }).map((n) => n.toString(16).padStart(2, "0")),
  fc.uint8Array({ minLength: 19, maxLength: 21 }).map((bytes) => `40${hex(bytes)}`),
  // Lengths in the long form.
  fc.integer({ min: 125, max: 140 }).map((length) => "11".repeat(length)),
);

const dates = fc.integer({ min: from, max: to });

const planned: fc.Arbitrary<PlannedExtension> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("reason" as const),
      value: fc.integer({ min: 0, max: 12 }),
      critical: fc.constant(false),
    }),
  },
  fc.record({
    kind: fc.constant("reason" as const),
    value: fc.constantFrom(127, 128, 300, 70_000),
    critical: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("integer-reason" as const), critical: fc.constant(false) }),
  fc.record({ kind: fc.constant("invalidity" as const), date: dates, utc: fc.boolean(), critical: fc.boolean() }),
  fc.record({
    kind: fc.constant("issuer" as const),
    name: fc.constantFrom("CN=A", "CN=B"),
    critical: fc.constant(true),
  }),
  fc.record({ kind: fc.constant("private" as const), arc: fc.integer({ min: 1, max: 3 }), critical: fc.boolean() }),
);

const plans = fc.record({
  serial: serials,
  date: dates,
  generalized: fc.boolean(),
  extensions: fc.array(planned, { maxLength: 4 }),
  emptyList: fc.boolean(),
});

const oidOf = {
  reason: () => oids.reasonCode,
  "integer-reason": () => oids.reasonCode,
  invalidity: () => oids.invalidityDate,
  issuer: () => oids.certificateIssuer,
  private: (item: PlannedExtension) => `1.3.6.1.4.1.99999.${item.kind === "private" ? item.arc : 0}`,
} as const;

function valueOf(item: PlannedExtension): Uint8Array {
  switch (item.kind) {
    case "reason":
      return der.enumerated(item.value);
    case "integer-reason":
      return der.int(1);
    case "invalidity": {
      const date = new Date(item.date * 1000);
      return item.utc ? der.utcTime(date) : der.generalizedTime(date);
    }
    case "issuer":
      return der.seq(der.explicit(4, kit.name(item.name).der()));
    default:
      return der.nul();
  }
}

function build(list: readonly Plan[]): Entries {
  const entries = list.map(({ serial, date, generalized, extensions, emptyList }) => {
    const revoked = new Date(date * 1000);
    const items = extensions.map((item) => extension.extension(oidOf[item.kind](item), valueOf(item), item.critical));
    return {
      serial,
      date: generalized ? der.generalizedTime(revoked) : der.time(revoked),
      extensions: items.length === 0 && emptyList ? der.seq() : items,
    };
  });
  // The CRL is not signed: these tests only read its entries.
  return readCrl(kit.crl({ entries, form: "tbs" }).crl, "tbs").entries;
}

/** Returns the time that an invalidityDate encodes. A UTCTime has no century. */
function invalidityOf(item: PlannedExtension): number | undefined {
  if (item.kind !== "invalidity") return undefined;
  if (!item.utc) return item.date;
  const date = new Date(item.date * 1000);
  return date.getUTCFullYear() < 2050 ? item.date : date.setUTCFullYear(date.getUTCFullYear() - 100) / 1000;
}

function reasonOf(extensions: readonly PlannedExtension[]): number {
  const first = extensions.find(({ kind }) => kind === "reason" || kind === "integer-reason");
  if (first === undefined) return -1;
  return first.kind === "reason" ? first.value : -2;
}

function firstInvalidity(items: readonly PlannedExtension[]): PlannedExtension | undefined {
  return items.find(({ kind }) => kind === "invalidity");
}

/** Computes all facts in a simple way. */
function recount(list: readonly Plan[]) {
  const reasons = new Map<number, ReasonFacts>();
  const extensions = new Map<string, EntryExtensionFacts>();
  for (const plan of list) {
    const reason = reasonOf(plan.extensions);
    const previous = reasons.get(reason) ?? { count: 0, latest: Number.NEGATIVE_INFINITY };
    reasons.set(reason, { count: previous.count + 1, latest: Math.max(previous.latest, plan.date) });
    for (const item of plan.extensions) {
      const oid = oidOf[item.kind](item);
      const facts = extensions.get(oid) ?? { count: 0, critical: 0 };
      extensions.set(oid, { count: facts.count + 1, critical: facts.critical + (item.critical ? 1 : 0) });
    }
  }
  const invalidities = list.flatMap(({ date, extensions: items }) => {
    const first = items.map(invalidityOf).find((one) => one !== undefined);
    return first === undefined ? [] : [{ date, invalidity: first }];
  });
  const count = (is: (plan: Plan) => boolean): number => list.filter(is).length;
  return {
    count: list.length,
    broken: false,
    earliest: Math.min(...list.map(({ date }) => date)),
    latest: Math.max(...list.map(({ date }) => date)),
    longestSerial: Math.max(0, ...list.map(({ serial }) => serial.length / 2)),
    serialsNotPositive: count(({ serial }) => serial === "00" || Number.parseInt(serial.slice(0, 2), 16) >= 0x80),
    wrongTimeTypes: count(({ date, generalized }) => generalized && date < generalizedFrom),
    withExtensions: count((plan) => plan.extensions.length > 0 || plan.emptyList),
    emptyExtensionLists: count((plan) => plan.extensions.length === 0 && plan.emptyList),
    repeatedExtensions: count(
      ({ extensions: items }) => new Set(items.map((item) => oidOf[item.kind](item))).size < items.length,
    ),
    reasonsNotEnumerated: count(
      ({ extensions: items }) =>
        items.find(({ kind }) => kind === "reason" || kind === "integer-reason")?.kind === "integer-reason",
    ),
    latestInvalidityDate: Math.max(...invalidities.map(({ invalidity }) => invalidity)),
    invalidityDatesDiffering: invalidities.filter(({ date, invalidity }) => date !== invalidity).length,
    invalidityDatesAfterRevocation: invalidities.filter(({ date, invalidity }) => date < invalidity).length,
    invalidityDatesUtcTime: count(({ extensions: items }) => {
      const first = firstInvalidity(items);
      return first?.kind === "invalidity" && first.utc;
    }),
    reasons,
    extensions,
  };
}

/** Returns the facts that the reader found, in the shape of `recount`. */
function factsOf(entries: Entries) {
  return {
    count: entries.count,
    broken: entries.broken,
    earliest: entries.earliest,
    latest: entries.latest,
    longestSerial: entries.longestSerial,
    serialsNotPositive: entries.serialsNotPositive,
    wrongTimeTypes: entries.wrongTimeTypes,
    withExtensions: entries.withExtensions,
    emptyExtensionLists: entries.emptyExtensionLists,
    repeatedExtensions: entries.repeatedExtensions,
    reasonsNotEnumerated: entries.reasonsNotEnumerated,
    latestInvalidityDate: entries.latestInvalidityDate,
    invalidityDatesDiffering: entries.invalidityDatesDiffering,
    invalidityDatesAfterRevocation: entries.invalidityDatesAfterRevocation,
    invalidityDatesUtcTime: entries.invalidityDatesUtcTime,
    reasons: entries.reasons,
    extensions: entries.extensions,
  };
}

describe("facts about the entries", () => {
  test("are the same as counted in a simple way", () => {
    fc.assert(
      fc.property(fc.array(plans, { minLength: 1, maxLength: 20 }), (list) => {
        expect(factsOf(build(list))).toEqual(recount(list));
      }),
      { numRuns: 300 },
    );
  });

  test("are empty if there is no list", () => {
    const { entries } = readCrl(kit.crl({ entries: [] }).crl);
    expect(factsOf(entries)).toEqual({ ...recount([]), latestInvalidityDate: Number.NEGATIVE_INFINITY });
    expect(entries.repeats.count).toBe(0);
  });

  test("common entries of more than one batch are all counted", () => {
    const list = Array.from({ length: 1000 }, (_, i) => ({ serial: i + 1, ...(i % 3 === 0 && { reason: 4 }) }));
    const { entries } = readCrl(kit.crl({ entries: list, form: "tbs" }).crl, "tbs");
    expect(entries.count).toBe(1000);
    expect(entries.reasons.get(4)?.count).toBe(334);
    expect(entries.reasons.get(-1)?.count).toBe(666);
    expect(entries.extensions.get(oids.reasonCode)).toEqual({ count: 334, critical: 0 });
  });
});

/** Copies the values of a window, which a visit reuses for each entry. */
function copyOf(entry: Entry, bytes: Uint8Array) {
  const { index, start, end, date, dateStart, dateEnd, generalized, reason, invalidityDate, hasExtensions } = entry;
  const serial = hex(bytes.subarray(entry.serialContent, entry.serialEnd));
  const listed = entry.extensions().map(({ oid, critical }) => ({ oid, critical }));
  return {
    index,
    start,
    end,
    serial,
    date,
    dateStart,
    dateEnd,
    generalized,
    reason,
    invalidityDate,
    hasExtensions,
    listed,
  };
}

describe("windows on the entries", () => {
  test("show the planned values, in a visit and for a single entry", () => {
    fc.assert(
      fc.property(fc.array(plans, { minLength: 1, maxLength: 12 }), (list) => {
        const items = list.map(({ serial, date, extensions }) => ({
          serial,
          date: new Date(date * 1000),
          extensions: extensions.map((item) =>
            extension.extension(oidOf[item.kind](item), valueOf(item), item.critical),
          ),
        }));
        const { crl } = kit.crl({ entries: items, form: "tbs" });
        const { entries } = readCrl(crl, "tbs");
        const visited: ReturnType<typeof copyOf>[] = [];
        entries.visit((entry) => visited.push(copyOf(entry, crl)));
        expect(visited.map(({ serial, date, reason, index }) => ({ serial, date, reason, index }))).toEqual(
          list.map(({ serial, date, extensions }, index) => ({ serial, date, reason: reasonOf(extensions), index })),
        );
        expect(visited.map(({ listed }) => listed)).toEqual(
          list.map(({ extensions }) =>
            extensions.map((item) => ({ oid: oidOf[item.kind](item), critical: item.critical })),
          ),
        );
        visited.forEach((window, index) => {
          expect(copyOf(entries.at(index), crl)).toEqual(window);
          expect(entries.startOf(index)).toBe(window.start);
          expect(entries.pathOf(index)).toBe(`tbsCertList.revokedCertificates[${index}]`);
        });
      }),
      { numRuns: 100 },
    );
  });

  test("a malformed length hides the following entries, and is reported", () => {
    const { crl } = kit.crl({ entries: [{ serial: 1 }, { raw: Uint8Array.of(0x30, 0x7f, 0x02) }], form: "tbs" });
    const { entries } = readCrl(crl, "tbs");
    expect(entries.count).toBe(1);
    expect(entries.broken).toBe(true);
  });
});

/** Finds pairs of first and repeating index with a Map. */
function naivePairs(keys: readonly string[]): readonly number[] {
  const firsts = new Map<string, number>();
  return keys.flatMap((key, index) => {
    const first = firsts.get(key);
    if (first !== undefined) return [first, index];
    firsts.set(key, index);
    return [];
  });
}

/** Returns the pairs of first and repeating index that crllint found. */
function pairsOf({ count, firsts }: Repeats): readonly number[] {
  const pairs = [...firsts].flatMap((first, index) => (first === 0 ? [] : [first - 1, index]));
  expect(pairs.length).toBe(2 * count);
  return pairs;
}

describe("repeated serials", () => {
  test("are those that a Map finds, in CRLs with and without certificate issuers", () => {
    const entry = fc.record({
      serial: fc.constantFrom("01", "02", "03", "0080", "80", "4001", "11".repeat(130)),
      issuer: fc.option(fc.constantFrom("CN=A", "CN=B"), { nil: undefined, freq: 3 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.boolean(), fc.boolean(), (some, isLong, isSorted) => {
        // Few entries are compared pairwise, many with a table, sorted ones with adjacent entries.
        const all = isLong ? [...some, ...some, ...some] : some;
        const bySerial = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
        const list = isSorted ? all.toSorted((a, b) => bySerial(a.serial, b.serial)) : all;
        const items = list.map(({ serial, issuer }) => ({
          serial,
          extensions: issuer === undefined ? [] : [extension.certificateIssuer(kit.name(issuer))],
        }));
        const { entries } = readCrl(kit.crl({ entries: items, form: "tbs" }).crl, "tbs");
        // RFC 5280 5.3.3: a certificate issuer applies until another entry names one.
        let inEffect = "";
        const keys = list.map(({ serial, issuer }) => {
          inEffect = issuer ?? inEffect;
          return `${inEffect} ${serial}`;
        });
        const expected = naivePairs(keys);
        expect(pairsOf(entries.repeats)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test("are those that a Map finds, among serials of any bytes, many of them equal", () => {
    const serial = fc.oneof(
      fc.uint8Array({ maxLength: 3 }),
      fc.constantFrom(Uint8Array.of(7), Uint8Array.of(0, 7), new Uint8Array(20).fill(0xaa)),
    );
    fc.assert(
      fc.property(fc.array(serial, { maxLength: 400 }), (list) => {
        const bytes = der.join(list);
        const lengths = Int32Array.from(list, ({ length }) => length);
        let at = 0;
        const offsets = lengths.map((length) => (at += length) - length);
        const repeats = findRepeats({ bytes, offsets, lengths, issuers: undefined });
        expect(pairsOf(repeats)).toEqual(naivePairs(list.map((one) => hex(one))));
      }),
    );
  });

  test("200,000 equal serials all refer to the first entry", () => {
    const count = 200_000;
    const { count: repeated, firsts } = findRepeats({
      bytes: new Uint8Array(16).fill(5),
      offsets: new Int32Array(count),
      lengths: new Int32Array(count).fill(16),
      issuers: undefined,
    });
    expect(repeated).toBe(count - 1);
    const areRight = firsts.every((first, index) => first === (index === 0 ? 0 : 1));
    expect(areRight).toBe(true);
  });

  test("one serial under many issuers has different hashes", () => {
    const entries = Array.from({ length: 500 }, (_, i) => ({
      serial: 1001,
      extensions: [kit.extension.certificateIssuer(kit.name(`CN=${i}`))],
    }));
    const crl = readCrl(kit.crl({ entries, form: "tbs" }).crl, "tbs");
    expect(new Set(hashSerials(crl.entries.serials)).size).toBeGreaterThan(490);
    expect(crl.entries.repeats.count).toBe(0);
  });
});

test("a window shows the same values in any order as a visit", () => {
  const entry = fc.constantFrom({ reason: 1 }, {}, { date: "2060-01-01T00:00:00Z" }, { reason: 0x90 });
  const indexes = fc.array(fc.record({ from: fc.nat(399), length: fc.nat(40) }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 400 }), indexes, (list, runs) => {
      const { entries } = readCrl(kit.crl({ entries: list, form: "tbs" }).crl, "tbs");
      const seen: object[] = [];
      entries.visit((each) => seen.push(fieldsOf(each)));
      const read = entries.openWindow();
      for (const { from, length } of runs) {
        for (let i = from; i < Math.min(from + length, list.length); i += 1) expect(fieldsOf(read(i))).toEqual(seen[i]);
      }
    }),
    { numRuns: 100 },
  );
});

test("datesOf returns the same dates as single entries", () => {
  const other = { serial: 2, date: "2060-01-01T00:00:00Z" };
  const entry = fc.constantFrom({ reason: 1 }, {}, other, { date: "2026-01-02T03:04:05Z" }, { reason: 0x90 });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 300 }), (list, step) => {
      const { entries } = readCrl(kit.crl({ entries: list, form: "tbs" }).crl, "tbs");
      const indexes = Int32Array.from(list.filter((_, i) => i % step === 0).keys(), (i) => i * step);
      expect([...entries.datesOf(indexes)]).toEqual([...indexes].map((index) => entries.at(index).date));
    }),
    { numRuns: 100 },
  );
});

function fieldsOf({ index, start, end, serialContent, serialEnd, date, generalized, reason, hasExtensions }: Entry) {
  return { index, start, end, serialContent, serialEnd, date, generalized, reason, hasExtensions };
}
