import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/serve/answer.ts";
import type { Logged } from "../../src/serve/app.ts";
import { joinWithin } from "../../src/serve/lint.ts";
import { pageDigest, pageStyle } from "../../src/serve/page-style.ts";
import { problemNames } from "../../src/serve/problem.ts";
import { respond } from "../../src/serve/respond.ts";
import { crllint } from "../cli/workbench.ts";
import { base64, bodyOf, ca, form, good, json, limits, type Refusal, reversed, service } from "./setting.ts";

const files = { crl: base64(good), issuer: base64(ca) };
const valid = json(files);

async function refusal(response: Response): Promise<string> {
  const { type, status } = await bodyOf<Refusal>(response);
  expect(response.status).toBe(status);
  return type;
}

describe("routes", () => {
  const app = service();

  test("other paths get status 404", async () => {
    for (const path of ["/v1", "/v1/lint/", "/favicon.ico", "/v1/problems/nonsense"]) {
      expect(await refusal(await app.request(path)), path).toBe("/v1/problems/not-found");
    }
  });

  test.each([
    ["GET", "/v1/lint", "POST"],
    ["POST", "/v1/rules", "GET"],
    ["OPTIONS", "/lintcrl", "POST"],
    ["DELETE", "/", "GET, POST"],
  ])("%s %s is rejected, with the allowed methods", async (method, path, allow) => {
    const response = await app.request(path, { method });
    expect(response.headers.get("allow")).toBe(allow);
    expect(await refusal(response)).toBe("/v1/problems/method-not-allowed");
  });

  test("every problem has its own URL", async () => {
    for (const name of problemNames) {
      const response = await app.request(`/v1/problems/${name}`);
      expect(await response.json()).toMatchObject({
        type: `/v1/problems/${name}`,
        title: expect.any(String) as string,
      });
    }
  });

  test("the rules are the same as on the command line", async () => {
    const query = "profile=mozilla,etsi&part=idp&needs=certs";
    const listed = await crllint([
      "rules",
      "-f",
      "json",
      "--profile",
      "mozilla,etsi",
      "--part",
      "idp",
      "--needs",
      "certs",
    ]);
    expect(await (await app.request(`/v1/rules?${query}`)).json()).toEqual(JSON.parse(listed.out));
    const bySource = await crllint(["rules", "-f", "json", "--source", "x690"]);
    expect(await (await app.request("/v1/rules?source=x690")).json()).toEqual(JSON.parse(bySource.out));
    expect(await (await app.request("/v1/rules?part=nonsense")).json()).toMatchObject({ rules: [] });
    expect(await refusal(await app.request("/v1/rules?profile=nonsense"))).toBe("/v1/problems/bad-request");
    expect(await refusal(await app.request("/v1/rules?needs=nonsense"))).toBe("/v1/problems/bad-request");
    expect(await refusal(await app.request("/v1/rules?parts=idp"))).toBe("/v1/problems/bad-request");
  });

  test("/healthz is ok until the service stops", async () => {
    const response = await app.request("/healthz");
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
    const stopping = service({ isStopping: () => true });
    const refused = await stopping.request("/healthz");
    expect([refused.status, await refused.json()]).toEqual([503, { status: "stopping" }]);
    expect(await refusal(await stopping.request("/v1/lint", valid))).toBe("/v1/problems/stopping");
  });
});

describe("bodies", () => {
  test.each([
    ["/v1/lint", "text/plain"],
    ["/v1/lint", "application/x-www-form-urlencoded"],
    ["/v1/lint", ""],
    ["/lintcrl", "application/json"],
    ["/linttbscrl", "application/pkix-crl"],
  ])("%s rejects %j", async (path, type) => {
    const response = await service().request(path, { method: "POST", headers: { "content-type": type }, body: "x" });
    expect(response.headers.get("accept-post")).toMatch(/multipart\/form-data/u);
    expect(await refusal(response)).toBe("/v1/problems/unsupported-media-type");
  });

  test("compressed bodies are rejected", async () => {
    const packed = { ...valid, headers: { "content-type": "application/json", "content-encoding": "gzip" } };
    expect(await refusal(await service().request("/v1/lint", packed))).toBe("/v1/problems/unsupported-media-type");
  });

  test("a body that is too large is rejected by its header or by its received bytes", async () => {
    const body = JSON.stringify(files);
    const app = service({ limits: { ...limits, bodyBytes: body.length - 1 } });
    const headers = { "content-type": "application/json" };
    const stated = { ...headers, "content-length": String(body.length) };
    const byHeader = await app.request("/v1/lint", { method: "POST", headers: stated, body });
    expect(await refusal(byHeader)).toBe("/v1/problems/body-too-large");
    const byContent = await app.request("/v1/lint", { method: "POST", headers, body });
    expect(await refusal(byContent)).toBe("/v1/problems/body-too-large");
    const fitting = service({ limits: { ...limits, bodyBytes: body.length } });
    expect((await fitting.request("/v1/lint", { method: "POST", headers: stated, body })).status).toBe(200);
  });

  test("a body that is too slow is rejected, and the connection closed", async () => {
    const app = service({ limits: { ...limits, bodyMs: 20 } });
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
    const request = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
    const response = await app.request("/v1/lint", request as RequestInit);
    expect(response.headers.get("connection")).toBe("close");
    expect(await refusal(response)).toBe("/v1/problems/body-timeout");
  });

  test("a body that ends early is rejected", async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });
    const request = { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" };
    expect(await refusal(await service().request("/v1/lint", request as RequestInit))).toBe("/v1/problems/bad-request");
  });
});

