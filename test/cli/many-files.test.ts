import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { deserialize, serialize } from "node:v8";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { gather, usuallyKept } from "../../src/files/gather.ts";
import { type CrlFile, lintFile } from "../../src/files/lint-file.ts";
import { type LintSetup, roles } from "../../src/files/lint-setup.ts";
import { receiveSetup, sendSetup, type SentSetup } from "../../src/files/sent-setup.ts";
import { lintInWorkers, type LintPool, openLintPool, workersFor } from "../../src/files/lint-in-workers.ts";
import { belongsTo } from "../../src/files/shard.ts";
import { Reader } from "../../src/files/read-files.ts";
import { openPool } from "../../src/files/worker-pool.ts";
import { kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { locate } from "../../src/rule/location.ts";
import type { Run } from "../../src/rule/report.ts";
import { builtMain } from "../support/built.ts";
import { usualOptions } from "../support/usual-options.ts";
import { putMany } from "./many-files.ts";
import { crllint, now, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const files = putMany(bench);

const world = {
  write: async () => true,
  writeError: async () => true,
  async *readStdin() {
    yield kit.crl().crl;
  },
  env: {},
  isTty: false,
  columns: undefined,
  isErrorTty: false,
  program: [],
  now: () => now,
};

const options = usualOptions(now);

/** Reads operands, as one run does before it lints. */
async function read(operands: readonly string[], maximumKept = 0) {
  const inputs = { operands, issuer: undefined, form: "crl", shard: undefined, keep: () => maximumKept } as const;
  const gathered = await gather(inputs, new Reader(world, "stdin"), options.verifier, undefined);
  const shared = { form: "crl", ...roles(gathered.certificates, undefined) } as const;
  const setup: LintSetup = { shared, pairs: [], options };
  return { gathered, setup, sent: sendSetup(setup) };
}

describe("files in memory", () => {
  test("CRLs are kept up to a total size, and all are read again above it", async () => {
    const kept = async (maximum: number): Promise<number> => {
      const { gathered } = await read(files, maximum);
      expect(gathered.files).toHaveLength(33);
      expect(gathered.certificates).toHaveLength(1);
      return gathered.files.filter(({ objects }) => objects !== undefined).length;
    };
    // Each file is read once if all are small.
    expect(await kept(usuallyKept)).toBe(33);
    const { gathered } = await read(files, Number.POSITIVE_INFINITY);
    const size = gathered.files.reduce((sum, file) => sum + file.size + 2048, 0);
    expect([await kept(size), await kept(size - 1), await kept(0)]).toEqual([33, 0, 0]);
  });

  test("a single CRL of any size is kept", async () => {
    const { gathered } = await read(files.slice(0, 1));
    expect(gathered.files.map(({ objects }) => objects?.length)).toEqual([1]);
  });

  test("standard input is kept, because it cannot be read again", async () => {
    const { gathered } = await read(["-", ...files]);
    expect(gathered.files.flatMap(({ path, objects }) => (objects === undefined ? [] : [path]))).toEqual(["-"]);
  });
});

/** Opens workers of the bundle, which start faster than workers that load the source. */
function openBuilt(threads: number): Promise<LintPool> {
  return openPool(pathToFileURL(join(dirname(builtMain()), "worker.cjs")), threads);
}

/** Returns a pool whose tasks run in this thread. */
function poolOf(work: (files: readonly CrlFile[]) => readonly (readonly Run[])[]): LintPool {
  const run = async (_: string, task: { readonly files: readonly CrlFile[] }) => work(task.files);
  return { threads: 1, run: run as LintPool["run"], close: async () => {} };
}

describe("workers", () => {
  test("are started only if there are many or large files", async () => {
    const { gathered } = await read(files);
    const many = Array.from({ length: 130 }, () => gathered.files).flat();
    expect(workersFor(gathered.files, 8)).toBe(0);
    expect([1, 2, 8].map((jobs) => workersFor(many, jobs))).toEqual([0, 1, 3]);
    // Threads that the user did not request must save more time than they cost.
    expect(workersFor(many)).toBe(0);
    const large = gathered.files.map((file) => ({ ...file, size: 2 ** 25 }));
    expect(workersFor(large, 8)).toBe(7);
    const kept = await read(files, usuallyKept);
    expect(workersFor(kept.gathered.files, 8)).toBe(0);
  });

  test("give the same report as one process, for any order of the files", async () => {
    const lintWith = async (operands: readonly string[], workers: number): Promise<readonly (readonly Run[])[]> => {
      const { gathered, setup, sent } = await read(operands);
      const runs: (readonly Run[])[] = [];
      for await (const each of lintInWorkers(gathered.files, setup, sent, await openBuilt(workers))) runs.push(each);
      expect(runs).toEqual(gathered.files.map((file) => lintFile(file, setup)));
      return runs;
    };
    const expected = (await lintWith(files, 2)).flat();
    const byText = (runs: readonly Run[]): readonly string[] => runs.map((run) => JSON.stringify(run)).sort();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...files], { minLength: files.length }),
        fc.integer({ min: 1, max: 3 }),
        async (shuffled, workers) => {
          expect(byText((await lintWith(shuffled, workers)).flat())).toEqual(byText(expected));
        },
      ),
      { numRuns: 3 },
    );
  });

  test("receive certificates with their locations in files", async () => {
    const [one, other] = [kit.ca.certificate, kit.otherCa.certificate].map((each) => encodePem("CERTIFICATE", each));
    const both = Buffer.concat([kit.root.certificate, kit.otherCa.certificate]);
    const names = [bench.put("two.pem", `text\n${one}${other}`), bench.put("both.pem", encodePem("CERTIFICATE", both))];
    const { setup, sent } = await read([...files.slice(0, 1), ...names]);
    const received = receiveSetup(deserialize(serialize(sent)) as SentSetup);
    const placesOf = ({ shared }: Omit<LintSetup, "options">) =>
      shared.issuers.map(({ artefact }) => [0, 99].map((at) => locate(artefact, { start: at, end: at + 9 }, "")));
    expect(placesOf(setup)).toHaveLength(3);
    expect(placesOf(setup)[0]?.[1]).toMatchObject({ offset: 99, pem: { line: 5, column: 5 } });
    expect(placesOf(received)).toEqual(placesOf(setup));
  });

  test("lint kept files in the main thread", async () => {
    const { gathered, setup, sent } = await read(["-", ...files]);
    const names: string[] = [];
    for await (const [run] of lintInWorkers(gathered.files, setup, sent, await openBuilt(1)))
      names.push(run?.crl ?? "");
    expect(names).toEqual(gathered.files.map(({ name }) => name));
  });

  test("that run out of memory lose only the file that needs too much", async () => {
    const { gathered, setup, sent } = await read(files);
    const large = gathered.files[7]?.name ?? "";
    let tasks = 0;
    const pool = poolOf((some) => {
      tasks += 1;
      const error = Object.assign(new Error("out of memory"), { code: "ERR_WORKER_OUT_OF_MEMORY" });
      if (some.some(({ name }) => name === large)) throw error;
      return some.map((file) => lintFile(file, setup));
    });
    const runs: Run[] = [];
    for await (const each of lintInWorkers(gathered.files, setup, sent, pool)) runs.push(...each);
    expect(tasks).toBe(1 + gathered.files.length);
    const others = gathered.files.filter(({ name }) => name !== large);
    const names = gathered.files.flatMap((file) => lintFile(file, setup)).map(({ crl }) => crl);
    expect(runs.map(({ crl }) => crl)).toEqual(names);
    expect(runs.filter(({ crl }) => crl !== large)).toEqual(others.flatMap((file) => lintFile(file, setup)));
    expect(runs.filter(({ crl }) => crl === large)).toMatchObject([
      { verdict: "undecided", findings: [{ rule: "crllint/not-linted", severity: "error" }] },
    ]);
  });

  test("that fail for another reason end the call", async () => {
    const { gathered, setup, sent } = await read(files);
    const pool = poolOf(() => {
      throw new Error("defect");
    });
    const runs: (readonly Run[])[] = [];
    const lint = async () => {
      for await (const each of lintInWorkers(gathered.files, setup, sent, pool)) runs.push(each);
    };
    await expect(lint()).rejects.toThrow("defect");
    expect(runs).toEqual([]);
  });

  test("end if the reader closes standard output", async () => {
    const { gathered, setup, sent } = await read(files);
    for await (const runs of lintInWorkers(gathered.files, setup, sent, await openLintPool(1))) {
      expect(runs).toHaveLength(1);
      break;
    }
  });
});

