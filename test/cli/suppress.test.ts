import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { faultsOfBaseline } from "../config/validate.ts";
import { crllint, pem, reversedCrl, Workbench } from "./workbench.ts";

let bench: Workbench;
const before = process.cwd();
const files = ["ca.pem", "crls"];

beforeEach(() => {
  bench = new Workbench();
  mkdirSync(join(bench.folder, ".git"));
  bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  bench.put("crls/good.crl", kit.crl().crl);
  bench.put("crls/bad.crl", kit.crl({ crlNumber: null }).crl);
  process.chdir(bench.folder);
});

afterEach(() => {
  process.chdir(before);
  bench.clear();
});

/** An entry of the default CRL, because CRLs of one CA must have a common entry. */
const common = { date: "2026-03-14T09:26:53Z", reason: 1 } as const;

/** Returns file and id of each finding that is not suppressed. */
async function found(...args: readonly string[]): Promise<readonly string[]> {
  const { out } = await crllint(["-f", "compact", ...args, ...files]);
  return [...out.matchAll(/^(?<file>[^:]+):\d+\+\d+: \w+ (?<rule>[^:]+):/gmu)].map(
    ({ groups }) => `${groups?.["file"]} ${groups?.["rule"]}`,
  );
}

interface JsonReport {
  readonly summary: { readonly verdict: string; readonly errors: number; readonly suppressed: number };
  readonly runs: readonly {
    readonly crl: string;
    readonly sha256: string;
    readonly issuerSha256: string;
    readonly pairing: { readonly sha256: string };
    readonly verdict: string;
    readonly findings: readonly { readonly rule: string; readonly suppressed?: object }[];
    readonly rules: readonly { readonly rule: string; readonly status: string; readonly count: number }[];
  }[];
}

async function json(...args: readonly string[]): Promise<JsonReport> {
  return JSON.parse((await crllint(["-f", "json", ...args, ...files])).out) as JsonReport;
}

