import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
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

describe("the verdict that a report states for its call is not lost", () => {
  const ca = join(bench.folder, "many", "ca.pem");
  const good = async (): Promise<string> => {
    const { code, out } = await crllint(["-f", "json", ca, join(bench.folder, "many", "crl-1.crl")]);
    expect(code).toBe(0);
    return bench.put("passed.json", out);
  };
  const summaryOf = async (args: readonly string[]): Promise<unknown> => {
    const { code, out } = await crllint(["merge", "-f", "json", ...args]);
    return { code, ...(JSON.parse(out) as { readonly summary: object }).summary };
  };

  test("of a call that linted nothing, whatever fails", async () => {
    const passed = await good();
    const parts = await lintParts("of-one", 2, [ca, join(bench.folder, "many", "crl-1.crl")]);
    const texts = parts.map((path) => JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>);
    const at = texts.findIndex(({ runs }) => (runs as readonly unknown[]).length === 0);
    const { shard: _, ...empty } = texts[at] ?? {};
    const nothing = bench.put("nothing.json", JSON.stringify(empty));
    const why = `${nothing} states the verdict undecided (nothing was linted: no CRL is in part ${at + 1} of 2)`;
    const expected = { code: 2, verdict: "undecided", pass: 1, fail: 0, undecided: 0, why };
    expect(await summaryOf([passed, nothing])).toMatchObject(expected);
    expect(await summaryOf(["--fail-on", "never", "--max-warnings", "9", nothing, passed])).toMatchObject(expected);
    expect(await summaryOf([passed, passed])).toMatchObject({ code: 0, verdict: "pass", pass: 2 });
  });

  test("of a call with too many warnings", async () => {
    const delta = bench.put("warned.crl", kit.crl({ extra: [kit.extension.deltaCrlIndicator(4700)] }).crl);
    const { out } = await crllint(["--max-warnings", "0", "-f", "json", ca, delta]);
    const report = bench.put("warned.json", out);
    expect(await summaryOf([await good(), report])).toMatchObject({
      code: 1,
      verdict: "fail",
      pass: 2,
      why: expect.stringMatching(
        /^\S*warned\.json states the verdict fail \(more warnings than --max-warnings 0 allows: /u,
      ),
    });
  });

  test.each([
    [
      '"verdict": "fail",\n      "judged"',
      '"verdict": "pass",\n      "judged"',
      "0 failed runs, but its summary states 1",
    ],
    [
      '"verdict": "fail",\n      "judged"',
      '"verdict": "undecided",\n      "judged"',
      "0 failed runs, but its summary states 1",
    ],
    ['"undecided": 0', '"undecided": 1', "0 undecided runs, but its summary states 1"],
  ])("or that of a run: %j becomes %j", async (from, to, message) => {
    const failing = bench.put("failing.crl", kit.crl({ issuer: kit.ca.subject.reversed() }).crl);
    const { code, out } = await crllint(["-f", "json", ca, failing]);
    expect([code, out.includes(from)]).toEqual([1, true]);
    const report = bench.put("edited.json", out.replace(from, to));
    const merged = await crllint(["merge", report]);
    expect([merged.code, merged.err]).toEqual([2, expect.stringContaining(`edited.json contains ${message}`)]);
  });
});

describe("reports are files that stay the same", () => {
  const failing = async (name: string): Promise<string> => {
    const ca = join(bench.folder, "many", "ca.pem");
    const crl = bench.put("failing.crl", kit.crl({ issuer: kit.ca.subject.reversed() }).crl);
    return bench.put(name, (await crllint(["-f", "json", ca, crl])).out);
  };

  test.skipIf(process.platform === "win32")("a pipe is refused, and not waited for", async () => {
    const fifo = join(bench.folder, "pipe");
    execFileSync("mkfifo", [fifo]);
    expect(await crllint(["merge", await failing("other.json"), fifo])).toEqual({
      code: 2,
      out: "",
      err: `error: cannot read ${fifo}: this is a pipe; write the report to a file, because it is read twice\n(see crllint merge --help)\n`,
    });
  });

  test.each([
    ["replaced by another file", (at: string) => renameSync(bench.put("copy.json", readFileSync(at)), at)],
    ["emptied", (at: string) => writeFileSync(at, "")],
    ["written again", (at: string) => utimesSync(at, 1, 1)],
  ])("a file that is %s between the two times it is read is an error", async (_, change) => {
    const report = await failing("changing.json");
    // This variable is read when reports are opened: after the summaries, and before the runs.
    const env = {
      get GITHUB_STEP_SUMMARY() {
        change(report);
        return "";
      },
    };
    expect(await crllint(["merge", "-f", "compact", report], { env })).toMatchObject({
      code: 2,
      err: `error: ${report} changed while it was read\n(see crllint merge --help)\n`,
    });
  });

  test("a report never replaces an input", async () => {
    const report = await failing("input.json");
    const before = readFileSync(report, "utf8");
    expect(await crllint(["merge", "--report", `json=${report}`, report])).toEqual({
      code: 2,
      out: "",
      err: `error: the report ${report} would replace an input file\n(see crllint merge --help)\n`,
    });
    expect(readFileSync(report, "utf8")).toBe(before);
  });
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

  test.each([
    [2, 2, "part 1 of 2 is missing"],
    [1, 999_999, "part 2 of 999999 is missing"],
    [0, 2, "states that it is part 0 of 2; expected a part from 1 to 2"],
    [3, 2, "states that it is part 3 of 2; expected a part from 1 to 2"],
    [1, 1_000_000, "states that it is part 1 of 1000000; expected at most 999999 parts"],
    [1, 2 ** 53 - 1, `states that it is part 1 of ${2 ** 53 - 1}; expected`],
  ])("part %d of %d", async (index, of, message) => {
    const { runs, ...report } = JSON.parse(readFileSync(await part(1, 2), "utf8")) as Record<string, unknown>;
    const text = JSON.stringify({ ...report, shard: { index, of }, runs });
    expect(await faultOf([bench.put("stated.json", text)])).toContain(message);
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
