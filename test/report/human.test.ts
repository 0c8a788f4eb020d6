import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/rule/report.ts";
import { render } from "../../src/report/index.ts";
import { displayWidth } from "../../src/report/text.ts";
import { ca, clean, crlWith, reportOn, reversed, stormOf } from "./cases.ts";
import { mixed } from "./mixed.ts";

const golden = (name: string): string => `golden/${name}.txt`;

describe("one reversed issuer", () => {
  test("a wide screen: the names are in a table", async () => {
    await expect(await render(reversed(), "human")).toMatchFileSnapshot(golden("reversed-wide"));
  });

  test("80 columns: the names are stacked, and the prose fits", async () => {
    const text = await render(reversed(), "human", { width: 80 });
    await expect(text).toMatchFileSnapshot(golden("reversed-80"));
    const prose = text.split("\n").filter((line) => line.startsWith("   =") || line.startsWith("     "));
    expect(prose.filter((line) => displayWidth(line) > 80)).toEqual([]);
  });

  test("color adds only escape codes", async () => {
    const text = await render(reversed(), "human", { color: new Chalk({ level: 1 }) });
    await expect(text).toMatchFileSnapshot(golden("reversed-color"));
    // oxlint-disable-next-line no-control-regex -- the pattern matches escape codes
    expect(text.replaceAll(/\u001b\[\d+m/gu, "")).toBe(await render(reversed(), "human"));
    expect(text).toContain("\u001b[31merror[issuer/not-byte-identical]\u001b[39m");
  });

  test("the output is ASCII", async () => {
    expect(await render(reversed(), "human")).toMatch(/^[\n -~]*$/u);
  });

  test("the table is used if it fits exactly", async () => {
    const tableWidth = Math.max(
      ...(await render(reversed(), "human"))
        .split("\n")
        .filter((line) => /^ {3}\| {3}[#\d]/u.test(line))
        .map(displayWidth),
    );
    expect(await render(reversed(), "human", { width: tableWidth })).toContain("in CA  CA subject");
    expect(await render(reversed(), "human", { width: tableWidth - 1 })).not.toContain("in CA  CA subject");
  });
});

test("a clean report shows the CRL, its issuer and the verdict", async () => {
  await expect(await render(clean(), "human")).toMatchFileSnapshot(golden("clean"));
});

test("verbose shows every rule, and the evidence for the scope", async () => {
  const text = await render(clean(), "human", { verbose: true });
  expect(text).toContain("  scope subscriber: the CA certificate has pathLenConstraint 0\n");
  expect(text).toContain("  passed crl-number/missing\n  passed issuer/not-byte-identical\n");
});

test("quiet has no output for a clean run", async () => {
  expect(await render(clean(), "human", { quiet: true })).toBe("");
});

describe("names of other lengths and scripts", () => {
  test("both sides are numbered if one number does not apply to both", async () => {
    const report = reportOn(crlWith({ issuer: ca.subject.without(1) }), "short.crl");
    expect(await render(report, "human", { width: 150 })).toContain(
      [
        `   |   #  CRL issuer                                  in CA    CA subject`,
        `   |   1  C  Printable "AT" @28                       =        1  C  Printable "AT" @150`,
        `   |                                                  missing  2  O  UTF8 "e-commerce monitoring GmbH" @163`,
        `   |   2  CN UTF8 "GLOBALTRUST 2020 SERVER OV 1" @41  #3       3  CN UTF8 "GLOBALTRUST 2020 SERVER OV 1" @200`,
      ].join("\n"),
    );
  });

  test("columns align by display width: wide characters count twice", async () => {
    const issuer = ca.subject.withText(1, "\u682a\u5f0f\u4f1a\u793e");
    const text = await render(reportOn(crlWith({ issuer }), "wide.crl"), "human", { width: 150 });
    const rows = text.split("\n").filter((line) => /^ {3}\| {3}[#\d] /u.test(line));
    const columns = rows.map((row) =>
      displayWidth(row.slice(0, row.search(/(?:CA subject|C  Printable|O  UTF8|CN UTF8)[^@]*(?:@\d+)?$/u))),
    );
    expect(rows).toHaveLength(4);
    expect(new Set(columns).size).toBe(1);
  });

  test("a value that is not text is not quoted, so it differs from text that looks the same", async () => {
    const report = reversed();
    const undecoded = await render(withAttribute(report, { text: "#0c02c328", undecoded: true }), "human");
    const text = await render(withAttribute(report, { text: "#0c02c328" }), "human");
    expect(undecoded).toContain("CN UTF8 #0c02c328 @28");
    expect(text).toContain('CN UTF8 "#0c02c328" @28');
  });
});

/** The report with a different value in the first attribute of the CRL's issuer. */
function withAttribute(report: Report, contents: { text: string; undecoded?: true }): Report {
  const copy = structuredClone(report);
  Object.assign(copy.runs[0]?.findings[0]?.names?.rdns[0]?.crl?.attributes[0] ?? {}, contents);
  return copy;
}

describe("many findings", () => {
  test("shows the first findings and the number of the rest", async () => {
    const text = await render(stormOf(2), "human");
    await expect(text).toMatchFileSnapshot(golden("storm"));
    expect(text).toContain("2,500 entries are there");
    expect(text).toContain("... and 2,498 more");
  });

  test("--max-findings 0 shows all", async () => {
    const text = await render(stormOf(0), "human");
    expect(text.match(/^ {2}--> /gmu)).toHaveLength(2500);
    expect(text).not.toContain("more");
  });
});

test("help is shown once for several findings of one rule", async () => {
  const [run] = reversed().runs;
  if (run === undefined) throw new Error("no run");
  const twice = { ...reversed(), runs: [{ ...run, findings: [...run.findings, ...run.findings] }] };
  const text = await render(twice, "human");
  expect(text.match(/^error\[/gmu)).toHaveLength(2);
  expect(text.match(/= help:/gu)).toHaveLength(1);
});

test("no wrapped line starts with a build server command", async () => {
  const [run] = reversed().runs;
  const [finding] = run?.findings ?? [];
  if (run === undefined || finding === undefined) throw new Error("no finding");
  const note = `${"word ".repeat(14)}::error::owned ${"word ".repeat(14)}::warning file=x::y`;
  const report = { ...reversed(), runs: [{ ...run, findings: [{ ...finding, notes: [note] }] }] };
  for (let width = 20; width < 110; width += 1) {
    expect(await render(report, "human", { width })).not.toMatch(/^\s*::[a-z]/mu);
  }
});

test.each([40, 60, 80])("%d columns: every line fits, except single long words", async (width) => {
  for (const report of [reversed(), clean(), mixed()]) {
    const text = await render(report, "human", { width, verbose: true, statistics: true });
    // A word that does not fit is not broken: an address, a digest, a rule.
    const wide = text
      .split("\n")
      .filter((line) => displayWidth(line) > width && /\S \S/u.test(line.replace(/^[ |=>:-]*/u, "")));
    expect(wide).toEqual([]);
  }
});
