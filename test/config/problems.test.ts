import { describe, expect, test } from "vitest";
import { describeProblems } from "../../src/config/problem.ts";
import { readConfig } from "../../src/config/read-config.ts";
import { configSchema } from "../../src/config/schema.ts";

/** Returns the errors of a configuration, as text. */
function errorsOf(text: string): string {
  const result = readConfig(text);
  return "problems" in result ? describeProblems("crllint.yaml", text, result.problems) : "";
}

/** Returns only position and first line of each error. */
function headsOf(text: string): readonly string[] {
  return [...errorsOf(text).matchAll(/^error\[config\/(?<head>.*)\n *--> crllint\.yaml:(?<place>.*)$/gmu)].map(
    ({ groups }) => `${groups?.["place"]} ${groups?.["head"]?.replace("]:", "")}`,
  );
}

describe("errors show line and column, in the style of findings", () => {
  test("for keys and values", () => {
    const text = `profile: [tls-br, etzi]
fail-onn: warning
suppress:
  - rule: reason/unspecifid
    until: tomorrow
`;
    expect(errorsOf(text))
      .toBe(`error[config/wrong-value]: profile[1]: expected one of rfc5280, tls-br, smime-br, cs-br, mozilla, ccadb, chrome, apple, microsoft, etsi, fpki, rpki, icao, matter, gsma, opcua, cnsa, private, found "etzi"; did you mean etsi?
 --> crllint.yaml:1:19
  |
1 | profile: [tls-br, etzi]
  |                   ^^^^

error[config/unknown-key]: unknown key "fail-onn"; did you mean fail-on?
 --> crllint.yaml:2:1
  |
2 | fail-onn: warning
  | ^^^^^^^^
  = help: known keys: ${Object.keys(configSchema.entries).join(", ")}

error[config/missing-key]: suppress[0]: the key reason is missing
 --> crllint.yaml:4:5
  |
4 |   - rule: reason/unspecifid
  |     ^

error[config/wrong-value]: suppress[0].until: expected a day: 2026-12-31, found "tomorrow"
 --> crllint.yaml:5:12
  |
5 |     until: tomorrow
  |            ^^^^^^^^
`);
  });

  test("for rules, patterns and dates", () => {
    const text = `ignore: [idp, idpp/*]
severity:
  reason/unspecifid: off
pairs:
  - crl: crls\\ov1.crl
    issuer: ca.pem
suppress:
  - rule: der/length-past-parent
    reason: known
  - rule: der
    reason: known
    until: 2026-02-30
  - rule: crllint/rule-crashed
    reason: known
`;
    expect(errorsOf(text)).toBe(`error[config/unknown-rule]: no rule matches "idpp/*"; did you mean idp?
 --> crllint.yaml:1:15
  |
1 | ignore: [idp, idpp/*]
  |               ^^^^^^
  = help: run crllint rules to list all rules

error[config/unknown-rule]: no rule matches "reason/unspecifid"; did you mean reason/unspecified?
 --> crllint.yaml:3:3
  |
3 |   reason/unspecifid: off
  |   ^^^^^^^^^^^^^^^^^
  = help: run crllint rules to list all rules

error[config/bad-glob]: bad pattern "crls\\\\ov1.crl": a backslash is not supported; write / between directories on every system
 --> crllint.yaml:5:10
  |
5 |   - crl: crls\\ov1.crl
  |          ^^^^^^^^^^^^

error[config/not-suppressible]: der/length-past-parent cannot be suppressed: it reports that the rest was not checked
 --> crllint.yaml:8:11
  |
8 |   - rule: der/length-past-parent
  |           ^^^^^^^^^^^^^^^^^^^^^^
  = help: fix what it reports

error[config/not-suppressible]: der holds der/indefinite-length, which cannot be suppressed: it reports that the rest was not checked
  --> crllint.yaml:10:11
   |
10 |   - rule: der
   |           ^^^
   = help: name the rules one by one

error[config/bad-date]: the calendar has no 2026-02-30
  --> crllint.yaml:12:12
   |
12 |     until: 2026-02-30
   |            ^^^^^^^^^^

error[config/not-suppressible]: crllint/rule-crashed cannot be suppressed: it reports that the rest was not checked
  --> crllint.yaml:13:11
   |
13 |   - rule: crllint/rule-crashed
   |           ^^^^^^^^^^^^^^^^^^^^
   = help: fix what it reports
`);
  });

  test.each([
    ["reason: Bugzilla 1: x\n", "1:9 syntax nested mappings are not allowed in compact mappings"],
    ["profile: tls-br\nprofile: etsi\n", '2:1 duplicate-key duplicate key "profile"'],
    ["a: &x 1\nb: *x\n", "2:4 alias aliases (*name) are not supported"],
    ["profile: !mine x\n", "1:10 syntax unresolved tag: !mine"],
    ["profile: tls-br\n---\nprofile: etsi\n", "2:1 syntax a second document begins here"],
    ["%YAML 1.1\n---\nprofile: tls-br\n", "1:1 syntax directives (%...) are not supported"],
    ["{", "1:1 syntax flow map must end with a }"],
    ["- a\n", "1:1 wrong-value this file: expected keys with values, found a list"],
    ["max-warnings: -1\n", '1:15 wrong-value max-warnings: expected a whole number, 0 or greater, found "-1"'],
    ["max-warnings: 1.5\n", '1:15 wrong-value max-warnings: expected a whole number, 0 or greater, found "1.5"'],
    ["all-dates: yes\n", '1:12 wrong-value all-dates: expected true or false, found "yes"'],
    ["baseline:\n", "1:9 wrong-value baseline: expected text, found nothing"],
    ["severity: [a]\n", "1:11 wrong-value severity: expected keys with values, found a list"],
    [
      "suppress: [{rule: reason, reason: ' '}]\n",
      '1:35 wrong-value suppress[0].reason: expected text that is not empty, found " "',
    ],
    ["reports: {json: a, sarif: a}\n", "1:27 wrong-value a second report into a"],
    ["pairs: [{crl: 'a{b', issuer: c}]\n", '1:15 bad-glob bad pattern "a{b": braces are not in pairs, or are nested'],
    ["toString: 1\n", '1:1 unknown-key unknown key "toString"'],
    ["__proto__: {profile: nope}\n", '1:1 unknown-key unknown key "__proto__"'],
    ["severity: {__proto__: off}\n", '1:12 unknown-rule no rule matches "__proto__"'],
  ])("for %j: %s", (text, error) => {
    expect(headsOf(text)).toContain(error);
  });

  test("for JSON with tabs", () => {
    expect(headsOf('{\n\t"profile": "tls-br",\n\t"profil": "etsi"\n}\n')).toEqual([
      '3:2 unknown-key unknown key "profil"; did you mean profile?',
    ]);
  });
});

describe("hostile files", () => {
  test("control and bidirectional characters and build server commands are escaped, in message and line", () => {
    const errors = errorsOf('"\u202e\u001b[31m##[error]": 1\n');
    // oxlint-disable-next-line no-control-regex -- the test searches for them
    expect(errors).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|##\[/u);
    expect(errors).toContain(String.raw`\u{202e}\u{1b}[31m`);
  });

  test.each([
    ["flow sequences", "[".repeat(30_000)],
    ["block sequences", `${"- ".repeat(30_000)}x`],
    ["explicit keys", `${"? ".repeat(30_000)}x`],
    ["flow mappings", `${"{a: ".repeat(20_000)}x`],
  ])("the depth of nested %s is limited", (_, text) => {
    expect(headsOf(text)).toEqual([expect.stringMatching(/^1:\d+ too-deep nested deeper than 32 levels$/u)]);
  });

  test("the size is limited", () => {
    expect(headsOf(`# ${"x".repeat(2 ** 18)}\n`)).toEqual(["1:1 too-large more than 262144 characters"]);
  });

  test("at most 20 errors are shown, and long lines are shortened", () => {
    const errors = errorsOf(`{${Array.from({ length: 50 }, (_, i) => `key${i}: 1`).join(", ")}}\n`);
    expect(errors.match(/^error/gmu)?.length).toBe(20);
    expect(errors).toContain("... and 30 more in crllint.yaml");
    expect(
      Math.max(
        ...errors
          .split("\n")
          .filter((line) => !line.includes("help"))
          .map(({ length }) => length),
      ),
    ).toBeLessThan(150);
  });
});

describe("valid configurations", () => {
  test.each(["", "# nothing\n", "{}", "\ufeffprofile: tls-br\n", "profile: tls-br\r\nfail-on: never\r\n"])(
    "have no errors: %j",
    (text) => {
      expect(errorsOf(text)).toBe("");
    },
  );

  test("digests that look like numbers are text", () => {
    for (const sha256 of ["1".repeat(64), `${"0".repeat(30)}e${"1".repeat(33)}`]) {
      const result = readConfig(`suppress: [{rule: reason, reason: x, sha256: ${sha256}}]`);
      expect("config" in result && result.config.suppressions[0]?.sha256).toBe(sha256);
    }
  });
});
