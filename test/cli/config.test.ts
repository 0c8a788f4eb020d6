import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { configSchema } from "../../src/config/schema.ts";
import { findConfig } from "../../src/files/find-config.ts";
import { kit } from "../../src/fixture/index.ts";
import type { Run } from "../../src/index.ts";
import { withOutcomes } from "../support/with-outcomes.ts";
import { CrlServer } from "./crl-server.ts";
import { type CommandResult, crllint, pem, reversedCrl, Workbench } from "./workbench.ts";

let bench: Workbench;
const before = process.cwd();

beforeEach(() => {
  bench = new Workbench();
  mkdirSync(join(bench.folder, ".git"));
  bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  bench.put("crls/good.crl", kit.crl().crl);
  bench.put("crls/bad.crl", kit.crl({ crlNumber: null }).crl);
  process.chdir(bench.folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(before);
  bench.clear();
});

/** Lints only the CRL with an error, with one finding per line. */
function lintBad(...args: readonly string[]): Promise<CommandResult> {
  return crllint(["-f", "compact", ...args, "ca.pem", "crls/bad.crl"]);
}

/** Returns the complete output of lintBad if the finding has a severity. */
function badAs(severity: "error" | "warning" | "notice"): string {
  const verdict = severity === "error" ? "fail" : "pass";
  return `crls/bad.crl:265+35: ${severity} crl-number/missing: CRL has no cRLNumber\n${clean(verdict)}`;
}

/** Returns the complete output of lintBad without the finding. */
function clean(verdict = "pass"): string {
  return `crls/bad.crl: verdict ${verdict}\nverdict ${verdict}\n`;
}

describe("rules that settings switch off", () => {
  /** Returns the rules that are off, and the setting that switched each off. */
  async function off(...args: readonly string[]): Promise<readonly (string | undefined)[]> {
    const { out } = await crllint(["-f", "json", ...args, "ca.pem", "crls/bad.crl"]);
    const { runs } = withOutcomes(JSON.parse(out) as { readonly runs: readonly Run[] });
    return (runs[0]?.rules ?? []).flatMap(({ rule, status, why }) => (status === "off" ? [`${rule}: ${why}`] : []));
  }

  test("have the line of their pattern as the reason", async () => {
    bench.put("crllint.yaml", "ignore: [time/expired,\n  hold-instruction]\n\nseverity:\n  crl-number/missing: off\n");
    expect(await off()).toEqual([
      "crl-number/missing: crllint.yaml:5",
      "hold-instruction/none: hold-instruction: crllint.yaml:2",
      "hold-instruction/obsolete: hold-instruction: crllint.yaml:2",
      "hold-instruction/without-hold: hold-instruction: crllint.yaml:2",
      "time/expired: crllint.yaml:1",
    ]);
  });

  test("have the environment or the command line as the reason", async () => {
    bench.put("crllint.yaml", "severity: { crl-number/missing: off, time/expired: off }\n");
    vi.stubEnv("CRLLINT_SEVERITY", "time/expired=off,hold-instruction/none=off");
    expect(await off("--ignore", "aki/empty")).toEqual([
      "aki/empty: --ignore aki/empty",
      "crl-number/missing: crllint.yaml:1",
      "hold-instruction/none: the environment",
      "time/expired: the environment",
    ]);
  });
});

describe("discovery", () => {
  test("finds the nearest configuration in the parent directories, up to .git", () => {
    const deep = join(bench.folder, "a/b");
    mkdirSync(deep, { recursive: true });
    expect(findConfig(deep)).toBeUndefined();
    const top = bench.put("crllint.json", "{}");
    expect(findConfig(deep)).toBe(top);
    const near = bench.put("a/crllint.yml", "");
    expect(findConfig(deep)).toBe(near);
    mkdirSync(join(deep, ".git"));
    expect(findConfig(deep)).toBeUndefined();
  });

  test("reports two configurations in one directory as an error", async () => {
    bench.put("crllint.yaml", "");
    bench.put("crllint.json", "{}");
    const { code, err } = await lintBad();
    expect(code).toBe(2);
    expect(err).toMatch(/^error: there are two configurations, .*crllint\.yaml and .*crllint\.json: keep one/u);
  });

  test("reports a configuration that is not a file as an error", async () => {
    for (const target of ["nowhere.yaml", "crllint.yaml", "."]) {
      rmSync(join(bench.folder, "crllint.yaml"), { force: true });
      symlinkSync(target, join(bench.folder, "crllint.yaml"));
      expect(await lintBad()).toMatchObject({
        code: 2,
        err: expect.stringMatching(
          /cannot read .*crllint\.yaml: (?:no such file|symbolic link loop)|crllint\.yaml is not a file/u,
        ),
      });
    }
  });

  test("--config selects a configuration and --no-config none, and so do their variables", async () => {
    bench.put("crllint.yaml", "ignore: crl-number\n");
    bench.put("other.yaml", "severity: { crl-number: warning }\n");
    expect(await lintBad()).toMatchObject({ code: 0, out: clean() });
    expect(await lintBad("--no-config")).toMatchObject({ code: 1, out: badAs("error") });
    expect(await lintBad("-c", "other.yaml")).toMatchObject({ code: 0, out: badAs("warning") });
    vi.stubEnv("CRLLINT_NO_CONFIG", "1");
    expect(await lintBad()).toMatchObject({ code: 1 });
    vi.stubEnv("CRLLINT_NO_CONFIG", "0");
    expect(await lintBad()).toMatchObject({ code: 0, out: clean() });
    vi.stubEnv("CRLLINT_CONFIG", "other.yaml");
    expect(await lintBad()).toMatchObject({ out: badAs("warning") });
  });

  test("reports a missing configuration as an error", async () => {
    expect(await lintBad("-c", "none.yaml")).toMatchObject({
      code: 2,
      out: "",
      err: "error: cannot read none.yaml: no such file or directory\n(see crllint --help)\n",
    });
  });

  test("prints only the errors of an invalid configuration, and lints nothing", async () => {
    bench.put("crllint.yaml", "fail-on: never\nprofil: etsi\n");
    expect(await lintBad()).toEqual({
      code: 2,
      out: "",
      err: `error[config/unknown-key]: unknown key "profil"; did you mean profile?
 --> crllint.yaml:2:1
  |
2 | profil: etsi
  | ^^^^^^
  = help: known keys: ${Object.keys(configSchema.entries).join(", ")}
`,
    });
  });

  test("reports the position of bytes that are not UTF-8", async () => {
    writeFileSync("crllint.yaml", Buffer.from("# caf\u00e9\nprofile: \u00e9\n", "latin1"));
    const { code, err } = await lintBad();
    expect(code).toBe(2);
    expect(err).toMatch(/^error\[config\/encoding\].*\n --> crllint\.yaml:1:6\n/u);
  });
});

describe("precedence: option, environment, configuration, default", () => {
  test("of a value", async () => {
    const format = async (...args: readonly string[]): Promise<string> => {
      const { out } = await crllint([...args, "ca.pem", "crls/bad.crl"]);
      return out.slice(0, 5);
    };
    expect(await format()).toBe("error");
    bench.put("crllint.yaml", "format: json\n");
    expect(await format()).toBe('{\n  "');
    vi.stubEnv("CRLLINT_FORMAT", "compact");
    expect(await format()).toBe("crls/");
    expect(await format("-f", "tap")).toBe("TAP v");
  });

  test("of a switch that the environment sets to off", async () => {
    bench.put("crllint.yaml", "fail-on-skipped: true\nignore: crl-number\n");
    expect((await lintBad()).code).toBe(1);
    vi.stubEnv("CRLLINT_FAIL_ON_SKIPPED", "0");
    expect((await lintBad()).code).toBe(0);
    expect((await lintBad("--fail-on-skipped")).code).toBe(1);
  });

  test("of lists, which are replaced, and of severities, which are merged", async () => {
    bench.put("crllint.yaml", "ignore: [crl-number]\nseverity:\n  crl-number: warning\n");
    expect(await lintBad("--ignore", "idp")).toMatchObject({ code: 0, out: badAs("warning") });
    expect(await lintBad("--ignore", "idp", "--severity", "idp=off")).toMatchObject({ out: badAs("warning") });
    expect(await lintBad("--ignore", "idp", "--severity", "crl-number=notice")).toMatchObject({
      out: badAs("notice"),
    });
  });

  test("of profile, select and max-warnings", async () => {
    bench.put(
      "crllint.yaml",
      "profile: [rfc5280, mozilla]\nselect: crl-number\nseverity: {crl-number: warning}\nmax-warnings: 0\n",
    );
    const { code, out } = await crllint(["-f", "json", "ca.pem", "crls/bad.crl"]);
    expect(code).toBe(1);
    const [run] = withOutcomes(
      JSON.parse(out) as { runs: { profiles: string[]; rules: { rule: string; status: string; why?: string }[] }[] },
    ).runs;
    expect(run?.profiles).toEqual(["rfc5280", "mozilla"]);
    // A configuration does not deselect the core checks.
    const on = (run?.rules ?? []).filter(({ status }) => status !== "off").map(({ rule }) => rule);
    const others = on.filter((rule) => !rule.startsWith("crl-number/"));
    expect(others).toEqual(["issuer/not-byte-identical", "signature/invalid"]);
    expect(on.length).toBeGreaterThan(2);
    expect(run?.rules.find(({ rule }) => rule === "idp/non-uri")).toMatchObject({
      status: "off",
      why: "not selected: crllint.yaml:2",
    });
    expect((await lintBad("--max-warnings", "1")).code).toBe(0);
  });
});

describe("fail-on: never", () => {
  const warn = ["--severity", "crl-number=warning"];
  const skippedFails = ["--fail-on-skipped", "--select", "issuer,signature,certs"];
  const neverFails = ["--fail-on", "never"];

  test.each<readonly [code: number, name: string, config: string, args: readonly string[]]>([
    [0, "leaves findings without effect", "fail-on: never\n", []],
    [0, "also leaves max-warnings of the configuration without effect", "fail-on: never\nmax-warnings: 0\n", warn],
    [1, "does not override --max-warnings", "fail-on: never\n", [...warn, "--max-warnings", "0"]],
    [0, "does not override --max-warnings, which allows one", "fail-on: never\n", [...warn, "--max-warnings", "1"]],
    [1, "does not override --fail-on-skipped", "fail-on: never\n", skippedFails],
    [0, "overrides fail-on-skipped of the configuration", "fail-on: never\nfail-on-skipped: true\n", []],
    [0, "on the command line overrides max-warnings", "max-warnings: 0\n", [...warn, ...neverFails]],
    [0, "on the command line also applies with --fail-on-skipped", "", [...skippedFails, ...neverFails]],
  ])("%d: %s: %j", async (code, _, config, args) => {
    bench.put("crllint.yaml", config);
    const junit = bench.put("junit.xml", "");
    const result = await crllint([...args, "--report", `junit=${junit}`, "ca.pem", "crls/bad.crl"]);
    expect(result.code).toBe(code);
    // JUnit has no other place for the verdict.
    expect(/<(?:failure|error) /u.test(readFileSync(junit, "utf8"))).toBe(code > 0);
  });

  test("a core check fails the cases of JUnit and TAP too", async () => {
    bench.put("crllint.yaml", "fail-on: never\n");
    bench.put("crls/reversed.crl", reversedCrl());
    for (const [format, failing] of [
      ["junit", /<failure type="error"/u],
      ["tap", /^not ok \d+ - \S+: issuer\/not-byte-identical$/mu],
    ] as const) {
      const { code, out } = await crllint(["-f", format, "ca.pem", "crls/reversed.crl"]);
      expect([code, out]).toEqual([1, expect.stringMatching(failing)]);
    }
  });
});

test("a configuration sets the severity of its own valid-for, but not of --valid-for", async () => {
  bench.put("crllint.yaml", "valid-for: 400d\nignore: crl-number\nseverity: {time/not-valid-for: notice}\n");
  expect((await lintBad()).code).toBe(0);
  expect((await lintBad("--valid-for", "400d")).code).toBe(1);
});

describe("configuration and environment do not leave out a core check", () => {
  const reversed =
    "crls/reversed.crl:26+71: error issuer/not-byte-identical: CRL issuer is not byte-for-byte the CA's subject: same RDNs, reversed order\n";
  const forged =
    "crls/forged.crl:328+261: error signature/invalid: signature does not verify with the key of CN=Example TLS CA 1,O=Example Trust GmbH,C=AT\n";
  /** Returns the complete output, with the limits of the core checks of each CRL. */
  const failing = (limit = ""): string =>
    `${forged}crls/forged.crl: verdict fail${limit}\n${reversed}crls/reversed.crl: verdict fail${limit}\nverdict fail\n`;
  const lintBoth = (...args: readonly string[]): Promise<CommandResult> =>
    crllint(["-f", "compact", ...args, "ca.pem", "crls/reversed.crl", "crls/forged.crl"]);

  beforeEach(() => {
    const signatureValue = (valid: Uint8Array): Uint8Array => valid.map((byte, i) => (i === 100 ? byte ^ 1 : byte));
    bench.put("crls/reversed.crl", reversedCrl());
    bench.put("crls/forged.crl", kit.crl({ signatureValue }).crl);
  });

  const limit = (by: string): string => ` (signature/invalid: signature: ignore of ${by} does not apply)`;

  test.each([
    ["ignore: [issuer, signature]", ""],
    ["select: crl-number", ""],
    ["severity: {issuer: off, signature: off}", ""],
    ["severity: {issuer: notice, signature: notice}", ""],
    ["fail-on: never", ""],
    ["signature: ignore", limit("crllint.yaml")],
  ])("%s in the configuration", async (setting, shown) => {
    bench.put("crllint.yaml", `${setting}\n`);
    expect(await lintBoth()).toEqual({ code: 1, out: failing(shown), err: "" });
  });

  test.each([
    ["IGNORE", "issuer,signature", ""],
    ["SELECT", "crl-number", ""],
    ["SEVERITY", "issuer=off,signature=off", ""],
    ["SEVERITY", "issuer=notice,signature=notice", ""],
    ["FAIL_ON", "never", ""],
    ["SIGNATURE", "ignore", limit("the environment")],
  ])("CRLLINT_%s=%s", async (name, value, shown) => {
    vi.stubEnv(`CRLLINT_${name}`, value);
    expect(await lintBoth()).toEqual({ code: 1, out: failing(shown), err: "" });
  });

  test("CRLLINT_NO_ISSUER=1 is an error", async () => {
    vi.stubEnv("CRLLINT_NO_ISSUER", "1");
    expect(await lintBoth()).toEqual({
      code: 2,
      out: "",
      err: "error: the environment sets CRLLINT_NO_ISSUER, but only the command line can give --no-issuer\n(see crllint --help)\n",
    });
    vi.stubEnv("CRLLINT_NO_ISSUER", "0");
    expect(await lintBoth()).toEqual({ code: 1, out: failing(), err: "" });
  });

  test("the command line does leave out a core check", async () => {
    bench.put("crllint.yaml", "fail-on: never\nsignature: ignore\n");
    vi.stubEnv("CRLLINT_IGNORE", "issuer");
    expect(await lintBoth("--ignore", "signature", "--fail-on", "error")).toEqual({
      code: 1,
      out: `crls/forged.crl: verdict pass (core check not selected (--ignore signature))\n${reversed}crls/reversed.crl: verdict fail (core check not selected (--ignore signature))\nverdict fail\n`,
      err: "",
    });
  });
});

test("paths are relative to the configuration, not to the working directory", async () => {
  bench.put(
    "crllint.yaml",
    "reports: { compact: out.txt }\nsuppress: [{rule: crl-number, crl: crls/*.crl, reason: known}]\n",
  );
  process.chdir("crls");
  const out = "bad.crl: verdict pass\nverdict pass\n";
  expect(await crllint(["-f", "compact", "../ca.pem", "bad.crl"])).toMatchObject({ code: 0, out });
  expect(readFileSync("../out.txt", "utf8")).toBe(out);
});

test("a report does not overwrite an input", async () => {
  bench.put("known.json", '{"version": 1, "entries": []}');
  for (const file of ["crllint.yaml", "known.json", "ca.pem"]) {
    bench.put("crllint.yaml", `reports: {json: ${file}}\nbaseline: known.json\npairs: [{crl: "**", issuer: ca.pem}]\n`);
    const { code, err } = await crllint(["crls/bad.crl"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: the report .* would replace an input file\n/u);
  }
});

test("the pattern of a suppression matches a fetched CRL by its URL", async () => {
  const server = new CrlServer();
  await server.start();
  const url = server.serve("/bad.crl", kit.crl({ crlNumber: null }).crl);
  const lint = () => crllint(["fetch", "-f", "compact", "--allow-private", "--issuer", "ca.pem", url]);
  expect((await lint()).out).toContain("error crl-number/missing");
  bench.put("crllint.yaml", `suppress: [{rule: crl-number, crl: "http://*/bad.crl", reason: known}]\n`);
  expect(await lint()).toMatchObject({ code: 0, out: `${url}: verdict pass\nverdict pass\n` });
  await server.stop();
});

describe("pairs and scopes", () => {
  beforeEach(() => {
    bench.put("cas/other.pem", pem("CERTIFICATE", kit.otherCa.certificate));
    bench.put("cas/ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  });

  /** Returns certificate and reason of the pairing of each CRL. */
  async function pairings(...args: readonly string[]): Promise<readonly string[]> {
    const { out } = await crllint(["-f", "json", ...args]);
    const { runs } = JSON.parse(out) as { runs: { pairing?: { certificate: string; by: string } }[] };
    return runs.map(({ pairing }) => (pairing === undefined ? "none" : `${pairing.certificate} ${pairing.by}`));
  }

  test("a pair selects the CA of a CRL, regardless of keys", async () => {
    expect(await pairings("cas", "crls")).toEqual(["cas/ca.pem signature", "cas/ca.pem signature"]);
    bench.put("crllint.yaml", "pairs: [{crl: crls/good.crl, issuer: cas/other.pem}]\n");
    expect(await pairings("cas", "crls")).toEqual(["cas/ca.pem signature", "cas/other.pem option"]);
    expect(await pairings("crls")).toEqual(["none", "cas/other.pem option"]);
  });

  test("an option overrides a pair, and so does a single certificate with a single CRL", async () => {
    bench.put("crllint.yaml", "pairs: [{crl: '**', issuer: cas/other.pem}]\n");
    expect(await pairings("--issuer", "ca.pem", "crls/good.crl")).toEqual(["ca.pem option"]);
    expect(await pairings("ca.pem", "crls/good.crl")).toEqual(["ca.pem only-certificate"]);
    expect(await pairings("--shards", "cas", "crls")).toEqual(["cas/other.pem option", "cas/other.pem option"]);
  });

  describe("issuer: none", () => {
    const config = 'pairs:\n  - crl: "**/*forged*"\n    issuer: ca.pem\n  - crl: "**/*ed.crl"\n    issuer: none\n';
    const limit = "(issuer not compared (issuer: none in SOURCE); signature not checked (issuer: none in SOURCE))";
    const none = (source: string): string => limit.replaceAll("SOURCE", source);
    const missing = (name: string): string =>
      `${name}:0+589: error crllint/no-issuer: not judged: no certificate of the issuing CA was given, so its issuer and signature were not checked\n${name}: verdict undecided\n`;

    beforeEach(() => {
      bench.put("crls/bad.crl", kit.crl().crl);
      bench.put("crls/reversed.crl", reversedCrl());
      bench.put("crllint.yaml", config);
    });

    test("leaves out both core checks only for its CRLs, and the report names the line", async () => {
      const reversed = `crls/reversed.crl: verdict pass ${none("crllint.yaml:5")}\n`;
      expect(await crllint(["-f", "compact", "crls/reversed.crl"])).toEqual({
        code: 0,
        out: `${reversed}verdict pass\n`,
        err: "",
      });
      const others = [missing("crls/bad.crl"), missing("crls/good.crl")].join("");
      const all = await crllint(["-f", "compact", "crls"]);
      expect(all).toEqual({ code: 2, out: `${others}${reversed}verdict undecided\n`, err: "" });
      expect(await crllint(["-f", "compact", "--jobs", "2", "crls"])).toEqual(all);
      expect(await crllint(["-f", "compact", "--shards", "crls/reversed.crl"])).toMatchObject({ code: 0 });
      expect(await crllint(["-f", "compact", "--fail-on-skipped", "--select", "issuer", "crls/reversed.crl"])).toEqual({
        code: 0,
        out: `crls/reversed.crl: verdict pass (issuer not compared (issuer: none in crllint.yaml:5); core check not selected (--select issuer))\nverdict pass\n`,
        err: "",
      });
    });

    test("does not apply with a certificate or --no-issuer on the command line, or with --gate", async () => {
      const failing = { code: 1, out: expect.stringContaining("error issuer/not-byte-identical") };
      expect(await crllint(["-f", "compact", "ca.pem", "crls/reversed.crl"])).toMatchObject(failing);
      expect(await crllint(["-f", "compact", "--issuer", "ca.pem", "crls/reversed.crl"])).toMatchObject(failing);
      expect((await crllint(["-f", "compact", "--no-issuer", "crls/reversed.crl"])).out).toContain(
        "issuer not compared (--no-issuer)",
      );
      const gate = ["--gate", "--without", "previous,base,certs,expected,shards,ccadb,url", "-f", "compact"];
      expect(await crllint([...gate, "crls/reversed.crl"])).toEqual({
        code: 2,
        out: `${missing("crls/reversed.crl")}verdict undecided\n`,
        err: "",
      });
    });

    test("applies only if no earlier pair matches", async () => {
      bench.put("crls/forged.crl", kit.crl({ signatureValue: (valid) => valid.map((byte) => byte ^ 1) }).crl);
      expect(await crllint(["-f", "compact", "crls/forged.crl"])).toMatchObject({
        code: 1,
        out: expect.stringContaining("error signature/invalid"),
      });
    });

    test("is not the file ./none", async () => {
      bench.put("none", pem("CERTIFICATE", kit.ca.certificate));
      bench.put("crllint.yaml", config.replace("issuer: none", "issuer: ./none"));
      expect(await pairings("crls/reversed.crl")).toEqual(["none option"]);
    });

    test("cannot be combined with files", async () => {
      bench.put("crllint.yaml", config.replace("issuer: none", "issuer: [ca.pem, none]"));
      expect(await crllint(["crls/reversed.crl"])).toEqual({
        code: 2,
        out: "",
        err: `error[config/wrong-value]: pairs[1].issuer: none excludes files
 --> crllint.yaml:5:13
  |
5 |     issuer: [ca.pem, none]
  |             ^^^^^^^^^^^^^^
  = help: give none alone; for a file of this name, write ./none
`,
      });
    });
  });

  test("pairs apply to fetched CRLs by URL", async () => {
    const server = new CrlServer();
    await server.start();
    const url = server.serve("/reversed.crl", reversedCrl());
    const lint = async () => crllint(["fetch", "-f", "compact", "--allow-private", url]);
    expect((await lint()).code).toBe(2);
    bench.put("crllint.yaml", `pairs: [{crl: "http://*/reversed.crl", issuer: none}]\n`);
    expect(await lint()).toEqual({
      code: 0,
      out: `${url}: verdict pass (issuer not compared (issuer: none in crllint.yaml:1); signature not checked (issuer: none in crllint.yaml:1))\nverdict pass\n`,
      err: "",
    });
    bench.put("crllint.yaml", `pairs: [{crl: "http://*/reversed.crl", issuer: ca.pem}]\n`);
    expect(await lint()).toMatchObject({ code: 1, out: expect.stringContaining("error issuer/not-byte-identical") });
    bench.put("crllint.yaml", `pairs: [{crl: "http://*/reversed.crl", issuer: missing.pem}]\n`);
    expect(await lint()).toMatchObject({ code: 2, out: expect.stringContaining("missing.pem:0+0: error") });
    await server.stop();
  });

  test("a pair with an unreadable file or a file that is not a certificate is reported", async () => {
    bench.put("crllint.yaml", "pairs: [{crl: '**', issuer: [cas/none.pem, crls/good.crl]}]\n");
    const { code, out } = await crllint(["-f", "compact", "--ignore", "issuer", "crls/good.crl"]);
    expect(code).toBe(2);
    expect(out).toContain("cas/none.pem:0+0: error crllint/unreadable: no such file or directory");
    expect(out).toContain(
      "error crllint/not-a-certificate: pairs[0].issuer names a CertificateList, not a CA certificate\n",
    );
  });

  test("scopes set the scope of matching CRLs, unless an option sets it", async () => {
    bench.put("crllint.yaml", "scopes: [{crl: 'crls/b*.crl', scope: ca, completeness: full}]\n");
    const scopes = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { out } = await crllint(["-f", "json", ...args, "ca.pem", "crls"]);
      return (JSON.parse(out) as { runs: { scope: { kind: string } }[] }).runs.map(({ scope }) => scope.kind);
    };
    const [, detected] = await scopes();
    expect(await scopes()).toEqual(["ca", detected]);
    expect(detected).not.toBe("ca");
    expect(await scopes("--shards")).toEqual(["ca", detected]);
    expect(await scopes("--scope", "both")).toEqual(["both", "both"]);
  });
});
