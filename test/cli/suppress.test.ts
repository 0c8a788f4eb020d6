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
  bench.put("crls/bad.crl", reversedCrl());
  process.chdir(bench.folder);
});

afterEach(() => {
  process.chdir(before);
  bench.clear();
});

/** Ids of the findings that count, with their files. */
async function found(...args: readonly string[]): Promise<readonly string[]> {
  const { out } = await crllint(["-f", "compact", ...args, ...files]);
  return [...out.matchAll(/^(?<file>[^:]+):\d+\+\d+: \w+ (?<rule>[^:]+):/gmu)].map(
    ({ groups }) => `${groups?.["file"]} ${groups?.["rule"]}`,
  );
}

interface JsonReport {
  readonly summary: { readonly errors: number; readonly suppressed: number };
  readonly runs: readonly {
    readonly crl: string;
    readonly sha256: string;
    readonly issuerSha256: string;
    readonly findings: readonly { readonly rule: string; readonly suppressed?: object }[];
    readonly rules: readonly { readonly rule: string; readonly status: string; readonly count: number }[];
  }[];
}

async function json(...args: readonly string[]): Promise<JsonReport> {
  return JSON.parse((await crllint(["-f", "json", ...args, ...files])).out) as JsonReport;
}

describe("suppressions", () => {
  test("a finding does not count, stays in machine-readable reports, marked, and its rule has failed", async () => {
    bench.put(
      "crllint.yaml",
      'suppress: [{rule: issuer, reason: "known: \\u202e", until: 2026-12-15, crl: "crls/bad.crl"}]\n',
    );
    expect((await crllint(files)).code).toBe(0);
    const report = await json();
    const [run] = report.runs;
    expect(run?.findings).toMatchObject([
      {
        rule: "issuer/not-byte-identical",
        suppressed: { reason: String.raw`known: \u{202e}`, until: "2026-12-15", by: "config" },
      },
    ]);
    expect(run?.rules.find(({ rule }) => rule === "issuer/not-byte-identical")).toMatchObject({
      status: "failed",
      count: 1,
    });
    expect(report.summary).toMatchObject({ errors: 0, suppressed: 1 });
    const human = (await crllint(["-v", ...files])).out;
    expect(human).toContain("crls/bad.crl: no findings, 1 suppressed (");
    expect(human).toContain(String.raw`  suppressed issuer/not-byte-identical until 2026-12-15: known: \u{202e}`);
    expect(human).toContain("2 inputs: no findings, 1 suppressed\n");
  });

  test.each(["source:tls-br", "issuer/*", "issuer/not-byte-identical"])("by the pattern %s", async (pattern) => {
    bench.put("crllint.yaml", `suppress: [{rule: "${pattern}", reason: known}]\n`);
    expect(await found()).toEqual([]);
  });

  test("by the digest of the CRL, and of its issuer", async () => {
    const [run] = (await json()).runs;
    expect(run?.crl).toBe("crls/bad.crl");
    for (const key of [`sha256: ${run?.sha256.toUpperCase()}`, `issuer-sha256: ${run?.issuerSha256}`]) {
      bench.put("crllint.yaml", `suppress: [{rule: issuer, reason: known, ${key}}]\n`);
      expect(await found()).toEqual([]);
    }
    bench.put("crllint.yaml", `suppress: [{rule: issuer, reason: known, sha256: ${"0".repeat(64)}}]\n`);
    expect(await found()).toEqual(["crls/bad.crl issuer/not-byte-identical"]);
  });

  test("until the last second of a day in UTC, and not one second longer", async () => {
    bench.put("crllint.yaml", "suppress:\n  - rule: issuer\n    reason: known\n    until: 2026-11-03\n");
    expect(await found("--now", "2026-11-03T23:59:59Z")).toEqual([]);
    expect(await found("--now", "2026-11-03T23:59:59.999Z")).toEqual([]);
    expect(await found("--now", "2026-11-04T00:00:00Z")).toEqual([
      "crls/bad.crl issuer/not-byte-identical",
      "crllint.yaml crllint/suppression-expired",
    ]);
    expect(await found("--now", "2026-11-04T01:00:00+02:00")).toEqual([]);
  });

  test("one without effect is a warning at its position", async () => {
    bench.put("crllint.yaml", "suppress:\n  - rule: reason\n    reason: gone\n");
    const { code, out } = await crllint(["--fail-on", "warning", "ca.pem", "crls/good.crl"]);
    expect(code).toBe(1);
    expect(out)
      .toContain(`warning[crllint/suppression-unused]: the suppression of reason matches nothing: the rule was judged, and found nothing to suppress
  --> crllint.yaml:2:11  bytes 20..26 (0x14..0x1a)  suppress[0].rule
   = note: its reason was: gone
   = help: take it out of the configuration

crllint.yaml: 1 warning

2 inputs: 1 warning
`);
  });

  test("one is not reported as unused by a run without its rule or CRL", async () => {
    const all = "suppress:\n  - {rule: issuer, reason: known, crl: crls/bad.crl}\n";
    bench.put("crllint.yaml", all);
    expect(await crllint(["-f", "compact", "ca.pem", "crls/good.crl"])).toMatchObject({ code: 0, out: "" });
    expect(await found("--ignore", "issuer")).toEqual([]);
    bench.put("crllint.yaml", all.replace("bad.crl", "gone.crl"));
    expect(await found()).toEqual([
      "crls/bad.crl issuer/not-byte-identical",
      "crllint.yaml crllint/suppression-unused",
    ]);
  });

  test("--no-suppress shows everything", async () => {
    bench.put(
      "crllint.yaml",
      "suppress: [{rule: issuer, reason: known, until: 2020-01-01}, {rule: reason, reason: x}]\n",
    );
    expect(await found("--no-suppress")).toEqual(["crls/bad.crl issuer/not-byte-identical"]);
    expect((await crllint(["--no-suppress", ...files])).code).toBe(1);
  });

  test("warnings that do not count do not exceed --max-warnings", async () => {
    bench.put("crllint.yaml", "severity: {issuer: warning}\nsuppress: [{rule: issuer, reason: known}]\n");
    expect((await crllint(["--max-warnings", "0", ...files])).code).toBe(0);
    expect((await crllint(["--max-warnings", "0", "--no-suppress", ...files])).code).toBe(1);
  });

  test("findings that --max-findings hides are suppressed with the shown ones", async () => {
    const entries = Array.from({ length: 5 }, (_, i) => ({ serial: i + 1, reason: 0 }));
    bench.put("crls/many.crl", kit.crl({ entries }).crl);
    bench.put("crllint.yaml", "suppress: [{rule: reason, reason: known}, {rule: issuer, reason: known}]\n");
    const { summary } = await json("--max-findings", "1");
    expect(summary).toMatchObject({ errors: 0, suppressed: 2 });
  });
});

