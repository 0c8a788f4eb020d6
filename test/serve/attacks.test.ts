import { readFileSync } from "node:fs";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { openService, type Service } from "../../src/cli/serve.ts";
import { Workers } from "../../src/cli/serve-workers.ts";
import type { Flags } from "../../src/options/values.ts";
import type { WorkRequest } from "../../src/serve/respond.ts";
import { Workbench } from "../cli/workbench.ts";
import { builtMain } from "../support/built.ts";
import { base64, bodyOf, ca, flags, form, good, json, now, type Refusal } from "./setting.ts";

const open: Service[] = [];
const bench = new Workbench();
const sockets: Socket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(open.map((service) => service.stop()));
  bench.clear();
});

async function start(own: Partial<Flags<"serve">> = {}): Promise<Service> {
  const io = { now: () => Date.parse(now) / 1000, writeError: async () => true, program: [builtMain()] };
  const service = await openService({ ...flags, ...own }, io);
  open.push(service);
  return service;
}

const text = JSON.stringify({ crl: base64(good), issuer: base64(ca) });
const valid = { method: "POST", headers: { "content-type": "application/json" }, body: text };

function post(service: Service, body: RequestInit, path = "/v1/lint"): Promise<Response> {
  return fetch(service.address + path, body);
}

/** The status of a response, and the detail of the problem. */
async function refusalOf(response: Response): Promise<readonly [number, string]> {
  const { detail } = await bodyOf<Refusal>(response);
  return [response.status, detail];
}

const jsonType = { "content-type": "application/json" };
const formType = { "content-type": "multipart/form-data; boundary=B" };
/** Ten times the maximum number of values, and twice that of fields. */
const count = 100_000;

function parts(header: (i: number) => string): string {
  const all = Array.from(
    { length: count / 5 },
    (_, i) => `--B\r\nContent-Disposition: form-data; ${header(i)}\r\n\r\nx\r\n`,
  );
  return `${all.join("")}--B--\r\n`;
}

describe("a body with too many values or fields is rejected before it is decoded", async () => {
  const service = await start({ maxBuffer: 2 ** 26, maxBody: 2 ** 25 });
  const values = "the maximum number of values is 10,000";
  const fields = "the maximum number of fields is 10,000";
  test.each([
    ["empty objects", jsonType, `{"crl":[${"{},".repeat(count)}{}]}`, values],
    ["a list of many strings", jsonType, `{"crl":"AA==","select":[${'"a",'.repeat(count)}"a"]}`, values],
    ["nested lists", jsonType, "[".repeat(500_000) + "]".repeat(500_000), values],
    [
      "many keys",
      jsonType,
      `{"crl":"AA==","severity":{${Array.from({ length: count }, (_, i) => `"${i}":1`).join(",")}}}`,
      values,
    ],
    ["parts of distinct names", formType, parts((i) => `name="a${i}"`), fields],
    ["parts of one name", formType, parts(() => 'name="select"'), fields],
    ["many files", formType, parts(() => 'name="certs"; filename="a"'), fields],
  ])("%s", async (_, headers, body, detail) => {
    expect(await refusalOf(await post(service, { method: "POST", headers, body }))).toEqual([413, detail]);
  });

  test("many fields of a URL-encoded form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = Array.from({ length: count }, (_, i) => i.toString(36)).join("&");
    expect(await refusalOf(await post(service, { method: "POST", headers, body }, "/lintcrl"))).toEqual([413, fields]);
  });
});

describe("a value that is too long is rejected", async () => {
  const service = await start();
  const crl = base64(good);
  const long = "a".repeat(1_000_000);
  const lists = "a rule's id, a part, source:NAME or needs:INPUT, or a list of them";
  test.each([
    ["a pattern", { select: [long] }, `select must be ${lists}`],
    ["a list of patterns", { select: Array(1001).fill("idp") }, "select must be a list of at most 1,000 items"],
    ["a time", { now: long }, /^now must be a time of RFC 3339/u],
    ["a duration", { validFor: long }, /^validFor must be a duration/u],
    ["a URL", { url: `http://a/${long}` }, "url must be a URL of at most 8,192 characters"],
    ["a name", { name: long }, "name must be text of at most 1,000 characters"],
    ["an enumerated value", { format: long }, /^format must be /u],
    ["a key", { [long]: 1 }, /^unknown field "a{40}\\\(999940 characters cut: [\da-f]{8}\)a{20}"$/u],
  ])("%s", async (_, fields, detail) => {
    const [status, reported] = await refusalOf(await post(service, json({ crl, ...fields })));
    expect([status, reported.length < 500]).toEqual([400, true]);
    if (typeof detail === "string") expect(reported).toBe(detail);
    else expect(reported).toMatch(detail);
  });

  test("an option in a form", async () => {
    const answer = await post(service, form({ crl: good, select: "idp,".repeat(40_000) }));
    expect(await refusalOf(answer)).toEqual([413, "select has more than 131,072 characters"]);
  });

  test("the name of a field of a form", async () => {
    const [status, detail] = await refusalOf(await post(service, form({ crl: good, [long]: "x" })));
    expect([status, detail.slice(0, 16)]).toEqual([400, 'unknown field "a']);
  });
});

