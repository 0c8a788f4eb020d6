import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { CrlServer } from "./crl-server.ts";
import { crllint, now, pem, Workbench } from "./workbench.ts";
import { builtMain } from "../support/built.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const cas = Array.from({ length: 20 }, (_, i) =>
  kit.caWith({ subject: `C=AT, O=Example Trust GmbH, CN=Example CA ${i}`, ski: new Uint8Array(20).fill(i + 1) }),
);
const issuers = bench.put("cas.pem", cas.map(({ certificate }) => pem("CERTIFICATE", certificate)).join(""));
const html = "<!DOCTYPE html><html><title>Not Found</title>";

let server: CrlServer;
let folder = "";
let count = 0;
beforeEach(async () => {
  server = new CrlServer();
  await server.start();
  count += 1;
  folder = join(bench.folder, `watch-${count}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

let closed = "";
beforeAll(async () => {
  const stopped = new CrlServer();
  await stopped.start();
  closed = stopped.url("/closed.crl");
  await stopped.stop();
});

function ca(i: number): KitCa {
  return cas[i] ?? kit.ca;
}

function crlOf(i: number, knobs: CrlKnobs = {}): Uint8Array {
  return kit.crl({ ca: ca(i), ...knobs }).crl;
}

/** Writes an export with one full CRL for each CA, at /<number>.crl except for some CAs. */
function writeExport(urls: Readonly<Record<number, string>> = {}): string {
  const records = cas.map((each, i) => ({ ca: each, name: `CA ${i}`, full: urls[i] ?? server.url(`/${i}.crl`) }));
  return bench.put(`ccadb-${count}.csv`, kit.ccadb(...records));
}

/** Makes pauses between attempts take no time. */
const sleep = (): Promise<void> => Promise.resolve();

interface JsonReport {
  readonly verdict: string;
  readonly counts: { readonly crls: number; readonly linted: number; readonly notFetched: number };
  readonly pastEvents: number;
  readonly since: string | null;
  readonly new: readonly {
    readonly rule: string;
    readonly subject: string;
    readonly ca: string;
    readonly message: string;
  }[];
  readonly ended: readonly { readonly rule: string; readonly subject: string }[];
  readonly still: readonly { readonly rule: string; readonly subject: string }[];
  readonly results: readonly { readonly subject: string; readonly judged: boolean }[];
}

function argsOf(ccadb: string, ...more: readonly string[]): readonly string[] {
  const profile = ["--profile", "rfc5280", "--timeout", "600", "--attempts", "1", "--allow-private"];
  return ["monitor", "--ccadb", ccadb, "--out", folder, "--issuer", issuers, ...profile, ...more];
}

async function watch(ccadb: string, at = now, ...more: readonly string[]) {
  const result = await crllint(argsOf(ccadb, ...more), { now: () => at, sleep });
  const report: JsonReport = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
  return { ...result, report };
}

/** Returns the findings as "path: rule", sorted. */
function findingsOf(list: JsonReport["still"]): readonly string[] {
  return list.map(({ subject, rule }) => `${subject.replace(/^.*\//u, "")}: ${rule}`).sort();
}

/** Serves the CRLs of all CAs. */
function serveAll(knobs: CrlKnobs = {}): void {
  for (const i of cas.keys()) server.serve(`/${i}.crl`, crlOf(i, knobs));
}

function sendTruncated(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/pkix-crl", "content-length": "10000" });
  response.write(crlOf(6), () => response.destroy());
}

describe("a run over 20 CAs", () => {
  test("tolerates any error of the servers, and reports new findings first", async () => {
    serveAll();
    server.serve("/1.crl", html, {}, 404);
    server.serve("/2.crl", html);
    server.on("/3.crl", (_, response) => response.writeHead(302, { location: "/elsewhere.crl" }).end());
    server.serve("/elsewhere.crl", crlOf(3));
    server.on("/4.crl", (_, response) => response.writeHead(302, { location: "/4.crl" }).end());
    server.on("/5.crl", (_, response) => response.writeHead(503).end());
    server.on("/6.crl", (_, response) => sendTruncated(response));
    server.on("/7.crl", (_, response) => response.socket?.destroy());
    server.serve("/9.crl", pem("X509 CRL", crlOf(9)));
    const ccadb = writeExport({ 8: closed });
    const first = await watch(ccadb);
    expect(first).toMatchObject({ code: 2, err: "" });
    const bad = [
      "1.crl: transport/unavailable",
      "2.crl: transport/not-der",
      "3.crl: transport/redirect-or-https",
      "4.crl: transport/unavailable",
      "5.crl: transport/unavailable",
      "6.crl: transport/unavailable",
      "7.crl: transport/unavailable",
      "9.crl: transport/not-der",
      "closed.crl: transport/unavailable",
    ];
    expect(findingsOf(first.report.new)).toEqual(bad);
    expect(first.report.new.find(({ subject }) => subject.endsWith("/1.crl"))).toMatchObject({
      owner: "Example Trust GmbH",
      ca: "CA 1",
    });
    expect(first.report.results.filter(({ judged }) => judged)).toHaveLength(20 + 20 - 7);
    // 2 returned a page, so it is not linted, like those that returned nothing.
    expect(first.report.results.find(({ subject }) => subject.endsWith("/2.crl"))?.judged).toBe(false);
    expect(first.out).toBe(readFileSync(join(folder, "report.txt"), "utf8"));
    expect(first.out).toMatch(
      /^crllint monitor, 2026-11-04T00:00:00Z: undecided; 20 CRLs: 13 linted, 7 not fetched\n\nNew \(this is the first round\): 9\n/u,
    );

    server.serve("/1.crl", crlOf(1));
    server.serve("/10.crl", crlOf(10, { crlNumber: 4710, thisUpdate: "2026-11-02T00:00:00Z" }));
    server.serve("/11.crl", html, {}, 404);
    const second = await watch(ccadb, now + 3600);
    expect(second.report.since).toBe("2026-11-04T00:00:00Z");
    expect(findingsOf(second.report.new)).toEqual([
      "10.crl: sequence/number-not-increasing",
      "11.crl: transport/unavailable",
    ]);
    expect(findingsOf(second.report.ended)).toEqual(["1.crl: transport/unavailable"]);
    expect(findingsOf(second.report.still)).toEqual(bad.slice(1));
    expect(second.out.indexOf("New (")).toBeLessThan(second.out.indexOf("Still there"));

    // The last good copy of 11 is kept after the 404.
    server.serve("/11.crl", crlOf(11, { crlNumber: 4710, thisUpdate: "2026-11-02T00:00:00Z" }));
    const third = await watch(ccadb, now + 7200);
    expect(findingsOf(third.report.new)).toEqual(["11.crl: sequence/number-not-increasing"]);
    // The number of 10 fell once, in the second round.
    expect(findingsOf([...third.report.still, ...third.report.ended])).toEqual(
      [...bad.slice(1), "11.crl: transport/unavailable"].sort(),
    );
    expect(third.report.pastEvents).toBe(1);
  });

  test("checks each disclosed URL once", async () => {
    serveAll();
    const records = [
      { ca: ca(0), name: "malformed", partitioned: `"${server.url("/0.crl")}"` },
      { ca: ca(1), name: "nothing" },
      { ca: ca(2), name: "evil\u001b[2J", full: server.url("/2.crl "), partitioned: [server.url("/2.crl")] },
      { ca: ca(3), name: "no fetch", full: "ldap://ldap.example.com/cn=CA" },
    ];
    const { code, out, report } = await watch(
      bench.put("records.csv", kit.ccadb(...records)),
      now,
      "--profile",
      "ccadb",
    );
    expect(code).toBe(2);
    expect([...new Set(report.new.map(({ rule }) => rule))].sort()).toEqual([
      "ccadb/array-malformed",
      "ccadb/full-and-partitioned",
      "ccadb/url-malformed",
      "ccadb/url-missing",
      "crllint/not-fetched",
    ]);
    // oxlint-disable-next-line no-control-regex -- the test searches for them
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/u);
  });
});

const main = builtMain();

describe("a run that is killed", () => {
  test("is continued by the next run, without losing a finding", async () => {
    serveAll();
    const ccadb = writeExport();
    expect((await watch(ccadb)).report.new).toEqual([]);
    // All CRLs change, and all numbers are too low. Each must be reported, in whichever run it is found.
    serveAll({ crlNumber: 4710, thisUpdate: "2026-11-02T00:00:00Z" });
    server.asked.length = 0;
    const blocked = new Promise<void>((resolve) => server.on("/13.crl", () => resolve()));
    const settings = ["--concurrency", "2", "--now", "2026-11-04T00:00:00Z"];
    const args = argsOf(ccadb, ...settings);
    const child = spawn(process.execPath, [main, ...args], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
    // If the process ends before its request, the test fails immediately instead of timing out.
    await Promise.race([blocked, ended]);
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    expect(existsSync(join(folder, "lock"))).toBe(true);
    const done = readdirSync(join(folder, "current")).filter((name) => name.endsWith(".result.json"));
    expect(done.length).toBe(8);

    server.serve("/13.crl", crlOf(13, { crlNumber: 4710, thisUpdate: "2026-11-02T00:00:00Z" }));
    const before = [...server.asked];
    server.asked.length = 0;
    const startedAt = JSON.parse(readFileSync(join(folder, "current", "run.json"), "utf8")).startedAt;
    const resumed = await watch(ccadb, startedAt + 60, ...settings);
    expect(server.asked).toHaveLength(20 - done.length);
    expect(new Set([...before, ...server.asked]).size).toBe(20);
    expect(findingsOf(resumed.report.new)).toEqual(
      Array.from(cas.keys(), (i) => `${i}.crl: sequence/number-not-increasing`).sort(),
    );
    expect(existsSync(join(folder, "current"))).toBe(false);
    expect(existsSync(join(folder, "lock"))).toBe(false);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
    expect(readdirSync(join(folder, "copies")).filter((name) => name.endsWith(".crl"))).toHaveLength(20);
  });

  test("does not start while another monitor uses the directory", async () => {
    serveAll();
    const ccadb = writeExport();
    await watch(ccadb);
    const holder = { owner: "x", host: "a.example", space: "", pid: 7, since: now - 60, seen: now - 5 };
    bench.put(`watch-${count}/lock`, JSON.stringify(holder));
    expect(await crllint(argsOf(ccadb))).toMatchObject({
      code: 2,
      err: expect.stringContaining("another monitor (process 7 on a.example, since 2026-11-03T23:59:00Z) works in"),
    });
  });
});

test("--manifest lints downloaded CRLs, and fetches nothing", async () => {
  bench.put("saved/0.crl", crlOf(0));
  bench.put("saved/1.crl", html);
  const manifest = bench.put(
    "saved/manifest.json",
    JSON.stringify([
      { url: "http://crl.example.com/0.crl", file: "0.crl", headers: { "Content-Type": "application/pkix-crl" } },
      { url: "http://crl.example.com/1.crl", file: "1.crl", headers: { "Content-Type": "text/html" } },
      { url: "http://crl.example.com/2.crl", status: 404 },
      { url: "http://crl.example.com/3.crl", file: "../../nowhere.crl" },
    ]),
  );
  const args = ["monitor", "--manifest", manifest, "--out", folder, "--issuer", issuers, "--profile", "rfc5280"];
  const { code } = await crllint(args);
  const report: JsonReport = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
  expect(code).toBe(2);
  expect(findingsOf(report.new)).toEqual([
    "1.crl: transport/not-der",
    "2.crl: transport/unavailable",
    "3.crl: transport/unavailable",
  ]);
});

test("--manifest reports the failure that fetch --output has written", async () => {
  const url = server.on("/gone.crl", (_, response) => response.socket?.destroy());
  const kept = join(bench.folder, "gone.crl");
  await crllint(["fetch", "--allow-private", "-o", kept, url]);
  await crllint(["monitor", "--manifest", `${kept}.json`, "--out", folder, "--no-issuer"]);
  const report: JsonReport = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
  expect(report.new.map(({ message }) => message)).toEqual([
    expect.stringContaining("the connection was closed without an answer"),
  ]);
});

test("a CRL whose CA is unknown is undecided, and is linted if --issuers has the CA", async () => {
  const manifest = bench.put(
    "saved/one.json",
    JSON.stringify([
      { url: "http://crl.example.com/0.crl", file: "0.crl", headers: { "Content-Type": "application/pkix-crl" } },
    ]),
  );
  bench.put("saved/0.crl", crlOf(0));
  const args = ["monitor", "--manifest", manifest, "--out", folder, "--profile", "rfc5280"];
  const lintSaved = async (...more: readonly string[]) => {
    const { code } = await crllint([...args, ...more]);
    const { new: appeared, still }: JsonReport = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
    return [code, ...findingsOf([...appeared, ...still])];
  };
  expect(await lintSaved()).toEqual([2, "0.crl: crllint/no-issuer"]);
  expect(await lintSaved("--issuers", issuers)).toEqual([0]);
  bench.put("saved/0.crl", kit.crl({ ca: ca(0), issuer: ca(0).subject.reversed() }).crl);
  expect(await lintSaved("--issuers", issuers)).toEqual([
    1,
    "0.crl: issuer/not-byte-identical",
    "0.crl: sequence/issuer-or-aki-changed",
    "0.crl: sequence/same-number-different-content",
  ]);
});

describe("the core checks", () => {
  const signatureValue = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte));
  const [valid, reversed, forged] = [{}, { issuer: ca(0).subject.reversed() }, { signatureValue }];

  /** Lints one CRL. Returns the exit code, the verdict, and the report without its first line. */
  async function lintOne(knobs: CrlKnobs, ...more: readonly string[]) {
    count += 1;
    bench.put(`core-${count}/0.crl`, crlOf(0, knobs));
    const headers = { "Content-Type": "application/pkix-crl" };
    const entry = { url: "http://crl.example.com/0.crl", file: "0.crl", headers };
    const manifest = bench.put(`core-${count}/manifest.json`, JSON.stringify([entry]));
    const out = join(bench.folder, `core-${count}/out`);
    const result = await crllint(["monitor", "--manifest", manifest, "--out", out, "--profile", "rfc5280", ...more]);
    const [head = "", ...lines] = result.out.split("\n");
    const { verdict } = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as JsonReport;
    expect([head, result.err]).toEqual([
      `crllint monitor, 2026-11-04T00:00:00Z: ${verdict}; 1 CRL: ${
        verdict === "undecided"
          ? "0 linted, 1 without their CA's certificate (issuer and signature not checked)"
          : "1 linted"
      }`,
      "",
    ]);
    return [result.code, verdict, lines.filter((line) => line !== "")] as const;
  }

  const nothing = ["New (this is the first round): 0", "Still there: 0"];

  test("are left out by --no-issuer, and the report states this", async () => {
    const limits = ["  1 CRL: issuer not compared (--no-issuer)", "  1 CRL: signature not checked (--no-issuer)"];
    for (const knobs of [valid, reversed, forged]) {
      expect(await lintOne(knobs, "--no-issuer")).toEqual([0, "pass", [...limits, ...nothing]]);
    }
    expect(await lintOne(reversed, "--no-issuer", "--issuers", issuers)).toEqual([0, "pass", [...limits, ...nothing]]);
  });

  test.each([
    ["IGNORE", "issuer,signature"],
    ["SELECT", "crl-number"],
    ["SEVERITY", "issuer=off,signature=notice"],
    ["FAIL_ON", "never"],
  ])("are not left out by CRLLINT_%s=%s", async (name, value) => {
    vi.stubEnv(`CRLLINT_${name}`, value);
    expect(await lintOne(valid, "--issuer", issuers)).toEqual([0, "pass", nothing]);
    expect((await lintOne(reversed, "--issuer", issuers))[1]).toBe("fail");
    expect((await lintOne(forged, "--issuer", issuers))[1]).toBe("fail");
    expect((await lintOne(valid))[1]).toBe("undecided");
  });

  test("are left out by options, and the report states this", async () => {
    const ignored = ["  1 CRL: core check not selected (--ignore issuer)"];
    expect(await lintOne(reversed, "--issuer", issuers, "--ignore", "issuer")).toEqual([
      0,
      "pass",
      [...ignored, ...nothing],
    ]);
    expect((await lintOne(reversed, "--issuer", issuers, "--fail-on", "never")).slice(0, 2)).toEqual([0, "pass"]);
  });
});

test("different CRLs at several URLs of one full CRL are reported", async () => {
  const disclosed = { ca: ca(0), full: server.serve("/a.crl", crlOf(0)), name: "two" };
  server.serve("/b.crl", crlOf(0, { entries: [] }));
  const text = new TextDecoder().decode(kit.ccadb(disclosed));
  const [header = "", row = ""] = text.split("\r\n");
  const array = JSON.stringify([server.url("/a.crl"), server.url("/b.crl")]).replaceAll('"', '""');
  const csv = `${header},"JSON Array of All Full CRL URLs"\r\n${row},"${array}"\r\n`;
  const { report } = await watch(bench.put("two.csv", csv), now, "--profile", "ccadb");
  expect(findingsOf(report.new)).toEqual(["a.crl: transport/ccadb-full-crl-differs"]);
  // If one URL fails, the CRLs cannot be compared, and the finding has not ended.
  server.serve("/b.crl", html, {}, 404);
  const second = await watch(bench.put("two.csv", csv), now + 60, "--profile", "ccadb");
  expect(findingsOf(second.report.still)).toEqual(["a.crl: transport/ccadb-full-crl-differs"]);
  server.serve("/b.crl", crlOf(0));
  const third = await watch(bench.put("two.csv", csv), now + 120, "--profile", "ccadb");
  expect(findingsOf(third.report.ended)).toContain("a.crl: transport/ccadb-full-crl-differs");
});

test.each([
  [["monitor"], /required option '--out <dir>'/u],
  [["monitor", "--out", "x"], /give --ccadb, --urls or --manifest/u],
  [["monitor", "--out", "x", "--ccadb", issuers], /not an export of CCADB records/u],
  [["monitor", "--out", "x", "--manifest", issuers], /not JSON/u],
  [["monitor", "--out", "x", "--concurrency", "0", "--ccadb", "y"], /from 1 to 64/u],
])("%j is a usage error", async (args, message) => {
  const { code, out, err } = await crllint(args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(message);
});
