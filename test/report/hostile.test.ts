import { DOMParser } from "@xmldom/xmldom";
import { array, assert, asyncProperty, constantFrom, oneof, string } from "fast-check";
import { Parser } from "tap-parser";
import { describe, expect, test } from "vitest";
import type { Report } from "../../src/rule/report.ts";
import { styleSheet } from "../../src/report/html-style.ts";
import { type Format, formats, render } from "../../src/report/index.ts";
import { escapeLine } from "../../src/report/escape-line.ts";
import { stormOf } from "./cases.ts";
import { mixed, noticed } from "./mixed.ts";
import { errorsOfReport, errorsOfSarif } from "./validate.ts";
import { anyCharacter } from "../support/any-character.ts";

/** Fields whose values are not text from files or from a caller. */
const fixed = new Set(
  "severity status form kind verdict mark difference source documentId by hex sha256 issuerSha256 url".split(" "),
);

/** Returns a copy of a report in which every text is replaced. */
function replaceTexts<T>(value: T, text: string, field = ""): T {
  if (typeof value === "string") return (fixed.has(field) || field === "tool" ? value : text) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => replaceTexts(item, text, field)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === "tool" ? item : replaceTexts(item, text, name)]),
  ) as T;
}

const hostileParts = [
  "\n",
  "\r",
  "::error::x",
  "##[error]x",
  "##vso[task.complete]",
  "]]>",
  "<script>alert(1)</script>",
  "<!--",
  "-->",
  "&amp;",
  "&#0;",
  '"',
  "'",
  "|",
  "`",
  "````",
  "\\",
  "# SKIP",
  "not ok 1",
  "Bail out!",
  "  ...",
  "1..9",
  "[a](1)",
  "{0}",
  "%0A::error::",
  "\u0000",
  "\u001b[2J",
  "\u202e",
  "\ufffe",
  "\ud800",
  "\u2028",
  "https://evil.example/",
  "www.evil.example",
  "javascript:alert(1)",
  "@everyone",
  "</title></style>",
];

const hostile = oneof(
  string({ unit: anyCharacter, maxLength: 12 }),
  array(oneof(constantFrom(...hostileParts), string({ maxLength: 3 })), { maxLength: 6 }).map((parts) =>
    parts.join(""),
  ),
);

/** A report with every kind of finding and outcome, short because it is rendered many times. */
const base: Report = { ...mixed(), runs: [...stormOf(2).runs, ...noticed().runs, ...mixed().runs.slice(2, 6)] };

/** Checks the output of a format for reports whose texts are all hostile. */
function checkHostile(format: Format, check: (output: string, text: string) => unknown): Promise<void> {
  const property = asyncProperty(hostile, async (text) => {
    await check(await render(replaceTexts(base, text), format), text);
  });
  // Each of the parts at the start of a line and inside one, then random ones.
  return assert(property, { numRuns: 40, examples: [[hostileParts.join("\n")], [hostileParts.join(" ")]] });
}

const findings = base.runs.flatMap((run) => run.findings).length;
const machine = formats.filter((format) => format !== "human" && format !== "compact");

