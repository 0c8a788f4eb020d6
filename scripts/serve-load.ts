// Load test of the built service. Many clients send requests at the same time, each of one kind: first alone, then
// together with attacks. The test fails if a request is lost or a response is wrong, or if the service uses more memory
// than docs/service.md states. It also fails if small requests take too much longer during the attacks, or if SIGTERM
// does not end the service in time. The script uses only loopback, and starts and stops the service itself. On Linux,
// clients have addresses of their own.
//
//   npm run serve-load -- [--seconds 60] [--clients 200] [--server dist/cli/main.cjs] [--node node]
//   npm run serve-load -- --quick
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect, type NetConnectOpts, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { kit } from "../src/fixture/index.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    clients: { type: "string", default: "200" },
    server: { type: "string", default: "dist/cli/main.cjs" },
    node: { type: "string", default: process.execPath },
    quick: { type: "boolean", default: false },
  },
});
const { quick } = values;
const seconds = Number(values.seconds);
const clients = quick ? 20 : Number(values.clients);

/** One half of the test. */
interface Phase {
  isOver: boolean;
}

/** Maximum number of requests of one client in each half. */
const mostRequests = quick ? 2 : Number.POSITIVE_INFINITY;

/** Maximum time in seconds for the service to end. */
const grace = 20;

/** Maximum ratio of the 99th percentiles of small requests: during attacks to before. */
const slowdown = 3;

/** Requests of one kind, and the expected response. */
interface Kind {
  /** Number of clients of this kind per ten clients. */
  readonly share: number;
  readonly type: string;
  readonly body: Buffer;
  readonly status: number;
  readonly verdict?: "pass" | "fail" | "undecided";
  /** Time over which the body is sent, in milliseconds. */
  readonly spreadMs?: number;
}

const ca = kit.ca.certificate;
const now = "2026-11-04T00:00:00Z";

function inJson(crl: Uint8Array): Pick<Kind, "type" | "body"> {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  return { type: "application/json", body: Buffer.from(JSON.stringify({ crl: text(crl), issuer: text(ca), now })) };
}

async function inForm(crl: Uint8Array): Promise<Pick<Kind, "type" | "body">> {
  const form = new FormData();
  form.append("crl", new Blob([Uint8Array.from(crl)]), "large.crl");
  form.append("issuer", new Blob([Uint8Array.from(ca)]), "ca.der");
  form.append("now", now);
  form.append("format", "compact");
  const response = new Response(form);
  return { type: response.headers.get("content-type") ?? "", body: Buffer.from(await response.arrayBuffer()) };
}

/** Returns a CRL of 10 MB. */
function largeCrl(): Uint8Array {
  const entry = (_: unknown, i: number) => ({ serial: `40${i.toString(16).padStart(30, "0")}` });
  return kit.crl({ entries: Array.from({ length: 300_000 }, entry) }).crl;
}

const good = kit.crl().crl;
const kinds: Readonly<Record<string, Kind>> = {
  "small, valid": { share: 3, ...inJson(good), status: 200, verdict: "pass" },
  "small, wrong issuer": {
    share: 2,
    ...inJson(kit.crl({ issuer: kit.ca.subject.reversed() }).crl),
    status: 200,
    verdict: "fail",
  },
  "10 MB": { share: 1, ...(await inForm(largeCrl())), status: 200, verdict: "pass" },
  truncated: { share: 1, ...inJson(good.subarray(0, 100)), status: 200, verdict: "fail" },
  "not a CRL": { share: 1, ...inJson(ca), status: 200, verdict: "undecided" },
  "not JSON": { share: 1, type: "application/json", body: Buffer.from("{"), status: 400 },
  slow: { share: 1, ...inJson(good), status: 200, verdict: "pass", spreadMs: 3000 },
};

const mega = 2 ** 20;

/** Returns a body of about `size` bytes from a repeated piece. */
function fill(head: string, piece: (i: number) => string, tail: string, size: number): Buffer {
  const pieces = [head];
  for (let length = 0, i = 0; length < size; i += 1) {
    const next = piece(i);
    pieces.push(next);
    length += next.length;
  }
  return Buffer.from([...pieces, tail].join(""));
}