describe("baseline", () => {
  test("contains the findings, without offsets, and a gate can start with it", async () => {
    const { code, out, err } = await crllint(["baseline", ...files]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [run] = (await json()).runs;
    expect(out).toBe(`{
  "$schema": "baseline-1.json",
  "version": 1,
  "entries": [
    {
      "rule": "issuer/not-byte-identical",
      "path": "tbsCertList.issuer",
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
    expect(await found("--baseline", "known.json", "--no-suppress")).toEqual([
      "crls/bad.crl issuer/not-byte-identical",
    ]);
    bench.put("crllint.yaml", "baseline: known.json\n");
    expect(await found()).toEqual([]);
  });

  test("entries are matched by their rule: the next CRL can list them at other offsets", async () => {
    const listing = (...serials: readonly number[]) =>
      kit.crl({ entries: serials.map((serial) => ({ serial, reason: 0 })) }).crl;
    bench.put("crls/bad.crl", listing(7));
    bench.put("known.json", (await crllint(["baseline", ...files])).out);
    expect(readFileSync("known.json", "utf8")).toContain('"tbsCertList.revokedCertificates[]');
    bench.put("crls/bad.crl", listing(3, 5, 7));
    expect(await found("--baseline", "known.json")).toEqual([]);
  });

  test("later findings count", async () => {
    bench.put("known.json", (await crllint(["baseline", ...files])).out);
    bench.put("crls/new.crl", kit.crl({ issuer: kit.ca.subject.reversed(), crlNumber: null }).crl);
    const later = await found("--baseline", "known.json");
    expect(later.length).toBeGreaterThan(0);
    expect(later.every((each) => each.startsWith("crls/new.crl crl-number/"))).toBe(true);
  });

  test("findings about an incomplete check cannot be in it", async () => {
    bench.put("crls/bad.crl", kit.crl().crl.slice(0, 100));
    const { code, out, err } = await crllint(["baseline", ...files]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      entries: expect.not.arrayContaining([{ rule: "input/truncated" }]) as unknown,
    });
    expect(err).toMatch(/^error: what says that something was not judged cannot be in a baseline: .*crls\/bad\.crl/u);
  });

  test("--prune removes entries without a finding, and never adds any", async () => {
    const [run] = (await json()).runs;
    const entry = (rule: string, issuerSha256 = run?.issuerSha256 ?? "") => ({
      rule,
      path: "tbsCertList.issuer",
      issuerSha256,
    });
    const kept = [entry("issuer/not-byte-identical"), entry("reason/unspecified", "0".repeat(64))];
    bench.put(
      "crllint-baseline.json",
      JSON.stringify({ version: 1, entries: [...kept, entry("time/next-update-missing")] }),
    );
    bench.put("crls/other.crl", kit.crl({ crlNumber: null }).crl);
    const all = await found("--baseline", "crllint-baseline.json");
    expect(all).toContain("crllint-baseline.json crllint/baseline-unused");
    expect(await crllint(["baseline", "--prune", ...files])).toEqual({
      code: 0,
      out: "took 1 of 3 entries out of crllint-baseline.json\n",
      err: "",
    });
    const pruned = JSON.parse(readFileSync("crllint-baseline.json", "utf8")) as { entries: object[] };
    expect(pruned.entries).toHaveLength(2);
    expect(pruned.entries).toEqual(expect.arrayContaining(kept));
    expect((await crllint(["baseline", "--prune", ...files])).out).toBe(
      "took 0 of 2 entries out of crllint-baseline.json\n",
    );
  });

  test("--prune removes nothing if the check is incomplete", async () => {
    bench.put("crllint-baseline.json", '{"version": 1, "entries": []}');
    expect(await crllint(["baseline", "--prune", ...files, "none.crl"])).toEqual({
      code: 2,
      out: "",
      err: "error: nothing was taken out of crllint-baseline.json, because none.crl could not be judged\n",
    });
  });

  test("one may be larger than a configuration; an invalid one is then reported without a position", async () => {
    const { issuerSha256 = "" } = (await json()).runs[0] ?? {};
    const entries = Array.from({ length: 3000 }, (_, i) => ({ rule: "idp/non-uri", path: `a[${i}]`, issuerSha256 }));
    const own = { rule: "issuer/not-byte-identical", path: "tbsCertList.issuer", issuerSha256 };
    bench.put("known.json", JSON.stringify({ version: 1, entries: [...entries, own] }));
    expect(await found("--baseline", "known.json")).not.toContain("crls/bad.crl issuer/not-byte-identical");
    bench.put("known.json", JSON.stringify({ version: 2, entries }));
    const { code, err } = await crllint(["--baseline", "known.json", ...files]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^error\[config\/too-large\]: this is no baseline, and too large to tell where it goes wrong\n/u,
    );
  });

  test("an invalid one has errors with a position", async () => {
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
  = help: known keys: rule, path, issuerSha256
`,
    });
  });
});
