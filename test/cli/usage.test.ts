import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { escapePath } from "../../src/files/escape-path.ts";
import { findNearest } from "../../src/options/nearest.ts";
import { parseDuration } from "../../src/options/duration.ts";
import { options } from "../../src/options/table.ts";
import { parseTime } from "../../src/options/time.ts";
import { version } from "../../src/version.ts";
import { crllint } from "./workbench.ts";

afterEach(() => vi.unstubAllEnvs());

describe("usage errors: exit 2, on standard error, escaped", () => {
  test.each([
    [[], /missing argument/u],
    [["--frmat", "json", "x"], /unknown option '--frmat'\n\(Did you mean --format\?\)/u],
    [["--format", "xml", "x"], /argument 'xml' is invalid/u],
    [["--profile", "tls-br,nope", "x"], /There is no profile nope/u],
    [["--now", "2026-11-4", "x"], /RFC 3339/u],
    [["--max-findings", "-1", "x"], /Expected a whole number, 0 or greater/u],
    [["--width", "7", "x"], /Expected a whole number from 20 to 10000/u],
    [["--severity", "idp=fatal", "x"], /RULE=LEVEL/u],
    [["--full", "--partitioned", "x"], /cannot be used with/u],
    [["--tbs-was", "a", "--tbs-was", "b", "x"], /'--tbs-was <file>' argument 'b' is invalid. .* only once/u],
    [["--manifest", "a", "--manifest", "a", "x"], /only once/u],
    [["--url", "http://a/", "--url", "http://b/", "x"], /only once/u],
    [["-c", "a.yaml", "--config", "b.yaml", "x"], /only once/u],
    [["--ignore", "source:mozila", "x"], /no rule matches source:mozila; did you mean source:mozilla\?/u],
    [["--ignore", "needs:cert", "x"], /no rule matches needs:cert; did you mean needs:certs\?/u],
    [["--select", "crl-number/mising", "x"], /no rule matches crl-number\/mising; did you mean crl-number\/missing\?/u],
    [["--ignore", "nonsense", "x"], /no rule matches nonsense/u],
    [["names", "x"], /missing required argument/u],
    [["explain", "issuer/not-byte-identicl"], /did you mean issuer\/not-byte-identical\?/u],
  ])("crllint %j", async (args, message) => {
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
  ])("crllint %j escapes its error", async (args) => {
    const { code, err } = await crllint(args);
    expect(code).toBe(2);
    // oxlint-disable-next-line no-control-regex -- the test searches for them
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    expect(err).not.toMatch(/^\s*::error/mu);
  });
});

