import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HistoryDatabase } from "../../src/monitor/database.ts";
import { crllint, now } from "../cli/workbench.ts";
import { Lab, pathsAndRules } from "./lab.ts";
import { builtMain } from "../support/built.ts";

/**
 * Node and the arguments that start crllint. V8 does not optimize the code of SQLite, which would take half of the
 * processor time of a short round.
 */
const program = [process.execPath, "--liftoff-only", builtMain()];

let lab: Lab;
beforeEach(async () => {
  lab = new Lab(8);
  await lab.start();
});
afterEach(() => lab.stop());

function argsOf(...more: readonly string[]): readonly string[] {
  return lab.args("--now", "2026-11-04T00:00:00Z", "--concurrency", "1", ...more);
}

/** Starts a monitor in its own process. */
function start(...more: readonly string[]): ChildProcess & { readonly output: () => string } {
  return startIn([], ...more);
}

/** Starts a monitor through a command such as env or unshare. */
function startIn(command: readonly string[], ...more: readonly string[]) {
  const [file = "", ...args] = [...command, ...program, ...argsOf(...more)];
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  return Object.assign(child, { output: () => output });
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code)));
}

/** A finding of a JSON report. */
interface Found {
  readonly rule: string;
  readonly message: string;
}

/** Returns all items of the history as "what subject rule", sorted. */
async function history(): Promise<readonly string[]> {
  const { out } = await crllint(["history", "--out", lab.out, "-f", "json"]);
  const { items } = JSON.parse(out) as { items: readonly { what: string; subject: string; rule: string }[] };
  return items.map(({ what, subject, rule }) => `${what} ${subject.replace(/^.*\//u, "")} ${rule}`.trim()).sort();
}

/** Points at which a round leaves different files, each before a call of node:fs that kill-hook.cjs selects. */
const moments = [
  ["after it takes the lease", "mkdirSync 1 /tmp$"],
  ["before it begins", "renameSync 1 /current/run\\.json$"],
  ["after a CRL, before its result", "renameSync 1 \\.result\\.json$"],
  ["after a result, before the copy of the CRL", "renameSync 1 \\.crl$"],
  ["after a copy, before it is in use", "renameSync 1 /copies/\\w+\\.json$"],
  ["after all copies, before the old ones are removed", "rmSync 1 \\.crl$"],
  ["before it is written to the history", "writeSync 1 -wal$"],
  ["while it is written to the history", "fsyncSync 2 -wal$"],
  ["after the history, before the report", "renameSync 1 /report\\.txt$"],
  ["after the report, before the end of the round", "rmSync 1 /current/run\\.json$"],
  ["between the removals of two results of the round", "rmSync 4 \\.result\\.json$"],
  ["after the round, while the log is written to the history", "writeSync 3 /history\\.db$"],
  ["before it releases the lease", "rmSync 1 /lock$"],
] as const;

test("a round killed at any point loses no item, and lists none twice", async () => {
  await lab.round(0);
  // All CRL numbers decrease once, and one issuer is reversed.
  const decreased = { crlNumber: 4710, thisUpdate: "2026-11-02T00:00:00Z" };
  for (const i of lab.cas.keys())
    lab.serve(i, { ...decreased, ...(i === 2 && { issuer: lab.ca(2).subject.reversed() }) });
  const all = [
    "began 2.crl issuer/not-byte-identical",
    "event 2.crl sequence/issuer-or-aki-changed",
    ...Array.from(lab.cas.keys(), (i) => `crl ${i}.crl`),
    ...Array.from(lab.cas.keys(), (i) => `crl ${i}.crl`),
    ...Array.from(lab.cas.keys(), (i) => `event ${i}.crl sequence/number-not-increasing`),
  ].sort();
  // Each process continues the round in which the one before was killed.
  const hook = fileURLToPath(new URL("kill-hook.cjs", import.meta.url));
  const ends: unknown[] = [];
  for (const [moment, call] of moments) {
    const child = startIn(["env", `CRLLINT_TEST_KILL=${call}`, `NODE_OPTIONS=--require=${hook}`]);
    ends.push([moment, await ended(child)]);
    // Taking over a lease waits for 1 s, in case another process does the same. Once is enough.
    if (ends.length > 1) rmSync(join(lab.out, "lock"));
  }
  expect(ends).toEqual(moments.map(([moment]) => [moment, "SIGKILL"]));
  expect(await history()).toEqual(all);
  const { code, out } = await lab.round(3600);
  expect([code, out]).toEqual([1, expect.stringContaining("8 CRLs: 8 linted")]);
  expect(await history()).toEqual(all);
  expect(readdirSync(join(lab.out, "tmp"))).toEqual([]);
  expect(readdirSync(lab.out).sort()).toEqual(["copies", "history.db", "report.json", "report.txt", "tmp"]);
  expect(readdirSync(join(lab.out, "copies"))).toHaveLength(16);
});