const json = "application/json";
const multipart = "multipart/form-data; boundary=B";
const part = (header: string) => `--B\r\nContent-Disposition: form-data; ${header}\r\n\r\nx\r\n`;

/** Bodies that are expensive to parse. Each is refused. */
const attacks: Readonly<Record<string, Kind>> = {
  "empty objects": { share: 0, type: json, status: 413, body: fill('{"crl":[', () => "{},", "{}]}", 60 * mega) },
  "nested lists": {
    share: 0,
    type: json,
    status: 413,
    body: Buffer.from("[".repeat(30 * mega) + "]".repeat(30 * mega)),
  },
  "list of strings": { share: 0, type: json, status: 413, body: fill('{"select":[', () => '"a",', '"a"]}', 60 * mega) },
  "many keys": {
    share: 0,
    type: json,
    status: 413,
    body: fill('{"severity":{', (i) => `"${i}":1,`, '"a":1}}', 30 * mega),
  },
  "long string": {
    share: 0,
    type: json,
    status: 400,
    body: fill('{"crl":"AA==","select":["', () => "aaaa", '"]}', 60 * mega),
  },
  "form of many names": {
    share: 0,
    type: multipart,
    status: 413,
    body: fill("", (i) => part(`name="a${i}"`), "--B--\r\n", 30 * mega),
  },
  "form of one name": {
    share: 0,
    type: multipart,
    status: 413,
    body: fill("", () => part('name="select"'), "--B--\r\n", 30 * mega),
  },
};

/** Results of all requests of one kind. */
interface Tally {
  readonly answers: Map<string, number>;
  readonly ms: number[];
  wrong: number;
}

/** A client with its own connection, from an address that it shares with nine others. */
interface Client {
  readonly port: number;
  readonly localAddress: string;
  readonly agent: Agent;
}

function client(port: number, i: number): Client {
  const localAddress = process.platform === "linux" ? `127.0.1.${1 + Math.floor(i / 10)}` : "127.0.0.1";
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  // A service that refuses a body closes the connection while the body is sent, possibly after its response was
  // received.
  agent.createConnection = (options) => connect(options as NetConnectOpts).on("error", () => {});
  return { port, localAddress, agent };
}

async function post(from: Client, { type, body, spreadMs = 0 }: Kind): Promise<IncomingMessage> {
  const headers = { "content-type": type, "content-length": body.length };
  const sent = request({ host: "127.0.0.1", path: "/v1/lint", method: "POST", headers, ...from });
  const answered = once(sent, "response") as Promise<[IncomingMessage]>;
  sent.on("error", () => {});
  const steps = spreadMs === 0 ? 1 : 10;
  const size = Math.ceil(body.length / steps);
  const send = async (): Promise<void> => {
    for (let at = 0; at < body.length; at += size) {
      if (at > 0) await sleep(spreadMs / steps);
      sent.write(body.subarray(at, at + size));
    }
    sent.end();
  };
  const [[response]] = await Promise.all([answered, send()]);
  for await (const _ of response) void _;
  return response;
}

/** Runs one client: sends one request after another until the time is up. Retries requests that got status 503. */
async function run(from: Client, kind: Kind, phase: Phase, tally: Tally): Promise<void> {
  for (let i = 0; i < mostRequests && !phase.isOver; i += 1) {
    const start = performance.now();
    try {
      const { statusCode, headers } = await post(from, kind);
      tally.ms.push(performance.now() - start);
      const verdict = headers["crllint-verdict"];
      count(tally, [statusCode, verdict].filter((part) => part !== undefined).join(" "));
      if (statusCode === 503 && headers["retry-after"] !== undefined)
        await sleep(Number(headers["retry-after"]) * 1000);
      else if (statusCode !== kind.status || verdict !== kind.verdict) tally.wrong += 1;
    } catch (error) {
      count(tally, `lost: ${String(error)}`);
      tally.wrong += 1;
    }
  }
}