test("the order of the operands does not change a report", async () => {
  const args = (operands: readonly string[]): readonly string[] => ["-f", "json", "--jobs", "1", ...operands];
  const expected = await crllint(args(files));
  expect(expected.code).toBe(2);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...files], { minLength: files.length }), async (shuffled) => {
      expect(await crllint(args(shuffled))).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});

describe("a file that changes between the two times that it is read", () => {
  test.each([
    ["was removed", undefined, /^this file was readable earlier in this run and is not now: no such file/u],
    [
      "has other content",
      kit.ca.certificate,
      /^this file changed during the run: it held 1 to lint, and now holds 0$/u,
    ],
  ])("%s", async (_, content, message) => {
    const path = bench.put("changing.crl", kit.crl().crl);
    const { gathered, setup } = await read([...files, path]);
    rmSync(path);
    if (content !== undefined) bench.put("changing.crl", content);
    const [run, ...others] = lintFile(gathered.files.find((file) => file.path === path) as never, setup);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ crl: path, judged: false, rules: [] });
    expect(run?.findings.map(({ rule }) => rule)).toEqual(["crllint/unreadable"]);
    expect(run?.findings[0]?.message).toMatch(message);
  });
});

describe("--jobs and --shard", () => {
  test.each([
    [["--jobs", "0"], /Expected a whole number from 1 to 1000/u],
    [["--jobs", "many"], /Expected a whole number/u],
    [["--shard", "0/3"], /Expected I\/N/u],
    [["--shard", "4/3"], /Expected I\/N/u],
    [["--shard", "2"], /Expected I\/N/u],
  ])("%j is a usage error", async (args, message) => {
    const result = await crllint([...args, ...files]);
    expect(result).toMatchObject({ code: 2, out: "" });
    expect(result.err).toMatch(message);
  });

  test("each file is in exactly one shard, which depends only on its path", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (path, of) => {
        const parts = Array.from({ length: of }, (_, i) => ({ index: i + 1, of }));
        expect(parts.filter((part) => belongsTo(part, path))).toHaveLength(1);
      }),
    );
    const of = 3;
    const partOf = (path: string): number => [1, 2, 3].find((index) => belongsTo({ index, of }, path)) ?? 0;
    const paths = ["a.crl", "c.crl", "e.crl", "crls/a.crl", "crls/g.crl", String.raw`crls\g.crl`];
    expect(paths.map(partOf)).toEqual([2, 1, 3, 2, 1, 1]);
  });

  test("a shard without a CRL is undecided, and reports that nothing was linted", async () => {
    const [, crl = ""] = files;
    const ca = join(bench.folder, "many", "ca.pem");
    const lintPart = (i: number, ...operands: readonly string[]) =>
      crllint(["--shard", `${i}/2`, "-f", "compact", ...operands]);
    const result = await Promise.all([1, 2].map((i) => lintPart(i, ca, crl)));
    const own = [1, 2].find((index) => belongsTo({ index, of: 2 }, crl)) ?? 0;
    expect(result[own - 1]).toEqual({ code: 0, out: `${crl}: verdict pass\nverdict pass\n`, err: "" });
    expect(result[2 - own]).toEqual({
      code: 2,
      out: `verdict undecided (nothing was linted: no CRL is in part ${3 - own} of 2)\n`,
      err: `error: nothing was linted: no CRL is in part ${3 - own} of 2\n`,
    });
    const none = await Promise.all([1, 2].map((i) => lintPart(i, ca)));
    expect(none.map(({ code }) => code)).toEqual([2, 2]);
  });
});

