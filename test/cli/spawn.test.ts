import { execFileSync, spawn, type StdioOptions } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { reversedCrl, Workbench } from "./workbench.ts";
import { builtMain } from "../support/built.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const main = builtMain();
const ca = bench.put("ca.der", kit.ca.certificate);
const reversed = bench.put("reversed.crl", reversedCrl());
const entries = Array.from({ length: 20_000 }, () => ({ serial: "01" }));
const large = bench.put("large.crl", kit.crl({ entries }).crl);

interface ProcessResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a process. `head` closes its output after the first chunk, `isEndless` keeps its input open. */
function start(
  args: readonly string[],
  options: { stdin?: Uint8Array; head?: boolean; isEndless?: boolean } = {},
): Promise<ProcessResult> {
  const child = spawn(process.execPath, [main, "--now", "2026-11-04T00:00:00Z", ...args]);
  let out = "";
  let err = "";
  child.stdout.on("data", (piece) => {
    out += String(piece);
    if (options.head === true) child.stdout.destroy();
  });
  child.stderr.on("data", (piece) => (err += String(piece)));
  if (options.isEndless === true) child.stdin.write("-----BEGIN X509 CRL-----\n");
  else child.stdin.end(options.stdin);
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, out, err })));
}

test("a call that ends because a thread is gone states it", async () => {
  const hook = bench.put(
    "end-thread.cjs",
    'const { isMainThread } = require("node:worker_threads"); if (!isMainThread) process.exit(3);',
  );
  const bytes = kit.crl().crl;
  const crls = Array.from({ length: 2048 }, (_, i) => bench.put(`many/${i}.crl`, bytes));
  const child = spawn(process.execPath, ["--require", hook, main, "-q", "--jobs", "2", ca, dirname(crls[0] ?? "")]);
  let err = "";
  child.stderr.on("data", (piece) => (err += String(piece)));
  child.stdin.end();
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, err]).toEqual([
    2,
    "error: crllint ended before its work was done: one of its threads or processes is gone\n",
  ]);
});

// Both tests only wait.
const together = { concurrent: true };

test("standard input that does not end is an error after --stdin-timeout", together, async () => {
  const result = await start(["-f", "compact", "--stdin-timeout", "1", ca, "-"], { isEndless: true });
  expect(result).toEqual({
    code: 2,
    signal: null,
    out: "stdin:0+0: error crllint/unreadable: did not end within 1 s\nstdin: verdict undecided\nverdict undecided\n",
    err: "",
  });
});

test.skipIf(process.platform === "win32")(
  "a FIFO without a writer is an error after --stdin-timeout",
  together,
  async () => {
    const pipe = join(bench.folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const result = await start(["-f", "compact", "--stdin-timeout", "1", "--issuer", pipe, reversed]);
    expect(result).toMatchObject({ code: 2, signal: null, err: "" });
    expect(result.out).toContain(`${pipe}:0+0: error crllint/unreadable: did not end within 1 s\n`);
  },
);

test("a signal ends the process, and leaves no incomplete report", async () => {
  const folder = join(bench.folder, "signal");
  bench.put("signal/report.json", "before");
  const many = Array.from({ length: 1000 }, (_, i) => bench.put(`signal/crls/${i}.crl`, readFileSync(reversed)));
  const report = join(folder, "report.json");
  const args = [main, "-f", "jsonl", "--report", `json=${report}`, ca, join(folder, "crls")];
  const child = spawn(process.execPath, args);
  // The first output shows that files are being linted. The rest is not read.
  child.stdout.once("data", () => {
    child.stdout.pause();
    child.kill("SIGINT");
  });
  const result = await new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  child.stdout.destroy();
  expect(many).toHaveLength(1000);
  expect(result).toEqual({ code: null, signal: "SIGINT" });
  expect(readdirSync(folder).toSorted()).toEqual(["crls", "report.json"]);
  expect(readFileSync(report, "utf8")).toBe("before");
});

test("the process writes all output before it ends with its exit code", async () => {
  const result = await start([
    "-f",
    "json",
    "--max-findings",
    "0",
    "--select",
    "entry/serial-listed-twice",
    "--fail-on",
    "warning",
    ca,
    large,
  ]);
  expect(result).toMatchObject({ code: 1, signal: null, err: "" });
  expect(result.out.length).toBeGreaterThan(2 ** 20);
  expect(JSON.parse(result.out)).toMatchObject({ runs: [{ entries: 20_000, findings: [{ count: 19_999 }] }] });
});

test("standard input is linted", async () => {
  const result = await start(["-f", "compact", "--select", "issuer", ca, "-"], { stdin: reversedCrl() });
  expect(result).toMatchObject({ code: 1, err: "" });
  expect(result.out).toMatch(/^stdin:\d+\+\d+: error issuer\/not-byte-identical: /u);
});

test("a reader that closes the pipe is not an error", async () => {
  const args = [
    "-f",
    "json",
    "--max-findings",
    "0",
    "--select",
    "entry/serial-listed-twice",
    "--fail-on",
    "warning",
    ca,
    large,
  ];
  const result = await start(args, { head: true });
  expect(result).toMatchObject({ code: 1, signal: null, err: "" });
});

test("a process that ends before its run has ended does not pass", async () => {
  // A request without any event: nothing is left to wait for.
  const hook = bench.put(
    "no-event.cjs",
    'const { EventEmitter } = require("node:events");\n' +
      'require("node:http").request = () => Object.assign(new EventEmitter(), { end() {} });\n',
  );
  const child = spawn(process.execPath, [
    "--require",
    hook,
    main,
    "fetch",
    "--allow-private",
    "http://127.0.0.1/a.crl",
  ]);
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(2);
});

test.runIf(existsSync("/dev/full"))("an output that cannot be written is an error that names it", async () => {
  const full = openSync("/dev/full", "w");
  const run = (stdio: StdioOptions, ...args: readonly string[]) => {
    const child = spawn(process.execPath, [main, ...args], { stdio });
    let err = "";
    child.stderr?.on("data", (piece) => (err += String(piece)));
    return new Promise((resolve) => child.on("close", (code) => resolve([code, err])));
  };
  expect(await run(["ignore", full, "pipe"], "rules")).toEqual([
    2,
    "error: cannot write to standard output: the disk is full\n(see crllint rules --help)\n",
  ]);
  expect(await run(["ignore", "ignore", full], "--no-such-option")).toEqual([2, ""]);
  closeSync(full);
});

test("a usage error is printed on standard error, with exit code 2", async () => {
  const result = await start(["--nonsense", ca, reversed]);
  expect(result).toMatchObject({ code: 2, out: "" });
  expect(result.err).toMatch(/^error: unknown option '--nonsense'\n/u);
});