/** Opens a connection that sends the start of a request, and nothing more. */
function hold(service: Service, text: string, localAddress = "127.0.0.1"): Promise<Socket> {
  const { hostname: host, port } = new URL(service.address);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), localAddress }, () => socket.write(text, () => resolve(socket)));
    socket.on("error", () => {});
    sockets.push(socket);
  });
}

/** The status of a request on a connection of its own. */
function ask(service: Service, path: string, { method = "GET", localAddress = "127.0.0.1", body = "" } = {}) {
  const { hostname: host, port } = new URL(service.address);
  return new Promise((resolve) => {
    const sent = request({ host, port, path, method, localAddress, agent: false, headers: jsonType }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", (error) => resolve(error.message));
    sent.end(body);
  });
}

const slowHeader = "GET / HTTP/1.1\r\nHost: localhost\r\nX: ";
const slowBody =
  "POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";

describe("slow connections", () => {
  test("without a complete header are closed for new ones, the oldest first", async () => {
    const service = await start({ maxRequests: 10 });
    const held: Socket[] = [];
    for (let i = 0; i < 60; i += 1) held.push(await hold(service, slowHeader));
    await expect.poll(() => held.filter(({ destroyed }) => destroyed).length).toBe(40);
    expect(held.slice(0, 40).every(({ destroyed }) => destroyed)).toBe(true);
    expect(await ask(service, "/healthz")).toBe(200);
    expect((await post(service, valid)).status).toBe(200);
  });

  // Other systems have only one loopback address.
  test.runIf(process.platform === "linux")("from one address do not use up the slots of other addresses", async () => {
    const service = await start({ maxRequests: 10, maxPerAddress: 6 });
    for (let i = 0; i < 6; i += 1) await hold(service, slowBody, "127.0.0.2");
    const metrics = async () => (await fetch(`${service.address}/metrics`)).text();
    await expect.poll(metrics).toContain("crllint_requests_in_flight 6\n");
    expect(await ask(service, "/v1/lint", { method: "POST", body: text })).toBe(200);
    // Health checks from that address are still answered.
    expect(await ask(service, "/healthz", { localAddress: "127.0.0.2" })).toBe(200);
    expect(await ask(service, "/v1/lint", { method: "POST", body: text, localAddress: "127.0.0.2" })).toBe(503);
  });

  test("do not delay stopping the service", async () => {
    const service = await start({ grace: 60 });
    await hold(service, slowHeader);
    expect(await ask(service, "/healthz")).toBe(200);
    expect(await service.stop()).toBe(true);
  });

  test("that use up all slots do not block health checks", async () => {
    const service = await start({ maxRequests: 5 });
    for (let i = 0; i < 10; i += 1) await hold(service, slowBody);
    await expect.poll(() => ask(service, "/v1/lint", { method: "POST", body: "{}" })).toBe(503);
    for (let i = 0; i < 40; i += 1) await hold(service, slowHeader);
    expect(await ask(service, "/healthz")).toBe(200);
    expect(await ask(service, "/metrics")).toBe(200);
  });
});

test("large bodies that are stated and not sent occupy no memory of other requests", async () => {
  const service = await start({ maxBuffer: 2 ** 25, maxBody: 2 ** 24, queueTimeout: 5 });
  const stated = slowBody.replace("Content-Length: 100", `Content-Length: ${2 ** 24}`);
  const held = await Promise.all(Array.from({ length: 12 }, () => hold(service, stated)));
  const chunked = (body: string): RequestInit => ({ ...valid, body: new Blob([body]).stream(), duplex: "half" });
  const padded = text.replace("{", `{${" ".repeat(5_000_000)}`);
  for (const body of [chunked(text), chunked(padded), { ...valid, body: padded }]) {
    expect((await post(service, body)).status).toBe(200);
  }
  expect(held.filter(({ destroyed }) => destroyed)).toEqual([]);
});

test("a chunked body is read up to the maximum", async () => {
  const service = await start({ maxBody: 2 ** 21 });
  const ask = async (bytes: number) => {
    const body = new Blob([text.padEnd(bytes)]).stream();
    return (await post(service, { ...valid, body, duplex: "half" })).status;
  };
  expect([await ask(2 ** 20), await ask(2 ** 20 + 1), await ask(2 ** 21), await ask(2 ** 21 + 1)]).toEqual([
    200, 200, 200, 413,
  ]);
});

describe("pipelined requests of a connection that is reset", () => {
  const gauges = async (service: Service, ...names: readonly string[]) => {
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    return names.map((name) => Number(new RegExp(`^crllint_${name} (.*)$`, "mu").exec(metrics)?.[1]));
  };
  const requestOf = (body: string): string =>
    `POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const rules = "GET /v1/rules HTTP/1.1\r\nHost: localhost\r\n\r\n";

  test.each([
    ["before their work is done", requestOf(text).repeat(50), 1],
    ["after their work is done", rules.repeat(50), 0],
    ["with large bodies", requestOf(`{${" ".repeat(2 ** 21)}}`).repeat(8), 1],
  ])("release their slots and their bytes: %s", async (_, requests, busy) => {
    const service = await start();
    const socket = await hold(service, requests);
    socket.pause();
    await expect
      .poll(async () => {
        const [inside = 0, workers] = await gauges(service, "requests_in_flight", "workers_busy");
        return inside > 5 && workers === busy;
      })
      .toBe(true);
    socket.resetAndDestroy();
    await expect.poll(() => gauges(service, "requests_in_flight", "buffered_bytes")).toEqual([0, 0]);
    expect((await post(service, valid)).status).toBe(200);
  });
});

describe.each([
  [[], ["localhost", "127.0.0.1:1", "[::1]:8080", "LOCALHOST"], ["attacker.example", "localhost.attacker.example"]],
  [["lint.example.com"], ["lint.example.com"], ["attacker.example"]],
  [["*"], ["attacker.example"], []],
])("host names with --host %j", async (names, own, others) => {
  const service = await start({ host: names });
  const { hostname, port } = new URL(service.address);

  test.each([...own.map((host) => [host, 200] as const), ...others.map((host) => [host, 421] as const)])(
    "Host: %s gets status %i",
    async (host, status) => {
      const ask = (path: string) =>
        new Promise((resolve, reject) => {
          const sent = request({ host: hostname, port, path, headers: { host } }, (response) => {
            response.resume();
            resolve(response.statusCode);
          });
          sent.on("error", reject).end();
        });
      expect([await ask("/"), await ask("/v1/rules"), await ask("/healthz")]).toEqual([status, status, 200]);
    },
  );
});

describe("a worker process", () => {
  /** With all findings, much more work than a small CRL. */
  const large = kit.crl({ entries: Array.from({ length: 60_000 }, () => ({ serial: "01" })) }).crl;
  /** Counts the child processes; a killed one is counted until it has ended. */
  const processes = () => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;

  test("is killed at a timeout and replaced, and other requests continue", async () => {
    const before = processes();
    const workers = new Workers(1, { program: [builtMain()], heapMb: 24, issuers: undefined });
    const requestWith = (fields: object): WorkRequest => {
      const body = new Uint8Array(Buffer.from(JSON.stringify({ ...fields, now })));
      return { path: "/v1/lint", query: "", contentType: "application/json", accept: "", body, now: 0 };
    };
    const small = { crl: base64(good), issuer: base64(ca) };
    const never = new AbortController().signal;
    const [running, inQueue] = [new AbortController(), new AbortController()];
    const slow = workers.doWork(requestWith({ crl: base64(large), maxFindings: 1_000_000 }), running.signal);
    const waiting = workers.doWork(requestWith(small), inQueue.signal);
    const last = workers.doWork(requestWith(small), never);
    const results = Promise.allSettled([slow, waiting, last]);
    inQueue.abort(new Error("not wanted"));
    await expect.poll(() => workers.waiting).toBe(1);
    // The process receives the request one turn of the event loop later.
    await new Promise(setImmediate);
    running.abort(new Error("too slow"));
    expect(await results).toMatchObject([
      { status: "rejected", reason: new Error("too slow") },
      { status: "rejected", reason: new Error("not wanted") },
      { status: "fulfilled", value: { status: 200, verdict: "pass" } },
    ]);
    // A request that exceeds the memory fails without affecting the next one.
    const hungry = await workers.doWork(requestWith({ crl: base64(large), maxFindings: 1_000_000 }), never);
    expect([hungry.status, (await workers.doWork(requestWith(small), never)).status]).toEqual([422, 200]);
    // No process is lost if a request is aborted before a process receives it.
    const early = new AbortController();
    const refused = workers.doWork(requestWith(small), early.signal);
    early.abort(new Error("not wanted"));
    await expect(refused).rejects.toThrow("not wanted");
    await workers.close();
    await expect(workers.doWork(requestWith(small), never)).rejects.toThrow("The service is stopping");
    await expect.poll(processes).toBe(before);
  });

  let files = 0;
  /** Workers that run code before crllint. They share a file, to which each appends one byte when it starts. */
  const workersWith = (code: string) => {
    const started = bench.put(`started-${(files += 1)}`, "");
    const source = `import { appendFileSync, readFileSync } from "node:fs";
      appendFileSync(${JSON.stringify(started)}, ".");
      const number = readFileSync(${JSON.stringify(started)}).length;
      const end = (signal) => process.kill(process.pid, signal);
      ${code}`;
    const program = ["--import", `data:text/javascript,${encodeURIComponent(source)}`, builtMain()];
    const workers = new Workers(1, { program, heapMb: 512, issuers: undefined });
    const count = () => readFileSync(started).length;
    return { workers, count };
  };

  const idle = (signal: string) => `process.once("message", () => end("${signal}"));`;
  const busy = (signal: string) => `const { send } = process;
    process.send = (message) => ("answer" in message ? end("${signal}") : send.call(process, message));`;
  const fault = (signal: string) => new Error(`a process that lints ended with ${signal}: `);

  test.each([
    ["SIGKILL, and one starts", `if (number === 1) ${idle("SIGKILL")}`, { status: 200 }, 2],
    ["SIGSEGV, and one starts", `if (number === 1) ${idle("SIGSEGV")}`, { status: 200 }, 2],
    ["SIGSEGV, and none starts", idle("SIGSEGV"), fault("SIGSEGV"), 2],
    ["SIGKILL during the work", busy("SIGKILL"), { status: 422 }, 1],
    ["SIGSEGV during the work", busy("SIGSEGV"), fault("SIGSEGV"), 1],
  ])("that ends by %s", async (_, code, expected, starts) => {
    const before = processes();
    const { workers, count } = workersWith(code);
    const body = new Uint8Array(Buffer.from(text));
    const asked: WorkRequest = {
      path: "/v1/lint",
      query: "",
      contentType: "application/json",
      accept: "",
      body,
      now: 0,
    };
    const answer = workers.doWork(asked, new AbortController().signal);
    if (expected instanceof Error) await expect(answer).rejects.toThrow(expected);
    else expect(await answer).toMatchObject(expected);
    expect(count()).toBe(starts);
    await workers.close();
    await expect.poll(processes).toBe(before);
  });

  test("ends when the service stops", async () => {
    const before = processes();
    // Linting takes longer than this grace time on any machine.
    const service = await start({ threads: 3, grace: 0.01 });
    const ask = () =>
      post(service, form({ crl: large, issuer: ca, maxFindings: "0", format: "json" })).then(
        ({ status }) => String(status),
        (error: unknown) => String(error),
      );
    // More requests than processes.
    const abandoned = Array.from({ length: 6 }, ask);
    const metrics = async () => (await fetch(`${service.address}/metrics`)).text();
    await expect.poll(metrics).toMatch(/^crllint_requests_in_flight [1-6]$/mu);
    expect(await service.stop()).toBe(false);
    const ended = await Promise.all(abandoned);
    expect(ended).toContain("TypeError: fetch failed");
    // Some may have been answered before the stop, or have arrived after it.
    const others = new Set(["TypeError: fetch failed", "422", "503"]);
    expect(ended.filter((end) => !others.has(end))).toEqual([]);
    await expect.poll(processes).toBe(before);
  });
});
