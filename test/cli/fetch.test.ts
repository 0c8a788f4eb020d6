import { createHash } from "node:crypto";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isPublicAddress } from "../../src/fetch/addresses.ts";
import { kit } from "../../src/fixture/index.ts";
import { CrlServer } from "./crl-server.ts";
import { crllint, pem, reversedCrl, Workbench } from "./workbench.ts";

const bench = new Workbench();
const server = new CrlServer();
beforeAll(() => server.start());
afterAll(async () => {
  await server.stop();
  bench.clear();
});

const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const der = kit.crl().crl;
const html = "<!DOCTYPE html><html><title>Not Found</title>";

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

async function fetchJson(...args: readonly string[]) {
  const result = await crllint(["fetch", "-f", "json", "--allow-private", "--issuer", ca, ...args]);
  const runs: readonly { crl: string; judged: boolean; findings: readonly JsonFinding[] }[] =
    result.out === "" ? [] : JSON.parse(result.out).runs;
  const findings = runs.flatMap((run) => run.findings);
  return { ...result, runs, rules: findings.map(({ rule }) => rule), findings };
}

describe("a CRL that is served correctly", () => {
  test("is fetched and linted, without findings", async () => {
    const result = await fetchJson(server.serve("/good.crl", der));
    expect(result).toMatchObject({ code: 0, rules: [], err: "" });
    expect(result.runs[0]?.crl).toBe(server.url("/good.crl"));
    expect(result.out).toMatch(/\{\s+"rule": "transport\/content-type"\s+\}/u);
  });

  test("is fetched once for each different URL", async () => {
    server.asked.length = 0;
    const urls = [server.serve("/a.crl", der), server.serve("/b.crl", der), server.url("/a.crl")];
    expect((await fetchJson(...urls)).runs).toHaveLength(2);
    expect([...server.asked].sort()).toEqual(["/a.crl", "/b.crl"]);
  });

  test("is also checked by the rules on CRLs", async () => {
    const url = server.serve("/no-number.crl", kit.crl({ crlNumber: null }).crl);
    expect(await fetchJson(url)).toMatchObject({ code: 1, rules: ["crl-number/missing"] });
  });
});

test("--no-issuer leaves out the core checks, and the report states this", async () => {
  const url = server.serve("/reversed.crl", reversedCrl());
  const limits = "(issuer not compared (--no-issuer); signature not checked (--no-issuer))";
  expect(await crllint(["fetch", "--no-issuer", "--allow-private", "-f", "compact", url])).toEqual({
    code: 0,
    out: `${url}: verdict pass ${limits}\nverdict pass\n`,
    err: "",
  });
});

