import { afterEach, describe, expect, test, vi } from "vitest";
import { parseMoment } from "../../src/options/moment.ts";
import { escapePath } from "../../src/files/escape-path.ts";
import { findNearest } from "../../src/cli/nearest.ts";
import { version } from "../../src/version.ts";
import { crllint } from "./workbench.ts";

afterEach(() => vi.unstubAllEnvs());

describe("usage errors: exit 2, on standard error, escaped", () => {
  test.each([
    [[], /missing argument/u],
    [["--frmat", "json", "x"], /unknown option '--frmat'\n\(Did you mean --format\?\)/u],
    [["--format", "xml", "x"], /argument 'xml' is invalid/u],
    [["--profile", "tls-br,nope", "x"], /There is no profile nope/u],
    [["--now", "2026-11-04", "x"], /RFC 3339/u],
    [["--max-findings", "-1", "x"], /number from 0 on/u],
    [["--width", "7", "x"], /from 20 to/u],
    [["--severity", "idp=fatal", "x"], /RULE=LEVEL/u],
    [["--full", "--partitioned", "x"], /cannot be used with/u],
    [["--select", "crl-number/mising", "x"], /no rule matches crl-number\/mising; did you mean crl-number\/missing\?/u],
    [["--ignore", "nonsense", "x"], /no rule matches nonsense/u],
    [["names", "x"], /missing required argument/u],
    [["explain", "issuer/not-byte-identicl"], /did you mean issuer\/not-byte-identical\?/u],
  ])("%j", async (args, message) => {
    const { code, out, err } = await crllint(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(message);
    expect(err).toMatch(/^error: /u);
  });

  test.each([
    [["--evil\u001b[2J\u001b]0;pwn\u0007", "x"]],
    [["--format", "x\u001b[31m\n::error::pwn", "x"]],
    [["--select", "\u202e\n::error::pwn", "x"]],
    [["explain", "\u009b31m\n::error::pwn"]],
    [["--profile", "\n::error::pwn", "x"]],
  ])("%j", async (args) => {
    const { code, err } = await crllint(args);
    expect(code).toBe(2);
    // oxlint-disable-next-line no-control-regex -- it is what is looked for
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    expect(err).not.toMatch(/^\s*::error/mu);
  });
});

describe("the environment", () => {
  test("every option has a variable", async () => {
    vi.stubEnv("CRLLINT_FORMAT", "compact");
    expect((await crllint(["nowhere.crl"])).out).toBe(
      "nowhere.crl:0+0: error crllint/unreadable: no such file or directory\n",
    );
    expect((await crllint(["-f", "json", "nowhere.crl"])).out).toMatch(/^\{/u);
  });

  test("an empty variable counts as not set, and 0 leaves a switch off", async () => {
    vi.stubEnv("CRLLINT_FORMAT", "");
    vi.stubEnv("CRLLINT_QUIET", "0");
    expect((await crllint(["nowhere.crl"])).out).toContain("nowhere.crl: not judged");
    vi.stubEnv("CRLLINT_QUIET", "1");
    expect((await crllint(["nowhere.crl"])).out).not.toContain("nowhere.crl: not judged");
  });
});

test("--help and --version", async () => {
  const help = await crllint(["--help"]);
  expect(help).toMatchObject({ code: 0, err: "" });
  for (const word of ["Usage: crllint", "--fail-on-skipped", "Examples:", "Exit codes: 0"]) {
    expect(help.out).toContain(word);
  }
  expect(await crllint(["-V"])).toEqual({ code: 0, out: `crllint ${version}\n`, err: "" });
  expect((await crllint(["--version", "--verbose"])).out).toMatch(/\nCABF TLS BR 2\.2\.6: .*\(2026-03-31\)\n/u);
});

test("explain prints a rule with its requirements", async () => {
  const { code, out } = await crllint(["explain", "crl-number/missing"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^# crl-number\/missing\n/u);
  expect(out).toContain("MUST include this extension in all CRLs");
  expect(out).toContain("error[crl-number/missing]");
});

test.each([
  ["2026-11-23T12:00:00Z", 1_795_435_200],
  ["2026-11-23T13:00:00+01:00", 1_795_435_200],
  ["2026-11-23T12:00:00.5Z", 1_795_435_200.5],
  ["2024-02-29T00:00:00Z", 1_709_164_800],
  ["2026-02-29T00:00:00Z", undefined],
  ["2026-11-23 12:00:00Z", undefined],
  ["2026-11-23T12:00:00", undefined],
  ["2026-11-23T24:00:00Z", undefined],
  ["2026-11-23", undefined],
  ["now", undefined],
])("parseMoment(%j) is %j", (text, seconds) => {
  expect(parseMoment(text)).toBe(seconds);
});

test.each([
  ["plain.crl", "plain.crl"],
  [String.raw`C:\crl\a "b".crl`, String.raw`C:\crl\a "b".crl`],
  ["a\u001b[2J", String.raw`a\u{1b}[2J`],
  [String.raw`a\u{1b}[2J`, String.raw`a\\u{1b}[2J`],
  ["a\\\u001b", String.raw`a\\\u{1b}`],
  ["::error::x", String.raw`\u{3a}:error\u{3a}:x`],
  ["a\nb", String.raw`a\u{a}b`],
  ["\u682a.crl", "\u682a.crl"],
])("escapePath(%j) is %j", (path, shown) => {
  expect(escapePath(path)).toBe(shown);
});

test("findNearest", () => {
  expect(findNearest("isuer", ["issuer", "idp"])).toBe("issuer");
  expect(findNearest("zzz", ["issuer", "idp"])).toBeUndefined();
  expect(findNearest("x".repeat(1e5), ["issuer"])).toBeUndefined();
});
