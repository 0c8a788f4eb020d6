import { DOMParser } from "@xmldom/xmldom";
import { Parser } from "tap-parser";
import { describe, expect, test } from "vitest";
import { exitCode } from "../support/exit-code.ts";
import type { Finding, Report } from "../../src/rule/report.ts";
import { reportFormats } from "../../src/report/format-names.ts";
import { type Format, formats, render } from "../../src/report/index.ts";
import { ca, clean, crlWith, reportOn, reversed, stormOf } from "./cases.ts";
import { armored, crashed, mixed, notACrl, noticed, suppressed, texts } from "./mixed.ts";
import { readPage } from "../docs/markdown.ts";
import { errorsOfReport, errorsOfSarif } from "./validate.ts";

const machine = ["jsonl", "sarif", "sarif-github", "junit", "github", "gitlab", "markdown", "tap", "html"] as const;

describe.each(machine)("%s", (format) => {
  const options = { rules: texts };

  test("renders all kinds of content", async () => {
    const name = `golden/mixed.${format}.txt`;
    await expect(await render(mixed(), format, options)).toMatchFileSnapshot(name);
  });

  test("renders a report without findings", async () => {
    const name = `golden/clean.${format}.txt`;
    await expect(await render(clean(), format, options)).toMatchFileSnapshot(name);
  });

  test("ends with one line break, and has no tabs, carriage returns or no-break spaces", async () => {
    const text = await render(mixed(), format, options);
    expect(text).toMatch(/[^\n]\n$/u);
    expect(text).not.toMatch(/[\t\r\u00a0]/u);
  });

  test("ignores width, quiet and verbose", async () => {
    const screen = { width: 40, quiet: true, verbose: true };
    expect(await render(mixed(), format, { ...options, ...screen })).toBe(await render(mixed(), format, options));
  });

  test("names skipped rules, and inputs that were not checked", async () => {
    const text = await render(mixed(), format, options);
    expect(text).toContain("page.crl");
    expect(text).toContain("rule test/crash crashed");
    // The formats of GitLab and GitHub contain only findings.
    if (format !== "gitlab" && format !== "github") expect(text).toContain("test/skipped");
  });
});

test("every other format is in the table of golden files", () => {
  expect(formats.filter((format) => !(machine as readonly string[]).includes(format))).toEqual([
    "human",
    "compact",
    "json",
  ]);
});

/** Returns the names in backticks in a text. */
function namesIn(text: string | undefined): readonly string[] {
  return [...(text ?? "").matchAll(/`(?<name>\w[\w-]*)`/gu)].map(({ groups }) => groups?.["name"] ?? "");
}

test("docs/ci.md lists all formats, and docs/configuration.md what each shows of a suppressed finding", () => {
  const list = readPage("docs/ci.md").split(" Formats: ")[1]?.split("\n\n")[0];
  expect(namesIn(list)).toEqual(reportFormats);
  const [, table] = readPage("docs/configuration.md").split(/^\| format .*\n.*\n/mu);
  const rows = (table?.split("\n\n")[0] ?? "").split("\n").flatMap((row) => namesIn(row.split("|")[1]));
  expect(rows.toSorted()).toEqual(formats.toSorted());
});

const all = { mixed, clean, crashed, notACrl, noticed, suppressed, armored, reversed, storm: () => stormOf(0) };

