import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { openService, type Service } from "../../src/cli/serve.ts";
import { valueFromText } from "../../src/options/from-text.ts";
import type { Flags } from "../../src/options/values.ts";
import { crllint, Workbench } from "../cli/workbench.ts";
import { builtMain } from "../support/built.ts";
import {
  base64,
  bodyOf,
  ca,
  flags,
  form,
  good,
  json,
  type LintAnswer,
  now,
  type Refusal,
  reversed,
} from "./setting.ts";

const open: Service[] = [];
const bench = new Workbench();
afterAll(async () => {
  await Promise.all(open.map((service) => service.stop()));
  bench.clear();
});

let errors = "";

async function start(own: Partial<Flags<"serve">> = {}): Promise<Service> {
  const io = {
    now: () => Date.parse(now) / 1000,
    program: [builtMain()],
    writeError: async (text: string) => {
      errors += text;
      return true;
    },
  };
  const service = await openService({ ...flags, ...own }, io);
  open.push(service);
  return service;
}

const shared = await start({ threads: 2 });

/** 60,000 entries, each listed twice: a much larger report than that of a small CRL. */
const large = kit.crl({
  entries: Array.from({ length: 60_000 }, (_, i) => ({ serial: (i % 30_000).toString(16).padStart(8, "0") })),
}).crl;

function post(service: Service, body: RequestInit, path = "/v1/lint"): Promise<Response> {
  return fetch(service.address + path, body);
}

/** Writes to a socket, and returns all data until it is closed. */
function raw(service: Service, text: string): Promise<string> {
  const { hostname, port } = new URL(service.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk)));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("over a socket", () => {
  test("lints a CRL from JSON and from a form", async () => {
    for (const body of [json({ crl: base64(good), issuer: base64(ca) }), form({ crl: good, issuer: ca })]) {
      const response = await post(shared, body);
      expect([response.status, (await bodyOf<LintAnswer>(response)).verdict]).toEqual([200, "pass"]);
    }
  });

  test("workers find CAs in the store of issuers, and files without a certificate are reported at the start", async () => {
    bench.put("store/ca.der", ca);
    const page = bench.put("store/page.html", "<html>not found</html>");
    errors = "";
    const service = await start({ issuers: [`${bench.folder}/store`] });
    expect(errors).toBe(`notice: ${page}: not in the store of issuers: contains an HTML page\n`);
    errors = "";
    const verdicts: (string | null)[] = [];
    for (const crl of [good, reversed]) {
      verdicts.push((await post(service, json({ crl: base64(crl) }))).headers.get("crllint-verdict"));
    }
    expect(verdicts).toEqual(["pass", "fail"]);
    await expect(start({ issuers: [`${bench.folder}/missing`] })).rejects.toThrow(
      `--issuers ${bench.folder}/missing: no such file or directory`,
    );
  });

  test("a large CRL does not block small ones", async () => {
    const order: string[] = [];
    const big = Array.from({ length: 3 }, async () => {
      const { status } = await post(shared, form({ crl: large, issuer: ca, format: "compact" }));
      order.push(`large ${status}`);
    });
    const small = Array.from({ length: 3 }, async () => {
      const { status } = await post(shared, form({ crl: good, issuer: ca, format: "compact" }));
      order.push(`small ${status}`);
    });
    await Promise.all([...big, ...small]);
    expect(order.slice(-2)).toEqual(["large 200", "large 200"]);
    expect(order.toSorted()).toEqual([...Array(3).fill("large 200"), ...Array(3).fill("small 200")]);
  });

  test("answers 40 simultaneous requests", async () => {
    const bodies = Array.from({ length: 40 }, (_, i) => form(i % 2 === 0 ? { crl: good, issuer: ca } : { crl: "%" }));
    const statuses = await Promise.all(bodies.map(async (body) => (await post(shared, body)).status));
    expect(statuses).toEqual(bodies.map((_, i) => (i % 2 === 0 ? 200 : 400)));
    const metrics = await (await fetch(`${shared.address}/metrics`)).text();
    expect(metrics).toContain("crllint_requests_in_flight 0\n");
    expect(metrics).toMatch(/^crllint_resident_memory_bytes [1-9]\d+$/mu);
  });

  test("a body that is too large is rejected while it is sent", async () => {
    const service = await start({ maxBody: 2 ** 20 });
    const { hostname, port } = new URL(service.address);
    const status = await new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const sent = request({ hostname, port, path: "/v1/lint", method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on("error", reject);
      for (let i = 0; i < 40; i += 1) sent.write(Buffer.alloc(2 ** 16, 0x20));
    });
    expect(status).toBe(413);
    const stated = await raw(
      service,
      "POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n",
    );
    expect(stated).toMatch(/^HTTP\/1\.1 413 /u);
  });

  test("a request that exceeds the memory of a worker is rejected, and the next one is answered", async () => {
    const service = await start({ workerMemory: 24 * 2 ** 20 });
    const response = await post(service, form({ crl: large, issuer: ca, maxFindings: "0" }));
    expect([response.status, (await bodyOf<Refusal>(response)).type]).toEqual([422, "/v1/problems/out-of-memory"]);
    expect((await post(service, form({ crl: good, issuer: ca }))).status).toBe(200);
  });

  test("requests that exceed the deadline are rejected", async () => {
    const service = await start({ deadline: 0.01 });
    // Starting the worker takes longer than this deadline on any machine.
    const late = await post(service, form({ crl: good, issuer: ca }));
    expect([late.status, (await bodyOf<Refusal>(late)).type]).toEqual([503, "/v1/problems/deadline"]);
  });
});

