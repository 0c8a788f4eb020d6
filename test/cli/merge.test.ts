import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { formats } from "../../src/report/index.ts";
import { errorsOfReport } from "../report/validate.ts";
import { putMany } from "./many-files.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());
afterEach(() => vi.unstubAllEnvs());

const files = putMany(bench);
const wrongIssuer = bench.put("not-a-ca.pem", pem("X509 CRL", kit.crl().crl));

/** Writes the JSON reports of all shards of a run, and returns their paths. */
async function lintParts(name: string, of: number, args: readonly string[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (let index = 1; index <= of; index += 1) {
    const { out, err } = await crllint(["-f", "json", "--shard", `${index}/${of}`, ...args]);
    const report = JSON.parse(out) as { readonly runs: readonly unknown[] };
    expect(err).toBe(report.runs.length > 0 ? "" : `error: nothing was linted: no CRL is in part ${index} of ${of}\n`);
    expect(errorsOfReport(report)).toEqual([]);
    paths.push(bench.put(`${name}-${index}.json`, out));
  }
  return paths;
}

describe("merging the shards of a run", () => {
  let parts: readonly string[] = [];
  beforeAll(async () => {
    parts = await lintParts("part", 3, files);
  });

  test("each shard has some of the files", () => {
    const counts = parts.map(
      (path) => (JSON.parse(readFileSync(path, "utf8")) as { runs: readonly unknown[] }).runs.length,
    );
    // The shard of a file depends on its path, which is in a temporary directory.
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, count) => sum + count)).toBe(36);
  });

  test("writes the output of an undivided run, for any order of the shards", async () => {
    expect(await crllint(["merge", ...parts.toReversed()])).toEqual(await crllint(files));
  });

  describe("writes the reports of an undivided run, for any order of the shards", () => {
    const reports = (name: string) => formats.map((format) => `--report=${format}=${bench.folder}/${name}.${format}`);
    beforeAll(async () => {
      await crllint([...reports("whole"), ...files]);
      await crllint(["merge", ...reports("merged"), ...parts.toReversed()]);
    });

    test.each(formats)("%s", (format) => {
      const [whole, merged] = ["whole", "merged"].map((name) =>
        readFileSync(`${bench.folder}/${name}.${format}`, "utf8"),
      );
      expect(merged).toBe(whole);
    });
  });

  test("has the exit code of the merged findings", async () => {
    const good = files.filter((file) => /crl-\d+\.crl$|ca\.pem$/u.test(file));
    const some = await lintParts("some", 2, good);
    expect((await crllint(["merge", ...some])).code).toBe(1);
    expect((await crllint(["merge", "--fail-on", "never", ...some])).code).toBe(0);
    expect((await crllint(["merge", ...parts])).code).toBe(2);
    // The environment cannot leave out the core checks: some of these CRLs have another issuer.
    vi.stubEnv("CRLLINT_FAIL_ON", "never");
    expect((await crllint(["merge", ...some])).code).toBe(1);
  });

  test("passes no CRL or call that failed in its report, unless an option of merge decides", async () => {
    const delta = bench.put("delta.crl", kit.crl({ extra: [kit.extension.deltaCrlIndicator(4700)] }).crl);
    const issuer = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
    for (const option of [
      ["--fail-on", "warning"],
      ["--max-warnings", "0"],
    ]) {
      const { code, out } = await crllint([...option, "-f", "json", issuer, delta]);
      const report = bench.put("delta.json", out);
      const merged = await crllint(["merge", "-f", "json", report]);
      expect([code, merged.code, JSON.parse(merged.out)]).toMatchObject([1, 1, { summary: { verdict: "fail" } }]);
      expect((await crllint(["merge", "--fail-on", "error", "--max-warnings", "9", report])).code).toBe(0);
    }
  });

  test("ignores a shard without a CRL", async () => {
    const one = [join(bench.folder, "many", "crl-1.crl"), join(bench.folder, "many", "ca.pem")];
    const whole = await crllint(one);
    expect(whole.code).toBe(0);
    expect(await crllint(["merge", ...(await lintParts("one", 2, one))])).toEqual(whole);
  });

  test("writes a report into a file", async () => {
    const file = join(bench.folder, "merged.json");
    await crllint(["merge", "-q", "--report", `json=${file}`, ...parts]);
    expect(readFileSync(file, "utf8")).toBe((await crllint(["-f", "json", ...files])).out);
  });
});

test("findings about files of options, which every shard has, are reported once", async () => {
  const args = ["--issuer", wrongIssuer, "--certs", join(bench.folder, "nowhere"), ...files];
  const parts = await lintParts("shared", 2, args);
  expect((await crllint(["merge", "-f", "json", ...parts])).out).toBe((await crllint(["-f", "json", ...args])).out);
});

test("CRLs that are compared with each other are read in every shard", async () => {
  const entries = [{ serial: "0a01" }];
  const shards = [1, 2, 3].map((i) => {
    const idp = { uris: [`http://crl.example.com/${i}.crl`] };
    return bench.put(`shards/${i}.crl`, kit.crl({ entries, idp }).crl);
  });
  const args = ["--shards", join(bench.folder, "many", "ca.pem"), ...shards];
  const whole = await crllint(["-f", "json", ...args]);
  expect(whole.out).toContain('"rule": "shards/');
  const parts = await lintParts("shards", 2, args);
  expect((await crllint(["merge", "-f", "json", ...parts])).out).toBe(whole.out);
});

