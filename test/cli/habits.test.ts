import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test, vi, onTestFinished } from "vitest";
import { ownFindings } from "../../src/explain/own-findings.ts";
import { kit } from "../../src/fixture/index.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());
const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const crl = bench.put("crl.der", kit.crl().crl);
const bad = bench.put("bad.crl", kit.crl({ crlNumber: null, entries: [{ reason: 7 }, { reason: 7 }] }).crl);

describe("options and commands of other linters get a suggestion", () => {
  test.each([
    [["--exit-zero", ca, crl], "unknown option '--exit-zero'; use --fail-on never"],
    [["--output-file", "x", ca, crl], "unknown option '--output-file'; use --report FORMAT=FILE"],
    [["--explain", "time/expired"], "unknown option '--explain'; use crllint explain RULE"],
    [["check", ca, crl], "there is no command and no file check; use crllint CA CRL"],
    [["rule", "time/expired"], "there is no command and no file rule; use crllint explain RULE"],
  ])("%j", async (args, message) => {
    const { code, err } = await crllint(args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test.each([
    ["https://crl.example.com/ca.crl", "crllint fetch --issuer ca.pem URL"],
    ["ldap://ldap.example.com/cn=CA", "ldapsearch"],
  ])("the URL %s as an operand", async (url, message) => {
    const { code, out } = await crllint([ca, url]);
    expect([code, out]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("profiles", () => {
  test("names ignore case, and an unknown name is an error that lists all", async () => {
    expect((await crllint(["--profile", "TLS-BR", "--now", "2026-11-02", ca, crl])).code).toBe(0);
    const { code, err } = await crllint(["--profile", "mozila", ca, crl]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /There is no profile mozila\. Did you mean mozilla\? There are rfc5280, tls-br, .* and private\./u,
    );
  });

  test("crllint profiles lists all profiles with their sources", async () => {
    const { code, out } = await crllint(["profiles"]);
    expect(code).toBe(0);
    expect(out).toContain("mozilla    Mozilla Root Store Policy");
    expect(out).toContain("if it fits the CA: tls-br, smime-br");
    expect(out.match(/^[a-z0-9-]+ {2}/gmu)).toHaveLength(18);
  });
});

describe("crllint explain", () => {
  test("shows examples only with --examples", async () => {
    const short = await crllint(["explain", "time/expired"]);
    expect(short.out).toContain("**Fix:**");
    expect(short.out).not.toContain("## Examples that fail");
    expect(short.out).toContain("crllint explain --examples time/expired");
    expect((await crllint(["explain", "--examples", "time/expired"])).out).toContain("## Examples that fail");
  });

  test("has a page for a finding about the run itself", async () => {
    const { code, out } = await crllint(["explain", "crllint/no-issuer"]);
    expect([code, out]).toEqual([0, expect.stringContaining("issuer and signature were not checked")]);
  });

  test.each([
    ["TLS-BR", "# profile tls-br\n"],
    ["Time/Expired", "# time/expired\n"],
    ["crllint", "- crllint/no-issuer: "],
  ])("has a page for %s", async (name, text) => {
    const { code, out } = await crllint(["explain", name]);
    expect([code, out]).toEqual([0, expect.stringContaining(text)]);
  });

  test.each([
    ["crllint/no-issue", "no such rule, part, profile or source: crllint/no-issue; did you mean crllint/no-issuer?"],
    ["constructor", "no such rule, part, profile or source: constructor\n"],
  ])("has no page for %s", async (name, message) => {
    const { code, err } = await crllint(["explain", name]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test("describes all findings that crllint reports about the run itself", () => {
    const src = new URL("../../src/", import.meta.url);
    const texts = readdirSync(src, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(new URL(name, src), "utf8"));
    const ids = texts.flatMap((text) =>
      Array.from(text.matchAll(/"crllint\/(?<id>[a-z][a-z-]+)"/gu), ({ groups }) => groups?.["id"]),
    );
    const modules = new Set(["report", "files", "fixture"]);
    const found = [...new Set(ids)].filter((id) => id !== undefined && !modules.has(id));
    expect(new Set(found)).toEqual(new Set(Object.keys(ownFindings)));
  });
});

test("--statistics counts findings by rule", async () => {
  const { out } = await crllint(["--statistics", "--now", "2026-11-02", ca, bad]);
  expect(out).toMatch(/\n2 {2}reason\/value-7\n1 {2}crl-number\/missing\n/u);
});

test("--show-settings shows each setting with its origin", async () => {
  vi.stubEnv("CRLLINT_WIDTH", "90");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const config = bench.put("crllint.yaml", "ignore: [issuer]\nmax-findings: 5\nseverity:\n  idp: notice\n");
  const { code, out } = await crllint(["--show-settings", "-c", config, "--profile", "mozilla", ca, crl]);
  expect(code).toBe(0);
  expect(out).toContain("--profile mozilla  (command line)\n");
  expect(out).toMatch(/^--max-findings 5 {2}\(.*crllint\.yaml\)$/mu);
  expect(out).toContain("--width 90  (environment)\n");
  expect(out).toContain("--color auto  (default)\n");
  expect(out).toMatch(/^configuration .*crllint\.yaml\n/u);
  expect(out).toMatch(/^--ignore issuer {2}\(.*crllint\.yaml:1\)$/mu);
  expect(out).toMatch(/^--severity idp=notice {2}\(.*crllint\.yaml:4\)$/mu);
  expect(out).toContain("do not apply to the checks of issuer and signature");
});

test("--show-settings states which signature mode does not apply", async () => {
  const config = bench.put("signature.yaml", "signature: ignore\nselect: [time, issuer]\n");
  const settings = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { code, out } = await crllint(["--show-settings", ...args, ca, crl]);
    expect(code).toBe(0);
    return out.split("\n").filter((line) => line.startsWith("--signature") || line.startsWith("--select"));
  };
  const [signature, select] = await settings("-c", config);
  expect(signature).toMatch(
    /^--signature verify {2}\(default; signature: ignore of .*signature\.yaml does not apply\)$/u,
  );
  expect(select).toMatch(/^--select time,issuer {2}\(.*signature\.yaml:2\)$/u);
  expect(await settings("--no-config")).toEqual(["--signature verify  (default)"]);
  expect(await settings("--no-config", "--signature", "ignore")).toEqual(["--signature ignore  (command line)"]);
  const usual = bench.put("verify.yaml", "signature: verify\n");
  expect((await settings("-c", usual))[0]).toMatch(/^--signature verify {2}\(.*verify\.yaml\)$/u);
  vi.stubEnv("CRLLINT_SIGNATURE", "ignore");
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(await settings("--no-config")).toEqual([
    "--signature verify  (default; signature: ignore of the environment does not apply)",
  ]);
  expect(await settings("--no-config", "--signature", "ignore")).toEqual(["--signature ignore  (command line)"]);
});

test("--show-settings shows the settings of --gate", async () => {
  const { out } = await crllint(["--show-settings", "--gate", "--without", "certs", ca, crl]);
  expect(out).toMatch(/^no configuration\n/u);
  expect(out).toContain("--without certs  (command line)\n");
  expect(out).toContain("--no-config  (--gate)\n");
  expect(out).toContain("--fail-on warning  (--gate)\n");
});

describe("on a terminal, lines are wrapped at its width", () => {
  const commandLines = [
    ["--help"],
    ["fetch", "--help"],
    ["--version", "--verbose"],
    ["--show-settings"],
    ["profiles"],
    ["rules"],
    ["explain", "idp"],
    ["explain", "mozilla"],
    ["explain", "crllint"],
    ["explain", "time/expired"],
    ["show", crl],
    ["names", ca, crl],
    [ca, bad],
    ["check", ca, crl],
    ["--profile", "nope", ca, crl],
    ["https://crl.example.com/a/long/path/that/goes/on/ca.crl"],
  ];
  test.each(commandLines.flatMap((args) => [40, 80].map((columns) => [columns, args.join(" "), args] as const)))(
    "%i columns: %s",
    async (columns, _, args) => {
      const { out, err } = await crllint(args, { isTty: true, isErrorTty: true, columns, env: { NO_COLOR: "1" } });
      // A single word may be wider: a path, a URL, the id of a rule.
      const wide = `${out}${err}`
        .split("\n")
        .filter((line) => line.length > columns && /\S \S/u.test(line.replace(/^\W*/u, "")));
      expect(wide).toEqual([]);
    },
  );
});
