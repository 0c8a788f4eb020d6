// Load test of the built service: many clients at the same time, each with requests of one kind. Fails if a request is
// lost or a response is wrong. Uses only loopback; starts and stops the service itself.
//
//   npm run serve-load -- [--seconds 60] [--clients 200] [--server dist/cli/main.cjs]
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { kit } from "../src/fixture/index.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    clients: { type: "string", default: "200" },
    server: { type: "string", default: "dist/cli/main.cjs" },
  },
});
const seconds = Number(values.seconds);
const clients = Number(values.clients);

/** Requests of one kind, and the expected response. */
interface Kind {
  /** Number of clients of this kind per ten clients. */
  readonly share: number;
  readonly type: string;
  readonly body: Buffer;
  readonly status: number;
  readonly verdict?: "pass" | "fail" | "not-judged";
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

/** 10 MB. */
function largeCrl(): Uint8Array {
  const entry = (_: unknown, i: number) => ({ serial: `40${i.toString(16).padStart(30, "0")}` });
  return kit.crl({ entries: Array.from({ length: 210_000 }, entry) }).crl;
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
  "not a CRL": { share: 1, ...inJson(ca), status: 200, verdict: "not-judged" },
  "not JSON": { share: 1, type: "application/json", body: Buffer.from("{"), status: 400 },
  slow: { share: 1, ...inJson(good), status: 200, verdict: "pass", spreadMs: 3000 },
};

/** Results of all requests of one kind. */
interface Tally {
  readonly answers: Map<string, number>;
  readonly ms: number[];
  wrong: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: clients + 1 });

async function post(port: number, { type, body, spreadMs = 0 }: Kind): Promise<IncomingMessage> {
  const headers = { "content-type": type, "content-length": body.length };
  const sent = request({ host: "127.0.0.1", port, path: "/v1/lint", method: "POST", headers, agent });
  const answered = once(sent, "response") as Promise<[IncomingMessage]>;
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
async function run(port: number, kind: Kind, until: number, tally: Tally): Promise<void> {
  while (performance.now() < until) {
    const start = performance.now();
    try {
      const { statusCode, headers } = await post(port, kind);
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

async function start(): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  const server = spawn(process.execPath, [values.server, "serve", "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(server.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  return { server, port: Number(/:(?<port>\d+)\n/u.exec(String(line))?.groups?.["port"]) };
}

/** Reads the metrics during the load; returns the peak memory of the process. */
async function watch(port: number, until: number): Promise<number> {
  let peak = 0;
  while (performance.now() < until) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    peak = Math.max(peak, Number(/^crllint_resident_memory_bytes (?<octets>\d+)$/mu.exec(text)?.groups?.["octets"]));
    await sleep(250);
  }
  return peak;
}

function percentile(sorted: readonly number[], share: number): string {
  return `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)} ms`;
}

function print(tallies: ReadonlyMap<string, Tally>): void {
  for (const [name, { answers, ms, wrong }] of tallies) {
    const sorted = ms.toSorted((a, b) => a - b);
    const times = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${percentile(sorted, share)}`).join(", ");
    const counts = [...answers].map(([answer, number]) => `${number} x ${answer}`).join(", ");
    console.log(`${name.padEnd(20)} ${counts}; wrong ${wrong}; ${times}`);
  }
}

const { server, port } = await start();
const ended = once(server, "exit");
const until = performance.now() + seconds * 1000;
const order = Object.entries(kinds).flatMap(([name, kind]) => Array<string>(kind.share).fill(name));
const tallies = new Map<string, Tally>(
  Object.keys(kinds).map((name) => [name, { answers: new Map(), ms: [], wrong: 0 }]),
);
const work = Array.from({ length: clients }, (_, i) => {
  const name = order[i % order.length] ?? "";
  return run(port, kinds[name] as Kind, until, tallies.get(name) as Tally);
});
const [peak] = await Promise.all([watch(port, until), ...work]);
agent.destroy();
server.kill("SIGTERM");
const [code] = (await ended) as [number | null];
print(tallies);
const wrong = [...tallies.values()].reduce((sum, tally) => sum + tally.wrong, 0);
console.log(
  `${clients} clients, ${seconds} s: ${wrong} wrong or lost; peak memory of the service ${Math.round(peak / 1e6)} MB; exit code ${code}`,
);
process.exitCode = wrong > 0 || code !== 0 ? 1 : 0;
