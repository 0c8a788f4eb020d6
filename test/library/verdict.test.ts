import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { CrlLintError, lintCrl, type LintCrlOptions, passes, type Run } from "../../src/index.ts";
import { render } from "../../src/report/index.ts";

const issuer = kit.ca.certificate;
const now = new Date("2026-11-02T00:00:00Z");

function lint(crl: Uint8Array, more: Partial<LintCrlOptions> = {}): Run {
  return lintCrl({ crl, issuer, now, name: "next.crl", ...more });
}

const sound = lint(kit.crl().crl);
const reversed = lint(kit.crl({ issuer: kit.ca.subject.reversed() }).crl);
const warned = lint(kit.crl().crl, { severity: { issuer: "warning" }, select: ["issuer"] });

describe("passes", () => {
  test("a valid CRL passes, a faulty one does not", () => {
    expect([passes(sound), passes(reversed), passes([sound, reversed])]).toEqual([true, false, false]);
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

  test("an empty issuer stops even if the rule on empty issuers is ignored", () => {
    const ignored = lint(kit.crl({ issuer: "" }).crl, { ignore: ["issuer/empty"] });
    expect(ignored.findings.map(({ rule }) => rule)).toEqual(["issuer/not-byte-identical"]);
    expect([ignored.verdict, passes(ignored)]).toEqual(["fail", false]);
  });

  test("an incomplete check never passes", () => {
    const none = lint(new TextEncoder().encode("<html>not found</html>"));
    const noRules = lint(kit.crl().crl, { select: ["aki"], ignore: ["aki"] });
    expect([none, noRules, []].map((runs) => passes(runs, "never"))).toEqual([false, false, false]);
  });

  test("an unknown severity is misuse", () => {
    expect(() => passes(sound, "warn" as "warning")).toThrow(
      new TypeError("failOn is one of notice, warning, error and never, not warn"),
    );
  });
});

describe("CrlLintError", () => {
  test("its message is the human report without colors, its report is complete", async () => {
    const error = new CrlLintError(reversed);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("CrlLintError");
    expect(error.report.runs).toEqual([reversed]);
    expect(`${error.message}\n`).toBe(await render(error.report, "human"));
    expect(error.message).toMatch(/^error\[issuer\/not-byte-identical\]: .* same RDNs, reversed order\n/u);
    expect(error.message).not.toContain("\u{1b}");
    expect(String(error)).toMatch(/^CrlLintError: error\[issuer/u);
  });

  test("of several runs, with a cause", () => {
    const cause = new Error("the signer has stopped");
    const error = new CrlLintError([sound, reversed], { cause });
    expect(error.cause).toBe(cause);
    expect(error.report.runs).toEqual([sound, reversed]);
  });
});