function count({ answers }: Tally, answer: string): void {
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
}

const flags = ["--listen", "127.0.0.1:0", "--threads", "2", "--grace", String(grace)];
// Slow machines need more time.
if (quick) flags.push("--deadline", "600", "--queue-timeout", "600", "--body-timeout", "600");

/** Maximum memory according to the section on limits of docs/service.md, with the defaults. */
const mostMemory = 100e6 + 256 * mega + 256 * 2 * mega + 2 * (100e6 + 512 * mega + 3 * 64 * mega);

async function start(): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  const server = spawn(values.node, [values.server, "serve", ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  // If this test fails with an exception, the service must not continue to run.
  process.on("exit", () => server.kill());
  const [line] = (await once(server.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  return { server, port: Number(/:(?<port>\d+)\n/u.exec(String(line))?.groups?.["port"]) };
}

/** Returns the memory of a process and of those that it started, in bytes. Undefined if the system has no /proc. */
function memoryOf(pid: number): number | undefined {
  try {
    const sizes = readdirSync("/proc")
      .filter((name) => /^\d+$/u.test(name))
      .map((name) => readStatus(name))
      .filter((status) => Number(status["Pid"]) === pid || Number(status["PPid"]) === pid);
    return sizes.reduce((sum, status) => sum + 1024 * Number.parseInt(status["VmRSS"] ?? "0", 10), 0);
  } catch {
    return undefined;
  }
}

function readStatus(pid: string): Readonly<Record<string, string>> {
  try {
    const lines = readFileSync(`/proc/${pid}/status`, "utf8").split("\n");
    return Object.fromEntries(lines.map((line) => line.split(/:\s*/u, 2) as [string, string]));
  } catch {
    return {};
  }
}

/** Results of health checks, and the peak memory. */
interface Watched {
  peak: number;
  checks: number;
  failed: number;
}

/** Checks health and reads the memory during the load. */
async function watch(port: number, pid: number, phase: Phase, watched: Watched): Promise<void> {
  while (!phase.isOver) {
    watched.peak = Math.max(watched.peak, memoryOf(pid) ?? 0);
    watched.checks += 1;
    try {
      const signal = AbortSignal.timeout(quick ? 300_000 : 3000);
      const { status } = await fetch(`http://127.0.0.1:${port}/healthz`, { signal });
      if (status !== 200) watched.failed += 1;
    } catch {
      watched.failed += 1;
    }
    await sleep(250);
  }
}

/** Keeps connections open whose header never ends, and replaces those that are closed. */
async function holdSlow(port: number, count: number, phase: Phase): Promise<void> {
  const open = new Set<Socket>();
  const one = (): void => {
    const socket = connect({
      port,
      host: "127.0.0.1",
      ...(process.platform === "linux" && { localAddress: "127.0.2.1" }),
    });
    open.add(socket);
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
    socket.on("error", () => {});
    socket.on("close", () => {
      open.delete(socket);
      setTimeout(() => !phase.isOver && one(), 50);
    });
  };
  for (let i = 0; i < count; i += 1) one();
  while (!phase.isOver) await sleep(100);
  for (const socket of open) socket.destroy();
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function print(tallies: ReadonlyMap<string, Tally>): void {
  for (const [name, { answers, ms, wrong }] of tallies) {
    const sorted = ms.toSorted((a, b) => a - b);
    const times = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${Math.round(percentile(sorted, share))} ms`);
    const counts = [...answers].map(([answer, number]) => `${number} x ${answer}`).join(", ");
    console.log(`${name.padEnd(20)} ${counts}; wrong ${wrong}; ${times.join(", ")}`);
  }
}

/** Runs all clients, and returns their results by kind of request. */
async function load(port: number, phase: Phase): Promise<ReadonlyMap<string, Tally>> {
  const order = Object.entries(kinds).flatMap(([name, kind]) => Array<string>(kind.share).fill(name));
  const tallies = emptyTallies(kinds);
  const all = Array.from({ length: clients }, (_, i) => client(port, i));
  await Promise.all(
    all.map((from, i) => {
      const name = order[i % order.length] ?? "";
      return run(from, kinds[name] as Kind, phase, tallies.get(name) as Tally);
    }),
  );
  for (const { agent } of all) agent.destroy();
  return tallies;
}

/** Sends the bodies of all attacks. */
async function attack(port: number, phase: Phase): Promise<ReadonlyMap<string, Tally>> {
  const tallies = emptyTallies(attacks);
  const bodies = Object.entries(attacks).map(async ([name, kind], i) => {
    const from = client(port, 2000 + i * 10);
    await run(from, kind, phase, tallies.get(name) as Tally);
    from.agent.destroy();
  });
  await Promise.all(bodies);
  return tallies;
}

function emptyTallies(of: Readonly<Record<string, Kind>>): Map<string, Tally> {
  return new Map(Object.keys(of).map((name) => [name, { answers: new Map(), ms: [], wrong: 0 }]));
}

/** Returns the 99th percentile of the time for small requests, in milliseconds. */
function smallTime(tallies: ReadonlyMap<string, Tally>): number {
  const all = ["small, valid", "small, wrong issuer"].flatMap((name) => tallies.get(name)?.ms ?? []);
  return percentile(
    all.toSorted((a, b) => a - b),
    0.99,
  );
}

const { server, port } = await start();
const ended = once(server, "exit");
const watched: Watched = { peak: 0, checks: 0, failed: 0 };
const pid = server.pid ?? 0;

/** Runs one half: until the time is up, or all requests that each client may send are answered. */
async function half<T>(
  requests: (phase: Phase) => Promise<T>,
  ...others: readonly ((phase: Phase) => Promise<void>)[]
): Promise<T> {
  const phase: Phase = { isOver: false };
  const timer = quick ? undefined : setTimeout(() => (phase.isOver = true), (seconds / 2) * 1000);
  const rest = [watch(port, pid, phase, watched), ...others.map((other) => other(phase))];
  const result = await requests(phase);
  clearTimeout(timer);
  phase.isOver = true;
  await Promise.all(rest);
  return result;
}

console.log("clients alone");
const atRest = await half((phase) => load(port, phase));
print(atRest);
console.log("clients and attacks");
const [attacked, refused] = await half(
  (phase) => Promise.all([load(port, phase), attack(port, phase)]),
  (phase) => holdSlow(port, 520, phase),
);
print(attacked);
print(refused);

const stop = performance.now();
server.kill("SIGTERM");
const [code] = (await ended) as [number | null];
const stopMs = performance.now() - stop;
const faults = [
  ...[atRest, attacked, refused].flatMap((tallies) =>
    [...tallies].filter(([, { wrong }]) => wrong > 0).map(([name, { wrong }]) => `${name}: ${wrong} wrong or lost`),
  ),
  ...(watched.failed > 0 ? [`${watched.failed} of ${watched.checks} health checks failed`] : []),
  ...(watched.peak > mostMemory ? [`more memory than ${Math.round(mostMemory / 1e6)} MB`] : []),
  ...(!quick && smallTime(attacked) > slowdown * smallTime(atRest)
    ? [`small requests took more than ${slowdown} times as long`]
    : []),
  ...(code !== 0 ? [`exit code ${code}`] : []),
  ...(!quick && stopMs > grace * 1000 + 2000 ? [`ended ${Math.round(stopMs)} ms after SIGTERM`] : []),
];
console.log(
  [
    `${clients} clients, ${quick ? `${mostRequests} requests each` : `${seconds} s`}`,
    `p99 of small requests ${Math.round(smallTime(atRest))} ms, with attacks ${Math.round(smallTime(attacked))} ms`,
    `peak memory ${Math.round(watched.peak / 1e6)} of at most ${Math.round(mostMemory / 1e6)} MB`,
    `${watched.checks - watched.failed} of ${watched.checks} health checks answered`,
    `ended ${Math.round(stopMs)} ms after SIGTERM with exit code ${code}`,
  ].join("; "),
);
for (const fault of faults) console.log(`fault: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