describe.each(Object.entries(all))("%s", (_, make) => {
  test("json conforms to its schema", async () => {
    expect(errorsOfReport(JSON.parse(await render(make(), "json")))).toEqual([]);
  });

  test("jsonl has the content of json", async () => {
    const lines = (await render(make(), "jsonl")).trimEnd().split("\n");
    const objects = lines.map((line) => JSON.parse(line) as { type: string; crl: string });
    const { runs, kinds, summary } = JSON.parse(await render(make(), "json")) as {
      runs: { crl: string; kind: number; findings: object[] }[];
      kinds: object[][];
      summary: object;
    };
    const expected = runs.flatMap(({ findings, ...run }, i) => [
      ...findings.map((finding) => ({ type: "finding", crl: run.crl, ...finding })),
      ...(runs.findIndex(({ kind }) => kind === run.kind) === i
        ? [{ type: "kind", kind: run.kind, rules: kinds[run.kind] }]
        : []),
      { type: "run", ...run },
    ]);
    expect(objects.slice(0, -1)).toEqual(expected);
    expect(objects.at(-1)).toMatchObject({ type: "summary", version: 2, ...summary });
  });

  test.each(["sarif", "sarif-github"] as const)("%s conforms to SARIF 2.1.0", async (format) => {
    const log = JSON.parse(await render(make(), format, { rules: texts })) as SarifLog;
    expect(errorsOfSarif(log)).toEqual([]);
    const [run] = log.runs;
    const findings = make().runs.flatMap((each) => each.findings);
    expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(findings.map(({ rule }) => rule));
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
    expect(run?.invocations[0]?.executionSuccessful).toBe(make().runs.every(({ judged }) => judged));
  });

  test("every location in sarif-github has a line", async () => {
    const log = JSON.parse(await render(make(), "sarif-github")) as SarifLog;
    for (const { locations } of log.runs[0]?.results ?? []) {
      expect(locations).toHaveLength(1);
      expect(locations[0]?.physicalLocation.region?.["startLine"]).toBeGreaterThan(0);
    }
  });

  test.each(["notice", "warning", "error", "never"] as const)(
    "junit and tap fail as with --fail-on %s",
    async (failOn) => {
      const { runs } = make();
      const code = exitCode(runs, failOn);
      const suites = readJunit(await render(make(), "junit", { failOn }));
      const sum = (name: string): number =>
        suites.reduce((total, suite) => total + Number(suite.getAttribute(name)), 0);
      expect(sum("errors") > 0).toBe(code === 2);
      if (code !== 2) expect(sum("failures") > 0).toBe(code === 1);
      const tap = Parser.parse(await render(make(), "tap", { failOn }));
      expect(tap.some(([kind, value]) => kind === "assert" && !value.ok)).toBe(code !== 0);
    },
  );

  test("junit has correct counts of its cases", async () => {
    for (const suite of readJunit(await render(make(), "junit"))) {
      const count = (tag: string): string => String(suite.getElementsByTagName(tag).length);
      expect(suite.getAttribute("tests")).toBe(count("testcase"));
      expect(suite.getAttribute("failures")).toBe(count("failure"));
      expect(suite.getAttribute("errors")).toBe(count("error"));
      expect(suite.getAttribute("skipped")).toBe(count("skipped"));
    }
  });

  test("tap has a correct plan", async () => {
    const tap = Parser.parse(await render(make(), "tap"));
    const result = tap.find(([kind]) => kind === "complete")?.[1];
    const ids = make().runs.map(({ rules, findings }) => new Set([...rules, ...findings].map(({ rule }) => rule)));
    const count = ids.reduce((sum, { size }) => sum + size, 0);
    expect(result).toMatchObject({ count, bailout: false });
    expect(tap.filter(([kind]) => kind === "extra")).toEqual([]);
  });
});

describe("suppressed findings stay in the report, marked", () => {
  const marks = {
    "issuer/not-byte-identical":
      /^\[suppressed until 2026-12-15: the CRL will be \*reissued\*: \{1888371\}\] CRL issuer is not /u,
    "test/warning": /^\[suppressed: in the baseline crllint-baseline\.json\] something is wrong/u,
  };

  test("gitlab: an issue of severity info, with the suppression first and the same fingerprint", async () => {
    const report = suppressed();
    const issues = JSON.parse(await render(report, "gitlab")) as Issue[];
    const counting = JSON.parse(await render(withoutSuppressed(report), "gitlab")) as Issue[];
    expect(issues.map(({ check_name: rule, severity }) => [rule, severity])).toEqual([
      ["test/notice", "info"],
      ["test/warning", "info"],
      ["issuer/not-byte-identical", "info"],
    ]);
    expect(counting.map(({ severity }) => severity)).toEqual(["info", "major", "critical"]);
    expect(issues.map(({ fingerprint }) => fingerprint)).toEqual(counting.map(({ fingerprint }) => fingerprint));
    expect(issues[0]).toEqual(counting[0]);
    for (const { check_name: rule, description } of issues.slice(1)) expect(description).toMatch(marks[rule]);
  });

  test("gitlab: hidden findings are counted with the last finding that is not suppressed, otherwise with the last one", async () => {
    const report = structuredClone(suppressed());
    const [run] = report.runs as unknown as [{ findings: Finding[]; rules: { rule: string; count: number }[] }];
    const accepted = run.findings.find(({ rule }) => rule === "test/warning") as Finding;
    const { suppressed: _, ...open } = structuredClone(accepted);
    for (const outcome of run.rules) if (outcome.rule === "test/warning") outcome.count = 12;
    const descriptions = async (...findings: readonly Finding[]) => {
      run.findings = [...findings];
      const issues = JSON.parse(await render(report, "gitlab")) as Issue[];
      return issues.map(({ description }) => description.replace(/^\[.*\] /u, "[] "));
    };
    const other = structuredClone(accepted);
    expect(await descriptions(accepted, other)).toEqual([
      "[] something is wrong",
      "[] something is wrong (and 10 more)",
    ]);
    expect(await descriptions(accepted, open, other)).toEqual([
      "[] something is wrong",
      "something is wrong (and 9 more)",
      "[] something is wrong",
    ]);
  });

  test("sarif-github: a note with the suppression first, and suppressions as in sarif", async () => {
    const logs = (["sarif", "sarif-github"] as const).map(async (format) => {
      const log = JSON.parse(await render(suppressed(), format)) as SarifLog;
      return log.runs[0]?.results ?? [];
    });
    const [strict = [], github = []] = await Promise.all(logs);
    expect(strict.map(({ level }) => level)).toEqual(["note", "warning", "error"]);
    expect(github.map(({ level }) => level)).toEqual(["note", "note", "note"]);
    expect(github.map(({ suppressions }) => suppressions)).toEqual(strict.map(({ suppressions }) => suppressions));
    expect(github.map(({ suppressions }) => suppressions.length)).toEqual([0, 1, 1]);
    expect(github[0]?.message.text).toBe("something is wrong. Help: do nothing {at all}.");
    for (const { ruleId, message } of github.slice(1)) expect(message.text).toMatch(marks[ruleId as "test/warning"]);
  });
});

