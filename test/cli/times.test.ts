import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { lintFiles } from "../../src/files/index.ts";
import { kit } from "../../src/fixture/index.ts";
import type { Run } from "../../src/index.ts";
import { CrlServer } from "./crl-server.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
const server = new CrlServer();
beforeAll(() => server.start());
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await server.stop();
  bench.clear();
});

const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const der = kit.crl().crl;
const crl = bench.put("crl.der", der);
const older = bench.put(
  "older.der",
  kit.crl({ thisUpdate: "2026-10-01T00:00:00Z", nextUpdate: "2026-10-08T00:00:00Z", entries: [] }).crl,
);

/** Returns the exit code, and the findings as `severity rule`. */
async function lint(...args: readonly string[]): Promise<readonly (number | string)[]> {
  const { code, out } = await crllint([...args, "-f", "json"]);
  const { runs }: { readonly runs: readonly Run[] } = JSON.parse(out);
  return [code, ...runs.flatMap(({ findings }) => findings.map(({ rule, severity }) => `${severity} ${rule}`))];
}

async function collect(runs: AsyncIterable<Run>): Promise<readonly Run[]> {
  const list: Run[] = [];
  for await (const run of runs) list.push(run);
  return list;
}

describe("an expired CRL", () => {
  test.each([
    ["2026-11-07T23:59:59Z", [0]],
    ["2026-11-08T00:00:00Z", [1, "error time/expired"]],
    ["2026-11-08", [1, "error time/expired"]],
    ["2026-11-07", [0]],
  ])("has the expected verdict with --now %s", async (now, expected) => {
    expect(await lint(ca, crl, "--now", now)).toEqual(expected);
    vi.stubEnv("CRLLINT_NOW", now);
    expect(await lint(ca, crl)).toEqual(expected);
  });

  test("passes as of its own thisUpdate, like all CRLs of the run", async () => {
    expect(await lint(ca, crl, older)).toEqual([1, "error time/expired"]);
    expect(await lint(ca, crl, older, "--now", "thisUpdate")).toEqual([0]);
    const config = bench.put("archive.yaml", "now: thisUpdate\n");
    expect(await lint(ca, crl, older, "--config", config)).toEqual([0]);
    // The command line overrides the configuration.
    expect(await lint(ca, crl, "--config", config, "--now", "2026-11-08")).toEqual([1, "error time/expired"]);
    const runs = await collect(lintFiles([ca, older], { now: "thisUpdate" }));
    expect(runs).toMatchObject([{ verdict: "pass", findings: [] }]);
  });

  test("shows the fraction of a second in which nextUpdate has passed", async () => {
    const asOf = async (now: string): Promise<string | undefined> =>
      /as of (?<time>\S+)/u.exec((await crllint([ca, crl, "--now", now])).out)?.groups?.["time"];
    expect(await asOf("2026-11-07T23:59:59.5Z")).toBe("2026-11-07T23:59:59.500Z");
    expect(await asOf("2026-11-08T00:00:00.5Z")).toBe("2026-11-08T00:00:00Z");
  });

  test("is a warning with --severity time/expired=warning", async () => {
    expect(await lint(ca, older, "--severity", "time/expired=warning")).toEqual([0, "warning time/expired"]);
  });

  test("is linted as of a date or time of the configuration, and other values are an error", async () => {
    const config = (now: string): string => bench.put("crllint.yaml", `now: ${now}\n`);
    expect(await lint(ca, older, "--config", config("2026-10-08"))).toEqual([0]);
    expect(await lint(ca, older, "--config", config("2026-10-08T00:00:01Z"))).toEqual([1, "error time/expired"]);
    const { code, err } = await crllint([ca, older, "--config", config("nextUpdate")]);
    expect(code).toBe(2);
    expect(err).toContain("a date such as 2026-11-23, or thisUpdate");
  });

  test("is linted as of thisUpdate, but the date of a suppression is compared with the clock", async () => {
    const config = bench.put(
      "suppress.yaml",
      'now: thisUpdate\nsuppress: [{ rule: crl-number/missing, crl: "*.der", reason: known, until: 2026-11-03 }]\n',
    );
    const noNumber = bench.put("number.der", kit.crl({ crlNumber: null }).crl);
    expect(await lint(ca, noNumber, "--config", config)).toContain("warning crllint/suppression-expired");
  });
});