test("reports of independent runs are merged unchanged", async () => {
  const [first = "", second = ""] = files;
  const ca = join(bench.folder, "many", "ca.pem");
  const one = bench.put("one.json", (await crllint(["-f", "json", ca, second])).out);
  const other = bench.put("other.json", (await crllint(["-f", "json", ca, first])).out);
  const { out } = await crllint(["merge", "-f", "json", one, other, one]);
  const { runs } = JSON.parse(out) as { runs: { crl: string }[] };
  expect(runs.map(({ crl }) => crl)).toEqual([first, second, second].sort());
});

describe("reports that cannot be merged are an error", () => {
  const made = new Map<string, Promise<string>>();
  /** Returns the path of the report of a shard, which is written once. */
  const part = (index: number, of: number, ...more: readonly string[]): Promise<string> => {
    const name = [index, of, ...more].join("-");
    const path = made.get(name) ?? lintPart(name, ["--shard", `${index}/${of}`, ...more]);
    made.set(name, path);
    return path;
  };
  const lintPart = async (name: string, args: readonly string[]): Promise<string> => {
    const { out } = await crllint(["-f", "json", ...args, ...files]);
    return bench.put(`${name}.json`, out);
  };
  /** Returns the error for reports that cannot be merged, or the exit code if it is not 2. */
  const faultOf = async (paths: readonly string[]): Promise<string> => {
    const { code, err } = await crllint(["merge", "-f", "compact", ...paths]);
    return code === 2 ? err : `exit code ${code}`;
  };

  test("shards that are missing, duplicate, or of another number of shards", async () => {
    const [first, second, third] = await Promise.all([1, 2, 3].map((i) => part(i, 3)));
    const ofTwo = await part(1, 2);
    expect(await faultOf([first ?? "", third ?? ""])).toMatch(/part 2 of 3 is missing/u);
    expect(await faultOf([first ?? "", second ?? "", first ?? ""])).toMatch(
      /1-3\.json and .*1-3\.json are both part 1/u,
    );
    expect(await faultOf([first ?? "", ofTwo])).toMatch(/1-2\.json is one of 2 parts, and others are of 3/u);
    const whole = await lintPart("whole", []);
    expect(await faultOf([first ?? "", whole])).toMatch(/whole\.json does not state which of the 3 parts it is/u);
  });

  test("a CRL that is in two shards", async () => {
    const first = await part(1, 2);
    const text = readFileSync(first, "utf8").replace('"index": 1', '"index": 2');
    expect(await faultOf([first, bench.put("twice-2.json", text)])).toMatch(
      /was linted in two parts, also in .*twice-2\.json/u,
    );
  });

  test("different versions or profiles", async () => {
    const first = await part(1, 2);
    const second = await part(2, 2);
    const older = readFileSync(second, "utf8").replace(/"version": "[^"]*"/u, '"version": "0.0.0-other"');
    expect(await faultOf([first, bench.put("older.json", older)])).toMatch(/different versions: .*other/u);
    const strict = await part(2, 2, "--profile", "rfc5280");
    expect(await faultOf([first, strict])).toMatch(/different profiles: (?:tls-br, rfc5280|rfc5280, tls-br)/u);
  });

  test("input that is not a report, or a truncated report", async () => {
    const good = await lintPart("good", []);
    const text = readFileSync(good, "utf8");
    const bad = (name: string, content: string): string => bench.put(name, content);
    expect(await faultOf([bad("cut.json", text.slice(0, -500))])).toMatch(
      /cut\.json is not a JSON report that this version of crllint reads/u,
    );
    expect(await faultOf([bad("text.json", "all is well")])).toMatch(
      /text\.json is not a JSON report that this version of crllint reads/u,
    );
    expect(await faultOf([bad("empty.json", "")])).toMatch(
      /empty\.json is not a JSON report that this version of crllint reads/u,
    );
    expect(await faultOf([bad("sarif.json", (await crllint(["-f", "sarif", ...files])).out)])).toMatch(
      /sarif\.json is not a JSON report that this version of crllint reads/u,
    );
    expect(await faultOf([bad("next.json", text.replace('"version": 2', '"version": 3'))])).toMatch(
      /not a JSON report that this version of crllint reads/u,
    );
    expect(await faultOf([bad("run.json", text.replace('"form": "crl"', '"form": "ocsp"'))])).toMatch(
      /run\.json is not a JSON report that this version of crllint reads/u,
    );
    const fewer = text.replace(/"runs": 36/u, '"runs": 37');
    expect(await faultOf([bad("fewer.json", fewer)])).toMatch(
      /fewer\.json contains 36 runs, but its summary states 37/u,
    );
    expect(await faultOf([join(bench.folder, "nowhere.json")])).toMatch(/nowhere\.json: no such file or directory/u);
    expect(await faultOf([bench.folder])).toMatch(/this is a directory/u);
  });

  test("an existing report file stays unchanged", async () => {
    const kept = bench.put("kept.json", "before");
    const first = await part(1, 2);
    writeFileSync(kept, "before");
    await crllint(["merge", "--report", `json=${kept}`, first]);
    expect(readFileSync(kept, "utf8")).toBe("before");
  });
});
