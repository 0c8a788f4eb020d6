import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { certificateOf, makeCrl, now } from "../../bench/generate.ts";
import { formats } from "../../src/report/format-names.ts";
import { Workbench } from "./workbench.ts";
import { builtMain } from "../support/built.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const main = builtMain();
const ca = bench.put("ca.der", certificateOf("rsa2048"));

/** Number of entries. Almost all of them violate three rules. */
const entries = 20_000;
const many = bench.put("many.crl", makeCrl({ entries, violations: true }));

/** Limits memory to about 200 bytes per location, in addition to the 35 MB that each process needs. */
const heap = "--max-old-space-size=48";

test("reports in all formats with 60,000 locations fit in 48 MB of heap", () => {
  const reports = formats.map((format) => `--report=${format}=${join(bench.folder, format)}`);
  const args = ["--no-config", "--now", now, "--max-findings", "0", ...reports, "--quiet", ca, many];
  const { status, stderr } = spawnSync(process.execPath, [heap, main, ...args], {
    encoding: "utf8",
    env: {},
    stdio: ["ignore", "ignore", "pipe"],
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  const read = (format: string) => readFileSync(join(bench.folder, format), "utf8");
  const [{ findings }] = JSON.parse(read("json")).runs;
  const counted = findings.map(({ count }: { count?: number }) => count ?? 1);
  expect(counted.filter((count: number) => count > entries - 100)).toHaveLength(3);
  const placesIn = (list: readonly { readonly entries?: readonly unknown[] }[]) =>
    list.map((each) => each.entries?.length ?? 1);
  expect(placesIn(findings)).toEqual(counted);
  const [{ results }] = JSON.parse(read("sarif")).runs;
  expect(results.map(({ locations }: { locations: readonly unknown[] }) => locations.length)).toEqual(counted);
  for (const format of formats) expect(read(format), format).not.toBe("");
});