describe("suppressions", () => {
  test("a suppressed finding does not count, is marked in reports, and its rule still has failed", async () => {
    bench.put(
      "crllint.yaml",
      'suppress: [{rule: crl-number, reason: "known: \\u202e", until: 2026-12-15, crl: "crls/bad.crl"}]\n',
    );
    expect((await crllint(files)).code).toBe(0);
    const report = await json();
    const [run] = report.runs;
    expect(run?.findings).toMatchObject([
      {
        rule: "crl-number/missing",
        suppressed: { reason: String.raw`known: \u{202e}`, until: "2026-12-15", by: "config" },
      },
    ]);
    expect(run?.rules.find(({ rule }) => rule === "crl-number/missing")).toMatchObject({
      status: "failed",
      count: 1,
    });
    expect(run?.verdict).toBe("pass");
    expect(report.summary).toMatchObject({ verdict: "pass", errors: 0, suppressed: 1 });
    const human = (await crllint(["-v", ...files])).out;
    expect(human).toContain("crls/bad.crl: pass, no findings, 1 suppressed (");
    expect(human).toContain(String.raw`  suppressed crl-number/missing until 2026-12-15: known: \u{202e}`);
    expect(human).toContain("pass: 2 CRLs; no findings, 1 suppressed; ");
  });

  test.each(["source:tls-br", "crl-number", "crl-number/*", "crl-number/missing"])(
    "a finding is suppressed by the pattern %s",
    async (pattern) => {
      bench.put("crllint.yaml", `suppress: [{rule: "${pattern}", reason: known}]\n`);
      expect(await found()).toEqual([]);
    },
  );

  test("a finding is suppressed by the digest of the CRL or of its issuer", async () => {
    const [run] = (await json()).runs;
    expect(run?.crl).toBe("crls/bad.crl");
    for (const key of [`sha256: ${run?.sha256.toUpperCase()}`, `issuer-sha256: ${run?.issuerSha256}`]) {
      bench.put("crllint.yaml", `suppress: [{rule: crl-number, reason: known, ${key}}]\n`);
      expect(await found()).toEqual([]);
    }
    bench.put("crllint.yaml", `suppress: [{rule: crl-number, reason: known, sha256: ${"0".repeat(64)}}]\n`);
    expect(await found()).toEqual(["crls/bad.crl crl-number/missing"]);
  });

  test("a suppression ends with the last second of its day in UTC", async () => {
    bench.put("crllint.yaml", "suppress:\n  - rule: crl-number\n    reason: known\n    until: 2026-11-03\n");
    expect(await found("--now", "2026-11-03T23:59:59Z")).toEqual([]);
    expect(await found("--now", "2026-11-03T23:59:59.999Z")).toEqual([]);
    expect(await found("--now", "2026-11-04T00:00:00Z")).toEqual([
      "crls/bad.crl crl-number/missing",
      "crllint.yaml crllint/suppression-expired",
    ]);
    expect(await found("--now", "2026-11-04T01:00:00+02:00")).toEqual([]);
  });

  test("a suppression without effect is a warning at its position", async () => {
    bench.put("crllint.yaml", "suppress:\n  - rule: reason\n    reason: gone\n");
    const { code, out } = await crllint(["--fail-on", "warning", "ca.pem", "crls/good.crl"]);
    expect(code).toBe(1);
    expect(out)
      .toContain(`warning[crllint/suppression-unused]: the suppression of reason matches nothing: the rule was run, and reported nothing that it suppresses
  --> crllint.yaml:2:11  bytes 20..26 (0x14..0x1a)  suppress[0].rule
   = note: its reason was: gone
   = help: remove it from the configuration

crllint.yaml: fail, 1 warning

fail: 2 inputs: 1 pass, 1 fail; 1 warning; 47 rules need inputs that were not given (-v)
`);
  });

  test("a suppression is not reported as unused by a run without its rule or CRL", async () => {
    const all = "suppress:\n  - {rule: crl-number, reason: known, crl: crls/bad.crl}\n";
    bench.put("crllint.yaml", all);
    expect(await crllint(["-f", "compact", "ca.pem", "crls/good.crl"])).toMatchObject({
      code: 0,
      out: "crls/good.crl: verdict pass\nverdict pass\n",
    });
    expect(await found("--ignore", "crl-number")).toEqual([]);
    bench.put("crllint.yaml", all.replace("bad.crl", "gone.crl"));
    expect(await found()).toEqual(["crls/bad.crl crl-number/missing", "crllint.yaml crllint/suppression-unused"]);
  });

  test("--no-suppress reports all findings", async () => {
    bench.put(
      "crllint.yaml",
      "suppress: [{rule: crl-number, reason: known, until: 2020-01-01}, {rule: reason, reason: x}]\n",
    );
    expect(await found("--no-suppress")).toEqual(["crls/bad.crl crl-number/missing"]);
    expect((await crllint(["--no-suppress", ...files])).code).toBe(1);
  });

  test("suppressed warnings do not count for --max-warnings", async () => {
    bench.put("crllint.yaml", "severity: {crl-number: warning}\nsuppress: [{rule: crl-number, reason: known}]\n");
    expect((await crllint(["--max-warnings", "0", ...files])).code).toBe(0);
    expect((await crllint(["--max-warnings", "0", "--no-suppress", ...files])).code).toBe(1);
  });

  test("a suppression also applies to findings that --max-findings hides", async () => {
    const entries = Array.from({ length: 5 }, (_, i) => ({ serial: i + 1, reason: 0 }));
    bench.put("crls/many.crl", kit.crl({ entries }).crl);
    bench.put("crllint.yaml", "suppress: [{rule: reason, reason: known}, {rule: crl-number, reason: known}]\n");
    const { summary } = await json("--max-findings", "1");
    expect(summary).toMatchObject({ errors: 0, suppressed: 2 });
  });
});