describe("a request that cannot be read gets problem details", () => {
  const end = "Connection: close\r\n\r\n";
  const chunked =
    "POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

  test.each([
    [
      "a header that is too large",
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"a".repeat(40_000)}`,
      431,
      "header-too-large",
    ],
    ["chunk extensions that are too large", `${chunked}5;${"a".repeat(30_000)}\r\n`, 413, "body-too-large"],
    ["a chunk without a size", `${chunked}zz\r\n`, 400, "bad-request"],
    ["bytes that are not HTTP", "\0\u0001\r\n\r\n", 400, "bad-request"],
    ["a host with a user name", `GET / HTTP/1.1\r\nHost: localhost@a.example\r\n${end}`, 400, "bad-request"],
    ["HTTP/1.1 without a host", `GET /healthz HTTP/1.1\r\n${end}`, 400, "bad-request"],
    ["two hosts", `GET /healthz HTTP/1.1\r\nHost: localhost\r\nhost: a.example\r\n${end}`, 400, "bad-request"],
    ["two equal hosts in HTTP/1.0", "GET /healthz HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400, "bad-request"],
    ["HTTP/1.0 without a host", `GET / HTTP/1.0\r\n${end}`, 421, "wrong-host"],
  ])("%s", async (_, text, status, problem) => {
    const [head = "", body = ""] = (await raw(shared, text)).split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, "u"));
    expect(head).toMatch(/^content-type: application\/problem\+json$/imu);
    expect(JSON.parse(body)).toMatchObject({ type: `/v1/problems/${problem}`, status });
  });

  test("one field Host in any case is accepted", async () => {
    expect(await raw(shared, `GET /v1/problems/busy HTTP/1.1\r\nhOST: localhost\r\nX: Host\r\n${end}`)).toMatch(
      /^HTTP\/1\.1 200 /u,
    );
  });

  test.each(["/healthz", "/metrics"])("%s is answered in HTTP/1.0 without a host", async (path) => {
    expect(await raw(shared, `GET ${path} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /u);
  });
});