describe("a round that is killed after it stored a result, before it wrote the CRL", () => {
  const mirror = () => lab.server.url("/mirror.crl");
  const at = "2026-11-03T00:00:00Z";

  test.each([
    ["of the first URL of a full CRL", "renameSync 1 /copies/\\w+\\.crl$", {}],
    ["of another URL of it", "renameSync 2 /copies/\\w+\\.crl$", {}],
    ["that is not a good copy", "renameSync 1 /current/\\w+\\.crl$", { signingKey: "rsa2048b" }],
  ] as const)("%s, compares the CRLs of this round", async (_, call, knobs) => {
    lab.disclosed.set(0, { full: [lab.url(0), mirror()] });
    lab.writeReports([], 1);
    lab.server.serve("/mirror.crl", lab.crl(0));
    expect((await lab.round(0)).code).toBe(0);
    lab.serve(0, { crlNumber: 4712, thisUpdate: at });
    lab.server.serve("/mirror.crl", lab.crl(0, { crlNumber: 4712, thisUpdate: at, entries: [], ...knobs }));
    const hook = fileURLToPath(new URL("kill-hook.cjs", import.meta.url));
    const options = ["--fail-on", "warning", "-f", "json"];
    const child = startIn(["env", `CRLLINT_TEST_KILL=${call}`, `NODE_OPTIONS=--require=${hook}`], ...options);
    expect(await ended(child)).toBe("SIGKILL");
    const resumed = start(...options);
    expect(await ended(resumed)).toBe(1);
    const { runs } = JSON.parse(resumed.output()) as { runs: readonly { findings: readonly Found[] }[] };
    const found = runs.flatMap(({ findings }) => findings).filter(({ rule }) => rule.endsWith("full-crl-differs"));
    expect(found.map(({ message }) => message)).toEqual([
      `${mirror()} returns a different CRL: its thisUpdate is ${at}, that of this CRL is ${at}`,
    ]);
  });
});

test("a first round that is killed while it creates the history is continued", async () => {
  const hook = fileURLToPath(new URL("kill-hook.cjs", import.meta.url));
  const calls = [
    "writeSync 1 /history\\.db\\.new$",
    "writeSync 1 /history\\.db\\.new-wal$",
    "fsyncSync 1 /history\\.db\\.new$",
    "renameSync 1 /history\\.db$",
    "writeSync 1 /history\\.db-wal$",
  ];
  const ends: unknown[] = [];
  for (const call of calls) {
    const child = startIn(["env", `CRLLINT_TEST_KILL=${call}`, `NODE_OPTIONS=--require=${hook}`]);
    ends.push([call, await ended(child)]);
    rmSync(join(lab.out, "lock"));
  }
  expect(ends).toEqual(calls.map((call) => [call, "SIGKILL"]));
  const { code, out } = await lab.round(0);
  expect([code, out]).toEqual([0, expect.stringContaining("8 CRLs: 8 linted")]);
  expect(await history()).toEqual(Array.from(lab.cas.keys(), (i) => `crl ${i}.crl`));
  expect(readdirSync(lab.out).sort()).toEqual(["copies", "history.db", "report.json", "report.txt", "tmp"]);
});

/** Arguments with which unshare may make namespaces, as root or not; undefined if it may not. */
const unshare = [[], ["--user", "--map-root-user"]].find((more) => {
  return spawnSync("unshare", [...more, "--pid", "--fork", "--mount", "true"]).status === 0;
});