describe.each(machine)("%s", (format) => {
  test("has no invisible or bidirectional characters and no build server commands, for any texts", () =>
    checkHostile(format, (output) => {
      expect(output).not.toMatch(/[\p{Co}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\ufeff\ufffe]|(?!\n)\p{Cc}/u);
      // crllint itself writes Markdown headings.
      expect(output.replaceAll(/^#{2,3} /gmu, "")).not.toContain("##");
      const commands = output.split("\n").filter((line) => line.trimStart().startsWith("::"));
      if (format !== "github" && format !== "markdown" && format !== "junit") expect(commands).toEqual([]);
    }));
});

test("json: parsing returns the original texts; gitlab: parses, with one issue per finding", () =>
  checkHostile("json", async (output, text) => {
    const report = JSON.parse(output) as { runs: { crl: string; findings: { message: string }[] }[] };
    expect(new Set(report.runs.map(({ crl }) => crl))).toEqual(new Set([text]));
    expect(new Set(report.runs.flatMap((run) => run.findings.map(({ message }) => message)))).toEqual(new Set([text]));
    expect(errorsOfReport(report)).toEqual([]);
    const issues = JSON.parse(await render(replaceTexts(base, text), "gitlab")) as { check_name: string }[];
    expect(issues.filter((issue) => issue.check_name !== "crllint/core-check")).toHaveLength(findings);
  }));

test("jsonl: one line per finding, run and kind, for any texts", () =>
  checkHostile("jsonl", (output) => {
    const lines = output.trimEnd().split("\n");
    const ofKind = lines.filter((line) => (JSON.parse(line) as { type: string }).type === "kind");
    expect(ofKind.length).toBeGreaterThan(0);
    expect(lines).toHaveLength(findings + base.runs.length + ofKind.length + 1);
  }));

test.each(["sarif", "sarif-github"] as const)(
  "%s conforms to SARIF 2.1.0 and escapes links and braces, for any texts",
  (format) =>
    checkHostile(format, (output) => {
      const log = JSON.parse(output) as { runs: { results: { message: { text: string } }[] }[] };
      expect(errorsOfSarif(log)).toEqual([]);
      for (const { message } of log.runs[0]?.results ?? []) {
        expect(message.text).not.toContain("](");
        if (format === "sarif") expect(message.text.replaceAll(/\{\{|\}\}/gu, "")).not.toMatch(/[{}]/u);
      }
    }),
);

test("junit: well-formed XML with the escaped texts", () =>
  checkHostile("junit", (output, text) => {
    // Section 2.2 of XML 1.0, which the parser does not check.
    expect(output).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
    const document = new DOMParser({
      onError: (_, message) => {
        throw new Error(message);
      },
    }).parseFromString(output, "text/xml");
    const suites = Array.from(document.getElementsByTagName("testsuite"));
    expect(suites.map((suite) => suite.getAttribute("name"))).toEqual(base.runs.map(() => escapeLine(text)));
    const failures = Array.from(document.getElementsByTagName("failure"));
    expect(new Set(failures.map((failure) => failure.getAttribute("message")))).toEqual(new Set([escapeLine(text)]));
  }));

test("tap: the plan is correct, and no text acts as a directive or bail-out", () =>
  checkHostile("tap", (output, text) => {
    const log = Parser.parse(output);
    const end = log.find(([kind]) => kind === "complete")?.[1];
    const points = base.runs.length; // All rules of a run have the same id here.
    expect(end).toMatchObject({ count: points, bailout: false });
    expect(log.filter(([kind]) => kind === "extra" || kind === "bailout")).toEqual([]);
    const name = `${escapeLine(text)}: ${escapeLine(text)}`.trim().replaceAll(/\s+/gu, " ");
    for (const [kind, point] of log) {
      if (kind === "assert") expect(point.name.replaceAll(/\s+/gu, " ")).toBe(name);
    }
  }));

test("github: every line except the last is an annotation", () =>
  checkHostile("github", (output) => {
    const lines = output.trimEnd().split("\n");
    const last = lines.pop();
    expect(last).toMatch(/^crllint: (?:pass|fail|undecided): \d+ errors?, /u);
    for (const line of lines) {
      expect(line).toMatch(/^::(?:error|warning|notice) file=[^,:]*,line=\d+(?:,endLine=\d+)?,title=[^,:]*::[^\n]*$/u);
      expect(line.replaceAll(/%(?:25|0A|0D|3A|2C)/gu, "")).not.toContain("%");
    }
  }));

test("markdown: no text is interpreted as markup", () =>
  checkHostile("markdown", async (output) => {
    const own = skeleton(await render(replaceTexts(base, "x"), "markdown"));
    expect(skeleton(output)).toEqual(own);
  }));

/** The markup in Markdown, line by line, without fenced blocks. */
function skeleton(markdown: string): readonly string[] {
  let fence: string | undefined;
  const lines: string[] = [];
  for (const line of markdown.split("\n")) {
    const mark = /^`{3,}/u.exec(line)?.[0];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (mark !== undefined && fence !== undefined && line === mark && mark.length >= fence.length)
      fence = undefined;
    else if (fence === undefined) lines.push(significant(line));
  }
  expect(fence).toBeUndefined();
  return lines;
}

function significant(line: string): string {
  return (line.replaceAll(/&#\d+;/gu, "").match(/[\\`*_[\]<>|~&$@]|:\/\/|www\./giu) ?? []).join("");
}

test("html: the same elements for any texts, and texts only in text nodes and quoted attributes", () =>
  checkHostile("html", async (page, text) => {
    const output = withoutStyle(page);
    // Without a text, its paragraph is missing.
    const own = elements(withoutStyle(await render(replaceTexts(base, text === "" ? "" : "x"), "html")));
    expect(elements(output)).toEqual(own);
    expect(output.replaceAll(/<[^<>"]*(?:"[^"<>]*"[^<>"]*)*>/gu, "")).not.toMatch(/[<>]/u);
    expect(output.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, "")).not.toContain("&");
  }));

/** Returns the tags in order, without the lines of pictures: a longer text has more of them. */
function elements(html: string): readonly string[] {
  const tags = html.match(/<\/?[a-z0-9]+/gu) ?? [];
  return tags.filter((tag) => !/^<\/?text$/u.test(tag));
}

function withoutStyle(html: string): string {
  return html.replace(`<style>${styleSheet}</style>`, "");
}