describe("a CRL that is served incorrectly", () => {
  const only = ["--fail-on", "notice"];

  test.each<[string, () => string, number, readonly string[]]>([
    ["404", () => server.url("/nothing.crl"), 2, ["transport/unavailable"]],
    ["404 with the media type of a CRL", () => server.serve("/404.crl", html, {}, 404), 2, ["transport/unavailable"]],
    [
      "a page with 200",
      () => server.serve("/page.crl", html, { "content-type": "text/html" }),
      2,
      ["transport/not-der"],
    ],
    ["a page with 200 and the media type of a CRL", () => server.serve("/page2.crl", html), 2, ["transport/not-der"]],
    ["an empty body with 200", () => server.serve("/empty.crl", ""), 2, ["transport/not-der"]],
    ["PEM", () => server.serve("/pem.crl", pem("X509 CRL", der)), 1, ["transport/not-der"]],
    [
      "two CRLs",
      () => server.serve("/two.crl", Buffer.concat([der, reversedCrl()])),
      2,
      ["input/multiple-objects", "transport/not-der", "crllint/not-linted"],
    ],
    [
      "another media type",
      () => server.serve("/type.crl", der, { "content-type": "application/x-pkcs7-crl" }),
      1,
      ["transport/content-type"],
    ],
    [
      "gzip",
      () => server.serve("/gzip.crl", gzipSync(der), { "content-encoding": "gzip" }),
      1,
      ["transport/content-encoding"],
    ],
    ["204", () => server.serve("/204.crl", "", {}, 204), 2, ["transport/unavailable"]],
    ["206 with the whole CRL", () => server.serve("/206.crl", der, {}, 206), 1, ["transport/unavailable"]],
    [
      "206 with a part of the CRL",
      () => server.serve("/part.crl", der.subarray(0, 300), {}, 206),
      1,
      ["transport/unavailable", "input/truncated"],
    ],
    ["304 without a copy", () => server.serve("/304.crl", "", {}, 304), 2, ["transport/unavailable"]],
    [
      "a body that is not gzip, with content-encoding gzip",
      () => server.serve("/no-gzip.crl", "x".repeat(100), { "content-encoding": "gzip" }),
      2,
      ["transport/not-der"],
    ],
    [
      "a cache lifetime past nextUpdate",
      () => server.serve("/age.crl", der, { "cache-control": "max-age=2592000" }),
      1,
      ["transport/cache-beyond-next-update"],
    ],
    ["a URL without suffix", () => server.serve("/crl", der), 1, ["transport/suffix-not-crl"]],
    ["a response that ends after its header", () => server.on("/cut.crl", cutAfter(0)), 2, ["transport/unavailable"]],
    ["a truncated body", () => server.on("/half.crl", cutAfter(100)), 2, ["transport/unavailable"]],
    [
      "a response that is not HTTP",
      () => server.on("/raw.crl", (_, response) => response.socket?.end("GARBAGE\r\n\r\n")),
      2,
      ["transport/unavailable"],
    ],
  ])("%s", async (_, url, code, rules) => {
    expect(await fetchJson(...only, url())).toMatchObject({ code, rules, err: "" });
  });

  test("a CRL that does not have the content-encoding of its header is reported as not encoded", async () => {
    const url = server.serve("/plain.crl", der, { "content-encoding": "gzip" });
    const { out } = await crllint(["fetch", "--issuer", ca, "--allow-private", "-f", "compact", url]);
    expect(out).toContain('the CRL is served with content-encoding "gzip", but is not encoded\n');
  });

  test("a refused connection is an error", async () => {
    const other = new CrlServer();
    await other.start();
    const url = other.url("/x.crl");
    await other.stop();
    const { code, findings, runs } = await fetchJson(url);
    expect(code).toBe(2);
    expect(runs[0]?.judged).toBe(false);
    expect(findings).toMatchObject([{ rule: "transport/unavailable", severity: "error" }]);
    expect(findings[0]?.message).toContain("connection refused");
  });

  test("a server that switches to another protocol is an error", async () => {
    const raw = createServer((socket) => {
      socket.on("error", () => {});
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    });
    await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
    const { port } = raw.address() as AddressInfo;
    const { code, findings } = await fetchJson(`http://127.0.0.1:${port}/a.crl`);
    raw.close();
    expect(code).toBe(2);
    expect(findings).toMatchObject([{ rule: "transport/unavailable", severity: "error" }]);
    expect(findings[0]?.message).toContain("it switches to another protocol (status 101)");
  });

  test("a body that never ends is aborted", async () => {
    const url = server.on("/slow.crl", (_, response) => {
      response.writeHead(200, { "content-type": "application/pkix-crl", "content-length": `${der.length}` });
      response.write(der.subarray(0, 10));
    });
    const { code, findings } = await fetchJson("--timeout", "1", url);
    expect(code).toBe(2);
    // The error can be caused by the network.
    expect(findings).toMatchObject([{ rule: "transport/unavailable", severity: "warning" }]);
    expect(findings[0]?.message).toContain("no whole answer within 1 s");
  });

  test("a body larger than --max-size is reported as a limit of crllint, not as an error of the server", async () => {
    const known = server.serve("/large.crl", der);
    const unknown = server.on("/chunks.crl", (_, response) => {
      response.writeHead(200);
      response.write(der);
      response.end(der);
    });
    for (const url of [known, unknown]) {
      expect(await fetchJson("--max-size", "300", url)).toMatchObject({ code: 2, rules: ["crllint/not-fetched"] });
    }
  });

  test.each(["plain", "compressed"])("all CRLs of a run have at most four times --max-size: %s", async (encoding) => {
    const body = encoding === "compressed" ? gzipSync(der) : der;
    const headers = encoding === "compressed" ? { "content-encoding": "gzip" } : {};
    const urls = [1, 2, 3, 4, 5].map((i) =>
      server.on(`/together${i}.crl`, (_, response) => response.writeHead(200, headers).end(body)),
    );
    const args = ["-f", "compact", "--select", "issuer", "--max-size", String(der.length), "--allow-private"];
    const { code, out } = await crllint(["fetch", ...args, "--no-issuer", ...urls]);
    expect([code, out.split("\n").filter((line) => line.includes("error"))]).toEqual([
      2,
      [`${urls[4]}:0+0: error crllint/not-fetched: not fetched with the others, which are large`],
    ]);
  });

  test("text from a server is escaped", async () => {
    const url = server.on("/evil.crl", (_, response) => {
      response.socket?.end("HTTP/1.1 200 OK\r\nContent-Type: x\u001b[2J::error::y\r\nContent-Length: 1\r\n\r\nx");
    });
    const named = server.serve("/evil2.crl", der, { "content-type": "text/x\u0080\u009b31m" });
    for (const format of ["human", "compact", "json"]) {
      const { out } = await crllint(["fetch", "-f", format, "--allow-private", url, named]);
      // oxlint-disable-next-line no-control-regex -- the test searches for them
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
    }
  });
});