test.runIf(unshare !== undefined)(
  "a second monitor on the same volume is rejected, also from another PID namespace",
  async () => {
    const inNamespace = ["unshare", ...(unshare ?? []), "--pid", "--fork", "--kill-child"];
    const requested = new Promise<() => void>((resolve) =>
      lab.server.on("/5.crl", (_, response) => {
        resolve(() => response.writeHead(200, { "content-type": "application/pkix-crl" }).end(lab.crl(5)));
      }),
    );
    const first = startIn(inNamespace);
    const firstEnd = ended(first);
    const answer = await Promise.race([requested, firstEnd]);
    if (typeof answer !== "function") throw new Error(`the first one ended: ${first.output()}`);
    // Both are process 1 of their namespace.
    const second = startIn(inNamespace);
    expect([await ended(second), second.output()]).toEqual([
      2,
      expect.stringMatching(/^error: another monitor \(process 1 on \S+, since \S+Z\) works in /u),
    ]);
    answer();
    expect([await firstEnd, first.output()]).toEqual([0, expect.stringContaining("8 CRLs: 8 linted")]);
    expect(await history()).toEqual(Array.from(lab.cas.keys(), (i) => `crl ${i}.crl`));
  },
);

test.runIf(unshare !== undefined)("a round on a full disk loses no item after space is available", async () => {
  lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
  const disk = join(lab.bench.folder, "disk");
  mkdirSync(disk);
  const command = [...program, ...argsOf("--out", join(disk, "out"))];
  // Each size lets the round get further: to the lease, CRLs, an empty history, a history with part of the round.
  const sizes = ["4k", "60k", "100k", "180k", "8m"];
  const script = `mount -t tmpfs -o size=4k none "$DISK"
for size in ${sizes.join(" ")}; do mount -o remount,size=$size "$DISK"; "$@" 2>&1 | sed -n 1p; echo "exit \${PIPESTATUS[0]}"; done
cp -r "$DISK/out" "$OUT"`;
  const args = [...(unshare ?? []), "--mount", "bash", "-c", script, "bash", ...command];
  const env = { ...process.env, DISK: disk, OUT: lab.out };
  const child = spawn("unshare", args, { stdio: ["ignore", "pipe", "pipe"], env });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  await ended(child);
  const lines = output.trim().split("\n");
  const exits = lines.filter((line) => line.startsWith("exit "));
  expect(exits).toEqual([...sizes.slice(1).map(() => "exit 2"), "exit 1"]);
  const errors = lines.filter((line) => line.startsWith("error: "));
  for (const error of errors) expect(error).toMatch(/the disk (?:is|may be) full/u);
  expect(errors).toHaveLength(sizes.length - 1);
  expect(await history()).toEqual(
    ["began 2.crl issuer/not-byte-identical", ...Array.from(lab.cas.keys(), (i) => `crl ${i}.crl`)].sort(),
  );
});

test.runIf(unshare !== undefined)("histories joined on a full disk are whole, or an error", async () => {
  await lab.round(0);
  const large = await HistoryDatabase.open(join(lab.out, "history.db"));
  large.run(
    `WITH RECURSIVE later (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM later WHERE n < 2000)
    INSERT INTO round (key, started, ended, verdict, crllint, crls, linted, unchecked, not_fetched)
    SELECT key || n, started, ended, verdict, crllint, crls, linted, unchecked, not_fetched FROM round, later`,
  );
  large.close();
  const other = join(lab.bench.folder, "other");
  expect((await crllint(lab.args("--out", other), { now: () => now })).code).toBe(0);
  const disk = join(lab.bench.folder, "disk");
  mkdirSync(disk);
  const sizes = [100, 500, 600, 700, 800, 900, 2000];
  const script = `for size in ${sizes.join(" ")}; do mount -t tmpfs -o size="$size"k none "$DISK"
"$@" history merge --out "$DISK/out" "a=$OUT" "b=$OTHER" > "$DISK.log" 2>&1; echo "merge $?" $(grep -c 'disk may be full' "$DISK.log")
if [ -e "$DISK/out/history.db" ]; then "$@" history --out "$DISK/out" > "$DISK.log"; echo "list $?" $(grep -c ' crl ' "$DISK.log"); fi
umount "$DISK"; done`;
  const env = { ...process.env, DISK: disk, OUT: lab.out, OTHER: other };
  const args = [...(unshare ?? []), "--mount", "bash", "-c", script, "bash", ...program];
  const child = spawn("unshare", args, { stdio: ["ignore", "pipe", "inherit"], env });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  await ended(child);
  // Which sizes suffice depends on the version of SQLite.
  const outcomes = output.trim().split(/\n(?=merge)/u);
  expect(outcomes).toHaveLength(sizes.length);
  for (const outcome of outcomes) expect(outcome).toBeOneOf(["merge 2 1", "merge 0 0\nlist 0 16"]);
  expect([outcomes.at(0), outcomes.at(-1)]).toEqual(["merge 2 1", "merge 0 0\nlist 0 16"]);
});

