import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { CrlLintError, lintCrl, type LintCrlOptions, passes, type Run } from "../../src/index.ts";
import { render } from "../../src/report/index.ts";

const issuer = kit.ca.certificate;
const now = new Date("2026-11-02T00:00:00Z");

function lint(crl: Uint8Array, more: Partial<LintCrlOptions> = {}): Run {
  return lintCrl({ crl, issuer, now, name: "next.crl", ...more });
}

const valid = lint(kit.crl().crl);
const reversed = lint(kit.crl({ issuer: kit.ca.subject.reversed() }).crl);
const warned = lint(kit.crl().crl, { severity: { issuer: "warning" }, select: ["issuer"] });

describe("passes", () => {
  test("a valid CRL passes, and one with a reversed issuer does not", () => {
    expect([passes(valid), passes(reversed), passes([valid, reversed])]).toEqual([true, false, false]);
  });

  test("the lowest severity that fails can be set", () => {
    const mild = lint(kit.crl({ issuer: kit.ca.subject.reversed() }).crl, {
      select: ["issuer"],
      severity: { issuer: "warning" },
    });
    expect(mild.findings.map(({ severity }) => severity)).toEqual(["warning"]);
    expect([passes(mild), passes(mild, "warning"), passes(mild, "notice"), passes(reversed, "never")]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(passes(warned, "notice")).toBe(true);
  });

  test("an empty issuer fails even if issuer/empty is ignored", () => {
    const ignored = lint(kit.crl({ issuer: "" }).crl, { ignore: ["issuer/empty"] });
    expect(ignored.findings.map(({ rule }) => rule)).toEqual(["issuer/not-byte-identical"]);
    expect([ignored.verdict, passes(ignored)]).toEqual(["fail", false]);
  });

  test("an incomplete check never passes", () => {
    const none = lint(new TextEncoder().encode("<html>not found</html>"));
    const noRules = lint(kit.crl().crl, { select: ["aki"], ignore: ["aki"] });
    expect([none, noRules, []].map((runs) => passes(runs, "never"))).toEqual([false, false, false]);
  });

  test("an unknown severity throws a TypeError", () => {
    expect(() => passes(valid, "warn" as "warning")).toThrow(
      new TypeError("failOn is one of notice, warning, error and never, not warn"),
    );
  });
});

describe("CrlLintError", () => {
  test("has the human report without colors as its message, and the complete report", async () => {
    const error = new CrlLintError(reversed);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("CrlLintError");
    expect(error.report.runs).toEqual([reversed]);
    expect(`${error.message}\n`).toBe(await render(error.report, "human"));
    expect(error.message).toMatch(/^error\[issuer\/not-byte-identical\]: .* same RDNs, reversed order\n/u);
    expect(error.message).not.toContain("\u{1b}");
    expect(String(error)).toMatch(/^CrlLintError: error\[issuer/u);
  });

  test("accepts several runs and a cause", () => {
    const cause = new Error("the signer has stopped");
    const error = new CrlLintError([valid, reversed], { cause });
    expect(error.cause).toBe(cause);
    expect(error.report.runs).toEqual([valid, reversed]);
  });
});

test("what the options expect is named as left out if it is deselected", () => {
  const selected = lint(kit.crl().crl, { validFor: "400d", select: ["issuer", "signature"] });
  expect([selected.verdict, selected.findings, selected.core]).toEqual([
    "pass",
    [],
    [
      { rule: "issuer/not-byte-identical", status: "made" },
      { rule: "signature/invalid", status: "made" },
      {
        rule: "time/not-valid-for",
        status: "left-out",
        why: "--valid-for not checked (--select issuer,signature)",
      },
    ],
  ]);
});