describe("the progress line", () => {
  const lintFor = async (seconds: number, isErrorTty: boolean): Promise<string> => {
    let time = now;
    const clock = (): number => (time += seconds);
    const result = await crllint(["--now", "2026-11-04T00:00:00Z", "-q", ...files], { isErrorTty, now: clock });
    return result.err;
  };

  test("is shown on a terminal during a long run, and then removed", async () => {
    const shown = await lintFor(0.3, true);
    const [before, first, ...others] = shown.split("\r\u001b[K");
    expect([before, others.pop()]).toEqual(["", ""]);
    expect(first).toMatch(/^reading \d+ of 36 files$/u);
    expect(others.pop()).toMatch(/^linting \d+ of 33 files$/u);
  });

  test("is not shown for a short run or without a terminal", async () => {
    expect(await lintFor(0.001, true)).toBe("");
    expect(await lintFor(0.3, false)).toBe("");
  });
});

describe("standard output without a reader", () => {
  const lintWithoutReader = async (args: readonly string[]) => {
    let writes = 0;
    const write = async (): Promise<boolean> => {
      writes += 1;
      return false;
    };
    const result = await crllint([...args, ...files], { write });
    return { ...result, writes };
  };

  test("the run ends without a message, as an incomplete check", async () => {
    const clean = files.filter((file) => /crl-\d*[1-4]\.crl$|ca\.pem/u.test(file));
    expect((await crllint(clean)).code).toBe(0);
    let writes = 0;
    const write = async (): Promise<boolean> => {
      writes += 1;
      return false;
    };
    const result = await crllint(["-f", "tap", ...clean], { write });
    expect(writes).toBe(1);
    expect(result.err).toBe("");
    expect(result.code).toBe(2);
  });

  test("reports in files are still written", async () => {
    const report = join(bench.folder, "gone.json");
    const result = await lintWithoutReader(["-f", "json", "--report", `json=${report}`]);
    expect(result).toMatchObject({ code: 2, err: "", writes: 1 });
    rmSync(report);
  });
});