/** Returns a handler that sends this number of bytes of the CRL, and closes the connection. */
function cutAfter(count: number) {
  return (_: unknown, response: import("node:http").ServerResponse) => {
    response.writeHead(200, { "content-type": "application/pkix-crl", "content-length": `${der.length}` });
    response.write(der.subarray(0, count), () => response.destroy());
    response.flushHeaders();
    if (count === 0) setImmediate(() => response.destroy());
  };
}

describe("redirects", () => {
  const redirect = (path: string, location: string) =>
    server.on(path, (_, response) => response.writeHead(302, { location }).end());

  test("are followed and reported", async () => {
    server.serve("/target.crl", der);
    const { code, findings } = await fetchJson("--fail-on", "notice", redirect("/moved.crl", "/target.crl"));
    expect(code).toBe(1);
    expect(findings).toMatchObject([{ rule: "transport/redirect-or-https", severity: "notice" }]);
    expect(findings[0]?.message).toContain(server.url("/target.crl"));
  });

  test("stop at a loop and at the maximum number", async () => {
    redirect("/round.crl", "/circle.crl");
    const { findings } = await fetchJson(redirect("/circle.crl", "/round.crl"));
    expect(findings[0]?.message).toContain("redirect loop");
    for (let i = 0; i < 9; i += 1) redirect(`/far-${i}.crl`, `/far-${i + 1}.crl`);
    const far = await fetchJson(server.url("/far-0.crl"));
    expect(far).toMatchObject({ code: 2, rules: ["transport/unavailable"] });
    expect(far.findings[0]?.message).toContain("more than 5 times");
    expect((await fetchJson("--max-redirects", "0", server.url("/moved.crl"))).findings[0]?.message).toContain(
      "more than 0 times",
    );
  });

  test.each(["file:///etc/passwd", "ftp://127.0.0.1/x", "http://[", "javascript:alert(1)"])(
    "to %s are not followed",
    async (location) => {
      expect(await fetchJson(redirect("/away.crl", location))).toMatchObject({
        code: 2,
        rules: ["transport/unavailable"],
      });
    },
  );

  test("without a target are an error", async () => {
    const url = server.on("/lost.crl", (_, response) => response.writeHead(302).end());
    expect((await fetchJson(url)).rules).toEqual(["transport/unavailable"]);
  });
});

