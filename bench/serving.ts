import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { certificateOf, makeCrl, now } from "./generate.ts";

/** Number of requests per second that the service answers. */
export interface Serving {
  /** Rate for compact text with one connection; `four` is with four connections. */
  readonly one: number;
  readonly four: number;
  /** Rate for json with four connections. */
  readonly json: number;
}

/** Starts a service, measures it three times in turn, stops it, and returns the medians. */
export async function measureServing(crllint: readonly string[], milliseconds: number): Promise<Serving> {
  const [program = "", ...args] = crllint;
  const service = spawn(program, [...args, "serve", "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const port = await portOf(service.stdout);
    const of = (format: string) => (connections: number) => countPerSecond(port, format, connections, milliseconds);
    const [compact, json] = [of("compact"), of("json")];
    // The first requests start the workers.
    await compact(4);
    const [one, four, jsons]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < 3; round += 1) {
      one.push(await compact(1));
      four.push(await compact(4));
      jsons.push(await json(4));
    }
    return { one: middle(one), four: middle(four), json: middle(jsons) };
  } finally {
    service.kill();
  }
}

/** Reads the port from the line that the service prints when it listens. */
async function portOf(output: AsyncIterable<Buffer>): Promise<number> {
  let text = "";
  for await (const chunk of output) {
    text += String(chunk);
    const port = /listening on \S*:(?<port>\d+)/u.exec(text)?.groups?.["port"];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`the service did not start: ${text}`);
}

async function countPerSecond(port: number, format: string, connections: number, milliseconds: number) {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  const crl = base64(makeCrl({ entries: 10 }));
  const body = JSON.stringify({ crl, issuer: base64(certificateOf("rsa2048")), now, format });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + milliseconds;
  let count = 0;
  const client = async (): Promise<void> => {
    for (; performance.now() < end; count += 1) await post(port, agent, body);
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return (count / milliseconds) * 1000;
}

function post(port: number, agent: Agent, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request({ port, path: "/v1/lint", method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
