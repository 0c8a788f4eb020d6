import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { certificateOf, type CrlPlan, makeCrl, now } from "../bench/generate.ts";
import type { Results, Watching } from "../bench/results.ts";
import { readCertificate } from "../src/cert/certificate.ts";
import { readCrl } from "../src/crl/read.ts";
import { serialLength } from "../src/crl/serials.ts";
import { kit } from "../src/fixture/index.ts";
import { readInput } from "../src/input/read.ts";
import { lintOne } from "../src/lint/lint.ts";
import { defineRule, lintCrl, type Run, rules } from "../src/index.ts";
import { builtMain } from "./support/built.ts";
import { usualOptions } from "./support/usual-options.ts";

/** The kinds of CRL that the benchmark measures, and the rules that fail on their entries. */
const plans: readonly (readonly [string, Omit<CrlPlan, "entries">, readonly string[]])[] = [
  ["unsorted entries", {}, []],
  ["sorted entries", { sorted: true }, []],
  ["repeated serials", { repeats: 5 }, ["entry/serial-listed-twice"]],
  ["one serial", { serials: "same" }, ["entry/serial-listed-twice"]],
  ["colliding serials", { serials: "colliding" }, ["entry/serial-too-long"]],
  [
    "three violations per entry",
    { violations: true },
    ["entry/revocation-date-after-this-update", "entry/serial-not-positive", "reason/unspecified"],
  ],
  ["no reason codes", { reasons: 0 }, []],
  ["a P-256 key", { key: "p256" }, []],
];

function lint(plan: CrlPlan): Run {
  return lintCrl({ crl: makeCrl(plan), issuer: certificateOf(plan.key ?? "rsa2048"), now: new Date(now) });
}

describe("the generator", () => {
  test.each(plans)("%s: makes a signed CRL with exactly the expected findings", (_, plan, failing) => {
    const run = lint({ entries: 400, ...plan });
    expect(run.signature).toEqual({ verdict: "valid" });
    expect(run.entries).toBe(400);
    // Whether entries must have a reason depends on dates, not on the plan.
    const found = run.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("reason/missing"));
    expect(found.sort()).toEqual(failing);
  });

  test("no entries: makes a valid CRL without revokedCertificates", () => {
    const run = lint({ entries: 0 });
    expect([run.signature.verdict, run.entries, run.findings]).toEqual(["valid", 0, []]);
  });

  test("makes the same bytes for the same plan, and others for another seed", () => {
    expect(makeCrl({ entries: 50, seed: 7 })).toEqual(makeCrl({ entries: 50, seed: 7 }));
    expect(makeCrl({ entries: 50, seed: 7 })).not.toEqual(makeCrl({ entries: 50, seed: 8 }));
  });

  test("makes colliding serials that differ but have the same simple hash", () => {
    const crl = makeCrl({ entries: 1000, serials: "colliding" });
    const { serials } = readCrl(crl).entries;
    const values = Array.from(serials.offsets, (offset, i) => crl.subarray(offset, offset + serialLength(serials, i)));
    expect(new Set(values.map((value) => Buffer.from(value).toString("hex"))).size).toBe(1000);
    for (const seed of [0, 12_345, -1]) expect(new Set(values.map((value) => hashOfWords(value, seed))).size).toBe(1);
  });
});

