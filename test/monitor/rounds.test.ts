import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createHash, createHmac } from "node:crypto";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CopyStore } from "../../src/fetch/copy-store.ts";
import { kit } from "../../src/fixture/index.ts";
import { crllint, now, pem } from "../cli/workbench.ts";
import { Lab, type LabReport, pathsAndRules, type Reported } from "./lab.ts";

const hour = 3600;
/** Knobs of a CRL with a lower number than the previous one. */
const lower = { crlNumber: 4710, thisUpdate: "2026-11-02T00:00:00Z" };

let lab: Lab;
beforeEach(() => {
  lab = new Lab(8);
});
afterEach(() => lab.stop());

describe("25 CAs from two CCADB reports", () => {
  test("each planted error is reported as new, as still present, or as ended", async () => {
    await lab.stop();
    lab = new Lab(25);
    await lab.start();
    const reversed = (i: number) => ({ issuer: lab.ca(i).subject.reversed() });
    lab.serve(7, reversed(7));
    lab.serve(24, reversed(24));
    lab.serve(12, { nextUpdate: "2026-11-03T00:00:00Z" });
    const first = await lab.round(0);
    expect(first).toMatchObject({ code: 1, err: "" });
    expect(first.out).toMatch(/^crllint monitor, 2026-11-04T00:00:00Z: fail; 25 CRLs: 25 linted\n/u);
    expect(pathsAndRules(first.report.new)).toEqual([
      "12.crl: time/expired",
      "24.crl: issuer/not-byte-identical",
      "7.crl: issuer/not-byte-identical",
    ]);

    lab.serve(12, { crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z" });
    lab.serve(20, lower);
    const second = await lab.round(hour);
    expect(pathsAndRules(second.report.new)).toEqual(["20.crl: sequence/number-not-increasing"]);
    expect(pathsAndRules(second.report.ended)).toEqual(["12.crl: time/expired"]);
    expect(pathsAndRules(second.report.still)).toEqual([
      "24.crl: issuer/not-byte-identical",
      "7.crl: issuer/not-byte-identical",
    ]);

    // The number decreased once, in an earlier round: it is only in the history.
    const third = await lab.round(2 * hour, "--fail-on-new");
    expect([third.report.new, third.report.ended]).toEqual([[], []]);
    expect(pathsAndRules(third.report.still)).toEqual(pathsAndRules(second.report.still));
    expect([third.code, third.report.verdict]).toEqual([0, "fail"]);

    const list = await crllint(["history", lab.url(20), "--out", lab.out], { now: () => now + 3 * hour });
    expect(list.out.split("\n").map((line) => line.replaceAll(/http:\S*/gu, "URL"))).toEqual([
      "2026-11-04T01:00:00Z  crl          URL  cRLNumber 4710, 3 entries, 586 bytes",
      "2026-11-04T01:00:00Z  event        URL  error[sequence/number-not-increasing]: " +
        "cRLNumber 4710 is lower than that of the previous CRL, 4711",
      "2026-11-04T00:00:00Z  crl          URL  cRLNumber 4711, 3 entries, 586 bytes",
      "",
    ]);
    const recent = await crllint(["history", "owner 2", "--since", "90m", "--out", lab.out, "-f", "json"], {
      now: () => now + 2 * hour,
    });
    const { items } = JSON.parse(recent.out) as { items: readonly Record<string, string>[] };
    expect(items.map(({ what, ca, rule }) => [what, ca, rule])).toEqual([
      ["crl", "CA 12", ""],
      ["ended", "CA 12", "time/expired"],
    ]);
  });
});

describe("CRLs that are not fetched or not linted", () => {
  test("a CRL without its CA's certificate is undecided, unless --no-issuer is given", async () => {
    await lab.start({ without: [3] });
    lab.server.serve("/5.crl", "", {}, 404);
    const { code, out, report } = await lab.round(0);
    expect(code).toBe(2);
    expect(out.split("\n", 1)).toEqual([
      "crllint monitor, 2026-11-04T00:00:00Z: undecided; 8 CRLs: 6 linted, " +
        "1 without their CA's certificate (issuer and signature not checked), 1 not fetched",
    ]);
    expect(pathsAndRules(report.new)).toEqual(["3.crl: crllint/no-issuer", "5.crl: transport/unavailable"]);
    expect(out).toContain(
      "help: add the CCADB report that has its certificate to --ccadb, or give it with --issuers\n",
    );
    lab.serve(5);
    expect((await lab.round(1, "--no-issuer")).code).toBe(0);
  });

  test("the verdict is undecided everywhere if a URL returns no CRL, even if another CRL fails", async () => {
    await lab.start();
    lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
    lab.server.serve("/5.crl", "", {}, 404);
    const files = Object.fromEntries(
      ["json", "junit", "markdown"].map((format) => [format, join(lab.bench.folder, `report.${format}`)]),
    );
    const reports = Object.entries(files).flatMap(([format, file]) => ["--report", `${format}=${file}`]);
    const metrics = join(lab.bench.folder, "crllint.prom");
    const site = join(lab.bench.folder, "site");
    const more = [...reports, "--metrics", metrics, "--site", site];
    const { code, out, report } = await lab.round(0, "-f", "compact", ...more);
    expect([code, report.verdict]).toEqual([2, "undecided"]);
    expect(out.trim().split("\n").at(-1)).toMatch(/undecided/u);
    expect(JSON.parse(readFileSync(files["json"] ?? "", "utf8"))).toMatchObject({ summary: { verdict: "undecided" } });
    expect(readFileSync(files["markdown"] ?? "", "utf8")).toMatch(/undecided/u);
    expect(readFileSync(metrics, "utf8")).toContain("crllint_monitor_verdict 2\n");
    expect(readFileSync(join(site, "index.html"), "utf8")).toContain("UNDECIDED");
    expect(readFileSync(join(lab.out, "report.txt"), "utf8")).toMatch(/^crllint monitor, \S+: undecided; /u);
  });

  test("a CRL that is not fetched because of a network error is undecided", async () => {
    await lab.start();
    lab.server.on("/6.crl", (_, response) => response.socket?.destroy());
    const { code, out } = await lab.round(0);
    expect([code, out.split("\n", 1)]).toEqual([
      2,
      ["crllint monitor, 2026-11-04T00:00:00Z: undecided; 8 CRLs: 7 linted, 1 not fetched"],
    ]);
    expect((await lab.round(1, "--fail-on-new")).code).toBe(2);
  });

  test.each([
    "ldap://ldap.example.com/cn=CA",
    "ftp://crl.example.com/1.crl",
    "http://user:pw@crl.example.com/1.crl",
    "x y",
  ])("a disclosed URL to which no request can be sent is undecided: %s", async (url) => {
    await lab.start();
    lab.disclosed.set(1, { full: [url] });
    lab.writeReports();
    const { code, out, report } = await lab.round(0, "--fail-on-new");
    expect([code, report.verdict, report.counts["notFetched"]]).toEqual([2, "undecided", 1]);
    expect(out).toMatch(/undecided; 8 CRLs: 7 linted, 1 not fetched\n/u);
    expect(report.new.filter(({ rule }) => rule === "crllint/not-fetched").map(({ subject }) => subject)).toEqual([
      url,
    ]);
  });

  test.each(["http://crl.example.com/a.crl", '["http://crl.example.com/a.crl', '["http://crl.example.com/a.crl", 5]'])(
    "a field of a record that cannot be read is undecided, unless a list states the URLs: %s",
    async (text) => {
      await lab.start();
      lab.disclosed.set(1, { full: text });
      lab.writeReports();
      const { code, out, report } = await lab.round(0);
      expect([code, report.verdict]).toEqual([2, "undecided"]);
      expect(out).toMatch(/undecided; 8 CRLs: 7 linted, 1 not fetched\n/u);
      expect(out).toContain('no CRL is requested for "JSON Array of All Full CRL URLs", which cannot be read\n');
      expect(report.new.map(({ rule }) => rule)).toEqual(["ccadb/array-malformed", "crllint/not-fetched"]);
      const list = lab.bench.put("urls.txt", `${lab.url(0)}\n`);
      expect((await lab.round(1, "--urls", list)).code).toBe(0);
    },
  );

  test("a field that cannot be read is undecided, even if no other record discloses a URL", async () => {
    await lab.start();
    lab.disclosed.set(0, { full: "http://crl.example.com/a.crl" });
    lab.writeReports([], 1);
    const { code, out } = await lab.round(0);
    expect([code, out.split("\n", 1)]).toEqual([
      2,
      ["crllint monitor, 2026-11-04T00:00:00Z: undecided; 1 CRL: 0 linted, 1 not fetched"],
    ]);
  });

  test("--urls accepts URLs with and without a CA certificate", async () => {
    await lab.start();
    lab.bench.put("lists/ca.pem", pem("CERTIFICATE", lab.ca(0).certificate));
    const list = lab.bench.put("lists/urls.txt", `# two\n${lab.url(0)} ca.pem\n\n${lab.url(1)}\n`);
    const args = [
      "monitor",
      "--urls",
      list,
      "--out",
      lab.out,
      "--profile",
      "rfc5280",
      "--allow-private",
      "--no-config",
    ];
    const { code, out } = await crllint(args);
    expect(code).toBe(2);
    expect(out).toContain("2 CRLs: 1 linted, 1 without their CA's certificate");
    const bad = lab.bench.put("lists/bad.txt", `${lab.url(0)} nowhere.pem\n`);
    expect(await crllint(["monitor", "--urls", bad, "--out", lab.out])).toMatchObject({
      code: 2,
      err: expect.stringContaining("bad.txt line 1): no such file or directory"),
    });
  });

  test("a body that is too large after decompression is reported as not fetched", async () => {
    await lab.start();
    const bomb = gzipSync(new Uint8Array(33 * 2 ** 20));
    lab.server.serve("/4.crl", bomb, { "content-encoding": "gzip" });
    const { code, report } = await lab.round(0, "--memory", "128M");
    expect([code, pathsAndRules(report.new)]).toEqual([2, ["4.crl: crllint/not-fetched"]]);
    expect(report.counts).toEqual({ crls: 8, linted: 7, unchecked: 0, notFetched: 1 });
    expect(readdirSync(join(lab.out, "tmp"))).toEqual([]);
  });
});

describe("the CRL of another CA", () => {
  const counts = { crls: 8, linted: 8, unchecked: 0, notFetched: 0 };

  test("at the URL of a CA fails, if the reports have one certificate of its key or several", async () => {
    await lab.start();
    // CAs 1, 4 and 7 have one key, and 2 and 5 another.
    lab.server.serve("/1.crl", lab.crl(2));
    const { code, report } = await lab.round(0);
    expect([code, pathsAndRules(report.new), report.counts]).toEqual([1, ["1.crl: issuer/not-byte-identical"], counts]);
    lab.writeReports([4, 7], 3);
    const out = join(lab.bench.folder, "alone");
    expect(await crllint(lab.args("--out", out), { now: () => now })).toMatchObject({ code: 1 });
    const alone = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as LabReport;
    expect(pathsAndRules(alone.new)).toEqual(["1.crl: issuer/not-byte-identical"]);
  });

  test("is undecided at a URL that another CA also discloses, whose certificate is missing", async () => {
    await lab.start();
    lab.disclosed.set(1, { full: [lab.url(2)] });
    lab.writeReports([1]);
    const { code, report } = await lab.round(0);
    expect([code, report.counts["unchecked"], pathsAndRules(report.new)]).toEqual([2, 1, ["2.crl: crllint/no-issuer"]]);
    // The CRL of a third CA fails in any case.
    lab.server.serve("/2.crl", lab.crl(3));
    const third = await lab.round(1);
    expect([third.code, pathsAndRules(third.report.new)]).toEqual([
      1,
      ["2.crl: issuer/not-byte-identical", "2.crl: sequence/issuer-or-aki-changed"],
    ]);
  });

  test("fails at a URL that both CAs disclose, unless they share a key", async () => {
    await lab.start();
    lab.disclosed.set(1, { full: [lab.url(2)] });
    lab.writeReports();
    const { code, report } = await lab.round(0);
    expect([code, pathsAndRules(report.new)]).toEqual([1, ["2.crl: issuer/not-byte-identical"]]);
    // Records of one key share their CRL.
    lab.disclosed.set(1, { full: [lab.url(4)] });
    lab.writeReports();
    const shared = await lab.round(1);
    expect([shared.code, pathsAndRules(shared.report.new), pathsAndRules(shared.report.ended)]).toEqual([
      0,
      [],
      ["2.crl: issuer/not-byte-identical"],
    ]);
  });
});

test("findings on a record are the same in another line of another file", async () => {
  await lab.start();
  lab.disclosed.set(3, { full: [] });
  lab.writeReports();
  const first = await lab.round(0);
  const digest = createHash("sha256").update(lab.ca(3).certificate).digest("hex");
  const { subject } = first.report.new[0] ?? {};
  expect([pathsAndRules(first.report.new), subject]).toEqual([
    [`CCADB record ${digest}: ccadb/url-missing`],
    `CCADB record ${digest}`,
  ]);
  const path = join(lab.ccadb, "AllCertificateRecordsCSVFormatV5");
  const [header = "", ...rows] = readFileSync(path, "utf8").trim().split("\r\n");
  rmSync(path);
  lab.bench.put("ccadb/records.csv", [header, ...rows.toReversed(), ""].join("\r\n"));
  const { report, out } = await lab.round(hour, "-f", "json");
  expect([report.new, report.ended, report.still]).toEqual([[], [], first.report.new]);
  expect(out).toMatch(/"record: \S+records\.csv:6 \\"CA 3\\""/u);
  expect(readFileSync(join(lab.out, "report.txt"), "utf8")).toContain(
    `CCADB record ${digest}\n   = CA: Owner 3, CA 3\n`,
  );
});

describe("a round that is resumed", () => {
  /** Runs a round that stores all results and ends before the history; it cannot be opened. */
  async function interrupt(...args: readonly string[]): Promise<void> {
    lab.bench.put("out/history.db", "not a database");
    expect((await crllint(lab.args(...args), { now: () => now })).code).toBe(2);
    expect(readdirSync(join(lab.out, "current")).length).toBeGreaterThan(1);
    rmSync(join(lab.out, "history.db"));
  }

  test("reuses the results of the same inputs", async () => {
    await lab.start();
    await interrupt();
    lab.server.asked.length = 0;
    expect((await lab.round(1)).code).toBe(0);
    expect(lab.server.asked).toEqual([]);
  });

  test("fetches a CRL again that is compared with that of another URL, if its copy is missing", async () => {
    await lab.start();
    const mirror = lab.server.serve("/mirror.crl", lab.crl(0, { entries: [] }));
    lab.disclosed.set(0, { full: [lab.url(0), mirror] });
    lab.writeReports([], 2);
    await interrupt();
    lab.server.asked.length = 0;
    for (const name of readdirSync(join(lab.out, "copies"))) rmSync(join(lab.out, "copies", name));
    const { report } = await lab.round(1);
    expect(pathsAndRules(report.new)).toEqual(["0.crl: transport/ccadb-full-crl-differs"]);
    expect(lab.server.asked.toSorted()).toEqual(["/0.crl", "/mirror.crl"]);
  });

  test("reuses no result for another record", async () => {
    await lab.start();
    await interrupt();
    const path = join(lab.ccadb, "AllCertificateRecordsCSVFormatV5");
    const digest = createHash("sha256").update(lab.ca(1).certificate).digest("hex").toUpperCase();
    const key = Buffer.from(lab.ca(1).ski ?? []).toString("base64");
    const text = readFileSync(path, "utf8").replace(digest, "0".repeat(64)).replace(key, "");
    writeFileSync(path, text);
    const { code, report } = await lab.round(1);
    expect([code, pathsAndRules(report.new)]).toEqual([2, ["1.crl: crllint/no-issuer"]]);
  });

  test("reuses no result for another certificate in the same file", async () => {
    await lab.start();
    const list = lab.bench.put("urls.txt", `${lab.url(0)} ca.pem\n`);
    lab.bench.put("ca.pem", pem("CERTIFICATE", lab.ca(0).certificate));
    await interrupt("--urls", list);
    lab.bench.put("ca.pem", pem("CERTIFICATE", lab.ca(1).certificate));
    const { code, report } = await lab.round(1, "--urls", list);
    expect([code, pathsAndRules(report.new)]).toEqual([1, ["0.crl: issuer/not-byte-identical"]]);
  });
});

describe("a known state", () => {
  const passed = { nextUpdate: "2026-11-03T00:00:00Z" };

  test("ends and another begins if the issuer is wrong in another way", async () => {
    await lab.start();
    lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
    await lab.round(0);
    expect((await lab.round(1, "--fail-on-new")).code).toBe(0);
    lab.serve(2, { ca: lab.ca(0) });
    const { code, report } = await lab.round(2, "--fail-on-new");
    expect(code).toBe(1);
    expect(pathsAndRules(report.new)).toContain("2.crl: issuer/not-byte-identical");
    expect(pathsAndRules(report.ended)).toEqual(["2.crl: issuer/not-byte-identical"]);
  });

  test("ends and another begins if its severity rises", async () => {
    await lab.start();
    lab.serve(2, passed);
    const warning = await lab.round(0, "--severity", "time/expired=warning");
    expect([warning.code, pathsAndRules(warning.report.new)]).toEqual([0, ["2.crl: time/expired"]]);
    const { code, report } = await lab.round(1, "--fail-on-new");
    expect([code, pathsAndRules(report.new), pathsAndRules(report.ended)]).toEqual([
      1,
      ["2.crl: time/expired"],
      ["2.crl: time/expired"],
    ]);
  });

  test("is the same if its message contains the time of the round", async () => {
    await lab.start();
    lab.serve(2, passed);
    const first = await lab.round(0, "-f", "json");
    const second = await lab.round(hour, "-f", "json");
    const message = /nextUpdate \S+ has passed as of (?<time>[^"]*)/u;
    expect(message.exec(second.out)?.groups?.["time"]).not.toBe(message.exec(first.out)?.groups?.["time"]);
    expect([second.report.new, pathsAndRules(second.report.still)]).toEqual([[], ["2.crl: time/expired"]]);
  });
});

describe("the last good copy", () => {
  const forged = { signingKey: "rsa2048b", crlNumber: 9999, thisUpdate: "2049-01-01T00:00:00Z" } as const;

  test.each([
    ["with another signature", { ...forged, thisUpdate: "2026-11-03T00:00:00Z" }],
    ["with another signature and a thisUpdate in 2049", forged],
    ["of another CA", { ...forged, ca: kit.otherCa }],
  ])("is not replaced by a CRL %s", async (_, knobs) => {
    await lab.start();
    await lab.round(0);
    lab.serve(0, knobs);
    expect((await lab.round(hour)).code).toBe(1);
    lab.serve(0, lower);
    const { report } = await lab.round(2 * hour);
    expect(pathsAndRules(report.new)).toEqual(["0.crl: sequence/number-not-increasing"]);
  });

  test("is replaced if its thisUpdate is in the future", async () => {
    await lab.start();
    lab.serve(0, { thisUpdate: "2030-01-01T00:00:00Z", nextUpdate: "2030-01-07T00:00:00Z" });
    await lab.round(0);
    lab.serve(0, { crlNumber: 4712 });
    await lab.round(hour);
    lab.serve(0, { ...lower, crlNumber: 4711 });
    const { report } = await lab.round(2 * hour);
    expect(pathsAndRules(report.new)).toEqual(["0.crl: sequence/number-not-increasing"]);
  });

  test("may have an issuer in reverse order, since the CA signed it", async () => {
    await lab.start();
    const reversed = { issuer: lab.ca(0).subject.reversed() };
    lab.serve(0, reversed);
    await lab.round(0);
    lab.serve(0, { ...reversed, ...lower });
    const { report } = await lab.round(hour);
    expect(pathsAndRules(report.new)).toEqual(["0.crl: sequence/number-not-increasing"]);
  });

  test("is removed a week after its URL was last fetched; other files are left", async () => {
    await lab.start();
    await lab.round(0);
    const folder = join(lab.out, "copies");
    const other = lab.bench.put("out/copies/README.txt", "ours");
    const stray = lab.bench.put(`out/copies/${"0".repeat(64)}.crl.123`, "");
    const age = (days: number): void => {
      const time = Date.now() / 1000 - days * 86_400;
      for (const name of readdirSync(folder)) utimesSync(join(folder, name), time, time);
    };
    age(6);
    lab.writeReports([], 7);
    await lab.round(1);
    expect([readdirSync(folder).length, existsSync(other), existsSync(stray)]).toEqual([17, true, false]);
    age(8);
    await lab.round(2);
    expect([readdirSync(folder).length, existsSync(other)]).toEqual([15, true]);
  });

  test("is not compared instead of a CRL that was not kept", async () => {
    await lab.start();
    const urls = [lab.url(0), lab.server.url("/mirror.crl")];
    lab.disclosed.set(0, { full: urls });
    lab.writeReports();
    lab.server.serve("/mirror.crl", lab.crl(0));
    expect((await lab.round(0)).code).toBe(0);
    lab.server.serve("/mirror.crl", lab.crl(0, forged));
    const { report } = await lab.round(hour);
    expect(pathsAndRules(report.new)).toContain("0.crl: transport/ccadb-full-crl-differs");
    expect(existsSync(join(lab.out, "current"))).toBe(false);
  });
});

test("--manifest lints the file of a 304, not the copy", async () => {
  await lab.start();
  const list = (file: Uint8Array, status: number): string => {
    lab.bench.put("fetched.crl", file);
    return lab.bench.put(
      "fetched.json",
      JSON.stringify([
        {
          url: lab.url(0),
          file: "fetched.crl",
          status,
          headers: { "content-type": "application/pkix-crl", etag: '"a"' },
        },
      ]),
    );
  };
  expect((await lab.round(0, "--manifest", list(lab.crl(0), 200))).code).toBe(0);
  const { code, report } = await lab.round(hour, "--manifest", list(lab.crl(0, lower), 304));
  expect([code, pathsAndRules(report.new)]).toEqual([1, ["0.crl: sequence/number-not-increasing"]]);
});

describe("--probe-shards", () => {
  /** Discloses partitions of CA 0 at these paths, and serves them. */
  function disclose(paths: readonly string[]): void {
    lab.disclosed.set(0, { partitioned: paths.map((path) => lab.server.url(path)) });
    for (const path of paths) servePartition(path);
    lab.writeReports([], 1);
  }

  function servePartition(path: string, i = 0): void {
    const uri = lab.server.url(path);
    lab.server.serve(path, lab.crl(i, { idp: { uris: [uri], onlyUser: true }, entries: [] }));
  }

  test.each<[readonly string[], readonly string[]]>([
    [
      ["/p/1.crl", "/p/2.crl"],
      ["/p/0.crl", "/p/3.crl"],
    ],
    [["/p/0.crl", "/p/1.crl"], ["/p/2.crl"]],
    [
      ["/p/08.crl", "/p/09.crl"],
      ["/p/00.crl", "/p/10.crl"],
    ],
    [
      ["/v2/9.crl", "/v2/10.crl"],
      ["/v2/0.crl", "/v2/11.crl"],
    ],
    // One URL alone, and URLs without a number of up to 9 digits, have no next number.
    [["/p/1.crl"], []],
    [["/a.crl", "/b.crl"], []],
    [["/1234567890.crl", "/1234567891.crl"], []],
  ])("with %j disclosed, also requests %j", async (paths, probes) => {
    await lab.start();
    disclose(paths);
    const { code, report } = await lab.round(0, "--probe-shards");
    expect([code, report.new, report.counts["crls"]]).toEqual([0, [], paths.length]);
    expect(lab.server.asked.toSorted()).toEqual([...paths, ...probes].sort());
  });

  test("a CRL at the next number or at zero is an error", async () => {
    await lab.start();
    disclose(["/p/1.crl", "/p/2.crl"]);
    servePartition("/p/3.crl");
    expect((await lab.round(0)).code).toBe(0);
    const { code, out, report } = await lab.round(1, "--probe-shards");
    expect([code, pathsAndRules(report.new), report.counts["crls"]]).toEqual([
      1,
      ["3.crl: crllint/undisclosed-partition"],
      3,
    ]);
    expect(out).toContain(
      "error[crllint/undisclosed-partition]: " +
        "the CA has a CRL outside the numbers of the 2 URLs that it discloses in the CCADB\n" +
        `  --> ${lab.server.url("/p/3.crl")}\n   = CA: Owner 0, CA 0\n`,
    );
    lab.server.serve("/p/3.crl", "", {}, 404);
    servePartition("/p/0.crl");
    const second = await lab.round(2, "--probe-shards");
    expect([second.code, pathsAndRules(second.report.new), pathsAndRules(second.report.ended)]).toEqual([
      1,
      ["0.crl: crllint/undisclosed-partition"],
      ["3.crl: crllint/undisclosed-partition"],
    ]);
  });

  test("pages and CRLs of other CAs are accepted there; status 503 is undecided", async () => {
    await lab.start();
    disclose(["/p/1.crl", "/p/2.crl"]);
    lab.server.serve("/p/0.crl", "<!DOCTYPE html>");
    servePartition("/p/3.crl", 1);
    expect((await lab.round(0, "--probe-shards")).code).toBe(0);
    servePartition("/p/3.crl");
    await lab.round(1, "--probe-shards");
    lab.server.on("/p/3.crl", (_, response) => response.writeHead(503).end());
    const { code, report } = await lab.round(2, "--probe-shards");
    // The earlier finding has not ended.
    expect([code, pathsAndRules(report.new), pathsAndRules(report.ended), pathsAndRules(report.still)]).toEqual([
      2,
      ["3.crl: crllint/not-fetched"],
      [],
      ["3.crl: crllint/undisclosed-partition"],
    ]);
    expect(report.counts).toEqual({ crls: 2, linted: 2, unchecked: 0, notFetched: 0 });
  });

  test("requires the reports of the CCADB", async () => {
    const list = lab.bench.put("urls.txt", "http://crl.example.com/1.crl\n");
    expect(await crllint(["monitor", "--urls", list, "--out", lab.out, "--probe-shards"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--probe-shards requires --ccadb, without --urls and --manifest"),
    });
  });
});

test("bodies that are fetched together use at most --memory; the rest are fetched one by one", async () => {
  await lab.stop();
  lab = new Lab(5);
  await lab.start();
  const body = Buffer.alloc(30 * 2 ** 20);
  const tmp = join(lab.out, "tmp");
  let maximum = 0;
  for (const i of lab.cas.keys()) {
    lab.server.on(`/${i}.crl`, (_, response) => {
      response.writeHead(200, { "content-type": "application/pkix-crl" }).end(body, () => {
        const sizes = readdirSync(tmp).map((name) => statSync(join(tmp, name), { throwIfNoEntry: false })?.size ?? 0);
        maximum = Math.max(
          maximum,
          sizes.reduce((sum, size) => sum + size, 0),
        );
      });
    });
  }
  const { report } = await lab.round(0, "--memory", "128M");
  expect(pathsAndRules(report.new)).toEqual(Array.from(lab.cas.keys(), (i) => `${i}.crl: transport/not-der`));
  expect(report.new.every(({ subject }) => lab.server.asked.includes(new URL(subject).pathname))).toBe(true);
  expect(lab.server.asked.length).toBeGreaterThan(5);
  expect(maximum).toBeGreaterThan(0);
  expect(maximum).toBeLessThanOrEqual(128 * 2 ** 20);
  expect(readdirSync(tmp)).toEqual([]);
});

test("of the CRLs at several URLs of one full CRL, only those are read again that differ, one at a time", async () => {
  await lab.start();
  const mirrors = ["/same.crl", "/older.crl", "/other.crl", "/again.crl"];
  const urls = [lab.url(0), ...mirrors.map((path) => lab.server.url(path))];
  lab.disclosed.set(0, { full: urls });
  lab.writeReports([], 1);
  for (const path of ["/same.crl", "/again.crl"]) lab.server.serve(path, lab.crl(0));
  lab.server.serve("/older.crl", lab.crl(0, { thisUpdate: "2026-10-31T00:00:00Z" }));
  lab.server.serve("/other.crl", lab.crl(0, { entries: [] }));
  const load = vi.spyOn(CopyStore.prototype, "load");
  const { out } = await lab.round(0, "-f", "json");
  const loads = load.mock.calls.map(([url]) => url);
  load.mockRestore();
  const { runs } = JSON.parse(out) as { runs: readonly { findings: readonly { rule: string; message: string }[] }[] };
  const found = runs.flatMap(({ findings }) => findings).filter(({ rule }) => rule.endsWith("full-crl-differs"));
  expect(found.map(({ message }) => message.replaceAll(/\S+\/| returns.*/gu, ""))).toEqual(["older.crl", "other.crl"]);
  // All copies are loaded once when their URLs are fetched.
  for (const path of ["/same.crl", "/again.crl"]) expect(loads.filter((url) => url.endsWith(path))).toHaveLength(1);
  const compared = loads.slice(urls.length).map((url) => url.replace(/^.*\//u, ""));
  expect([...new Set(compared)]).toEqual(["0.crl", "older.crl", "other.crl"]);
});

test.each([
  ["first", "/0.crl"],
  ["other", "/mirror.crl"],
])("a difference between the URLs of a full CRL stays if the %s CRL cannot be read again", async (_, path) => {
  await lab.start();
  const mirror = lab.server.serve("/mirror.crl", lab.crl(0, { entries: [] }));
  lab.disclosed.set(0, { full: [lab.url(0), mirror] });
  lab.writeReports([], 1);
  const differs = ["0.crl: transport/ccadb-full-crl-differs"];
  expect(pathsAndRules((await lab.round(0)).report.new)).toEqual(differs);
  const name = createHash("sha256").update(lab.server.url(path)).digest("hex");
  // Old copies are removed after all URLs were fetched, before the CRLs are compared.
  const sweep = vi.spyOn(CopyStore.prototype, "sweep").mockImplementation(() => {
    rmSync(join(lab.out, "copies", `${name}.json`));
  });
  const { report } = await lab.round(hour).finally(() => sweep.mockRestore());
  expect([pathsAndRules(report.still), report.ended]).toEqual([differs, []]);
});

describe("requests", () => {
  test("a server that returns status 503 twice gets three requests, after growing pauses", async () => {
    await lab.start();
    let attempts = 0;
    const crl = lab.crl(6);
    lab.server.on("/6.crl", (_, response) => {
      attempts += 1;
      if (attempts < 3) response.writeHead(503).end();
      else response.writeHead(200, { "content-type": "application/pkix-crl" }).end(crl);
    });
    const pauses: number[] = [];
    const sleep = async (seconds: number): Promise<void> => void pauses.push(seconds);
    expect((await crllint(lab.args(), { sleep })).code).toBe(0);
    expect([attempts, pauses]).toEqual([3, [1, 4]]);
  });

  test("the progress line counts each URL once", async () => {
    await lab.start();
    for (const i of [0, 1, 2]) lab.server.on(`/${i}.crl`, (_, response) => response.writeHead(503).end());
    let clock = now;
    const world = { isErrorTty: true, now: () => (clock += 2), sleep: () => Promise.resolve() };
    const { err } = await crllint(lab.args("--concurrency", "1", "--now", "2026-11-04T00:00:00Z"), world);
    const counts = [...err.matchAll(/fetching (?<done>\d+) of 8 done/gu)].map(({ groups }) => Number(groups?.["done"]));
    expect([...new Set(counts)]).toEqual([0, 4]);
  });

  test("a host gets no more requests at the same time than --per-host", async () => {
    await lab.start();
    let open = 0;
    let maximum = 0;
    for (const i of lab.cas.keys()) {
      const crl = lab.crl(i);
      lab.server.on(`/${i}.crl`, (_, response) => {
        open += 1;
        maximum = Math.max(maximum, open);
        setTimeout(() => {
          open -= 1;
          response.writeHead(200, { "content-type": "application/pkix-crl" }).end(crl);
        }, 20);
      });
    }
    expect((await lab.round(0, "--per-host", "3")).code).toBe(0);
    expect(maximum).toBe(3);
  });

  test("URLs that are left after --round-timeout are reported as not fetched", async () => {
    await lab.start();
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    lab.server.on("/2.crl", (_, response) => {
      clock.mockReturnValue(1000);
      response.writeHead(200, { "content-type": "application/pkix-crl" }).end(lab.crl(2));
    });
    const { code, report } = await lab
      .round(0, "--round-timeout", "1s", "--concurrency", "1")
      .finally(() => clock.mockRestore());
    expect(code).toBe(2);
    // A batch has four URLs for each request at the same time.
    expect(pathsAndRules(report.new)).toEqual([4, 5, 6, 7].map((i) => `${i}.crl: crllint/not-fetched`));
  });

  test("requests that are not answered end at --round-timeout", async () => {
    await lab.start();
    // Each request may take 600 s.
    for (const i of lab.cas.keys()) lab.server.on(`/${i}.crl`, () => {});
    const { code, report } = await lab.round(0, "--round-timeout", "1s", "--concurrency", "2");
    expect(code).toBe(2);
    expect(pathsAndRules(report.new)).toEqual(Array.from(lab.cas.keys(), (i) => `${i}.crl: crllint/not-fetched`));
    expect(lab.server.asked.length).toBeLessThanOrEqual(2);
    expect(readdirSync(join(lab.out, "tmp"))).toEqual([]);
  });

  test("a server that does not finish its answer is unavailable", async () => {
    await lab.start();
    lab.writeReports([], 1);
    lab.server.on("/0.crl", (_, response) => response.writeHead(200).write("x"));
    const { report } = await lab.round(0, "--timeout", "1", "--attempts", "1");
    expect(pathsAndRules(report.new)).toEqual(["0.crl: transport/unavailable"]);
  });
});

test("files of others stay in all directories of --out", async () => {
  await lab.start();
  const own = ["copies/a.crl", "copies/old/a.crl", "current/a.json", "tmp/a.txt", "a.txt"];
  for (const name of own) lab.bench.put(`out/${name}`, name);
  for (const seconds of [0, hour]) expect(await lab.round(seconds)).toMatchObject({ code: 0, err: "" });
  expect(own.filter((name) => !existsSync(join(lab.out, name)))).toEqual([]);
  expect(readdirSync(join(lab.out, "current"))).toEqual(["a.json"]);
});

describe("an indexed job", () => {
  test("watches each CA in one part, and merge joins the reports", async () => {
    await lab.start();
    lab.serve(3, { issuer: lab.ca(3).subject.reversed() });
    const seen: string[] = [];
    const reports: string[] = [];
    for (const index of ["0", "1"]) {
      const file = join(lab.bench.folder, `part-${index}.json`);
      reports.push(file);
      const out = join(lab.bench.folder, `out-${index}`);
      const args = lab.args("--report", `json=${file}`).map((each) => (each === lab.out ? out : each));
      const env = { JOB_COMPLETION_INDEX: index, JOB_COMPLETIONS: "2" };
      const before = lab.server.asked.length;
      const { code, err } = await crllint(args, { env, sleep: () => Promise.resolve() });
      expect([err, [0, 1].includes(code)]).toEqual(["", true]);
      seen.push(...lab.server.asked.slice(before));
    }
    expect(seen.toSorted()).toEqual(Array.from(lab.cas.keys(), (i) => `/${i}.crl`));
    const merged = await crllint(["merge", ...reports, "-f", "json"]);
    expect(merged.code).toBe(1);
    const { runs } = JSON.parse(merged.out) as { runs: readonly { crl: string; verdict: string }[] };
    expect(runs.filter(({ crl }) => crl.endsWith(".crl"))).toHaveLength(8);
    expect(runs.filter(({ verdict }) => verdict !== "pass").map(({ crl }) => crl)).toEqual([lab.url(3)]);
  });

  test.each([{ JOB_COMPLETION_INDEX: "0" }, { JOB_COMPLETION_INDEX: "3", JOB_COMPLETIONS: "3" }])(
    "with %j is a usage error",
    async (env) => {
      await lab.start();
      expect(await crllint(lab.args(), { env })).toMatchObject({
        code: 2,
        err: expect.stringContaining("JOB_COMPLETION_INDEX must be a whole number"),
      });
    },
  );
});

describe("alerts", () => {
  test("new findings go to a command and, signed, to a URL until it accepts them", async () => {
    await lab.start();
    lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
    const posts: { body: string; signature: string | undefined }[] = [];
    let status = 500;
    const hook = createServer((request, response) => {
      let body = "";
      request.on("data", (data: Buffer) => (body += data.toString()));
      request.on("end", () => {
        posts.push({ body, signature: String(request.headers["x-crllint-signature"]) });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook/secret-path`;
    const newFindings = join(lab.bench.folder, "new-findings.json");
    const options = ["--notify", url, "--notify-secret", "s3cret", "--on-new", `cat > '${newFindings}'`];
    try {
      const first = await lab.round(0, ...options);
      expect(first.code).toBe(2);
      expect(first.err).toBe(
        `error: --notify ${new URL(url).origin}: status 500, 3 attempts; the next round announces it again\n`,
      );
      expect(posts).toHaveLength(3);
      status = 204;
      const second = await lab.round(hour, ...options);
      expect([second.code, second.err, posts.length]).toEqual([1, "", 4]);
      const { body, signature } = posts.at(-1) ?? { body: "", signature: "" };
      expect(signature).toBe(`sha256=${createHmac("sha256", "s3cret").update(body).digest("hex")}`);
      expect(readFileSync(newFindings, "utf8")).toBe(body);
      expect(JSON.parse(body)).toMatchObject({
        version: 1,
        startedAt: "2026-11-04T00:00:00Z",
        verdict: "fail",
        counts: { crls: 8, linted: 8, unchecked: 0, notFetched: 0 },
        new: [{ subject: lab.url(2), rule: "issuer/not-byte-identical", kind: "state", owner: "Owner 2", ca: "CA 2" }],
        ended: [],
      });
      // Nothing is new any longer.
      expect((await lab.round(2 * hour, ...options)).code).toBe(1);
      expect(posts).toHaveLength(4);
    } finally {
      hook.close();
    }
  });

  /** Starts a receiver of alerts, which answers with the status that a function returns for a body. */
  async function receive(answer: (body: string) => number) {
    const bodies: string[] = [];
    const hook = createServer((request, response) => {
      let body = "";
      request.on("data", (data: Buffer) => (body += data.toString()));
      request.on("end", () => {
        bodies.push(body);
        response.writeHead(answer(body)).end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/secret-path`;
    return { url, bodies, close: () => hook.close() };
  }

  test("an alert that a receiver refuses does not delay later ones, and stays the same", async () => {
    await lab.start();
    let isOpen = false;
    const reports = (body: string, rule: string): boolean =>
      (JSON.parse(body) as { new: readonly Reported[] }).new.some((finding) => finding.rule === rule);
    const hook = await receive((body) => (!isOpen && reports(body, "issuer/not-byte-identical") ? 413 : 204));
    try {
      lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
      const first = await lab.round(0, "--notify", hook.url);
      expect([first.code, first.err]).toEqual([
        2,
        `error: --notify ${new URL(hook.url).origin}: status 413, 1 attempt; the next round announces it again\n`,
      ]);
      // The state ends, and another begins.
      lab.serve(2, { crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z" });
      lab.serve(3, { nextUpdate: "2026-11-03T00:00:00Z" });
      expect((await lab.round(hour, "--notify", hook.url)).code).toBe(2);
      expect(hook.bodies.map((body) => reports(body, "time/expired"))).toEqual([false, true, false]);
      // The CA gets another name.
      lab.bench.put(
        "ccadb/AllCertificateRecordsCSVFormatV5",
        readFileSync(join(lab.ccadb, "AllCertificateRecordsCSVFormatV5"), "utf8").replace('"CA 2"', '"CA two"'),
      );
      isOpen = true;
      expect((await lab.round(2 * hour, "--notify", hook.url)).code).toBe(1);
      expect(hook.bodies).toHaveLength(4);
      expect(new Set([0, 2, 3].map((i) => hook.bodies[i])).size).toBe(1);
      expect(existsSync(join(lab.out, "alerts"))).toBe(false);
    } finally {
      hook.close();
    }
  });

  /** Returns the lines of a file, which are the alerts that a command received. */
  function linesOf(path: string): readonly string[] {
    return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  }

  test("are sent again only to the destination that refused them", async () => {
    await lab.start();
    let status = 413;
    const hook = await receive(() => status);
    const log = join(lab.bench.folder, "log");
    const options = ["--on-new", `cat >> '${log}'`, "--notify", hook.url, "--fail-on-new"];
    try {
      lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
      for (const i of [0, 1, 2]) expect((await lab.round(i, ...options)).code).toBe(2);
      expect([linesOf(log).length, hook.bodies.length]).toEqual([1, 3]);
      status = 204;
      expect((await lab.round(3, ...options)).code).toBe(0);
      expect([linesOf(log).length, hook.bodies.length]).toEqual([1, 4]);
      expect(new Set([...hook.bodies.map((body) => body.trim()), ...linesOf(log)]).size).toBe(1);
      // The command fails, and the receiver accepts the next alert.
      const failing = ["--on-new", `cat >> '${log}'; exit 3`, ...options.slice(2)];
      lab.serve(3, { issuer: lab.ca(3).subject.reversed() });
      for (const i of [4, 5]) {
        const { code, err } = await lab.round(i, ...failing);
        expect([code, err]).toEqual([
          2,
          `error: --on-new cat >> '${log}'; exit 3: exit code 3; the next round announces it again\n`,
        ]);
      }
      expect([linesOf(log).length, hook.bodies.length]).toEqual([3, 5]);
      expect((await lab.round(6, ...options)).code).toBe(0);
      expect([linesOf(log).length, hook.bodies.length]).toEqual([4, 5]);
      expect(existsSync(join(lab.out, "alerts"))).toBe(false);
    } finally {
      hook.close();
    }
  });

  test("are given up after 7 days, which the round states", async () => {
    await lab.start();
    const hook = await receive(() => 413);
    const week = 7 * 24 * hour;
    const options = ["--notify", hook.url, "--fail-on-new"];
    const why = `error: --notify ${new URL(hook.url).origin}: status 413, 1 attempt`;
    try {
      lab.writeReports([], 1);
      lab.serve(0, { issuer: lab.ca(0).subject.reversed(), nextUpdate: "2026-11-12T00:00:00Z" });
      for (const seconds of [0, week - 1]) {
        const { code, err } = await lab.round(seconds, ...options);
        expect([code, err]).toEqual([2, `${why}; the next round announces it again\n`]);
      }
      const { code, err } = await lab.round(week, ...options);
      expect([code, err]).toEqual([2, `${why}; the alert of 2026-11-04T00:00:00Z is not sent again after 7 days\n`]);
      expect([hook.bodies.length, existsSync(join(lab.out, "alerts"))]).toEqual([3, false]);
      expect((await lab.round(week + 1, ...options)).err).toBe("");
      expect(hook.bodies).toHaveLength(3);
    } finally {
      hook.close();
    }
  });

  test("wait for the next round after 5 minutes, those that were sent before last", async () => {
    await lab.start();
    let passed = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => passed);
    let slow = 0;
    const hook = await receive(() => {
      passed += slow;
      return 413;
    });
    try {
      for (const i of [0, 1, 2, 3]) {
        // Two of four alerts fit into the time of the last round.
        if (i === 3) slow = 150_000;
        lab.serve(i, { issuer: lab.ca(i).subject.reversed() });
        await lab.round(i, "--notify", hook.url);
      }
      const subjects = hook.bodies.map((body) => {
        const { new: found } = JSON.parse(body) as { new: readonly Reported[] };
        return [...new Set(found.map(({ subject }) => subject.replace(/^.*\//u, "")))];
      });
      const sent = (i: number) => [`${i}.crl`];
      expect(subjects).toEqual([0, 1, 0, 2, 0, 1, 3, 0].map(sent));
      slow = 0;
      const { err } = await lab.round(4, "--notify", hook.url);
      expect([err, hook.bodies.length]).toEqual([
        `error: --notify ${new URL(hook.url).origin}: status 413, 1 attempt; the next round announces it again\n`,
        12,
      ]);
      slow = 299_999;
      expect((await lab.round(5, "--notify", hook.url)).err).toContain(
        "error: not sent within 300 s: 2 alerts; the next round continues\n",
      );
      expect(hook.bodies).toHaveLength(14);
    } finally {
      clock.mockRestore();
      hook.close();
    }
  });

  test.runIf(process.platform !== "win32")("end a command that takes too long, with all its processes", async () => {
    await lab.start();
    lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
    const { setTimeout: wait } = globalThis;
    const delays: unknown[] = [];
    const timer = vi.spyOn(globalThis, "setTimeout").mockImplementation(((
      work: (...args: unknown[]) => void,
      delay: number,
      ...args: unknown[]
    ) => {
      const isOfCommand = delay === 60_000 || delay === 65_000;
      if (isOfCommand) delays.push(delay);
      return wait(work, isOfCommand ? (delay - 59_000) / 10 : delay, ...args);
    }) as typeof setTimeout);
    const pids = join(lab.bench.folder, "pids");
    const commands = [
      `trap '' TERM; sleep 150 & echo $! >> '${pids}'; wait`,
      `trap '' TERM; sleep 150 & echo $! >> '${pids}'; trap 'exit 0' TERM; wait`,
    ];
    try {
      for (const [i, command] of commands.entries()) {
        const { code, err } = await lab.round(i, "--on-new", command);
        expect([code, err]).toEqual([
          2,
          `error: --on-new ${command}: not finished within 60 s; the next round announces it again\n`,
        ]);
      }
    } finally {
      timer.mockRestore();
    }
    expect(delays).toEqual([60_000, 65_000, 60_000, 65_000]);
    for (const pid of linesOf(pids)) expect(hasEnded(Number(pid))).toBe(true);
    expect(linesOf(pids)).toHaveLength(2);
  });

  test("are sent even if the site, the metrics and the report cannot be written, and the round has ended", async () => {
    await lab.start();
    const hook = await receive(() => 204);
    try {
      lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
      const site = lab.bench.put("site", "");
      const metrics = join(lab.bench.folder, "nowhere", "crllint.prom");
      const sarif = join(lab.bench.folder, "nowhere", "report.sarif");
      const outputs = ["--site", site, "--metrics", metrics, "--report", `sarif=${sarif}`];
      const { code, out, err } = await lab.round(0, "--notify", hook.url, ...outputs);
      expect([code, hook.bodies.length]).toEqual([2, 1]);
      expect(out).toContain("8 CRLs: 8 linted");
      for (const path of [site, metrics, sarif]) expect(err).toContain(path);
      const before = lab.server.asked.length;
      await lab.round(hour, ...outputs);
      expect(lab.server.asked).toHaveLength(before + 8);
    } finally {
      hook.close();
    }
  });

  test.each(["ftp://hooks.example/s3cret", "https://user:s3cret@hooks.example/s3cret", "hooks.example/s3cret"])(
    "--notify %s is a usage error that does not repeat it",
    async (url) => {
      const { code, err } = await crllint(lab.args("--notify", url));
      expect([code, err]).toEqual([
        2,
        "error: --notify <url>: Expected an http or https URL without user name and password.\n(see crllint monitor --help)\n",
      ]);
    },
  );

  test("json, sarif and metrics are written, with new findings first in json", async () => {
    await lab.start();
    lab.serve(5, { issuer: lab.ca(5).subject.reversed() });
    await lab.round(0);
    lab.serve(6, { issuer: lab.ca(6).subject.reversed(), crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z" });
    const sarif = join(lab.bench.folder, "report.sarif");
    const metrics = join(lab.bench.folder, "crllint.prom");
    const { code, out } = await lab.round(hour, "-f", "json", "--report", `sarif=${sarif}`, "--metrics", metrics);
    expect(code).toBe(1);
    const { runs } = JSON.parse(out) as {
      runs: readonly { crl: string; findings: readonly { rule: string; notes: readonly string[] }[] }[];
    };
    const found = runs.filter(({ findings }) => findings.length > 0);
    expect(found.map(({ crl }) => crl.replace(/^.*\//u, ""))).toEqual(["6.crl", "5.crl"]);
    expect(runs[0]?.crl).toBe(lab.url(6));
    expect(found.map(({ findings }) => findings[0]?.notes.at(-1))).toEqual([
      "new since 2026-11-04T00:00:00Z",
      "found first: 2026-11-04T00:00:00Z",
    ]);
    expect(existsSync(sarif)).toBe(true);
    const lines = readFileSync(metrics, "utf8").split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "crllint_monitor_verdict 1",
        'crllint_monitor_crls{done="linted"} 8',
        'crllint_monitor_findings{since="new",severity="error"} 1',
        'crllint_monitor_findings{since="new",severity="warning"} 1',
        'crllint_monitor_findings{since="still",severity="error"} 1',
        `crllint_crl_errors{url="${lab.url(5)}",owner="Owner 0",ca="CA 5"} 1`,
      ]),
    );
    for (const line of lines.filter((each) => each !== "" && !each.startsWith("#"))) {
      expect(line).toMatch(/^[a-z_]+(?:\{[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*\})? -?\d+$/u);
    }
  });
});

/** Whether a process has ended, or waits for its parent to notice that. */
function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return /\) Z /u.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

describe("crllint.yaml", () => {
  test("applies its suppressions and pairs", async () => {
    await lab.start({ without: [4] });
    lab.bench.put("settings/ca4.pem", pem("CERTIFICATE", lab.ca(4).certificate));
    lab.serve(1, { nextUpdate: "2026-11-03T00:00:00Z" });
    const config = lab.bench.put(
      "settings/crllint.yaml",
      `pairs:\n  - crl: "${lab.url(4)}"\n    issuer: ca4.pem\n` +
        `suppress:\n  - rule: time/expired\n    crl: "${lab.url(1)}"\n    reason: known to the CA\n`,
    );
    const args = lab.args("--config", config).filter((each) => each !== "--no-config");
    expect(await crllint(args)).toMatchObject({
      code: 0,
      out: expect.stringContaining("8 CRLs: 8 linted\n\nNew (this is the first round): 0\n"),
    });
  });
});