describe("the environment", () => {
  test.each(["README.md", "man/crllint.1", "--help"])(
    "%s names each option without an environment variable",
    async (name) => {
      const text =
        name === "--help"
          ? (await crllint(["--help"])).out
          : readFileSync(new URL(`../../${name}`, import.meta.url), "utf8").replaceAll("\\-", "-");
      const [statement = ""] =
        /^.*\b(?:can (?:also )?be set with .*variable|variable can set)\b[^]*?(?:\.$|\.\s)/mu.exec(text) ?? [];
      const flags = [...options.values()].flatMap(({ flags: own, negation }) =>
        [own ?? [], negation?.flags ?? []].flat(),
      );
      const without: string[] = [];
      for (const flag of flags.map((each) => /--[a-z-]+/u.exec(each)?.[0] ?? "")) {
        const variable = `CRLLINT_${flag.slice(2).replaceAll("-", "_").toUpperCase()}`;
        vi.stubEnv(variable, "1");
        const { err } = await crllint(["nowhere.crl"]);
        vi.unstubAllEnvs();
        if (err.startsWith(`error: the environment sets ${variable}`)) without.push(flag);
      }
      expect(without).toEqual(["--no-issuer", "--show-settings"]);
      for (const flag of without) expect(statement).toContain(flag);
    },
  );

  test("an option can be set with a variable", async () => {
    vi.stubEnv("CRLLINT_FORMAT", "compact");
    expect((await crllint(["nowhere.crl"])).out).toBe(
      "nowhere.crl:0+0: error crllint/unreadable: no such file or directory\nnowhere.crl: verdict undecided\nverdict undecided\n",
    );
    expect((await crllint(["-f", "json", "nowhere.crl"])).out).toMatch(/^\{/u);
  });

  test("a variable sets an option of other commands only where it has the same meaning", async () => {
    vi.stubEnv("CRLLINT_FORMAT", "compact");
    expect((await crllint(["rules", "--part", "set"])).out).toMatch(/^ID +/u);
    vi.stubEnv("CRLLINT_NOW", "thisUpdate");
    expect((await crllint(["status", "nowhere.pem"])).err).toContain("--now of status must be a time, not thisUpdate");
  });

  test("an empty variable counts as not set, and 0 leaves a switch off", async () => {
    vi.stubEnv("CRLLINT_FORMAT", "");
    vi.stubEnv("CRLLINT_QUIET", "0");
    expect((await crllint(["nowhere.crl"])).out).toContain("nowhere.crl: undecided, 1 error\n");
    vi.stubEnv("CRLLINT_QUIET", "1");
    expect((await crllint(["nowhere.crl"])).out).not.toContain("nowhere.crl: undecided, 1 error\n");
  });

  test("a variable with a mistyped name is an error", async () => {
    vi.stubEnv("CRLLINT_PROFIL", "etsi");
    expect(await crllint(["nowhere.crl"])).toEqual({
      code: 2,
      out: "",
      err: "error: the environment sets CRLLINT_PROFIL, which is not an option; did you mean CRLLINT_PROFILE?\n(see crllint --help)\n",
    });
    expect((await crllint(["--help"])).code).toBe(0);
    vi.stubEnv("CRLLINT_PROFIL", undefined);
    // A name that does not resemble an option may belong to another program.
    vi.stubEnv("CRLLINT_TEST_SEED", "1");
    expect((await crllint(["nowhere.crl"])).out).toContain("nowhere.crl");
  });
});

describe("commands", () => {
  test("options before a command are options of the command", async () => {
    const before = await crllint(["--color", "never", "-f", "json", "rules", "--part", "idp"]);
    expect(before).toEqual(await crllint(["rules", "--color", "never", "--part", "idp", "-f", "json"]));
    const after = await crllint(["rules", "--part", "idp", "-f", "json"]);
    expect(await crllint(["--part", "idp", "-fjson", "rules"])).toEqual(after);
    expect(after.code).toBe(0);
    expect((await crllint(["--profile", "mozilla", "fetch", "crl.der"])).err).toMatch(/^error: not a URL: crl\.der/u);
  });

  test("a word after options is a command, not a file", async () => {
    const { code, out, err } = await crllint(["--now", "2026-11-23T12:00:00Z", "explain", "idp/missing"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("error: unknown option '--now'\n(see crllint explain --help)\n");
    // An option's value is not a command.
    expect((await crllint(["--stdin-name", "explain", "nowhere.crl"])).out).toContain("nowhere.crl");
    expect((await crllint(["-qf", "compact", "--", "explain"])).out).toContain("explain:0+0");
    expect((await crllint(["lint", "-f", "compact", "explain"])).out).toContain("explain:0+0");
  });

  test.each([
    [["help"], /^Usage: crllint \[options\]/u],
    [["help", "lint"], /^Usage: crllint \[options\]/u],
    [["help", "fetch"], /^Usage: crllint fetch/u],
    [["fetch", "--help"], /^Usage: crllint fetch/u],
    [["--profile", "mozilla", "fetch", "-h"], /^Usage: crllint fetch/u],
  ])("crllint %j prints help", async (args, usage) => {
    const { code, out, err } = await crllint(args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(usage);
  });

  test.each([
    [["fecth", "http://crl.example.com/"], "there is no command and no file fecth; did you mean fetch?"],
    [["--profile", "mozilla", "explian", "idp"], "there is no command and no file explian; did you mean explain?"],
    [["help", "basline"], "there is no command basline; did you mean baseline?"],
    [["help", "zzz"], "there is no command zzz"],
  ])("%j gets a suggestion", async (args, message) => {
    expect(await crllint(args)).toEqual({ code: 2, out: "", err: `error: ${message}\n(see crllint --help)\n` });
  });

  test.each(["fetch", "monitor", "serve", "rules", "lint"])("help %s fits 80 columns", async (command) => {
    for (const columns of [undefined, 200]) {
      const { out } = await crllint(["help", command], { columns });
      expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    }
  });

  test("--help groups options", async () => {
    const { out } = await crllint(["--help"]);
    const titles = [...out.matchAll(/^(?<title>[A-Z]\w+):$/gmu)].map(({ groups }) => groups?.["title"]);
    expect(titles).toEqual(["Arguments", "Inputs", "Rules", "Verdict", "Output", "Commands", "Examples"]);
  });
});

test("--help and --version print help and versions", async () => {
  const help = await crllint(["--help"]);
  expect(help).toMatchObject({ code: 0, err: "" });
  for (const word of ["Usage: crllint", "--fail-on-skipped", "Examples:", "Exit codes: 0"]) {
    expect(help.out).toContain(word);
  }
  expect(await crllint(["-V"])).toEqual({ code: 0, out: `crllint ${version}\n`, err: "" });
  const { out } = await crllint(["--version", "--verbose"]);
  expect(out).toMatch(/\nCABF TLS BR 2\.2\.6: .*\(2026-03-31\)\n {2}recent versions: 2\.2\.7 to 2\.3\.1 .*\n/u);
  expect(out).toMatch(/\nMatter Core: .*\n {2}not verified: .*\n/u);
});

test("explain prints a rule with its requirements", async () => {
  const { code, out } = await crllint(["explain", "--examples", "crl-number/missing"]);
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
  ["2026-11-23", 1_795_392_000],
  ["2026-02-29", undefined],
  ["2026-11-23Z", undefined],
  ["2026-11", undefined],
  ["now", undefined],
])("parseTime(%j) is %j", (text, seconds) => {
  expect(parseTime(text)).toEqual(seconds === undefined ? undefined : new Date(seconds * 1000));
});

test.each([
  ["24h", 86_400],
  ["7d", 604_800],
  ["90m", 5400],
  ["1s", 1],
  ["2w", 1_209_600],
  ["1d12h", 129_600],
  ["P7D", 604_800],
  ["PT24H", 86_400],
  ["P1DT12H30M5S", 131_405],
  ["P2W", 1_209_600],
  ["", undefined],
  ["0h", undefined],
  ["PT0S", undefined],
  ["P", undefined],
  ["PT", undefined],
  ["P1DT", undefined],
  ["P1M", undefined],
  ["P1Y", undefined],
  ["PT1.5H", undefined],
  ["-24h", undefined],
  ["24", undefined],
  ["24 h", undefined],
  ["24H", undefined],
  ["12h1d", undefined],
  ["9999999d", undefined],
])("parseDuration(%j) is %j", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  ["plain.crl", "plain.crl"],
  [String.raw`C:\crl\a "b".crl`, String.raw`C:\crl\a "b".crl`],
  ["a\u001b[2J", String.raw`a\u{1b}[2J`],
  [String.raw`a\u{1b}[2J`, String.raw`a\\u{1b}[2J`],
  ["a\\\u001b", String.raw`a\\\u{1b}`],
  ["::error::x", String.raw`\u{3a}:error::x`],
  [" ::error::x", String.raw` \u{3a}:error::x`],
  ["a::b.crl", "a::b.crl"],
  ["http://[::1]:8080/ca.crl", "http://[::1]:8080/ca.crl"],
  ["a\nb", String.raw`a\u{a}b`],
  ["\u682a.crl", "\u682a.crl"],
])("escapePath(%j) is %j", (path, shown) => {
  expect(escapePath(path)).toBe(shown);
});

test("findNearest suggests only similar names", () => {
  expect(findNearest("isuer", ["issuer", "idp"])).toBe("issuer");
  expect(findNearest("zzz", ["issuer", "idp"])).toBeUndefined();
  expect(findNearest("x".repeat(1e5), ["issuer"])).toBeUndefined();
});
