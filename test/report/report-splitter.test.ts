import * as fc from "fast-check";
import { expect, test } from "vitest";
import { render } from "../../src/report/index.ts";
import { readHead, readRun } from "../../src/report/read-run.ts";
import { ReportSplitter } from "../../src/report/report-splitter.ts";
import { mixed } from "./mixed.ts";

/** Splits a text that arrives in chunks. */
function split(chunks: readonly string[]): { readonly runs: readonly string[]; readonly rest: string } {
  const splitter = new ReportSplitter();
  const runs = chunks.flatMap((chunk) => Array.from(splitter.split(chunk)));
  return { runs, rest: splitter.rest };
}

/** A text cut at some positions. */
function cut(text: string, positions: readonly number[]): readonly string[] {
  const sorted = [0, ...positions.map((position) => position % text.length).sort((a, b) => a - b), text.length];
  return sorted.slice(1).map((end, i) => text.slice(sorted[i], end));
}

const positions = fc.array(fc.nat(), { maxLength: 50 });

test("returns complete runs, for any layout and any chunks", () => {
  const before = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 });
  const runs = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }), { maxLength: 4 });
  const layout = fc.constantFrom("", " ", "  ", "\t");
  fc.assert(
    fc.property(before, runs, before, layout, positions, (head, list, foot, space, at) => {
      const report = { ...head, runs: list, ...foot };
      fc.pre(Array.isArray(report.runs) && report.runs === list);
      const parts = split(cut(JSON.stringify(report, undefined, space), at));
      expect(parts.runs.map((text): unknown => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(list)));
      expect(JSON.parse(parts.rest)).toEqual(JSON.parse(JSON.stringify({ ...report, runs: [] })));
    }),
  );
});

test.each([
  ['{"runs": [1, "{}"]}', [1, "{}"]],
  ['{"runs": [[{}], {}]}', []],
  ['{"other": {"runs": [{}]}, "runs": []}', []],
  [String.raw`{"\"runs": [{}], "runs": []}`, []],
])("keeps items of runs that are not objects, and runs inside other fields: %s", (text, left) => {
  const { rest } = split([text]);
  expect((JSON.parse(rest) as { runs: unknown }).runs).toEqual(left);
});

test.each(['{"runs": [{}', '{"runs": [{"a": "', '{"runs": [', '{"runs": [{}]', "", "]]]]", '"', "runs"])(
  "leaves truncated text invalid: %j",
  (text) => {
    expect(() => JSON.parse(split([text]).rest) as unknown).toThrow(SyntaxError);
  },
);

test("takes time proportional to the length, for a string of many escapes and for many pieces", () => {
  const long = String.raw`\"`.repeat(2 ** 22);
  const text = `{"long": "${long}", "runs": [{"a": "${long}"}]}`;
  const chunks = Array.from({ length: Math.ceil(text.length / 4096) }, (_, i) => text.slice(i * 4096, (i + 1) * 4096));
  for (const { runs, rest } of [split([text]), split(chunks)]) {
    expect(runs).toEqual([`{"a": "${long}"}`]);
    expect(rest).toBe(`{"long": "${long}", "runs": []}`);
  }
});

test("a report that is split, read and rendered again is unchanged", async () => {
  const written = await render({ ...mixed(), shard: { index: 2, of: 3 } }, "json");
  const { runs, rest } = split(cut(written, [5000, 10_000, 15_000]));
  const head = readHead(JSON.parse(rest));
  expect(head).toMatchObject({ shard: { index: 2, of: 3 }, summary: { runs: runs.length } });
  const read = runs.map((text) => readRun(JSON.parse(text), head?.kinds ?? []));
  expect(read.every((run) => run !== undefined)).toBe(true);
  const again = await render(
    { ...mixed(), shard: { index: 2, of: 3 }, runs: read.flatMap((run) => run ?? []) },
    "json",
  );
  expect(again).toBe(written);
});

test("readRun escapes control characters, and rejects invalid values", async () => {
  const { runs, rest } = split([await render(mixed(), "json")]);
  const run = JSON.parse(runs[0] ?? "") as Record<string, unknown>;
  const kinds = readHead(JSON.parse(rest))?.kinds ?? [];
  expect(readRun({ ...run, crl: "a\u001b[31mb\n" }, kinds)?.crl).toBe(String.raw`a\u{1b}[31mb\u{a}`);
  expect(readRun({ ...run, entries: -1 }, kinds)).toBeUndefined();
  expect(readRun({ ...run, judged: "yes" }, kinds)).toBeUndefined();
  expect(readRun({ ...run, findings: [{}] }, kinds)).toBeUndefined();
  expect(readRun({ ...run, kind: kinds.length }, kinds)).toBeUndefined();
  expect(readRun([], kinds)).toBeUndefined();
});