describe("baseline", () => {
  test("contains the findings without offsets, and suppresses them", async () => {
    const { code, out, err } = await crllint(["baseline", ...files]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [run] = (await json()).runs;
    expect(out).toBe(`{
  "$schema": "baseline-1.json",
  "version": 1,
  "entries": [
    {
      "rule": "crl-number/missing",
      "path": "tbsCertList.crlExtensions",
      "issuerSha256": "${run?.issuerSha256}"
    }
  ]
}
`);
    expect(faultsOfBaseline(JSON.parse(out))).toEqual([]);
    bench.put("known.json", out);
    expect(await found("--baseline", "known.json")).toEqual([]);
    expect((await json("--baseline", "known.json")).runs[0]?.findings[0]?.suppressed).toEqual({
      reason: "in the baseline known.json",
      by: "baseline",
    });
    expect(await found("--baseline", "known.json", "--no-suppress")).toEqual(["crls/bad.crl crl-number/missing"]);
    bench.put("crllint.yaml", "baseline: known.json\n");
    expect(await found()).toEqual([]);
  });

  test("matches findings about entries of the next CRL at other offsets", async () => {
    const listing = (...serials: readonly number[]) =>
      kit.crl({ entries: serials.map((serial) => ({ serial, reason: 0 })) }).crl;
    bench.put("crls/bad.crl", listing(7));
    bench.put("known.json", (await crllint(["baseline", ...files])).out);
    expect(readFileSync("known.json", "utf8")).toContain('"tbsCertList.revokedCertificates[]');
    bench.put("crls/bad.crl", listing(3, 5, 7));
    expect(await found("--baseline", "known.json")).toEqual([]);
  });

  test("does not suppress new findings", async () => {
    bench.put("known.json", (await crllint(["baseline", ...files])).out);
    bench.put("crls/new.crl", kit.crl({ crlNumber: null, entries: [{ serial: 7, reason: 0 }, common] }).crl);
    expect(await found("--baseline", "known.json")).toEqual(["crls/new.crl reason/unspecified"]);
  });

  test("does not contain findings about an incomplete check", async () => {
    bench.put("crls/bad.crl", kit.crl().crl.slice(0, 100));
    const { code, out, err } = await crllint(["baseline", ...files]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      entries: expect.not.arrayContaining([{ rule: "input/truncated" }]) as unknown,
    });
    expect(err).toBe(
      "error: something was not checked, so these findings are not in the baseline: input/truncated in crls/bad.crl\n",
    );
    expect(await crllint(["baseline", "--fail-on", "never", ...files])).toEqual({ code: 0, out, err });
    bench.put("crls/bad.crl", "<!DOCTYPE html><html>");
    expect(await crllint(["baseline", "--fail-on", "never", ...files])).toEqual({
      code: 2,
      out,
      err: err.replace("truncated", "not-a-crl"),
    });
  });

  test("--prune removes entries without a finding, and never adds any", async () => {
    const [run] = (await json()).runs;
    const entry = (rule: string, issuerSha256 = run?.issuerSha256 ?? "") => ({
      rule,
      path: "tbsCertList.crlExtensions",
      issuerSha256,
    });
    const kept = [entry("crl-number/missing"), entry("reason/unspecified", "0".repeat(64))];
    bench.put(
      "crllint-baseline.json",
      JSON.stringify({ version: 1, entries: [...kept, entry("time/next-update-missing")] }),
    );
    bench.put("crls/other.crl", kit.crl({ entries: [{ serial: 7, reason: 0 }] }).crl);
    const all = await found("--baseline", "crllint-baseline.json");
    expect(all).toContain("crllint-baseline.json crllint/baseline-unused");
    expect(await crllint(["baseline", "--prune", ...files])).toEqual({
      code: 0,
      out: "removed 1 of 3 entries from crllint-baseline.json\n",
      err: "",
    });
    const pruned = JSON.parse(readFileSync("crllint-baseline.json", "utf8")) as { entries: object[] };
    expect(pruned.entries).toHaveLength(2);
    expect(pruned.entries).toEqual(expect.arrayContaining(kept));
    expect((await crllint(["baseline", "--prune", ...files])).out).toBe(
      "removed 0 of 2 entries from crllint-baseline.json\n",
    );
  });

  test("--prune removes nothing if the check is incomplete", async () => {
    bench.put("crllint-baseline.json", '{"version": 1, "entries": []}');
    expect(await crllint(["baseline", "--prune", ...files, "none.crl"])).toEqual({
      code: 2,
      out: "",
      err: "error: nothing was removed from crllint-baseline.json, because none.crl could not be linted\n",
    });
  });

  test("may be larger than a configuration, and has errors without a position if it is too large", async () => {
    const { issuerSha256 = "" } = (await json()).runs[0] ?? {};
    const entries = Array.from({ length: 3000 }, (_, i) => ({ rule: "idp/non-uri", path: `a[${i}]`, issuerSha256 }));
    const own = { rule: "crl-number/missing", path: "tbsCertList.crlExtensions", issuerSha256 };
    bench.put("known.json", JSON.stringify({ version: 1, entries: [...entries, own] }));
    expect(await found("--baseline", "known.json")).toEqual([]);
    bench.put("known.json", JSON.stringify({ version: 2, entries }));
    const { code, err } = await crllint(["--baseline", "known.json", ...files]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error\[config\/too-large\]: this is not a baseline, and too large to locate the error\n/u);
  });

  test("has errors with a position if it is invalid", async () => {
    bench.put("known.json", '{\n  "version": 2,\n  "entries": [{ "rul": "idp" }]\n}\n');
    expect(await crllint(["--baseline", "known.json", ...files])).toEqual({
      code: 2,
      out: "",
      err: `error[config/wrong-value]: version: expected 1, found 2
 --> known.json:2:14
  |
2 |   "version": 2,
  |              ^

error[config/missing-key]: entries[0]: the key rule is missing
 --> known.json:3:15
  |
3 |   "entries": [{ "rul": "idp" }]
  |               ^^^^^^^^^^^^^^^^

error[config/missing-key]: entries[0]: the key path is missing
 --> known.json:3:15
  |
3 |   "entries": [{ "rul": "idp" }]
  |               ^^^^^^^^^^^^^^^^

error[config/missing-key]: entries[0]: the key issuerSha256 is missing
 --> known.json:3:15
  |
3 |   "entries": [{ "rul": "idp" }]
  |               ^^^^^^^^^^^^^^^^

error[config/unknown-key]: unknown key "rul" in entries[0]; did you mean rule?
 --> known.json:3:17
  |
3 |   "entries": [{ "rul": "idp" }]
  |                 ^^^^^
  = help: known keys: rule, path, issuerSha256, sha256, caSha256
`,
    });
  });
});

