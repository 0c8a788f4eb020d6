// Measures the cost of the monitor: a year of its bookkeeping, its inputs, and its memory.
//
// npm run build && npx tsx bench/watch.ts [--ccadb DIR] [--write] [--json] [--small]
//
// The year has 3,000 CRLs and a round every 4 hours. In each round, 5 % of the CRLs are new. With the reports of the
// CCADB in a directory, it also measures opening them. --write replaces the section of docs/performance.md.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { History } from "../src/monitor/history.ts";
import type { Result } from "../src/monitor/results.ts";
import { writeSite } from "../src/monitor/site.ts";
import { run } from "./measure.ts";
import { describeWatching, writeWatching } from "./watching.ts";
import type { Spent, Watching } from "./results.ts";

const { values: options } = parseArgs({
  options: {
    ccadb: { type: "string" },
    write: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    small: { type: "boolean", default: false },
    // For tests, which have no dist/: the program to measure instead of it.
    command: { type: "string" },
  },
});

const crls = options.small ? 60 : 3000;
const rounds = options.small ? 10 : (365 * 24) / 4;
const bombs = options.small ? { count: 2, bytes: 2 ** 20 } : { count: 32, bytes: 250_000_000 };
const hour = 3600;
const start = Date.parse("2026-01-01T00:00:00Z") / 1000;
const built = fileURLToPath(new URL("../dist/cli/main.cjs", import.meta.url));
const crllint = options.command?.split(" ") ?? [process.execPath, built];
const opener = fileURLToPath(new URL("open-reports.ts", import.meta.url));

function resultOf(index: number, generation: number, at: number): Result {
  const isExpired = index % 100 === 0 && generation % 7 === 0;
  const url = `http://crl${index % 300}.example.com/${index}.crl`;
  const crl = {
    sha256: (index * 1_000_003 + generation).toString(16).padStart(64, "0"),
    number: String(generation),
    thisUpdate: at,
    nextUpdate: at + 168 * hour,
    size: 1000 + generation * 37,
    entries: 20 + generation,
  };
  const finding = {
    rule: "time/expired",
    severity: "error",
    message: "nextUpdate 2026-01-01T00:00:00Z has passed",
    location: { file: url, path: "tbsCertList.nextUpdate", offset: 100, length: 15 },
    related: [],
    cites: [],
    notes: [],
    help: "issue a new CRL",
  } as const;
  return {
    kind: "crl",
    owner: `Owner ${index % 90}`,
    ca: `CA ${index % 900}`,
    crl,
    at,
    unchecked: [],
    run: {
      crl: url,
      form: "crl",
      verdict: isExpired ? "fail" : "pass",
      judged: true,
      core: [{ rule: "issuer/not-byte-identical", status: "made" }],
      scope: { kind: "unknown", evidence: "" },
      profiles: ["tls-br"],
      entries: crl.entries,
      signature: { verdict: "valid" },
      findings: isExpired ? [finding] : [],
      rules: [],
    },
  };
}

/** Simulates a year of rounds in which nothing is fetched or linted. */
async function simulate(folder: string): Promise<Watching["year"]> {
  const path = join(folder, "history.db");
  const generations = Array.from({ length: crls }, () => 1);
  const times: Spent[] = [];
  const pages: Spent[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const at = start + round * 4 * hour;
    for (let i = round % 20; i < crls; i += 20) generations[i] = (generations[i] ?? 0) + 1;
    const results = generations.map((generation, i) => resultOf(i, generation, at));
    const began = clock();
    const history = await History.open(path);
    const changes = history.add({ key: String(round), startedAt: at, endedAt: at, verdict: "fail", results });
    history.markAnnounced(round + 1, at);
    times.push(since(began));
    if (round >= rounds - 2) {
      const written = clock();
      writeSite(join(folder, "site"), { startedAt: at, verdict: "fail", results, changes }, history);
      pages.push(since(written));
    }
    history.close();
  }
  const part = (share: number): Spent => ({ wall: nth(times, "wall", share), cpu: nth(times, "cpu", share) });
  const [first = never, next = never] = pages;
  const peak = process.resourceUsage().maxRSS * 1024;
  return {
    crls,
    rounds,
    bytes: statSync(path).size,
    median: part(0.5),
    slow: part(0.99),
    pages: { first, next },
    peak,
  };
}

const never: Spent = { wall: Number.NaN, cpu: Number.NaN };

/** Returns the time used so far. */
function clock(): Spent {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, cpu: (user + system) / 1e6 };
}

function since(began: Spent): Spent {
  const { wall, cpu } = clock();
  return { wall: wall - began.wall, cpu: cpu - began.cpu };
}

/** Returns the value below which the given share of all values lies. */
function nth(times: readonly Spent[], key: keyof Spent, share: number): number {
  const sorted = times.map((time) => time[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** Measures a round over gzip bodies that unpack to much more than the monitor may use. */
async function bombard(folder: string): Promise<Watching["bombs"]> {
  const gzip = createGzip();
  const pieces: Buffer[] = [];
  gzip.on("data", (piece: Buffer) => pieces.push(piece));
  const piece = Buffer.alloc(2 ** 20);
  for (let rest = bombs.bytes; rest > 0; rest -= piece.length)
    gzip.write(piece.subarray(0, Math.min(rest, piece.length)));
  await new Promise<void>((resolve) => {
    gzip.on("end", resolve);
    gzip.end();
  });
  const body = Buffer.concat(pieces);
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/pkix-crl", "content-encoding": "gzip" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const list = join(folder, "urls.txt");
    writeFileSync(list, Array.from({ length: bombs.count }, (_, i) => `http://127.0.0.1:${port}/${i}.crl\n`).join(""));
    const args = ["monitor", "--no-config", "--allow-private", "--urls", list, "--out", join(folder, "bombs")];
    const { peak } = await run([...crllint, ...args]);
    return { ...bombs, peak };
  } finally {
    server.close();
  }
}

/** Opens the reports in a process of its own, and returns the cost. */
function openReports(directory: string): Watching["reports"] {
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", opener, directory], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Watching["reports"];
}

if (options.command === undefined && !existsSync(built)) throw new Error("dist/ does not exist: run npm run build");
const folder = mkdtempSync(join(tmpdir(), "crllint-watch-"));
try {
  const { ccadb } = options;
  const watching: Watching = {
    reports: ccadb === undefined ? undefined : openReports(ccadb),
    bombs: await bombard(folder),
    year: await simulate(folder),
  };
  if (options.write) writeWatching(watching);
  process.stdout.write(
    options.json ? `${JSON.stringify(watching, undefined, 2)}\n` : `${describeWatching(watching)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