/** A common kind of hash: fast and seeded, but not collision-resistant. */
function hashOfWords(value: Uint8Array, seed: number): number {
  const words = new DataView(value.buffer, value.byteOffset, value.length);
  let hash = seed;
  for (let at = 0; at < value.length; at += 4) {
    hash = Math.imul(hash ^ words.getUint32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Counts the reads of single bytes of a CRL, and the entries that the rules visit. */
function count(plan: CrlPlan): { readonly reads: number; readonly visits: number } {
  let reads = 0;
  let visits = 0;
  const bytes = makeCrl(plan);
  const crl = new Proxy(bytes, {
    get(target, key) {
      if (typeof key === "string" && /^\d+$/u.test(key)) reads += 1;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value as () => unknown).bind(target) : value;
    },
  });
  const counting = defineRule({
    id: "entry/counted",
    title: "",
    requirements: [{ source: "tls-br", section: "", severity: "notice" }],
    why: "",
    fix: "",
    examples: () => ({ bad: [], good: [] }),
    create: () => ({ entry: () => (visits += 1) }),
  });
  // A verifier that reads no bytes, which would be counted.
  const verifier = { verify: () => ({ verdict: "valid" as const }), sha256: () => "", sha1: () => new Uint8Array(20) };
  const [object] = readInput("crl", bytes);
  const issuer = certificateOf("rsa2048");
  const certificate = readCertificate(issuer);
  if (object === undefined || certificate === undefined) throw new Error("the generator did not make a CRL");
  const given = { certificate, artefact: { name: "ca", bytes: issuer } };
  const run = lintOne(
    [...rules, counting],
    {
      object: { ...object, artefact: { name: "crl", bytes: crl } },
      form: "crl",
      issuers: [given],
      issuersChosen: false,
      others: [],
    },
    { ...usualOptions(Date.parse(now) / 1000), verifier },
  );
  expect(run.entries).toBe(plan.entries);
  return { reads, visits };
}

describe("work grows linearly with the number of entries", () => {
  test.each(plans.filter(([, plan]) => plan.key !== "p256"))("%s", (_, plan) => {
    const few = count({ entries: 500, ...plan });
    const many = count({ entries: 2000, ...plan });
    // Each entry is visited once, regardless of the number of rules.
    expect([few.visits, many.visits]).toEqual([500, 2000]);
    const perEntry = (many.reads - few.reads) / 1500;
    expect(many.reads).toBeLessThan(few.reads * 4.2);
    // All bytes of an entry are read twice, and its serial once or twice more.
    const bytesPerEntry =
      (makeCrl({ entries: 2000, ...plan }).length - makeCrl({ entries: 500, ...plan }).length) / 1500;
    expect(perEntry).toBeLessThan(bytesPerEntry * 5);
  });
});

/** The program to measure. */
const command = `${process.execPath} ${builtMain()}`;

test("the benchmark runs, and has all measurements", () => {
  const main = fileURLToPath(new URL("../bench/main.ts", import.meta.url));
  const options = [
    "--small",
    "--json",
    "--runs",
    "1",
    "--only",
    "1m,previous-some,files,candidates,resident,serving",
    "--command",
    command,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", main, ...options], { encoding: "utf8" });
  expect(stdout, stderr).not.toBe("");
  const { measured, resident, serving } = JSON.parse(stdout) as Results;
  expect(measured.map(({ scenario, count }) => [scenario, count])).toEqual([
    ["1m", 1000],
    ["previous-some", 1000],
    ["files", 10],
    ["candidates", 1],
  ]);
  for (const { rows } of measured) {
    const own = rows.find(({ program }) => program === "crllint");
    expect(own?.exit).toBe(0);
    expect(own?.wall).toBeGreaterThan(0);
    if (process.platform === "linux") expect(own?.peak).toBeGreaterThan(2 ** 20);
  }
  expect(resident?.calls).toBe(200);
  for (const rate of Object.values(serving ?? {})) expect(rate).toBeGreaterThan(0);
  expect(Object.keys(serving ?? {})).toEqual(["one", "four", "json"]);
});

test("the benchmark of the monitor runs, and has all measurements", () => {
  const main = fileURLToPath(new URL("../bench/watch.ts", import.meta.url));
  const ccadb = mkdtempSync(join(tmpdir(), "crllint-bench-"));
  try {
    const record = { ca: kit.ca, full: "http://crl.example.com/1.crl" };
    writeFileSync(join(ccadb, "records.csv"), kit.ccadb(record));
    const options = ["--small", "--json", "--ccadb", ccadb, "--command", command];
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", main, ...options], { encoding: "utf8" });
    expect(stdout, stderr).not.toBe("");
    const { reports, bombs, year } = JSON.parse(stdout) as Watching;
    expect(reports).toMatchObject({ certificates: 0, records: 1 });
    expect([bombs.count, year.crls, year.rounds]).toEqual([2, 60, 10]);
    expect(year.bytes).toBeGreaterThan(10_000);
    if (process.platform === "linux") expect(bombs.peak).toBeGreaterThan(2 ** 20);
  } finally {
    rmSync(ccadb, { recursive: true });
  }
});
