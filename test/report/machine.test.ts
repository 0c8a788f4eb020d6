import { assert, jsonValue, property, string } from "fast-check";
import { expect, test } from "vitest";
import { rules as builtIn } from "../../src/index.ts";
import { findDocument } from "../../src/sources/documents.ts";
import { sources } from "../../src/sources/profiles.ts";
import { crlWith, ca, clean, reportOn, reversed, stormOf } from "./cases.ts";
import { render } from "../../src/report/index.ts";
import { serialize } from "../../src/report/serialize.ts";
import { anyCharacter } from "../support/any-character.ts";

/** Text about the core check that is not among the two selected rules. */
const limit = "(core check not selected (--select issuer/not-byte-identical,crl-number/missing))";

test("compact: one line per finding, then the verdicts", async () => {
  await expect(await render(reversed(), "compact")).toMatchFileSnapshot("golden/reversed-compact.txt");
  expect(await render(clean(), "compact")).toBe(`ov-1.crl: verdict pass ${limit}\nverdict pass\n`);
  expect(await render(stormOf(2), "compact")).toMatch(
    /^big\.crl:\d+\+\d+: warning test\/storm: 2,500 entries are there\nbig\.crl: verdict pass\nverdict pass\n$/u,
  );
});

test("compact: shows the number of hidden findings of a rule", async () => {
  const report = reversed();
  const [run] = report.runs;
  if (run === undefined) throw new Error("no run");
  const rules = run.rules.map((rule) => (rule.rule === "issuer/not-byte-identical" ? { ...rule, count: 1001 } : rule));
  expect(await render({ ...report, runs: [{ ...run, rules }] }, "compact")).toMatch(
    /reversed order \(and 1,000 more\)\n/u,
  );
});

test("json: renders a reversed issuer, and a clean CRL", async () => {
  const text = await render(reversed(), "json");
  await expect(text).toMatchFileSnapshot("golden/reversed.json.txt");
  expect(JSON.parse(text)).toMatchObject({
    version: 2,
    runs: [
      { judged: true, issuer: "issuer", findings: [{ names: { difference: "reversed", firstDifferingByte: 3 } }] },
    ],
    summary: { runs: 1, notJudged: 0, errors: 1, warnings: 0, notices: 0 },
  });
  await expect(await render(clean(), "json")).toMatchFileSnapshot("golden/clean.json.txt");
});

test("json: a location in PEM has lines and columns", async () => {
  const text = await render(reportOn(crlWith({ issuer: ca.subject.reversed(), pem: true }), "ov-1.pem"), "json");
  expect(JSON.parse(text)).toMatchObject({
    runs: [
      { findings: [{ location: { offset: 26, length: 91, pem: { line: 2, column: 35, endLine: 4, endColumn: 29 } } }] },
    ],
  });
});

test("json: input that is not a CRL is also reported", async () => {
  const report = reportOn(new TextEncoder().encode("<!DOCTYPE html><p>gone"), "x.crl");
  expect(JSON.parse(await render(report, "json"))).toMatchObject({
    runs: [{ crl: "x.crl", judged: false, findings: [{ rule: "input/not-a-crl" }] }],
    summary: { notJudged: 1, errors: 1 },
  });
});

test("serialized text parses to the original value", () => {
  assert(
    property(jsonValue(), (value) => {
      // JSON has no minus zero; a report has no null.
      const valid = JSON.parse(JSON.stringify(value).replaceAll("null", "0")) as never;
      expect(JSON.parse([...serialize(valid)].join(""))).toEqual(valid);
    }),
  );
});

test("serialized text has the layout of JSON.stringify", async () => {
  const text = await render(reversed(), "json");
  expect(text).toBe(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
});

test("serialized text has no invisible or bidirectional characters", () => {
  assert(
    property(string({ unit: anyCharacter }), (text) => {
      const json = [...serialize({ [text]: text })].join("");
      expect(json).not.toMatch(/[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\n])\p{Cc}/u);
      expect(JSON.parse(json)).toEqual({ [text]: text });
    }),
  );
  expect([...serialize("\u202e\u0085\u{e0041}\ud800")].join("")).toBe(String.raw`"\u202e\u0085\udb40\udc41\ud800"`);
});

test("SARIF: every rule that a public document requires links to it", async () => {
  const report = reversed();
  const [run] = report.runs;
  if (run === undefined) throw new Error("no run");
  const rules = builtIn.map(({ id }) => ({ rule: id, status: "passed", count: 0 }) as const);
  const log = JSON.parse(await render({ ...report, runs: [{ ...run, rules }] }, "sarif", { rules: builtIn })) as {
    readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: readonly Descriptor[] } } }];
  };
  const described = log.runs[0].tool.driver.rules;
  const required = builtIn.filter(({ requirements }) =>
    requirements.some(({ source, document }) => findDocument(document ?? sources[source]).url !== undefined),
  );
  const addresses = new Map(described.map(({ id, helpUri }) => [id, helpUri]));
  expect(required.filter(({ id }) => !/^https?:\/\/\S+$/u.test(addresses.get(id) ?? "")).map(({ id }) => id)).toEqual(
    [],
  );
  expect(addresses.get("issuer/not-byte-identical")).toMatch(/^https:\/\/cabforum\.org\//u);
});

interface Descriptor {
  readonly id: string;
  readonly helpUri?: string;
}
