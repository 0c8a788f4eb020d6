import { DOMParser } from "@xmldom/xmldom";
import { Parser } from "tap-parser";
import { describe, expect, test } from "vitest";
import { type Format, formats, render } from "../../src/report/index.ts";
import type { Report, RunVerdict } from "../../src/rule/report.ts";
import { clean, crlWith, reportOn, reversed } from "./cases.ts";

/** One CRL for each verdict: valid, with another issuer, and without the certificate of its CA. */
const reports: Readonly<Record<RunVerdict, () => Report>> = {
  pass: clean,
  fail: reversed,
  undecided: () => reportOn(crlWith(), "ov-1.crl", { issuer: [] }),
};
const verdicts = Object.keys(reports) as readonly RunVerdict[];

describe.each(formats)("%s", (format) => {
  test.each(verdicts)("shows the verdict %s", async (verdict) => {
    const text = await render(reports[verdict](), format, { rules: [] });
    // A Code Quality report is a list of findings, so it cannot show the verdict for a CRL without any.
    if (format !== "gitlab" || verdict !== "pass") expect(text.toLowerCase()).toContain(verdict);
    await expect(text).toMatchFileSnapshot(`golden/verdict-${verdict}.${format}.txt`);
  });
});

test.each(formats)("%s says that core checks were left out", async (format) => {
  const report = reportOn(crlWith(), "ov-1.crl", { issuer: "none" });
  expect(await render(report, format, { rules: [] })).toContain("issuer not compared (--no-issuer)");
});

/** Functions that return whether software treats a report as a success. */
const readers: Partial<Readonly<Record<Format, (text: string) => boolean>>> = {
  junit(text) {
    const suites = new DOMParser().parseFromString(text, "text/xml");
    return suites.getElementsByTagName("failure").length + suites.getElementsByTagName("error").length === 0;
  },
  tap(text) {
    const parser = new Parser();
    parser.end(text);
    return parser.ok;
  },
  sarif(text) {
    const { runs } = JSON.parse(text) as {
      runs: { invocations: { executionSuccessful: boolean; exitCode: number }[]; results: { level: string }[] }[];
    };
    return runs.every(
      ({ invocations, results }) =>
        invocations.every(({ executionSuccessful, exitCode }) => executionSuccessful && exitCode === 0) &&
        results.every(({ level }) => level !== "error"),
    );
  },
  // An issue of severity info names a core check that was left out.
  gitlab: (text) => (JSON.parse(text) as { severity: string }[]).every(({ severity }) => severity === "info"),
  github: (text) => !text.includes("::error"),
  json: (text) => (JSON.parse(text) as { summary: { verdict: string } }).summary.verdict === "pass",
  compact: (text) => /^verdict pass$/mu.test(text),
  human: (text) => !/^(?:\S+: )?(?:fail|undecided)\b/mu.test(text),
  markdown: (text) => text.startsWith("## crllint: pass"),
  html: (text) => text.includes('<h2 class="verdict good">PASS</h2>'),
};

test.each(Object.entries(readers))(
  "readers of %s treat undecided as a failure, like fail",
  async (format, isSuccess) => {
    const read = async (verdict: RunVerdict) =>
      isSuccess(await render(reports[verdict](), format as Format, { rules: [] }));
    expect([await read("pass"), await read("fail"), await read("undecided")]).toEqual([true, false, false]);
  },
);

describe("a verdict of the call that is worse than that of each CRL", () => {
  const warned = () =>
    reportOn(crlWith({ crlNumber: null }), "ov-1.crl", {
      select: ["issuer", "signature", "crl-number"],
      severity: { "crl-number": "warning" },
    });
  const empty = (): Report => ({ ...clean(), shard: { index: 2, of: 3 }, runs: [] });
  const tooMany = "more warnings than --max-warnings 0 allows: 1";

  test.each(formats)("%s states why: more warnings than --max-warnings", async (format) => {
    const report = warned();
    expect(report.runs.map(({ verdict, findings }) => [verdict, findings.map(({ rule }) => rule)])).toEqual([
      ["pass", ["crl-number/missing"]],
    ]);
    expect(await render(report, format, { maxWarnings: 0 })).toContain(tooMany);
    expect(await render(report, format, { maxWarnings: 1 })).not.toContain("--max-warnings");
  });

  test.each(formats)("%s states why: nothing was linted", async (format) => {
    expect(await render(empty(), format)).toContain("nothing was linted: no CRL is in part 2 of 3");
  });

  test.each(Object.entries(readers))("readers of %s treat it as a failure", async (format, isSuccess) => {
    const read = async (report: Report, maxWarnings?: number) =>
      isSuccess(await render(report, format as Format, { maxWarnings }));
    // An issue of GitLab with a warning is one that its readers see.
    const isShown = format === "gitlab";
    expect([await read(warned(), 1), await read(warned(), 0), await read(empty())]).toEqual([!isShown, false, false]);
  });

  test("of an earlier report, which another severity failed, is a case of the CRL", async () => {
    const report = warned();
    const failed: Report = { ...report, runs: report.runs.map((run) => ({ ...run, verdict: "fail" })) };
    for (const format of ["junit", "tap"] as const) {
      const text = await render(failed, format);
      expect(readers[format]?.(text)).toBe(false);
      expect(text).toContain("the verdict on this input is fail");
    }
  });
});
