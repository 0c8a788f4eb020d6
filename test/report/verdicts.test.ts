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
      runs: { invocations: { executionSuccessful: boolean }[]; results: { level: string }[] }[];
    };
    return runs.every(
      ({ invocations, results }) =>
        invocations.every(({ executionSuccessful }) => executionSuccessful) &&
        results.every(({ level }) => level !== "error"),
    );
  },
  // An issue of severity info names a core check that was left out.
  gitlab: (text) => (JSON.parse(text) as { severity: string }[]).every(({ severity }) => severity === "info"),
  github: (text) => !text.includes("::error"),
  json: (text) => (JSON.parse(text) as { summary: { verdict: string } }).summary.verdict === "pass",
};

test.each(Object.entries(readers))(
  "readers of %s treat undecided as a failure, like fail",
  async (format, isSuccess) => {
    const read = async (verdict: RunVerdict) =>
      isSuccess(await render(reports[verdict](), format as Format, { rules: [] }));
    expect([await read("pass"), await read("fail"), await read("undecided")]).toEqual([true, false, false]);
  },
);