describe("--valid-for", () => {
  const failed = [1, "error time/not-valid-for"];

  // The clock of these tests is 345,599 s earlier than nextUpdate.
  test.each([
    ["345599s", [0]],
    ["345600s", failed],
    ["PT345599S", [0]],
    ["P4D", failed],
    ["3d", [0]],
  ])("%s", async (validFor, expected) => {
    expect(await lint(ca, crl, "--valid-for", validFor)).toEqual(expected);
    expect(await lint(ca, crl, "--config", bench.put("valid.yaml", `valid-for: ${validFor}\n`))).toEqual(expected);
    vi.stubEnv("CRLLINT_VALID_FOR", validFor);
    expect(await lint(ca, crl)).toEqual(expected);
    vi.unstubAllEnvs();
    const runs = await collect(lintFiles([ca, crl], { now: new Date("2026-11-04T00:00:00Z"), validFor }));
    expect(runs.map(({ verdict }) => verdict)).toEqual([expected[0] === 0 ? "pass" : "fail"]);
    const fetched = ["fetch", "--allow-private", "--issuer", ca, server.serve("/ca.crl", der), "--valid-for", validFor];
    expect(await lint(...fetched)).toEqual(expected);
  });

  test("applies to monitor", async () => {
    const manifest = bench.put(
      "manifest.json",
      JSON.stringify([
        { url: "http://crl.example.com/a.crl", file: "crl.der", headers: { "Content-Type": "application/pkix-crl" } },
      ]),
    );
    const args = ["monitor", "--manifest", manifest, "--issuer", ca, "--profile", "rfc5280"];
    const out = (name: string): readonly string[] => ["--out", `${bench.folder}/${name}`];
    expect((await crllint([...args, ...out("a"), "--valid-for", "345599s"])).code).toBe(0);
    const late = await crllint([...args, ...out("b"), "--valid-for", "345600s"]);
    expect(late.code).toBe(1);
    expect(late.out).toContain("time/not-valid-for");
    const early = await crllint([...args, ...out("c"), "--now", "2026-10-31T22:00:00Z"]);
    expect(early.code).toBe(1);
    expect(early.out).toContain("7,200 s (2 hours) later");
    expect((await crllint([...args, ...out("d"), "--now", "thisUpdate"])).code).toBe(0);
  });

  test.each(["0h", "24", "P1M", "yesterday"])("%s is rejected", async (validFor) => {
    const { code, err } = await crllint([ca, crl, "--valid-for", validFor]);
    expect(code).toBe(2);
    expect(err).toContain("a duration in weeks, days, hours, minutes or seconds");
  });
});

test("a thisUpdate in the future is an error only if the CRL is published", async () => {
  const now = ["--now", "2026-10-31T22:00:00Z"];
  const url = server.serve("/future.crl", der);
  expect(await lint(ca, crl, ...now)).toEqual([0, "warning time/this-update-in-future"]);
  expect(await lint(ca, crl, ...now, "--url", "http://crl.example.com/tls-ca-1.crl")).toContain(
    "error time/this-update-in-future",
  );
  expect(await lint("fetch", "--allow-private", "--issuer", ca, url, ...now)).toEqual([
    1,
    "error time/this-update-in-future",
  ]);
  const tbs = bench.put("crl.tbs", kit.crl({ form: "tbs" }).crl);
  expect(await lint(ca, tbs, "--tbs", ...now)).not.toContain("warning time/this-update-in-future");
});