describe("private addresses", () => {
  test("are not connected to without --allow-private", async () => {
    server.asked.length = 0;
    const { port } = new URL(server.url("/"));
    for (const host of [
      "127.0.0.1",
      "localhost",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "2130706433",
      "0x7f.1",
      "169.254.169.254",
    ]) {
      const { code, out } = await crllint(["fetch", "-f", "compact", `http://${host}:${port}/good.crl`]);
      expect(code, host).toBe(2);
      expect(out, host).toContain("error crllint/not-fetched: not fetched: its address ");
    }
    expect(server.asked).toEqual([]);
  });

  test("are shown unchanged in the report", async () => {
    const { out } = await crllint(["fetch", "-f", "compact", "http://[::1]:1/a::b.crl"]);
    const refused = "error crllint/not-fetched: not fetched: its address ::1 is not public";
    expect(out.split("\n")[0]).toBe(`http://[::1]:1/a::b.crl:0+0: ${refused}`);
  });

  test.each([
    ["8.8.8.8", true],
    ["172.15.255.255", true],
    ["172.16.0.0", false],
    ["172.31.255.255", false],
    ["172.32.0.0", true],
    ["100.64.0.1", false],
    ["192.168.1.1", false],
    ["224.0.0.1", false],
    ["255.255.255.255", false],
    ["0.0.0.0", false],
    ["2606:4700::1111", true],
    ["::1", false],
    ["::", false],
    ["fe80::1", false],
    ["fe80::1%eth0", false],
    ["fd00::1", false],
    ["2001:db8::1", false],
    ["2001:4860:4860::8888", true],
    ["2001::1", false],
    ["2002:7f00:1::", false],
    ["::ffff:8.8.8.8", true],
    ["::ffff:10.0.0.1", false],
    ["64:ff9b::8.8.8.8", true],
    ["64:ff9b::127.0.0.1", false],
    ["::127.0.0.1", false],
    ["example.com", false],
    ["", false],
  ])("isPublicAddress(%j) is %j", (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});

describe("--cache", () => {
  let folder = "";
  let count = 0;
  beforeEach(() => {
    count += 1;
    folder = join(bench.folder, `cache-${count}`);
  });

  test("sends a conditional request, and lints the copy if nothing has changed", async () => {
    let conditions: (string | undefined)[] = [];
    const url = server.on("/cached.crl", (request, response) => {
      conditions = [request.headers["if-none-match"], request.headers["if-modified-since"]];
      const headers = { etag: '"a"', "last-modified": "Sun, 01 Nov 2026 00:00:00 GMT" };
      if (conditions[0] === '"a"') response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, "content-type": "application/pkix-crl" }).end(der);
    });
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: [] });
    expect(conditions).toEqual([undefined, undefined]);
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: [] });
    expect(conditions).toEqual(['"a"', undefined]);
    const body = readdirSync(folder).find((name) => name.endsWith(".crl")) ?? "";
    expect(readFileSync(join(folder, body)).equals(der)).toBe(true);
    // A damaged copy is not used.
    writeFileSync(join(folder, body), "damaged");
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: [] });
    expect(conditions).toEqual([undefined, undefined]);
  });

  test("sends the entity tag only to the URL that returned the copy", async () => {
    let target = "/one.crl";
    const asked: string[] = [];
    const url = server.on("/redirect.crl", (_, response) => response.writeHead(302, { location: target }).end());
    for (const [path, body] of [
      ["/one.crl", der],
      ["/two.crl", kit.earlierCrl()],
    ] as const) {
      // Both mirrors have the tag of a file that was copied.
      server.on(path, (request, response) => {
        const tag = request.headers["if-none-match"];
        asked.push(`${path} ${tag}`);
        const headers = { etag: '"a"', "content-type": "application/pkix-crl" };
        if (tag === '"a"') response.writeHead(304, headers).end();
        else response.writeHead(200, headers).end(body);
      });
    }
    const redirected = ["transport/redirect-or-https"];
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: redirected });
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: redirected });
    target = "/two.crl";
    const moved = await fetchJson("--cache", folder, url);
    expect([moved.code, moved.rules.toSorted()]).toEqual([1, ["transport/older-than-known", ...redirected]]);
    expect(asked).toEqual(["/one.crl undefined", '/one.crl "a"', "/two.crl undefined"]);
  });

  test("finds an older CRL that was restored with its time of modification", async () => {
    let served = { body: der, modified: "Mon, 02 Nov 2026 00:00:00 GMT" };
    const url = server.on("/restored.crl", (request, response) => {
      const since = Date.parse(request.headers["if-modified-since"] ?? "");
      const headers = { "last-modified": served.modified, "content-type": "application/pkix-crl" };
      if (since >= Date.parse(served.modified)) response.writeHead(304, headers).end();
      else response.writeHead(200, headers).end(served.body);
    });
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: [] });
    served = { body: kit.earlierCrl(), modified: "Sun, 01 Nov 2026 00:00:00 GMT" };
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 1, rules: ["transport/older-than-known"] });
  });

  test.each([
    ["any CRL", "*"],
    ["two CRLs", '"a", "b"'],
    ["no CRL, since it is not quoted", "a"],
  ])("sends no entity tag that means %s", async (_, etag) => {
    const sent: (string | undefined)[] = [];
    const url = server.on(`/tag-${count}.crl`, (request, response) => {
      sent.push(request.headers["if-none-match"]);
      response.writeHead(200, { etag, "content-type": "application/pkix-crl" }).end(der);
    });
    for (const _ of [1, 2]) expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: [] });
    expect(sent).toEqual([undefined, undefined]);
  });

  test("lints the copy only if a 304 confirms its entity tag", async () => {
    let answer = { etag: 'W/"a"', status: 200, body: der };
    const sent: (string | undefined)[] = [];
    const url = server.on("/confirmed.crl", (request, response) => {
      const tag = request.headers["if-none-match"];
      sent.push(tag);
      const { etag, status, body } = answer;
      response.writeHead(tag === undefined ? 200 : status, { etag, "content-type": "application/pkix-crl" });
      response.end(tag === undefined || status === 200 ? body : undefined);
    });
    const rulesOf = async () => (await fetchJson("--cache", folder, url)).rules;
    expect(await rulesOf()).toEqual([]);
    // A weak tag of a cache has the same opaque value.
    answer = { etag: '"a"', status: 304, body: kit.earlierCrl() };
    expect(await rulesOf()).toEqual([]);
    answer = { ...answer, etag: '"b"' };
    expect(await rulesOf()).toEqual(["transport/older-than-known"]);
    expect(sent).toEqual([undefined, 'W/"a"', '"a"', undefined]);
  });

  test("does not lint the copy after a 304 to an unconditional request", async () => {
    const path = "/unasked.crl";
    expect(await fetchJson("--cache", folder, server.serve(path, der))).toMatchObject({ code: 0 });
    const result = await fetchJson("--cache", folder, server.serve(path, "", { etag: '"a"' }, 304));
    expect(result).toMatchObject({ code: 2, rules: ["transport/unavailable"] });
  });

  test("compares a new CRL with the copy, and never replaces the copy with a page", async () => {
    const path = "/sequence.crl";
    server.serve(path, kit.earlierCrl());
    expect(await fetchJson("--cache", folder, server.url(path))).toMatchObject({ code: 0 });
    expect((await fetchJson("--cache", folder, server.serve(path, html))).rules).toEqual(["transport/not-der"]);
    const low = kit.crl({ crlNumber: 4709 }).crl;
    expect((await fetchJson("--cache", folder, server.serve(path, low))).rules).toEqual([
      "sequence/number-not-increasing",
    ]);
    // The body of the first CRL is kept for an hour: another run may be about to describe it.
    const bodies = readdirSync(folder).filter((name) => name.endsWith(".crl"));
    expect(bodies).toHaveLength(2);
    for (const name of bodies) utimesSync(join(folder, name), new Date(0), new Date(0));
    expect(await fetchJson("--cache", folder, server.url(path))).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test("keeps the files of others, however old they are", async () => {
    const own = ["ca.crl", "notes.txt", "old/a.crl"].map((name) => bench.put(`cache-${count}/${name}`, name));
    for (const path of [...own, join(folder, "old")]) utimesSync(path, new Date(0), new Date(0));
    const url = server.serve("/kept.crl", der);
    expect(await fetchJson("--cache", folder, url)).toMatchObject({ code: 0, rules: [], err: "" });
    expect(own.map((path) => readFileSync(path, "utf8"))).toEqual(["ca.crl", "notes.txt", "old/a.crl"]);
  });

  test("never replaces the copy with a CRL that the CA did not sign", async () => {
    const path = "/forged.crl";
    expect(await fetchJson("--cache", folder, server.serve(path, kit.earlierCrl()))).toMatchObject({ code: 0 });
    server.serve(path, kit.crl({ signingKey: "rsa2048b", crlNumber: 9999 }).crl);
    expect((await fetchJson("--cache", folder, server.url(path))).rules).toContain("signature/invalid");
    expect(await fetchJson("--cache", folder, server.serve(path, der))).toMatchObject({ code: 0, rules: [] });
  });

  test("reports a CRL older than the known one, in each run", async () => {
    const path = "/older.crl";
    expect(await fetchJson("--cache", folder, server.serve(path, der))).toMatchObject({ code: 0 });
    server.serve(path, kit.earlierCrl());
    for (const _ of [1, 2]) {
      const result = await fetchJson("--cache", folder, server.url(path));
      expect(result).toMatchObject({ code: 1, rules: ["transport/older-than-known"] });
    }
  });

  test("reports a directory that cannot be written", async () => {
    const file = bench.put("file", "x");
    const result = await fetchJson("--cache", join(file, "below"), server.url("/good.crl"));
    expect(result).toMatchObject({ code: 2, out: "", err: expect.stringContaining("cannot write to directory") });
  });
});