describe("findings that can be suppressed for one CRL only", () => {
  const zeros = "0".repeat(64);
  const unused = "crllint.yaml crllint/suppression-unused";

  /** Writes crls/bad.crl, and returns the digests of that CRL and of its CA certificate. */
  async function putBad(crl: Uint8Array): Promise<{ readonly sha256: string; readonly ca: string }> {
    bench.put("crls/bad.crl", crl);
    const [run] = (await json()).runs;
    expect(run?.crl).toBe("crls/bad.crl");
    return { sha256: run?.sha256 ?? "", ca: run?.pairing.sha256 ?? "" };
  }

  /** Returns the findings that are not suppressed by a suppression of a rule in the configuration. */
  async function foundWith(rule: string, digests: Readonly<Record<string, string>>): Promise<readonly string[]> {
    bench.put("crllint.yaml", JSON.stringify({ suppress: [{ rule, reason: "known", ...digests }] }));
    return found();
  }

  /** Returns a CRL with a number, and with an INTEGER that is not minimal. */
  const notMinimal = (crlNumber: number): Uint8Array =>
    kit.crl({ crlNumber, entries: [{ serial: "0001" }, common] }).crl;
  const reversed = "crls/bad.crl issuer/not-byte-identical";
  const encoding = "crls/bad.crl der/integer-not-minimal";

  test.each(["issuer", "issuer/*", "source:tls-br"])(
    "a core check by the pattern %s needs both digests",
    async (pattern) => {
      const { sha256, ca } = await putBad(reversedCrl());
      expect(await foundWith(pattern, {})).toEqual([reversed, unused]);
      expect(await foundWith(pattern, { sha256 })).toEqual([reversed, unused]);
      expect(await foundWith(pattern, { "ca-sha256": ca })).toEqual([reversed, unused]);
      expect(await foundWith(pattern, { sha256: zeros, "ca-sha256": ca })).toEqual([reversed]);
      expect(await foundWith(pattern, { sha256, "ca-sha256": zeros })).toEqual([reversed]);
      expect(await foundWith(pattern, { sha256, "ca-sha256": ca })).toEqual([]);
    },
  );

  test("a core check by its id needs both digests", async () => {
    const { sha256, ca } = await putBad(reversedCrl());
    const id = "issuer/not-byte-identical";
    expect(await foundWith(id, { sha256: zeros, "ca-sha256": ca })).toEqual([reversed]);
    expect(await foundWith(id, { sha256, "ca-sha256": zeros })).toEqual([reversed]);
    expect(await foundWith(id, { sha256: sha256.toUpperCase(), "ca-sha256": ca.toUpperCase() })).toEqual([]);
    expect((await crllint(files)).code).toBe(0);
    // The next CRL of the CA has the same defect, and so has the same CRL with another certificate of the CA.
    bench.put("crls/next.crl", kit.crl({ issuer: kit.ca.subject.reversed(), crlNumber: 4712 }).crl);
    expect(await found()).toEqual(["crls/next.crl issuer/not-byte-identical"]);
    bench.put("ca.pem", pem("CERTIFICATE", kit.caWith({ serial: 5 }).certificate));
    expect(await found()).toEqual([reversed, "crls/next.crl issuer/not-byte-identical"]);
  });

  test("an encoding error by its id needs the digest of the CRL", async () => {
    const { sha256 } = await putBad(notMinimal(4711));
    const id = "der/integer-not-minimal";
    expect(await foundWith(id, { sha256: zeros })).toEqual([encoding]);
    expect(await foundWith(id, { sha256 })).toEqual([]);
    bench.put("crls/next.crl", notMinimal(4712));
    expect(await found()).toEqual(["crls/next.crl der/integer-not-minimal"]);
    bench.put("ca.pem", pem("CERTIFICATE", kit.caWith({ serial: 5 }).certificate));
    expect(await found()).toEqual(["crls/next.crl der/integer-not-minimal"]);
  });

  test("a pattern without digests is reported as unused, with the missing digests", async () => {
    bench.put("crls/bad.crl", reversedCrl());
    bench.put("crllint.yaml", "suppress: [{rule: issuer, reason: known}]\n");
    expect((await crllint(files)).out).toContain(
      `warning[crllint/suppression-unused]: the suppression of issuer matches nothing: the rule was run, and reported nothing that it suppresses
  --> crllint.yaml:1:19  bytes 18..24 (0x12..0x18)  suppress[0].rule
   = note: its reason was: known
   = note: issuer/not-byte-identical can be suppressed for one CRL only: sha256 and ca-sha256
     missing
   = help: remove it from the configuration
`,
    );
  });

  test.each([
    ["issuer/not-byte-identical", "sha256 and ca-sha256"],
    ["signature/invalid", "sha256 and ca-sha256"],
    ["der/integer-not-minimal", "sha256"],
    ["structure/version-missing", "sha256"],
    ["input/trailing-data", "sha256"],
  ])("the id %s without %s is an error", async (rule, missing) => {
    bench.put("crllint.yaml", `suppress:\n  - rule: ${rule}\n    reason: known\n`);
    expect(await crllint(files)).toEqual({
      code: 2,
      out: "",
      err: `error[config/not-suppressible]: ${rule} can be suppressed for one CRL only: ${missing} missing
 --> crllint.yaml:2:11
  |
2 |   - rule: ${rule}
  |           ${"^".repeat(rule.length)}
  = help: take the digests from the json report
`,
    });
  });

  test("a baseline contains a core check with both digests, and a warning names it", async () => {
    const { sha256, ca } = await putBad(reversedCrl());
    const { code, out, err } = await crllint(["baseline", ...files]);
    expect({ code, err }).toEqual({
      code: 0,
      err: "warning: the baseline accepts findings of core checks, each for one CRL and one CA certificate: issuer/not-byte-identical in crls/bad.crl\n",
    });
    const known = JSON.parse(out) as { readonly entries: readonly Readonly<Record<string, string>>[] };
    expect(faultsOfBaseline(known)).toEqual([]);
    const issuerSha256 = (await json()).runs[0]?.issuerSha256;
    const entry = { rule: "issuer/not-byte-identical", path: "tbsCertList.issuer", issuerSha256, sha256 };
    expect(known.entries).toEqual([{ ...entry, caSha256: ca }]);
    bench.put("known.json", out);
    expect(await found("--baseline", "known.json")).toEqual([]);
    // Baselines without a digest, of another CRL, or of another CA certificate.
    for (const other of [{ sha256: undefined }, { sha256: zeros }, { caSha256: undefined }, { caSha256: zeros }]) {
      bench.put("other.json", JSON.stringify({ ...known, entries: [{ ...entry, caSha256: ca, ...other }] }));
      expect(await found("--baseline", "other.json")).toEqual([reversed, "other.json crllint/baseline-unused"]);
    }
    bench.put("crls/next.crl", kit.crl({ issuer: kit.ca.subject.reversed(), crlNumber: 4712 }).crl);
    expect(await found("--baseline", "known.json")).toEqual(["crls/next.crl issuer/not-byte-identical"]);
  });

  test("the warning names at most 10 findings of core checks", async () => {
    const crls = Array.from({ length: 12 }, (_, i) => {
      const { crl } = kit.crl({ issuer: kit.ca.subject.reversed(), crlNumber: 4712 + i });
      return bench.put(`many/${String.fromCodePoint(97 + i)}.crl`, crl);
    });
    const { code, err } = await crllint(["baseline", "ca.pem", ...crls]);
    expect(code).toBe(0);
    expect(err.match(/issuer\/not-byte-identical in [^,\n]*\.crl/gu)).toHaveLength(10);
    expect(err).toMatch(/\/j\.crl, and 2 more\n$/u);
  });

  test("a baseline contains an encoding error with the digest of the CRL", async () => {
    const { sha256 } = await putBad(notMinimal(4711));
    const { code, out, err } = await crllint(["baseline", ...files]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ entries: [{ rule: "der/integer-not-minimal", sha256 }] });
    expect(out).not.toContain("caSha256");
    bench.put("known.json", out);
    expect(await found("--baseline", "known.json")).toEqual([]);
    bench.put("crls/bad.crl", notMinimal(4712));
    expect(await found("--baseline", "known.json")).toEqual([encoding, "known.json crllint/baseline-unused"]);
  });

  test("--prune removes entries of a CRL that has been replaced", async () => {
    bench.put("crls/bad.crl", reversedCrl());
    bench.put("crllint-baseline.json", (await crllint(["baseline", ...files])).out);
    const prune = async (): Promise<string> => (await crllint(["baseline", "--prune", ...files])).out;
    expect(await prune()).toBe("removed 0 of 1 entries from crllint-baseline.json\n");
    bench.put("crls/bad.crl", kit.crl({ issuer: kit.ca.subject.reversed(), crlNumber: 4712 }).crl);
    expect(await prune()).toBe("removed 1 of 1 entries from crllint-baseline.json\n");
  });

  test("--prune removes an entry of a core check only if another CRL of the CA passes it, and the CRL is not given", async () => {
    bench.put("crls/bad.crl", reversedCrl());
    const entries = (await crllint(["baseline", ...files])).out;
    const prune = async (...args: readonly string[]) => {
      bench.put("crllint-baseline.json", entries);
      return (await crllint(["baseline", "--prune", ...args])).out;
    };
    const result = (count: number) => `removed ${count} of 1 entries from crllint-baseline.json\n`;
    const good = bench.put("good.crl", kit.crl().crl);
    const other = kit.caWith({ subject: "CN=Other CA", key: "rsa2048b", ski: new Uint8Array(20).fill(7) });
    const ofOther = bench.put("other.crl", kit.crl({ ca: other }).crl);
    const otherCa = bench.put("other.pem", pem("CERTIFICATE", other.certificate));
    expect(await prune("ca.pem", good, "crls/bad.crl")).toBe(result(0));
    expect(await prune("ca.pem", ofOther)).toBe(result(0));
    expect(await prune("ca.pem", otherCa, ofOther)).toBe(result(0));
    expect(await prune("--no-issuer", good)).toBe(result(0));
    expect(await prune("ca.pem", good)).toBe(result(1));
    bench.put("known.json", entries);
    expect((await crllint(["-f", "compact", "--baseline", "known.json", "ca.pem", good])).out).toContain(
      "crllint/baseline-unused",
    );
  });
});