describe("load", () => {
  test("one request above the maximum is rejected, and can be retried", async () => {
    const waiting: ((answer: Answer) => void)[] = [];
    const doWork = () => new Promise<Answer>((resolve) => waiting.push(resolve));
    const app = service({ doWork, limits: { ...limits, requests: 2 } });
    const both = [1, 2].map(async () => app.request("/v1/lint", valid));
    const third = await app.request("/v1/lint", valid);
    expect(third.headers.get("retry-after")).toBe("2");
    expect(await refusal(third)).toBe("/v1/problems/busy");
    await expect.poll(() => waiting.length).toBe(2);
    for (const resolve of waiting) resolve({ status: 200, contentType: "text/plain", body: new Uint8Array(0) });
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    void app.request("/v1/lint", valid);
    await expect.poll(() => waiting.length).toBe(3);
  });

  test("a request that exceeds the deadline is rejected", async () => {
    const doWork = (_: unknown, signal: AbortSignal) =>
      new Promise<Answer>((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    const app = service({ doWork, limits: { ...limits, deadlineMs: 20 } });
    expect(await refusal(await app.request("/v1/lint", valid))).toBe("/v1/problems/deadline");
  });

  test("a failure shows no details to the client", async () => {
    const reported: unknown[] = [];
    const failure = new Error("secret");
    const app = service({ doWork: () => Promise.reject(failure), onFault: (error) => reported.push(error) });
    const response = await app.request("/v1/lint", valid);
    expect(await response.clone().text()).not.toContain("secret");
    expect(await refusal(response)).toBe("/v1/problems/internal");
    expect(reported).toEqual([failure]);
  });

  test("a response that is too large is not kept in memory", () => {
    function* endless(): Iterable<string> {
      for (;;) yield "0123456789";
    }
    expect(() => joinWithin(endless(), 1000)).toThrow("ask for fewer findings with maxFindings");
    expect(joinWithin(["ab", "cd"], 4)).toBe("abcd");
  });
});

describe("metrics and log", () => {
  test("have routes, statuses, verdicts and bytes, without data from clients", async () => {
    const lines: Logged[] = [];
    const app = service({
      log: (line) => lines.push(line),
      gauges: () => ({ workers: { help: "Workers", value: 2 } }),
    });
    await app.request("/v1/lint", valid);
    await app.request("/v1/lint", json({ crl: base64(reversed), issuer: base64(ca) }));
    await app.request("/v1/lint", json({}));
    await app.request('/evil"} 1\n', { method: "PROPFIND" });
    await app.request("/v1/problems/evil");
    const text = await (await app.request("/metrics")).text();
    const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    for (const sample of samples)
      expect(sample).toMatch(/^crllint_[a-z_]+(?:\{[a-z]+="[^"\n]*"(?:,[a-z]+="[^"\n]*")*\})? [\d.e+-]+$/u);
    expect(samples).toEqual(
      expect.arrayContaining([
        'crllint_requests_total{route="/v1/lint",method="POST",status="200"} 2',
        'crllint_requests_total{route="/v1/lint",method="POST",status="400"} 1',
        'crllint_requests_total{route="other",method="other",status="404"} 1',
        'crllint_requests_total{route="/v1/problems/:name",method="GET",status="404"} 1',
        'crllint_verdicts_total{verdict="pass"} 1',
        'crllint_verdicts_total{verdict="fail"} 1',
        'crllint_verdicts_total{verdict="undecided"} 0',
        'crllint_request_duration_seconds_bucket{route="/v1/lint",le="+Inf"} 3',
        'crllint_request_duration_seconds_count{route="/v1/lint"} 3',
        "crllint_requests_in_flight 0",
        "crllint_buffered_bytes 0",
        "crllint_workers 2",
      ]),
    );
    expect(text).not.toContain("evil");
    expect(lines.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      "POST /v1/lint 200",
      "POST /v1/lint 200",
      "POST /v1/lint 400",
      "other other 404",
      "GET /v1/problems/:name 404",
      "GET /metrics 200",
    ]);
    const sent = lines.slice(0, -1).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(samples).toContain(`crllint_sent_bytes_total ${sent}`);
  });
});

describe("headers", () => {
  test("every response forbids caching, sniffing, framing and scripts", async () => {
    for (const path of ["/", "/healthz", "/nope", "/v1/openapi.json"]) {
      const { headers } = await service().request(path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+' 'sha256-[^']+'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/u,
      );
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("the policy allows the style sheet of the pages", () => {
    expect(createHash("sha256").update(pageStyle).digest("base64")).toBe(pageDigest);
  });
});

describe("a browser", () => {
  test("gets an HTML page if its request is rejected", async () => {
    const sent = { ...form({ crl: good, issuer: good }), headers: { accept: "text/html,application/xhtml+xml" } };
    const response = await service().request("/v1/lint", sent);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const text = await response.text();
    expect(text).toContain("issuer holds a CRL, not a certificate: are crl and issuer swapped?");
    expect(text).toContain('<a href="/">');
  });

  test("gets its input escaped in that page", async () => {
    const sent = { ...form({ crl: good, "<script>": "1" }), headers: { accept: "text/html" } };
    const text = await (await service().request("/v1/lint", sent)).text();
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toContain("<script");
  });
});

test("the result of a worker can be cloned", async () => {
  const body = Uint8Array.from(Buffer.from(JSON.stringify(files)));
  const sent = { path: "/v1/lint", query: "", contentType: "application/json", accept: "", body, now: 0 } as const;
  expect(structuredClone(await respond(sent))).toMatchObject({ status: 200, verdict: "pass" });
});
