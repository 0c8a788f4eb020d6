import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { lintCrl, rules } from "../../src/index.ts";
import { exitCode } from "../support/exit-code.ts";
import {
  idsOf,
  isExpired,
  isSuppressible,
  type KnownFinding,
  knownFinding,
  suppress,
  type Suppression,
} from "../../src/lint/suppress.ts";

const run = lintCrl({
  crl: kit.crl({ issuer: kit.ca.subject.reversed() }).crl,
  issuer: kit.ca.certificate,
  name: "bad.crl",
});
const plan = (...suppressions: readonly Suppression[]) => ({
  rules: new Map(rules.map((rule) => [rule.id, rule])),
  suppressions,
  baseline: new Map(),
  baselineOfCa: new Map(),
  baselineReason: "",
});
const known: Suppression = {
  rule: "issuer",
  reason: "known",
  sha256: run.sha256 ?? "",
  caSha256: run.pairing?.sha256 ?? "",
};

describe("a finding of a core check is suppressed only with the digests of its CRL and of its CA certificate", () => {
  const { sha256 = "", caSha256 = "" } = known;

  test.each([
    ["no digest", {}],
    ["the CRL alone", { sha256 }],
    ["the CA certificate alone", { caSha256 }],
    ["the CRL's issuer", { issuerSha256: run.issuerSha256 ?? "" }],
    ["another CRL", { sha256: "0".repeat(64), caSha256 }],
    ["another CA certificate", { sha256, caSha256: "0".repeat(64) }],
  ])("not suppressed with %s", (_, digests) => {
    const suppressions = ["issuer", "issuer/not-byte-identical"].map((rule) => ({ rule, reason: "x", ...digests }));
    const marked = suppress(run, plan(...suppressions));
    expect(exitCode([marked.run], "error")).toBe(1);
  });

  test("a baseline contains both digests", () => {
    const [entry] = run.findings.map((finding) => knownFinding(finding, run, plan().rules));
    expect(entry).toMatchObject({ rule: "issuer/not-byte-identical", sha256, caSha256 });
    const baseline = (known: KnownFinding | undefined) => ({
      ...plan(),
      baseline: new Map([[run.issuerSha256 ?? "", known === undefined ? [] : [known]]]),
    });
    expect(exitCode([suppress(run, baseline(entry)).run], "error")).toBe(0);
    const unbound = entry && { rule: entry.rule, path: entry.path, issuerSha256: entry.issuerSha256 };
    expect(exitCode([suppress(run, baseline(unbound)).run], "error")).toBe(1);
  });
});

describe("suppress", () => {
  test("marks findings in a copy, and leaves outcomes unchanged", () => {
    const before = structuredClone(run);
    const marked = suppress(run, plan(known));
    expect(run).toEqual(before);
    expect(marked.run).toEqual({
      ...run,
      findings: run.findings.map((finding) => ({ ...finding, suppressed: { reason: "known", by: "config" } })),
    });
    expect([...marked.used]).toEqual([known]);
    expect([exitCode([run], "error"), exitCode([marked.run], "notice")]).toEqual([1, 0]);
  });

  test("the first match has the reason; all matches count as used", () => {
    const second = { ...known, rule: "issuer/not-byte-identical", reason: "too late" };
    const marked = suppress(run, plan(known, second));
    expect(marked.run.findings[0]?.suppressed?.reason).toBe("known");
    expect([...marked.used]).toEqual([known, second]);
  });

  test.each([
    [{ crl: (name: string) => name === "other.crl" }],
    [{ sha256: "0".repeat(64) }],
    [{ issuerSha256: "0".repeat(64) }],
    [{ sha256: run.sha256 ?? "", issuerSha256: "0".repeat(64) }],
  ])("a suppression for another CRL is neither used nor idle: %j", (more) => {
    const marked = suppress(run, plan({ ...known, ...more }));
    expect(marked.run.findings).toEqual(run.findings);
    expect([marked.used.size, marked.idle.size]).toEqual([0, 0]);
  });

  test("a suppression is idle if its rule ran without a finding, not if the rule was skipped or not run", () => {
    const idle = { rule: "time", reason: "x" };
    const skipped = { rule: "sequence/number-not-increasing", reason: "x" };
    const elsewhere = { rule: "source:rpki", reason: "x" };
    expect(run.rules.find(({ rule }) => rule === skipped.rule)?.status).toBe("skipped");
    const only = plan(idle, skipped, { ...elsewhere, rule: "transport" });
    expect([...suppress(run, only).idle]).toEqual([idle]);
    expect(suppress({ ...run, judged: false }, only).idle.size).toBe(0);
  });

  test("findings about an incomplete check are not suppressed", () => {
    const cut = lintCrl({ crl: kit.crl().crl.slice(0, 100), name: "cut.crl" });
    const all = plan(
      { rule: "source:rfc5280", reason: "x" },
      { rule: "source:x690", reason: "x" },
      { rule: "input", reason: "x" },
    );
    const left = suppress(cut, all).run.findings.filter(({ suppressed }) => suppressed === undefined);
    expect(left.map(({ rule }) => rule)).toContain("input/truncated");
  });
});

describe("a suppression with an until date", () => {
  const until = { ...known, until: "2026-12-15" };
  const at = (time: string): number => Date.parse(time) / 1000;

  test.each([
    ["2026-12-15T23:59:59Z", false],
    ["2026-12-15T23:59:59.999Z", false],
    ["2026-12-16T00:00:00Z", true],
    ["2026-12-16T00:00:01Z", true],
  ])("expired at %s: %s", (time, expired) => {
    expect(isExpired(until, at(time))).toBe(expired);
  });

  test("does not expire without a time to lint as of, or without a date", () => {
    expect(isExpired(until, undefined)).toBe(false);
    expect(isExpired(known, at("2999-01-01T00:00:00Z"))).toBe(false);
  });
});

test("findings about an incomplete check cannot be suppressed, by rule or by crllint id", () => {
  expect(rules.map(({ id }) => id).filter((id) => !isSuppressible(id, plan().rules))).toEqual([
    "der/indefinite-length",
    "der/length-past-parent",
    "der/reserved-length-octet",
    "input/not-a-crl",
    "input/over-limit",
    "input/truncated",
    "structure/certificate-list",
  ]);
  expect(idsOf("crllint/rule-skipped", rules)).toEqual({ ids: ["crllint/rule-skipped"], refused: [] });
  expect(idsOf("crllint/rule-crashed", rules).refused).toEqual(["crllint/rule-crashed"]);
  expect(idsOf("nothing", rules)).toEqual({ ids: [], refused: [] });
});
