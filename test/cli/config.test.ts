import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { findConfig } from "../../src/files/find-config.ts";
import { kit } from "../../src/fixture/index.ts";
import { CrlServer } from "./crl-server.ts";
import { type Ended, crllint, pem, reversedCrl, Workbench } from "./workbench.ts";

let bench: Workbench;
const before = process.cwd();

beforeEach(() => {
  bench = new Workbench();
  mkdirSync(join(bench.folder, ".git"));
  bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  bench.put("crls/good.crl", kit.crl().crl);
  bench.put("crls/bad.crl", reversedCrl());
  process.chdir(bench.folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(before);
  bench.clear();
});

/** Runs on the faulty CRL alone; one finding per line. */
function lintBad(...args: readonly string[]): Promise<Ended> {
  return crllint(["-f", "compact", ...args, "ca.pem", "crls/bad.crl"]);
}

const bad =
  "crls/bad.crl:26+71: error issuer/not-byte-identical: CRL issuer is not byte-for-byte the CA's subject: same RDNs, reversed order\n";

describe("discovery", () => {
  test("the nearest in the parent directories, up to .git", () => {
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

  test("two in one directory are an error", async () => {
    bench.put("crllint.yaml", "");
    bench.put("crllint.json", "{}");
    const { code, err } = await lintBad();
    expect(code).toBe(2);
    expect(err).toMatch(/^error: there are two configurations, .*crllint\.yaml and .*crllint\.json: keep one/u);
  });

  test("--config names one, --no-config none; the same with their variables", async () => {
    bench.put("crllint.yaml", "ignore: issuer\n");
    bench.put("other.yaml", "severity: { issuer: warning }\n");
    expect(await lintBad()).toMatchObject({ code: 0, out: "" });
    expect(await lintBad("--no-config")).toMatchObject({ code: 1, out: bad });
    expect(await lintBad("-c", "other.yaml")).toMatchObject({ code: 0, out: bad.replace("error", "warning") });
    vi.stubEnv("CRLLINT_NO_CONFIG", "1");
    expect(await lintBad()).toMatchObject({ code: 1 });
    vi.stubEnv("CRLLINT_NO_CONFIG", "0");
    expect(await lintBad()).toMatchObject({ code: 0, out: "" });
    vi.stubEnv("CRLLINT_CONFIG", "other.yaml");
    expect(await lintBad()).toMatchObject({ out: bad.replace("error", "warning") });
  });

  test("a missing one is an error", async () => {
    expect(await lintBad("-c", "none.yaml")).toMatchObject({
      code: 2,
      out: "",
      err: "error: none.yaml: no such file or directory\n(see crllint --help)\n",
    });
  });

  test("standard error has only the errors; nothing is linted", async () => {
    bench.put("crllint.yaml", "fail-on: never\nprofil: etsi\n");
    expect(await lintBad()).toEqual({
      code: 2,
      out: "",
      err: `error[config/unknown-key]: unknown key "profil"; did you mean profile?
 --> crllint.yaml:2:1
  |
2 | profil: etsi
  | ^^^^^^
  = help: known keys: $schema, limits, profile, select, ignore, severity, all-dates, now, valid-for, signature, fail-on, fail-on-skipped, max-warnings, baseline, format, reports, max-findings, quiet, verbose, pairs, scopes, suppress
`,
    });
  });

  test("bytes that are not UTF-8 also have a position", async () => {
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

  test("of a switch: off in the environment is not the same as not set", async () => {
    bench.put("crllint.yaml", "fail-on-skipped: true\nignore: issuer\n");
    expect((await lintBad()).code).toBe(1);
    vi.stubEnv("CRLLINT_FAIL_ON_SKIPPED", "0");
    expect((await lintBad()).code).toBe(0);
    expect((await lintBad("--fail-on-skipped")).code).toBe(1);
  });

  test("lists replace lists; severities are merged", async () => {
    bench.put("crllint.yaml", "ignore: [issuer]\nseverity:\n  issuer: warning\n");
    expect(await lintBad("--ignore", "idp")).toMatchObject({ code: 0, out: bad.replace("error", "warning") });
    expect(await lintBad("--ignore", "idp", "--severity", "idp=off")).toMatchObject({
      out: bad.replace("error", "warning"),
    });
    expect(await lintBad("--ignore", "idp", "--severity", "issuer=notice")).toMatchObject({
      out: bad.replace("error", "notice"),
    });
  });

  test("profile, select, fail-on, max-warnings", async () => {
    bench.put(
      "crllint.yaml",
      "profile: [rfc5280, mozilla]\nselect: issuer\nseverity: {issuer: warning}\nmax-warnings: 0\n",
    );
    const { code, out } = await crllint(["-f", "json", "ca.pem", "crls/bad.crl"]);
    expect(code).toBe(1);
    const [run] = (JSON.parse(out) as { runs: { profiles: string[]; rules: { rule: string }[] }[] }).runs;
    expect(run?.profiles).toEqual(["rfc5280", "mozilla"]);
    expect(run?.rules.every(({ rule }) => rule.startsWith("issuer/"))).toBe(true);
    expect((await lintBad("--max-warnings", "1")).code).toBe(0);
  });
});

test("paths are relative to the configuration, not to the working directory", async () => {
  bench.put(
    "crllint.yaml",
    "reports: { compact: out.txt }\nsuppress: [{rule: issuer, crl: crls/*.crl, reason: known}]\n",
  );
  process.chdir("crls");
  expect(await crllint(["-f", "compact", "../ca.pem", "bad.crl"])).toMatchObject({ code: 0, out: "" });
  expect(readFileSync("../out.txt", "utf8")).toBe("");
});

test("a report does not overwrite an input", async () => {
  bench.put("known.json", '{"version": 1, "entries": []}');
  for (const file of ["crllint.yaml", "known.json", "ca.pem"]) {
    bench.put("crllint.yaml", `reports: {json: ${file}}\nbaseline: known.json\npairs: [{crl: "**", issuer: ca.pem}]\n`);
    const { code, err } = await crllint(["crls/bad.crl"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: the report .* would replace a file that is to be read/u);
  }
});

test("a fetched CRL is matched by its URL", async () => {
  const server = new CrlServer();
  await server.start();
  const url = server.serve("/bad.crl", reversedCrl());
  const lint = () => crllint(["fetch", "-f", "compact", "--allow-private", "--issuer", "ca.pem", url]);
  expect((await lint()).out).toContain("error issuer/not-byte-identical");
  bench.put("crllint.yaml", `suppress: [{rule: issuer, crl: "http://*/bad.crl", reason: known}]\n`);
  expect(await lint()).toMatchObject({ code: 0, out: "" });
  await server.stop();
});

describe("pairs and scopes", () => {
  beforeEach(() => {
    bench.put("cas/other.pem", pem("CERTIFICATE", kit.otherCa.certificate));
    bench.put("cas/ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  });

  /** Certificate and reason of the pairing of each CRL. */
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

  test("an option overrides it, and so do one certificate and one CRL", async () => {
    bench.put("crllint.yaml", "pairs: [{crl: '**', issuer: cas/other.pem}]\n");
    expect(await pairings("--issuer", "ca.pem", "crls/good.crl")).toEqual(["ca.pem option"]);
    expect(await pairings("ca.pem", "crls/good.crl")).toEqual(["ca.pem only-certificate"]);
    expect(await pairings("--shards", "cas", "crls")).toEqual(["cas/other.pem option", "cas/other.pem option"]);
  });

  test("an unreadable certificate is reported as such", async () => {
    bench.put("crllint.yaml", "pairs: [{crl: '**', issuer: [cas/none.pem, crls/good.crl]}]\n");
    const { code, out } = await crllint(["-f", "compact", "--ignore", "issuer", "crls/good.crl"]);
    expect(code).toBe(2);
    expect(out).toContain("cas/none.pem:0+0: error crllint/unreadable: no such file or directory");
    expect(out).toContain(
      "error crllint/not-a-certificate: pairs[0].issuer names a CertificateList where a CA certificate is wanted",
    );
  });

  test("scopes", async () => {
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
