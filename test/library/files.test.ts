import { afterAll, describe, expect, test } from "vitest";
import { lintFiles, type LintFilesOptions } from "../../src/files/index.ts";
import { kit } from "../../src/fixture/index.ts";
import { passes, type Report, reportOf, type Run } from "../../src/index.ts";
import { render } from "../../src/report/index.ts";
import { crllint, pem, reversedCrl, Workbench } from "../cli/workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const now = new Date("2026-11-02T00:00:00Z");
const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const root = bench.put("root.der", kit.root.certificate);
const valid = bench.put("crls/b.crl", kit.crl().crl);
const reversed = bench.put("crls/a.crl", reversedCrl());
const page = bench.put("page.html", "<html>not found</html>");
const previous = bench.put("old/previous.crl", kit.earlierCrl());
const leaf = bench.put("certificates/leaf.der", kit.certificate());

async function collect(runs: AsyncIterable<Run>): Promise<readonly Run[]> {
  const list: Run[] = [];
  for await (const run of runs) list.push(run);
  return list;
}

describe("lintFiles has the same results as the command", () => {
  const cases: readonly [string, readonly string[], LintFilesOptions, readonly string[]][] = [
    ["a CA and a CRL", [ca, valid], {}, []],
    ["a folder with CRLs of one CA, and two certificates", [`${bench.folder}/crls`, root, ca], {}, []],
    ["a pattern", [`${bench.folder}/{crls,ca}*`, ca, valid], {}, []],
    ["a file that is not a CRL, and a missing file", [ca, page, `${bench.folder}/none.crl`], {}, []],
    ["no CRL", [ca], {}, []],
    ["the option issuer", [reversed], { issuer: ca }, ["--issuer", ca]],
    [
      "a previous CRL and certificates",
      [ca, valid],
      { previous, certificates: [leaf], expectGood: leaf, profile: ["tls-br", "mozilla"] },
      ["--previous", previous, "--certs", leaf, "--expect-good", leaf, "--profile", "tls-br,mozilla"],
    ],
    ["the option shards", [ca, valid, reversed], { shards: true }, ["--shards"]],
    [
      "rules and their severity",
      [ca, reversed],
      {
        select: ["issuer", "time"],
        ignore: ["time/next-update-missing"],
        severity: { issuer: "notice" },
        maxFindings: 1,
        failOnSkipped: true,
        allDates: true,
        signature: "ignore",
        scope: "subscriber",
        completeness: "full",
        url: "http://crl.example.com/tls-ca-1.crl",
      },
      [
        "--select=issuer,time",
        "--ignore=time/next-update-missing",
        "--severity=issuer=notice",
        "--max-findings=1",
        "--fail-on-skipped",
        "--all-dates",
        "--signature=ignore",
        "--full",
        "--scope=subscriber",
        "--url=http://crl.example.com/tls-ca-1.crl",
      ],
    ],
  ];

  test.each(cases)("%s", async (_, files, options, args) => {
    const runs = await collect(lintFiles(files, { now, ...options }));
    const written = await crllint(["-f", "json", "--now", now.toISOString(), ...args, ...files]);
    // The command also counts the files that it read.
    const { inputs } = JSON.parse(written.out) as Pick<Report, "inputs">;
    expect(await render({ ...reportOf(runs), ...(inputs && { inputs }) }, "json")).toBe(written.out);
    expect(passes(runs)).toBe(written.code === 0);
  });
});

test("runs are in the order of file names", async () => {
  const runs = await collect(lintFiles([valid, reversed, ca], { now }));
  expect(runs.map(({ crl }) => crl)).toEqual([reversed, valid]);
});

test("files are read only on demand", async () => {
  const other = bench.put("late/c.crl", kit.crl().crl);
  // Together too large to be kept after the first pass.
  const { crl } = kit.crl({ entries: Array.from({ length: 45_000 }, (_, i) => ({ serial: `40${i + 100_000}` })) });
  const many = Array.from({ length: 40 }, (_, i) => bench.put(`late/${String(i).padStart(2, "0")}.crl`, crl));
  const iterator = lintFiles([...many, other, ca], { now })[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toMatchObject({ crl: many[0], judged: true });
  bench.put("late/01.crl", "gone");
  // The first pass found a CRL there; the second pass reads it in its order.
  expect((await iterator.next()).value).toMatchObject({ judged: false });
  expect(await iterator.return?.(undefined)).toEqual({ done: true, value: undefined });
});

describe("misuse throws a TypeError", () => {
  const call = (files: unknown, options?: unknown) => () =>
    lintFiles(files as string, options as LintFilesOptions | undefined);

  test.each([
    [undefined, {}, "lintFiles: files must be a path or an array of paths"],
    [[1], {}, "lintFiles: files must be a path or an array of paths"],
    [[], {}, "lintFiles: no file is named"],
    ["a.crl", null, "lintFiles takes an object of options"],
    ["a.crl", { crl: "a.crl" }, 'lintFiles has no option "crl"'],
    ["a.crl", { rules: [] }, 'lintFiles has no option "rules"'],
    ["a.crl", { issuer: new Uint8Array(1) }, "lintFiles: issuer must be a path or an array of paths, not an object"],
    ["a.crl", { shards: ["b.crl"] }, "lintFiles: shards must be true or false, not such an array"],
    ["a.crl", { profile: "none" }, "lintFiles: profile must be a profile or several"],
  ])("at once: %o %o", (files, options, message) => {
    expect(call(files, options)).toThrow(TypeError);
    expect(call(files, options)).toThrow(message);
  });

  test.each([
    [[valid], { select: ["ipd"] }, "lintFiles: no rule matches ipd"],
    [
      [valid, reversed],
      { url: "http://crl.example.com/1.crl" },
      "lintFiles: option url is about one CRL, and 2 are given: lint them one by one",
    ],
  ])("at the first iteration: %o %o", async (files, options, message) => {
    const first = lintFiles(files, options)[Symbol.asyncIterator]().next();
    await expect(first).rejects.toThrow(TypeError);
    await expect(lintFiles(files, options)[Symbol.asyncIterator]().next()).rejects.toThrow(message);
  });
});
