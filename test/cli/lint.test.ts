import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { crllint, pem, privateKey, reversedCrl, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const caPem = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const caDer = bench.put("ca.der", kit.ca.certificate);
const good = bench.put("good.crl", kit.crl().crl);
const reversed = bench.put("reversed.crl", reversedCrl());
const tbs = bench.put("next.tbs", kit.crl({ form: "tbs" }).crl);
const key = bench.put("key.pem", privateKey);
const html = bench.put("page.der", "<!DOCTYPE html><html><script>alert(1)</script>");

/** Selects few rules, so that other rules do not affect these tests. */
const fewRules = ["--select", "issuer/not-byte-identical,crl-number/missing,input"];

async function json(args: readonly string[], stdin?: Uint8Array) {
  const result = await crllint(["-f", "json", ...fewRules, ...args], stdin && { stdin });
  return {
    ...result,
    report: JSON.parse(result.out) as {
      runs: { crl: string; judged: boolean; issuer?: string; findings: { rule: string }[] }[];
    },
  };
}

function rulesIn({ report }: Awaited<ReturnType<typeof json>>): string[] {
  return report.runs.flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

describe("inputs", () => {
  test("operands are recognized by content: any order gives the same report", async () => {
    const one = await json([caPem, reversed]);
    const other = await json([reversed, caPem]);
    expect(one.code).toBe(1);
    expect(rulesIn(one)).toEqual(["issuer/not-byte-identical"]);
    expect(other).toEqual(one);
  });

  test("the word lint is the default command", async () => {
    expect(await crllint(["lint", ...fewRules, caPem, good])).toEqual(await crllint([...fewRules, caPem, good]));
  });

  test("no findings: exit code 0, verdict and CA on standard output, empty standard error", async () => {
    const { code, out, err } = await crllint(["--ignore", "needs:certs,needs:ccadb", caDer, good]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^\S*good\.crl: pass, no findings \(tls-br: \d+ rules passed, \d+ off; \d+ rules need inputs that were not given \(-v\); issuer \S*ca\.der\)\n$/u,
    );
    expect(err).toBe("");
  });

  test("CRLs without findings are counted, and listed only on request", async () => {
    const crls = Array.from({ length: 40 }, (_, i) => bench.put(`clean/${i}.crl`, kit.crl().crl));
    const { code, out } = await crllint([caDer, ...crls]);
    expect(code).toBe(0);
    expect(out).toMatch(/^pass: 40 CRLs; no findings; \d+ rules need inputs that were not given \(-v\)\n$/u);
    const verbose = await crllint(["-v", caDer, ...crls]);
    expect(verbose.out.match(/\.crl: pass, no findings/gu)).toHaveLength(40);
    // The outcomes that all CRLs have in common are listed once.
    expect(verbose.out.match(/^ {2}passed issuer\/not-byte-identical$/gmu)).toHaveLength(1);
    expect(verbose.out.match(/^ {2}rules as for \S*0\.crl$/gmu)).toHaveLength(39);
  });

  test("a core check that is not selected is named", async () => {
    const { code, out } = await crllint([...fewRules, caDer, good]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^\S*good\.crl: pass, no findings \(tls-br: \d+ rules passed; issuer \S*ca\.der\)\n {2}core check not selected \(--select issuer\/not-byte-identical,crl-number\/missing,input\)\n$/u,
    );
  });

  test("standard input has the name that --stdin-name sets", async () => {
    const result = await json([caPem, "-", "--stdin-name", "next.crl"], reversedCrl());
    expect(result.code).toBe(1);
    expect(result.report.runs.map(({ crl }) => crl)).toEqual(["next.crl"]);
  });

  test("a PEM bundle may contain certificate and CRL", async () => {
    const bundle = bench.put("bundle.pem", pem("CERTIFICATE", kit.ca.certificate) + pem("X509 CRL", reversedCrl()));
    const result = await json([bundle]);
    expect(rulesIn(result)).toContain("issuer/not-byte-identical");
    expect(result.report.runs).toHaveLength(1);
  });

  test("a file given twice is linted once, and a certificate in two files counts once", async () => {
    const result = await json([caPem, caDer, reversed, reversed]);
    expect(result.report.runs).toHaveLength(1);
    expect(result.out).toContain('"by": "only-certificate"');
  });

  test("--issuer selects the CA, regardless of other certificates", async () => {
    const other = bench.put("other.pem", pem("CERTIFICATE", kit.otherCa.certificate));
    const result = await json(["--issuer", caPem, other, good]);
    expect(result.code).toBe(0);
    expect(result.report.runs[0]?.issuer).toBe(caPem);
    expect(result.out).toContain('"by": "option"');
    expect(rulesIn(await json(["--issuer", good, good]))).toContain("crllint/not-a-certificate");
  });

  test("directories are searched, and other files cause at most a notice", async () => {
    bench.put("walk/a/ca.crt", kit.ca.certificate);
    bench.put("walk/b/one.crl", kit.crl().crl);
    bench.put("walk/b/two.CRL", reversedCrl());
    bench.put("walk/b/readme.txt", "no");
    bench.put("walk/key.pem", privateKey);
    bench.put("walk/.git/broken.crl", "no");
    const result = await json([join(bench.folder, "walk")]);
    expect(result.code).toBe(1);
    expect(result.report.runs.map(({ crl }) => crl.slice(bench.folder.length))).toEqual([
      "/walk/b/one.crl",
      "/walk/b/two.CRL",
      "/walk/key.pem",
    ]);
    expect(rulesIn(result)).toEqual(["issuer/not-byte-identical", "crllint/ignored-file"]);
  });

  test("a file named .crl in a directory must be a CRL", async () => {
    bench.put("page/ca.pem", pem("CERTIFICATE", kit.ca.certificate));
    bench.put("page/gone.crl", "<!DOCTYPE html><html>");
    const result = await json([join(bench.folder, "page")]);
    expect(result.code).toBe(2);
    expect(rulesIn(result)).toEqual(["input/not-a-crl"]);
  });

  test("quoted patterns are expanded, unless a file has exactly that name", async () => {
    bench.put("glob/x1.crl", kit.crl().crl);
    bench.put("glob/x2.crl", kit.crl().crl);
    const result = await json([caPem, join(bench.folder, "glob", "x?.crl")]);
    expect(result.report.runs).toHaveLength(2);
    const literal = bench.put("glob/[x].crl", kit.crl().crl);
    expect((await json([caPem, literal])).report.runs.map(({ crl }) => crl)).toEqual([literal]);
    expect(rulesIn(await json([caPem, join(bench.folder, "*.nothing")]))).toContain("crllint/no-input");
  });
});

describe("input that cannot be checked has exit code 2 in every format, and other inputs are linted", () => {
  test.each([
    ["a missing file", ["nowhere.crl"], "crllint/unreadable", "no such file"],
    ["an HTML page", [html], "input/not-a-crl", "HTML page"],
    ["a private key", [key], "crllint/private-key", "a private key was given"],
    ["a TBSCertList without --tbs", [tbs], "input/not-a-crl", "TBSCertList"],
    ["an empty name", [""], "crllint/unreadable", "empty"],
  ])("%s", async (_, args, rule, message) => {
    for (const format of ["human", "compact", "json"]) {
      const { code, out, err } = await crllint(["-f", format, ...fewRules, caPem, good, ...args]);
      expect(code).toBe(2);
      expect(out).toContain(rule);
      expect(out).toContain(message);
      expect(out).not.toContain("<script>");
      expect(err).toBe("");
    }
    const { report } = await json([caPem, reversed, ...args]);
    expect(report.runs.filter(({ judged }) => judged)).toHaveLength(1);
    expect(report.runs).toHaveLength(2);
  });

  test("certificates without a CRL are an error", async () => {
    const { code, out } = await crllint([caPem]);
    expect(code).toBe(2);
    expect(out).toContain("there is nothing to lint: a certificate was given, but no CRL");
  });

  test("the bytes of a private key are not shown", async () => {
    const bundle = bench.put("ca-and-key.pem", pem("CERTIFICATE", kit.ca.certificate) + privateKey);
    for (const format of ["human", "compact", "json"]) {
      const { code, out } = await crllint(["-v", "-f", format, bundle, good]);
      expect(code).toBe(2);
      expect(out).not.toMatch(/QEFCQ0RF|404142|40:41:42/u);
    }
  });

  test("a directory without CRLs and certificates is an error", async () => {
    bench.put("bare/readme.txt", "no");
    const { code, out } = await crllint([join(bench.folder, "bare")]);
    expect(code).toBe(2);
    expect(out).toContain("error[crllint/no-input]: this directory holds no file");
  });

  test.skipIf(process.platform === "win32")("a device is not read", async () => {
    expect((await crllint([caPem, "/dev/zero"])).out).toContain("error[crllint/unreadable]: this is a device");
  });

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "a file without read permission is an error",
    async () => {
      const closed = bench.put("closed.crl", kit.crl().crl);
      chmodSync(closed, 0);
      expect(await crllint([caPem, closed])).toMatchObject({
        code: 2,
        out: expect.stringContaining("permission denied"),
      });
    },
  );

  test("a truncated certificate is an error", async () => {
    const broken = bench.put("broken.pem", pem("CERTIFICATE", kit.ca.certificate.subarray(0, 300)));
    const { code } = await json([broken, good]);
    expect(code).toBe(2);
  });

  test("thousands of unusable blocks do not flood the report", async () => {
    const many = bench.put("many.pem", "-----BEGIN X-----\nAAAA\n-----END X-----\n".repeat(5000));
    const { code, out } = await crllint([caPem, many, good]);
    expect(code).toBe(2);
    expect(out.length).toBeLessThan(20_000);
    expect(out).toContain("4980 more objects");
  });
});

describe("exit codes", () => {
  const noNumber = bench.put("no-number.crl", kit.crl({ crlNumber: null }).crl);
  const rule = "crl-number/missing";

  test.each([
    [0, ["--select", rule, caPem, good]],
    [1, ["--select", rule, caPem, noNumber]],
    [0, ["--select", rule, "--fail-on", "never", caPem, noNumber]],
    [2, ["--select", rule, "--fail-on", "never", caPem, noNumber, html]],
    [0, ["--select", rule, "--severity", `${rule}=warning`, caPem, noNumber]],
    [1, ["--select", rule, "--severity", `${rule}=warning`, "--fail-on", "warning", caPem, noNumber]],
    [1, ["--select", rule, "--severity", `${rule}=warning`, "--max-warnings", "0", caPem, noNumber]],
    [0, ["--select", rule, "--severity", `${rule}=warning`, "--max-warnings", "1", caPem, noNumber]],
    [0, ["--ignore", rule, "--select", "crl-number", caPem, noNumber]],
    [0, ["--select", "sequence/other-ca", caPem, good]],
    [1, ["--select", "sequence/other-ca", "--fail-on-skipped", caPem, good]],
    [2, ["--select", rule, caPem, noNumber, "nowhere.crl"]],
  ])("exit code %i for %j", async (code, args) => {
    expect((await crllint(args)).code).toBe(code);
  });
});

describe("core checks", () => {
  const signatureValue = (valid: Uint8Array): Uint8Array => valid.map((byte, i) => (i === 100 ? byte ^ 1 : byte));
  const forged = bench.put("forged.crl", kit.crl({ signatureValue }).crl);

  /** Lints a CRL with a reversed issuer and one with an invalid signature. Returns exit code and verdicts. */
  async function lintBoth(...args: readonly string[]) {
    const { code, out } = await crllint(["-f", "compact", ...args, reversed, forged]);
    const verdicts = [...out.matchAll(/^(?<file>[^:]*): verdict (?<verdict>.*)$/gmu)].map(
      ({ groups }) => [groups?.["file"], groups?.["verdict"]] as const,
    );
    expect(verdicts.map(([file]) => file)).toEqual([forged, reversed]);
    return [code, ...verdicts.map(([, verdict]) => verdict)];
  }

  test("are made unless an option leaves them out", async () => {
    expect(await lintBoth(caPem)).toEqual([1, "fail", "fail"]);
    const noIssuer = "pass (issuer not compared (--no-issuer); signature not checked (--no-issuer))";
    expect(await lintBoth("--no-issuer")).toEqual([0, noIssuer, noIssuer]);
    expect(await lintBoth("--no-issuer", caPem)).toEqual([0, noIssuer, noIssuer]);
    const unsigned = "(signature not checked (--signature ignore))";
    expect(await lintBoth("--signature", "ignore", caPem)).toEqual([1, `pass ${unsigned}`, `fail ${unsigned}`]);
    const ignored = "(core check not selected (--ignore issuer/not-byte-identical))";
    expect(await lintBoth("--ignore", "issuer/not-byte-identical", caPem)).toEqual([
      1,
      `fail ${ignored}`,
      `pass ${ignored}`,
    ]);
    const selected = "pass (core check not selected (--select crl-number))";
    expect(await lintBoth("--select", "crl-number", caPem)).toEqual([0, selected, selected]);
    expect(await lintBoth("--fail-on", "never", caPem)).toEqual([0, "pass", "pass"]);
  });

  test.each([
    ["", "its issuer and signature were not checked", []],
    [
      " (core check not selected (--select issuer/not-byte-identical))",
      "its issuer was not checked",
      ["--select", "issuer/not-byte-identical"],
    ],
    [
      " (core check not selected (--select issuer/not-byte-identical))",
      "its issuer was not checked",
      ["--select", "issuer/not-byte-identical", "--fail-on-skipped"],
    ],
    [" (core check not selected (--ignore issuer))", "its signature was not checked", ["--ignore", "issuer"]],
    ["", "its issuer and signature were not checked", ["--fail-on", "never"]],
  ])("without a CA certificate, the CRL is undecided%s: %s", async (limit, unchecked, args) => {
    expect(await crllint(["-f", "compact", ...args, good])).toEqual({
      code: 2,
      out: `${good}:0+589: error crllint/no-issuer: not judged: no certificate of the issuing CA was given, so ${unchecked}\n${good}: verdict undecided${limit}\nverdict undecided\n`,
      err: "",
    });
  });

  test("need no CA certificate if neither is selected", async () => {
    expect((await crllint(["--select", "crl-number", good])).code).toBe(0);
  });
});

describe("before signing", () => {
  test("--tbs lints a TBSCertList, and rejects a signed CRL", async () => {
    const result = await json(["--tbs", caPem, tbs]);
    expect(result.code).toBe(0);
    expect(result.out).toContain('"form": "tbs"');
    expect((await json(["--tbs", caPem, good])).code).toBe(2);
  });

  test("--signature ignore reports that the signature was not checked", async () => {
    const { code, out } = await crllint(["--signature", "ignore", ...fewRules, caPem, good]);
    expect(code).toBe(0);
    expect(out).toContain("notice[crllint/signature-not-checked]");
    expect(out).toContain("its key was not tried: --signature ignore was given");
  });
});

describe("--max-findings", () => {
  const entries = Array.from({ length: 30 }, () => ({ serial: "01" }));
  const twice = bench.put("twice.crl", kit.crl({ entries }).crl);

  test.each([
    [[], 20],
    [["--max-findings", "3"], 3],
    [["--max-findings", "0"], 29],
  ])("with %j, %i entries are shown", async (args, shown) => {
    const { out } = await crllint([...args, "--select", "entry/serial-listed-twice", caPem, twice]);
    const places = out.match(/^ {2}--> .*serial 01/gmu) ?? [];
    expect(places).toHaveLength(shown);
  });
});

describe("color", () => {
  const args = [...fewRules, caPem, reversed];
  const isColored = async (more: readonly string[], world: Parameters<typeof crllint>[1]): Promise<boolean> =>
    (await crllint([...args, ...more], world)).out.includes("\u001b[");

  test.each([
    [false, [], { isTty: false }],
    [true, [], { isTty: true }],
    [false, [], { isTty: true, env: { TERM: "dumb" } }],
    [true, [], { env: { FORCE_COLOR: "1", TERM: "dumb" } }],
    [true, [], { env: { CLICOLOR_FORCE: "1" } }],
    [false, [], { isTty: true, env: { FORCE_COLOR: "0" } }],
    [false, [], { isTty: true, env: { NO_COLOR: "1", FORCE_COLOR: "1" } }],
    [true, [], { isTty: true, env: { NO_COLOR: "" } }],
    [true, ["--color", "always"], { env: { NO_COLOR: "1" } }],
    [false, ["--color", "never"], { isTty: true, env: { FORCE_COLOR: "1" } }],
  ])("output has colors: %s with %j and %j", async (expected, more, world) => {
    expect(await isColored(more, world)).toBe(expected);
  });

  test("formats for machines have no colors", async () => {
    expect(await isColored(["-f", "json", "--color", "always"], { isTty: true })).toBe(false);
    expect(await isColored(["-f", "compact", "--color", "always"], { isTty: true })).toBe(false);
  });
});

test("file names with cursor controls or build server commands are escaped", async () => {
  const evil = bench.put("x\u001b[2J\n::error::owned\u202e.crl", reversedCrl());
  for (const format of ["human", "compact", "json"]) {
    const { out } = await crllint(["-f", format, ...fewRules, caPem, evil]);
    // oxlint-disable-next-line no-control-regex -- the test searches for them
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
    expect(out).not.toMatch(/^\s*::error/mu);
  }
});
