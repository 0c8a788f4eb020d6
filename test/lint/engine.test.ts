import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { defineRule, lintCrl, rules } from "../../src/index.ts";
import { lintCase } from "../support/lint-case.ts";

const ruleTexts = { why: "-", fix: "fix it", examples: () => ({ bad: [], good: [] }) };

describe("the engine", () => {
  test("a rule that throws is reported as crashed and makes the check incomplete, and all other rules run", () => {
    const broken = defineRule({
      ...ruleTexts,
      id: "test/broken",
      title: "breaks",
      requirements: [{ source: "hygiene", section: "", severity: "notice" }],
      create() {
        throw new Error("no \u001b[31mcolor");
      },
    });
    const run = lintCase(kit.crl({ crlNumber: null }), { rules: [...rules, broken] });
    expect(run.judged).toBe(false);
    expect(run.rules.find(({ rule }) => rule === "test/broken")).toMatchObject({ status: "crashed" });
    expect(run.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["crllint/rule-crashed", "crl-number/missing"]),
    );
    expect(JSON.stringify(run)).not.toContain("\u001b");
  });

  test("a rule that throws at an entry is dropped, and other rules see all entries", () => {
    let visited = 0;
    const requirements = [{ source: "hygiene", section: "", severity: "notice" }] as const;
    const broken = defineRule({
      ...ruleTexts,
      id: "test/broken",
      title: "breaks",
      requirements,
      create: () => ({
        entry() {
          throw new Error("at an entry");
        },
      }),
    });
    const counting = defineRule({
      ...ruleTexts,
      id: "test/counting",
      title: "counts",
      requirements,
      create: () => ({
        entry() {
          visited += 1;
        },
      }),
    });
    const run = lintCase(kit.crl(), { rules: [broken, counting] });
    expect(visited).toBe(3);
    expect(run.rules.slice(0, 2).map(({ status }) => status)).toEqual(["crashed", "passed"]);
  });

  test("a requirement is in force from its first day through its last day", () => {
    const dated = defineRule({
      ...ruleTexts,
      id: "test/dated",
      title: "dated",
      requirements: [{ source: "hygiene", section: "", severity: "notice", from: "2026-10-31", to: "2026-11-01" }],
      create: (ctx) => ctx.report({ at: ctx.crl.whole, path: "" }),
    });
    const status = (thisUpdate: string, allDates = false): string | undefined =>
      lintCase(kit.crl({ thisUpdate }), { rules: [dated], allDates }).rules[0]?.status;
    expect(status("2026-10-30T23:59:59Z")).toBe("not-in-force");
    expect(status("2026-10-31T00:00:00Z")).toBe("failed");
    expect(status("2026-11-01T23:59:59Z")).toBe("failed");
    expect(status("2026-11-02T00:00:00Z")).toBe("not-in-force");
    expect(status("2026-11-02T00:00:00Z", true)).toBe("failed");
  });

  test("a rule that needs a date is skipped with a reason if the date cannot be read", () => {
    const run = lintCase(kit.crl({ thisUpdate: kit.der.raw("02 01 01") }), {
      select: ["issuer/not-byte-identical", "source:tls-br"],
    });
    const skipped = run.rules.filter(({ status }) => status === "skipped");
    expect(skipped.length).toBeGreaterThan(0);
    expect(skipped.some(({ why }) => why?.includes("thisUpdate"))).toBe(true);
  });

  test("a malformed time and a wrong issuer are both reported", () => {
    const run = lintCase(kit.crl({ thisUpdate: kit.der.raw("17 03 32 36 31"), issuer: kit.ca.subject.reversed() }));
    const found = run.findings.map(({ rule }) => rule);
    expect(found).toEqual(expect.arrayContaining(["issuer/not-byte-identical", "time/utc-time-form"]));
  });

  test("rules about entries do not pass if entries follow a malformed length", () => {
    const made = kit.crl({ revokedCertificates: kit.der.raw("30 04 30 10 02 01") });
    const run = lintCase(made, { select: ["entry/*", "der/*"] });
    const listed = run.rules.find(({ rule }) => rule === "entry/serial-listed-twice");
    expect(listed).toMatchObject({
      status: "skipped",
      why: "entries after a malformed length or a limit cannot be read",
    });
  });

  test("severities can be changed, and rules ignored or selected", () => {
    const made = kit.crl({ crlNumber: null });
    expect(lintCase(made, { severity: { "crl-number/*": "warning" } }).findings[0]?.severity).toBe("warning");
    expect(lintCase(made, { severity: { "crl-number/missing": "off" } }).findings).toEqual([]);
    expect(lintCase(made, { ignore: ["crl-number"] }).findings).toEqual([]);
    expect(lintCase(made, { select: ["crl-number/missing"] }).rules.map(({ rule }) => rule)).toEqual([
      "crl-number/missing",
    ]);
  });

  test("needs:INPUT ignores the rules that need an input, so failOnSkipped does not report them", () => {
    const made = kit.crl();
    const without = ["previous", "base", "certs", "expected", "shards", "ccadb", "url", "now"].map(
      (name) => `needs:${name}`,
    );
    const skipped = (ignore: readonly string[]): number =>
      lintCase(made, { failOnSkipped: true, ignore }).findings.filter(({ rule }) => rule === "crllint/rule-skipped")
        .length;
    expect(skipped([])).toBeGreaterThan(0);
    expect(skipped(without)).toBe(0);
    const noCa = lintCase(kit.crl({ issuerCertificate: null }), { failOnSkipped: true, ignore: without });
    expect(noCa.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(["error crllint/no-issuer"]);
  });

  test("invalid options throw a TypeError, malformed bytes do not", () => {
    expect(() => lintCrl({ crl: "text" as unknown as Uint8Array })).toThrow(TypeError);
    expect(() => lintCrl({ crl: new Uint8Array(), profile: "none" as "tls-br" })).toThrow(TypeError);
    expect(() => lintCrl({ crl: new Uint8Array(), issuer: new Uint8Array([1]) })).toThrow(TypeError);
    expect(lintCrl({ crl: new Uint8Array() })).toMatchObject({ judged: false });
  });

  test("input that is not a CRL is reported, and all other rules are skipped", () => {
    const run = lintCrl({ crl: kit.ca.certificate });
    expect(run.judged).toBe(false);
    expect(run.findings.map(({ rule }) => rule)).toEqual(["input/not-a-crl"]);
    expect(run.rules.filter(({ status }) => status === "skipped").length).toBe(run.rules.length - 1);
  });
});

describe("scope", () => {
  const scopeOf = (knobs: Parameters<typeof kit.crl>[0], options = {}): string =>
    lintCase(kit.crl(knobs), options).scope.kind;

  test("comes from the options, otherwise from the IDP, otherwise from the CA certificate", () => {
    expect(scopeOf({}, { scope: "ca" })).toBe("ca");
    expect(scopeOf({ idp: { onlyCa: true } })).toBe("ca");
    expect(scopeOf({ idp: { onlyUser: true }, ca: kit.root })).toBe("subscriber");
    expect(scopeOf({})).toBe("subscriber");
    expect(scopeOf({ ca: kit.root })).toBe("ca");
    expect(scopeOf({ ca: kit.caWith({ pathLen: null }) })).toBe("unknown");
    expect(scopeOf({ ca: kit.caWith({ eku: ["1.3.6.1.5.5.7.3.8"] }) })).toBe("timestamp");
    expect(scopeOf({ issuerCertificate: null })).toBe("unknown");
  });
});