test("SIGTERM ends a round after the current URL, and the next call continues it", async () => {
  const requested = new Promise<() => void>((resolve) =>
    lab.server.on("/5.crl", (_, response) =>
      resolve(() => response.writeHead(200, { "content-type": "application/pkix-crl" }).end(lab.crl(5))),
    ),
  );
  const child = start();
  const end = ended(child);
  const answer = await requested;
  child.kill("SIGTERM");
  setTimeout(answer, 200);
  expect([await end, child.output()]).toEqual([2, "ended by a signal: the next call continues this round\n"]);
  expect(existsSync(join(lab.out, "lock"))).toBe(false);
  const before = lab.server.asked.length;
  lab.serve(5);
  const last = await crllint(argsOf(), { now: () => Date.now() / 1000 });
  expect(last).toMatchObject({ code: 0, err: "", out: expect.stringContaining("8 CRLs: 8 linted") });
  expect(lab.server.asked.length).toBeLessThan(before + 8);
});

test("SIGTERM ends requests that are not answered, and no result of them is stored", async () => {
  const requested = new Promise<void>((resolve) => {
    for (const i of lab.cas.keys()) lab.server.on(`/${i}.crl`, () => resolve());
  });
  // Each request may take 600 s.
  const child = start("--every", "1h");
  const end = ended(child);
  await requested;
  child.kill("SIGTERM");
  expect([await end, child.output()]).toEqual([2, "ended by a signal: the next call continues this round\n"]);
  expect(lab.server.asked).toHaveLength(1);
  for (const i of lab.cas.keys()) lab.serve(i);
  const last = await crllint(argsOf(), { now: () => Date.now() / 1000 });
  expect(last).toMatchObject({ code: 0, err: "", out: expect.stringContaining("8 CRLs: 8 linted") });
});

test("--every keeps running until SIGTERM", async () => {
  const child = start("--every", "1s");
  const end = ended(child);
  await new Promise<void>((resolve) => {
    const poll = setInterval(() => {
      if (child.output().split("crllint monitor, ").length < 3) return;
      clearInterval(poll);
      resolve();
    }, 50);
  });
  child.kill("SIGTERM");
  expect(await end).toBeOneOf([0, 2]);
  expect(existsSync(join(lab.out, "lock"))).toBe(false);
});

test("--listen answers /metrics and /healthz", async () => {
  const child = start("--every", "1h", "--listen", "127.0.0.1:0");
  const end = ended(child);
  const waitFor = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(child.output());
      if (found !== null) return found[1] ?? "";
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const address = await waitFor(/^listening on (http:\/\/127\.0\.0\.1:\d+)\n/u);
  await waitFor(/8 CRLs: (8 linted)/u);
  const ask = async (path: string, method = "GET") => {
    const answer = await fetch(`${address}${path}`, { method });
    return [answer.status, await answer.text()] as const;
  };
  expect(await ask("/healthz")).toEqual([200, "ok\n"]);
  expect(await ask("/metrics")).toEqual([200, expect.stringContaining('crllint_monitor_crls{done="linted"} 8\n')]);
  expect((await ask("/"))[0]).toBe(404);
  expect((await ask("/metrics", "POST"))[0]).toBe(405);
  child.kill("SIGTERM");
  expect(await end).toBe(0);
  expect(await crllint(lab.args("--listen", "127.0.0.1:0"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("--listen requires --every"),
  });
});

test("no round is lost if the clock jumps back", async () => {
  lab.serve(3, { issuer: lab.ca(3).subject.reversed() });
  await lab.round(3600);
  lab.serve(4, { issuer: lab.ca(4).subject.reversed(), crlNumber: 4712, thisUpdate: "2026-11-02T00:00:00Z" });
  const { report } = await lab.round(0);
  expect(pathsAndRules(report.new)).toEqual([
    "4.crl: issuer/not-byte-identical",
    "4.crl: sequence/issuer-or-aki-changed",
  ]);
  await lab.round(3600);
  const rounds = (await history()).filter((line) => line.startsWith("began") || line.startsWith("event"));
  expect(rounds).toEqual([
    "began 3.crl issuer/not-byte-identical",
    "began 4.crl issuer/not-byte-identical",
    "event 4.crl sequence/issuer-or-aki-changed",
  ]);
  expect(now).toBe(Date.parse("2026-11-04T00:00:00Z") / 1000);
});