describe("a slow client", async () => {
  const service = await start({ headerTimeout: 1, bodyTimeout: 1 });

  test.concurrent("that does not finish the header gets status 408", async () => {
    const answer = await raw(service, "POST /v1/lint HTTP/1.1\r\nHost: localhost\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 408 /u);
    expect(answer).toContain('"type":"/v1/problems/request-timeout"');
  });

  test.concurrent("that does not finish the body gets status 408", async () => {
    const head =
      "POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    const answer = await raw(service, head);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /u);
    expect(answer).toContain('"type":"/v1/problems/body-timeout"');
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    expect(metrics).toContain("crllint_requests_in_flight 0\n");
  });

  test("that disconnects frees its bytes and its slot", async () => {
    const { hostname, port } = new URL(shared.address);
    const head =
      "POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n";
    const socket = connect(Number(port), hostname, () => socket.write(head + " ".repeat(2 ** 20 + 1)));
    const gauge = async (name: string): Promise<string | undefined> => {
      const text = await (await fetch(`${shared.address}/metrics`)).text();
      return text.split("\n").find((line) => line.startsWith(`crllint_${name} `));
    };
    await expect.poll(() => gauge("buffered_bytes")).toBe(`crllint_buffered_bytes ${2 ** 21}`);
    socket.destroy();
    await expect.poll(() => gauge("buffered_bytes")).toBe("crllint_buffered_bytes 0");
    expect(await gauge("requests_in_flight")).toBe("crllint_requests_in_flight 0");
  });
});

describe("stopping", () => {
  test("finishes requests in progress, and accepts no new ones", async () => {
    const service = await start();
    await post(service, form({ crl: good, issuer: ca }));
    const inProgress = post(service, form({ crl: large, issuer: ca, format: "compact" }));
    const metrics = async () => (await fetch(`${service.address}/metrics`)).text();
    await expect.poll(metrics).toContain("crllint_workers_busy 1\n");
    const stopped = service.stop();
    expect((await inProgress).status).toBe(200);
    expect(await stopped).toBe(true);
    await expect(fetch(`${service.address}/healthz`)).rejects.toThrow("fetch failed");
  });

  test("aborts requests that take longer than the grace time", async () => {
    const service = await start({ grace: 1 });
    const head =
      "POST /v1/lint HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    const aborted = raw(service, head);
    const metrics = async () => (await fetch(`${service.address}/metrics`)).text();
    await expect.poll(metrics).toContain("crllint_requests_in_flight 1\n");
    expect(await service.stop()).toBe(false);
    expect(await aborted).toBe("");
  });
});

describe("the process", () => {
  const main = builtMain();

  test.each(["SIGTERM", "SIGINT"] as const)(
    "%s: requests in progress are finished, and the exit code is 0",
    async (signal) => {
      const args = [main, "serve", "--listen", "127.0.0.1:0", "--threads", "1", "--log"];
      const child = spawn(process.execPath, args);
      let err = "";
      child.stderr.on("data", (chunk) => (err += String(chunk)));
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      const address = /^listening on (?<address>http:\/\/127\.0\.0\.1:\d+)\n$/u.exec(String(line))?.groups?.["address"];
      // The worker is not started yet, so the response is sent long after the signal.
      const answer = fetch(`${address}/v1/lint`, form({ crl: good, issuer: ca, now, name: "secret" }));
      const busy = async () => (await fetch(`${address}/metrics`)).text();
      await expect.poll(busy).toMatch(/^crllint_requests_in_flight 1$/mu);
      child.kill(signal);
      const [[code], { status }] = await Promise.all([once(child, "exit"), answer]);
      expect([code, status]).toEqual([0, 200]);
      const logged = err
        .trimEnd()
        .split("\n")
        .map((text) => JSON.parse(text) as Record<string, unknown>);
      const own = logged.filter(({ path }) => path === "/v1/lint");
      expect(own).toMatchObject([{ method: "POST", path: "/v1/lint", status: 200, ms: expect.any(Number) as number }]);
      expect(err).not.toContain("secret");
    },
  );
});

describe("the address to listen on", () => {
  test("a Unix socket is removed when the service stops", async () => {
    const path = `${bench.folder}/s`;
    const service = await start({ listen: { path } });
    expect(service.address).toBe(`unix:${path}`);
    const status = await new Promise((resolve, reject) => {
      request({ socketPath: path, path: "/healthz" }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
    await service.stop();
    expect(existsSync(path)).toBe(false);
  });

  test("an address in use is a usage error", async () => {
    const { port } = new URL(shared.address);
    const ended = await crllint(["serve", "--listen", `127.0.0.1:${port}`]);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/^error: cannot listen on 127\.0\.0\.1:\d+: the address is in use\n/u);
  });

  test.each([
    ["127.0.0.1:8080", { host: "127.0.0.1", port: 8080 }],
    ["[::1]:0", { host: "::1", port: 0 }],
    ["localhost:65535", { host: "localhost", port: 65_535 }],
    ["unix:/run/crllint.sock", { path: "/run/crllint.sock" }],
  ])("--listen %s is accepted", (value, listen) => {
    expect(valueFromText({ kind: "listen" }, value)).toEqual(listen);
  });

  test.each(["8080", "a:b", "127.0.0.1:65536", "unix:", "::1:80", "http://a:80", ""])(
    "--listen %j is rejected",
    (value) => {
      expect(() => valueFromText({ kind: "listen" }, value)).toThrow(/^Expected HOST:PORT or unix:PATH/u);
    },
  );
});

test("writes nothing to standard error if the log is off", () => {
  expect(errors).toBe("");
});