function withoutSuppressed(report: Report): Report {
  const text = JSON.stringify(report, (name, value: unknown) => (name === "suppressed" ? undefined : value));
  return JSON.parse(text) as Report;
}

interface Issue {
  readonly check_name: "issuer/not-byte-identical" | "test/warning";
  readonly description: string;
  readonly severity: string;
  readonly fingerprint: string;
}

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly { readonly physicalLocation: { readonly region?: Record<string, unknown> } }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions: readonly unknown[];
    }[];
  }[];
}

function readJunit(xml: string) {
  const root = new DOMParser().parseFromString(xml, "text/xml").documentElement;
  return Array.from(root?.getElementsByTagName("testsuite") ?? []);
}

test("junit, github, markdown and html list some of 2,500 entries, and the number of the rest", async () => {
  for (const format of ["junit", "github", "markdown", "html"] as const) {
    const text = await render(stormOf(0), format);
    expect(text).toContain(format === "html" ? "... and 2,400 more" : "... and 2,480 more");
    expect(text.length).toBeLessThan(20_000);
  }
});

test("several findings of one rule are shown together, and not counted as hidden", async () => {
  const report = structuredClone(reversed());
  const run = report.runs[0] as unknown as { findings: unknown[]; rules: { rule: string; count: number }[] };
  run.findings.push(...structuredClone(run.findings));
  for (const outcome of run.rules) if (outcome.count === 1) outcome.count = 2;
  for (const format of ["junit", "github", "markdown", "html", "gitlab", "compact"] as const) {
    expect(await render(report, format)).not.toMatch(/\.\.\. and/u);
  }
  expect(await render(report, "markdown")).toContain("reversed order (and 1 more)\n");
  expect((await render(report, "github")).match(/^::error /gmu)).toHaveLength(1);
});

describe("sarif", () => {
  const regionsIn = async (report: ReturnType<typeof reversed>, format: Format) => {
    const log = JSON.parse(await render(report, format)) as SarifLog;
    return log.runs[0]?.results.flatMap(({ locations }) => locations.map((each) => each.physicalLocation.region));
  };

  test("locations are byte offsets in DER, and lines and columns in PEM", async () => {
    expect(await regionsIn(reversed(), "sarif")).toEqual([{ byteOffset: 26, byteLength: 91 }]);
    const der = { start: 26, end: 117 };
    expect(await regionsIn(armored(), "sarif")).toEqual([
      { startLine: 2, startColumn: 35, endLine: 4, endColumn: 29, properties: { der } },
    ]);
    expect(await regionsIn(reversed(), "sarif-github")).toEqual([{ startLine: 1, properties: { der } }]);
  });

  test("braces of a message are doubled, because {0} stands for an argument", async () => {
    const report = structuredClone(reversed());
    Object.assign(report.runs[0]?.findings[0] ?? {}, { message: String.raw`name \u{202e}{0} [a](1)` });
    const log = JSON.parse(await render(report, "sarif")) as SarifLog;
    expect(log.runs[0]?.results[0]?.message.text).toContain(String.raw`name \u{{202e}}{{0}} [a]\u{{28}}1)`);
  });

  const fingerprints = async (entries: number, name: string) => {
    const issuer = ca.subject.reversed();
    const report = reportOn(crlWith({ issuer, entries: Array.from({ length: entries }, () => ({})) }), name);
    const log = JSON.parse(await render(report, "sarif")) as SarifLog;
    return log.runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints["crllint/v1"]);
  };

  test("a reissued CRL keeps its fingerprints, and another file has different ones", async () => {
    expect(await fingerprints(3, "ov-1.crl")).toEqual(await fingerprints(5, "ov-1.crl"));
    expect(await fingerprints(3, "ov-2.crl")).not.toEqual(await fingerprints(3, "ov-1.crl"));
  });
});