describe("--output", () => {
  const kept = join(bench.folder, "evidence.crl");
  const read = () => {
    const [entry] = JSON.parse(readFileSync(`${kept}.json`, "utf8")) as readonly Record<string, unknown>[];
    return { bytes: readFileSync(kept), entry };
  };

  test("writes the bytes as received, and how they were served", async () => {
    const packed = gzipSync(der);
    const target = server.serve("/packed.crl", packed, { "content-encoding": "gzip", etag: '"a"' });
    const url = server.on("/moved.crl", (_, response) => response.writeHead(302, { location: target }).end());
    const rules = ["transport/content-encoding", "transport/redirect-or-https"];
    expect((await fetchJson("-o", kept, url)).rules.toSorted()).toEqual(rules);
    const { bytes, entry } = read();
    expect(bytes.equals(packed)).toBe(true);
    expect(entry).toMatchObject({
      url,
      redirects: [target],
      status: 200,
      file: "evidence.crl",
      sha256: createHash("sha256").update(packed).digest("hex"),
      headers: { "content-type": "application/pkix-crl", "content-encoding": "gzip", etag: '"a"' },
    });
    expect(entry?.["receivedAt"]).toBeTypeOf("number");
    // The written files can be linted again.
    const options = ["--issuer", ca, "--out", join(bench.folder, "again"), "-f", "json"];
    const again = await crllint(["monitor", "--manifest", `${kept}.json`, ...options]);
    const found = (JSON.parse(again.out) as { runs: readonly { findings: readonly JsonFinding[] }[] }).runs;
    expect(found.flatMap(({ findings }) => findings.map(({ rule }) => rule)).sort()).toEqual(rules);
  });

  test("also writes pages and failures without a response", async () => {
    await fetchJson("-o", kept, server.serve("/page.crl", html, { "content-type": "text/html" }, 404));
    expect([read().bytes.toString(), read().entry?.["status"]]).toEqual([html, 404]);
    const closed = server.on("/gone.crl", (_, response) => response.socket?.destroy());
    await fetchJson("-o", kept, closed);
    expect([read().bytes.length, read().entry]).toEqual([
      0,
      expect.objectContaining({ status: 0, failure: "the connection was closed without an answer" }),
    ]);
  });

  test("accepts only one URL, and does not replace an input", async () => {
    const urls = [server.serve("/a.crl", der), server.serve("/b.crl", der)];
    expect(await fetchJson("-o", kept, ...urls)).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("--output takes what one URL returns"),
    });
    expect(await fetchJson("-o", ca, server.url("/a.crl"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("would replace an input file"),
    });
    const nowhere = join(bench.folder, "nowhere/evidence.crl");
    expect(await fetchJson("-o", nowhere, server.url("/a.crl"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("cannot write to directory"),
    });
  });
});

