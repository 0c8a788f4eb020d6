import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import {
  type BaseContext,
  defineRule,
  type EntryTally,
  lintCrl,
  passes,
  type RelatedPlace,
  reportOf,
  type RuleHead,
  rules,
  type TallyOptions,
} from "../../src/index.ts";
import { render } from "../../src/report/index.ts";

const own = defineRule({
  id: "example-trust/any",
  title: "there is a CRL",
  looksAt: ["issuer"],
  requirements: [
    {
      source: "hygiene",
      ownDocument: { name: "Example Trust CP 1.4", url: "https://example.com/cp" },
      section: "4.9.7",
      severity: "warning",
    },
  ],
  why: "A test.",
  fix: "make none",
  examples: () => ({ bad: [], good: [] }),
  create: (ctx) => ctx.report({ at: ctx.issuer, path: "tbsCertList.issuer" }),
});

/** Functions of a rule outside its object, which name the types of its context. */
const parts = {
  isBuiltIn: ({ id }: RuleHead): boolean => rules.some((rule) => rule.id === id),
  issuerOf: ({ crl: { issuer }, artefact }: BaseContext): RelatedPlace => ({
    at: issuer ?? { start: 0, end: 0 },
    path: "tbsCertList.issuer",
    artefact,
  }),
  open: (ctx: BaseContext, options: TallyOptions): EntryTally => ctx.tally(options),
};

const inParts = defineRule({
  ...own,
  id: "example-trust/in-parts",
  create(ctx) {
    const tally = parts.open(ctx, { what: "in the CRL", related: [parts.issuerOf(ctx)] });
    return { entry: (entry) => tally.add(entry) };
  },
});

const { crl } = kit.crl();
const run = lintCrl({ crl, issuer: kit.ca.certificate, rules: [...rules, own], name: "ca.crl" });

describe("a user's own rule", () => {
  test("cites its own document, and runs with the built-in rules", () => {
    expect(run.findings).toMatchObject([
      {
        rule: "example-trust/any",
        cites: [{ document: "Example Trust CP 1.4", section: "4.9.7", url: "https://example.com/cp" }],
      },
    ]);
    expect(run.rules.filter(({ status }) => status === "passed").length).toBeGreaterThan(100);
    expect([passes(run), passes(run, "warning")]).toEqual([true, false]);
  });

  test("can have functions that name the types of its context", () => {
    const found = lintCrl({ crl, rules: [inParts] }).findings.filter(({ rule }) => rule === inParts.id);
    expect(found).toMatchObject([
      { count: 3, message: "3 entries in the CRL", related: [{ path: "tbsCertList.issuer" }] },
    ]);
    expect([own, ...rules.slice(0, 1)].map(parts.isBuiltIn)).toEqual([false, true]);
  });

  test("has no reference to the built-in documentation", async () => {
    const human = await render(reportOf([run]), "human");
    expect(human).toContain("   = Example Trust CP 1.4 s.4.9.7\n");
    expect(human).not.toContain("crllint explain");
    const sarif = await render(reportOf([run]), "sarif", { rules: [own] });
    expect(sarif).toContain("Example Trust CP 1.4 section 4.9.7");
    expect(sarif).not.toContain("crllint explain");
  });

  test("runs if it was added to the list after a call, and no longer if it was removed", () => {
    const list = [...rules];
    const found = () => lintCrl({ crl, issuer: kit.ca.certificate, rules: list }).findings.map(({ rule }) => rule);
    expect(found()).toEqual([]);
    list.push(own);
    expect(found()).toEqual([own.id]);
    list[list.length - 1] = { ...own, id: "example-trust/other" };
    expect(found()).toEqual(["example-trust/other"]);
    list.pop();
    expect(found()).toEqual([]);
  });

  test("can be selected, ignored and given a severity", () => {
    const found = (options: Partial<Parameters<typeof lintCrl>[0]>) =>
      lintCrl({ crl, rules: [own], ...options }).findings.filter(({ rule }) => rule === own.id);
    expect(found({ select: ["example-trust"] })).toHaveLength(1);
    expect(found({ ignore: ["example-trust/any"] })).toEqual([]);
    expect(found({ severity: { "example-trust": "error" } })).toMatchObject([{ severity: "error" }]);
  });

  test.each([
    [
      "a wrong issuer",
      { crl: kit.crl({ issuer: kit.ca.subject.reversed() }).crl },
      "issuer/not-byte-identical",
      "fail",
    ],
    ["a forged signature", { crl: kit.crl({ signingKey: "rsa2048c" }).crl }, "signature/invalid", "fail"],
    ["a truncated CRL", { crl: crl.subarray(0, 300) }, "input/truncated", "fail"],
    ["no CRL", { crl: kit.ca.certificate }, "input/not-a-crl", "undecided"],
    ["no issuer", { crl, issuer: [] }, "crllint/no-issuer", "undecided"],
  ])("does not replace the core checks: %s", (_, input, rule, verdict) => {
    const alone = lintCrl({ issuer: kit.ca.certificate, rules: [own], ...input });
    expect(alone.findings.map((finding) => finding.rule)).toContain(rule);
    expect([alone.verdict, passes(alone)]).toEqual([verdict, false]);
  });

  test.each([
    ["expectRevoked", { expectRevoked: [kit.certificate({ serial: 0x77 })] }, "certs/revoked-not-listed"],
    ["validFor", { now: new Date("2026-11-02T00:00:00Z"), validFor: "400d" }, "time/not-valid-for"],
    ["tbsWas", { tbsWas: kit.crl({ nextUpdate: "2026-11-06T23:59:59Z" }).crl }, "input/tbs-was-differs"],
  ])("does not replace the rules on what the call expects: %s", (_, input, rule) => {
    const all = [own];
    const call = { crl, issuer: kit.ca.certificate, rules: all };
    expect(lintCrl(call).rules.map((outcome) => outcome.rule)).not.toContain(rule);
    const expecting = lintCrl({ ...call, ...input });
    expect(expecting.findings.map((finding) => finding.rule)).toEqual([own.id, rule]);
    expect(expecting.verdict).toBe("fail");
    expect(lintCrl(call).rules.map((outcome) => outcome.rule)).not.toContain(rule);
  });

  test("that throws is reported as crashed, does not stop other rules, and prevents a pass", () => {
    const broken = defineRule({
      ...own,
      id: "example-trust/broken",
      create() {
        throw new Error("no such thing");
      },
    });
    const crashed = lintCrl({ crl, issuer: kit.ca.certificate, rules: [broken, own] });
    expect(crashed.rules.slice(0, 2).map(({ rule, status }) => `${rule} ${status}`)).toEqual([
      "example-trust/broken crashed",
      "example-trust/any failed",
    ]);
    expect(passes(crashed, "never")).toBe(false);
  });
});