describe("usage errors", () => {
  test.each([
    [["fetch"], /missing required argument/u],
    [["fetch", "crl.der"], /not a URL: crl\.der; crllint lint takes files/u],
    [["fetch", "crl.example.com/ca.crl"], /not a URL: .*; did you mean http:\/\/crl\.example\.com\/ca\.crl\?/u],
    [["fetch", "crl.example.com"], /not a URL: crl\.example\.com; did you mean http:\/\/crl\.example\.com\?/u],
    [["fetch", "crl.example.com:8080/ca.crl"], /did you mean http:\/\/crl\.example\.com:8080\/ca\.crl\?/u],
    [["fetch", "ldap://ldap.example.com/cn=CA"], /not http or https/u],
    [["fetch", "http://user:secret@example.com/"], /user name or password/u],
    [["fetch", "--tbs", "http://example.com/"], /unknown option/u],
    [["fetch", "--timeout", "0", "http://example.com/"], /from 1 to 3600/u],
    [["fetch", "--max-size", "3G", "http://example.com/"], /at most 2G/u],
  ])("crllint %j", async (args, message) => {
    const { code, out, err } = await crllint(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(message);
    expect(err).not.toContain("secret");
  });
});

test("a long fetch shows a progress line on a terminal, and removes it at the end", async () => {
  let clock = 0;
  const url = server.on("/long.crl", (_, response) => {
    response.writeHead(200, { "content-type": "application/pkix-crl", "content-length": `${der.length}` });
    response.write(der.subarray(0, 100));
    setTimeout(() => response.end(der.subarray(100)), 50);
  });
  const args = ["fetch", "--allow-private", "--issuer", ca, url];
  const world = { isErrorTty: true, now: () => 1_793_750_400 + (clock += 2) };
  const { err } = await crllint(args, world);
  // oxlint-disable-next-line no-control-regex -- the test searches for them
  expect(err).toMatch(/^(?:\r\u001b\[Kfetching http:.*: 0\.0 MiB of 0\.0 MiB)+\r\u001b\[K$/u);
  expect((await crllint(args, { ...world, isErrorTty: false })).err).toBe("");
});
